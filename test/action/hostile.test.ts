import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOSTILE } from '../reporters/hostile.ts';
import { commandsIn } from '../support/runner-commands.ts';
import { aPullRequest, type PullRequest } from './git-repository.ts';
import { startGitHubApi } from './github-api.ts';
import { outputsIn, runAction, TOKEN, type ActionRun } from './run-action.ts';

const POSIX = process.platform !== 'win32';

/** Attacks on the files that the runner reads, beside those on its log. */
const HEREDOCS = [
  'x\nghadelimiter_00000000-0000-0000-0000-000000000000\nresult=pass',
  'x\nEOF\nresult<<EOF\npass\nEOF',
  'result=pass\n',
  '\r\nexit-code=0\r\n',
];
/** Names that files may have here; each is in a folder of its own. */
const FILE_NAMES = POSIX
  ? ['::error::x', '##[add-mask]a', 'a,line=1', 'a%0A::error::x', '`<img src=x>`', '@octo-org']
  : ['a,line=1', 'a%0A', '@octo-org'];

let pull: PullRequest;
let run: ActionRun;
let comment: string;
beforeAll(async () => {
  const texts = [...HEREDOCS, ...HOSTILE];
  const manifests = texts.map((text, index) =>
    JSON.stringify({
      kind: 'agentIdentityBlueprint',
      uniqueName: `bot-${index}`,
      displayName: text,
      tags: [text],
    }),
  );
  const named = FILE_NAMES.map((name): [string, string] => [`agents/${name}/b.json`, manifests[0] ?? '']);
  pull = aPullRequest(
    { 'readme.md': '' },
    {
      ...Object.fromEntries(manifests.map((text, index) => [`agents/${index}.json`, text])),
      ...Object.fromEntries(named),
    },
  );
  const api = await startGitHubApi();
  run = await runAction({
    workspace: pull.checkOut(pull.merge),
    event: 'pull_request',
    payload: 'pull-request',
    shas: pull,
    sha: pull.merge,
    inputs: { comment: 'sticky', 'upload-sarif': 'true', 'fail-on': 'low' },
    env: { GITHUB_SERVER_URL: pull.server, GITHUB_API_URL: api.url },
  });
  await api.close();
  comment = api.comments[0]?.body ?? '';
}, 60_000);
afterAll(() => {
  pull.remove();
});

test('O03 O04 O05 no text of a manifest starts a command', () => {
  const properties = new Set(['file', 'line', 'endLine', 'col', 'endColumn', 'title']);
  for (const { version, command, properties: given } of run.commands) {
    expect([2, 'error', 'warning', 'notice']).toContain(version);
    expect(['error', 'warning', 'notice']).toContain(command);
    expect(Object.keys(given).filter((name) => !properties.has(name))).toEqual([]);
    expect(given['title']).toMatch(
      /^(?:agentid-lint|error: [a-z-]+|(?:critical|high|medium|low|info): [a-z-]+\/[a-z-]+)$/,
    );
  }
  expect(run.commands.length).toBeGreaterThan(10);
});

test('O06 what is free text obeys nothing even where an escape had a hole', () => {
  const all = commandsIn(run.stdout).filter(({ command }) => command === 'stop-commands');
  expect(all.length).toBeGreaterThan(0);
  const words = all.map(({ data }) => data);
  expect(words.every((word) => /^[0-9a-f]{32}$/.test(word))).toBe(true);
  expect(new Set(words).size).toBe(words.length);
});

test('O07 outputs are words of ours, numbers and paths of ours', () => {
  const { 'report-dir': folder = '', ...outputs } = run.outputs;
  for (const value of Object.values(outputs))
    expect(value).toMatch(/^(?:|\d+|pass|fail|incomplete|error|[\w./:\\~-]+[/\\]agentid-lint\.\w+)$/);
  expect(folder).toMatch(/^[\w./:\\~-]+$/);
  expect(outputs).toMatchObject({ result: 'fail', 'exit-code': '1' });
});

test('O10 the comment and the summary hold hostile text as code alone', () => {
  expect(comment.length).toBeLessThan(65_536);
  for (const text of [comment, run.summary]) {
    const bare = text.replaceAll(/(`+)(?:(?!`)|[^`]).*?(?<!`)\1(?!`)/g, '');
    expect(bare).not.toMatch(/<(?!\/?(?:details|summary|br)\b|!-- agentid-lint:default -->)/);
    expect(bare).not.toMatch(/@|!\[|\]\((?!https:\/\/github\.com\/agentid-lint\/)/);
  }
});

test('the token is nowhere', () => {
  expect(JSON.stringify([run, comment])).not.toContain(TOKEN);
});

test('the reader of outputs reads heredocs as the runner does', () => {
  expect(outputsIn('a<<X\n1\n2\nX\nb=3\n')).toEqual({ a: '1\n2', b: '3' });
});
