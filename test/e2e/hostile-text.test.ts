import { describe, expect, test } from 'vitest';
import { HOSTILE } from '../reporters/hostile.ts';
import { folderWith, LINUX, NOW, run } from './cli.ts';
import { unsponsored } from './manifests.ts';

/** What the tool itself may send to a terminal: colours, and links to the web. */
const OUR_OWN = /\u001b(?:\[[\d;]*m|\]8;;(?:https:\/\/[!-~]*)?\u001b\\)/g;
/** Controls but the line feed, and what hides or reorders text. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u3164\u115f\uffa0\u2800\ufe0f\u034f]/gu;

/** What a terminal, or the runner of GitHub or Azure Pipelines, would obey. */
function obeyed(output: string): readonly string[] {
  const plain = output.replaceAll(OUR_OWN, '');
  return [
    ...(plain.replaceAll('\n', '').match(UNSEEN) ?? []),
    ...(plain.match(/##\w*\[/g) ?? []),
    ...plain.split('\n').filter((line) => line.trimStart().startsWith('::')),
  ];
}

const wellFormed = HOSTILE.filter((text) => !/\p{Cs}/u.test(text) && text.trim() !== '');
/** Names that a file can have here. */
const fileNames = wellFormed.filter((text) => !/[/\0]/.test(text) && Buffer.byteLength(text) < 200);

function fleet(): string {
  const value = wellFormed.map((text) => ({
    '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
    displayName: text,
    tags: [text],
    signInAudience: 'AzureADMultipleOrgs',
    identifierUris: [`api://${text}`],
    web: { redirectUris: [`http://a.example/${text}`] },
    passwordCredentials: [
      { displayName: text, startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2030-01-01T00:00:00Z' },
    ],
    federatedIdentityCredentials: [
      { name: text, issuer: `https://a.example/${text}`, subject: `repo:${text}:*`, audiences: [text] },
    ],
  }));
  const json = JSON.stringify({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications',
    value,
  });
  // As escapes, because readers refuse some of the characters themselves.
  return json.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

describe('O01 O02 O03 O04 hostile text is dead in everything that is printed', () => {
  test.each([
    ['pretty', []],
    ['pretty', ['--color']],
    ['compact', []],
    ['json', []],
  ] as const)('as names of agents, in the format %s %j', async (format, more) => {
    const cwd = folderWith({ 'fleet.json': fleet() });
    const { status, stdout, stderr } = await run(['lint', '--format', format, '--now', NOW, ...more], {
      cwd,
    });
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout.split('\n').length).toBeGreaterThan(wellFormed.length);
    expect(obeyed(stdout)).toEqual([]);
  });

  test.runIf(LINUX).each(['pretty', 'compact', 'json'])(
    'F10 as names of files, in the format %s',
    async (format) => {
      const files = fileNames.map((text) => [`${text}.yaml`, unsponsored()] as const);
      const faulty = fileNames.map((text) => [`faulty/${text}.json`, '{"kind": "agentIdentityBlueprint",']);
      const unmarked = fileNames.map((text) => [
        `unmarked/${text}.json`,
        '{"displayName": "x", "signInAudience": "y"}',
      ]);
      const cwd = folderWith(
        Object.fromEntries([...files, ...faulty, ...unmarked]) as { readonly [name: string]: string },
      );
      const { status, stdout, stderr } = await run(['lint', '--format', format, '--now', NOW], { cwd });
      expect(status).toBe(1);
      expect(stderr).toContain('more look like application manifests');
      expect(obeyed(stdout)).toEqual([]);
      expect(obeyed(stderr)).toEqual([]);
    },
  );

  test.runIf(LINUX)('as a file name that is mentioned on stderr', async () => {
    const cwd = folderWith({
      '\u001b[2J\n::error::\u202ex.json': '{"displayName": "x", "signInAudience": "y"}',
    });
    const { stderr } = await run(['lint'], { cwd });
    expect(stderr).toMatch(/^note: \\x1b\[2J\\x0a::error::\\u\{202e\}x\.json looks like/);
  });

  test('as arguments and variables', async () => {
    const text = 'x\u001b[2J\r\n::error::y ##[add-mask]z \u202e\u009b31m';
    const lines: readonly (readonly string[])[] = [
      [text],
      ['lint', text],
      ['lint', text, 'fleet.json', '--debug'],
      ['lint', `--${text}`],
      ['lint', '-f', text],
      ['lint', '--output', text],
      ['lint', '--output', `json=no/${text}`],
      ['lint', '--config', text],
      ['lint', '--rule', text],
      ['rules', 'show', text],
      ['rules', text],
      ['help', text],
      ['completions', text],
    ];
    const cwd = folderWith({ 'fleet.json': fleet() });
    const runs = await Promise.all([
      ...lines.map((args) => run(args, { cwd })),
      run(['lint'], { cwd, env: { AGENTID_LINT_FORMAT: text, [`AGENTID_LINT_FORMT`]: text } }),
    ]);
    expect(runs.map(({ stdout, stderr }) => obeyed(stdout + stderr))).toEqual(runs.map(() => []));
    expect(runs.every(({ status }) => status !== 0)).toBe(true);
  });

  test('as keys and values of a config', async () => {
    const key = JSON.stringify('x\u001b[2J\n::error::y ##[add-mask]z');
    for (const config of [
      `{"version": 1, ${key}: 1}`,
      `{"version": 1, "rules": {${key}: "off"}}`,
      `{"version": 1, "failOn": ${key}}`,
      `{"version": 1, "extends": [${key}]}`,
      `{"version": 1, "exclude": [${key}, "!(x)"]}`,
    ]) {
      const cwd = folderWith({ 'agentid-lint.config.json': config });
      const { status, stdout, stderr } = await run(['lint'], { cwd });
      expect([status, stdout, obeyed(stderr)]).toEqual([2, '', []]);
    }
    const cwd = folderWith({ 'agentid-lint.config.json': `{"version": 1, "exclude": [${key}]}` });
    const { status, stdout } = await run(['config', 'print'], { cwd });
    expect([status, obeyed(stdout)]).toEqual([0, []]);
  });
});
