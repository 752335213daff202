import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../../src/cli/errors.ts';
import { folderWith, type Files } from '../e2e/cli.ts';
import { runInside } from '../support/cli-context.ts';

const CONFIG = 'agentid-lint.config.yaml';
const WORKFLOW = '.github/workflows/agentid-lint.yml';
const HOOKS = '.pre-commit-config.yaml';
const NATIVE = 'kind: agentIdentityBlueprint\ndisplayName: a\n';
const UNMARKED = JSON.stringify({
  displayName: 'c',
  signInAudience: 'AzureADMyOrg',
  passwordCredentials: [],
});
/** A repository on GitHub. */
const FLEET: Files = {
  '.git/HEAD': 'ref: refs/heads/trunk\n',
  '.git/config':
    '[core]\n\trepositoryformatversion = 0\n[remote "origin"]\n\turl = git@github.com:octo/fleet.git\n',
  '.git/objects/x': '',
  '.git/refs/x': '',
  'agents/a.yaml': NATIVE,
  'portal/c.json': UNMARKED,
};

/** Runs `init` at a terminal where somebody gives these answers, and then leaves. */
async function atTerminal(files: Files, answers: readonly string[], args: readonly string[] = [], env = {}) {
  const cwd = folderWith(files);
  const asked: string[] = [];
  const ran = await runInside(['init', ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    exists: existsSync,
    terminal: { stdin: true, stdout: true, stderr: true },
    ask: (question) => {
      asked.push(question);
      const answer = answers[asked.length - 1];
      return answer === undefined ? Promise.reject(new InterruptedError()) : Promise.resolve(answer);
    },
  });
  const written = readdirSync(cwd).filter((name) => !['.git', 'agents', 'portal'].includes(name));
  return {
    ...ran,
    asked,
    written: written.sort(),
    read: (name: string) => readFileSync(join(cwd, name), 'utf8'),
  };
}

const QUESTIONS = [
  'What is portal/c.json (blueprint, blueprintPrincipal, agentIdentity, agentUser, none) [none]: ',
  `Write ${WORKFLOW}, which lints every pull request (yes, no) [yes]: `,
  `Write ${HOOKS}, which lints before every commit (yes, no) [no]: `,
  'Record what is found today in a baseline, so that only new findings count (yes, no) [no]: ',
];

describe('init at a terminal', () => {
  test('asks what it cannot know, and proposes an answer', async () => {
    const { exitCode, asked, written, read } = await atTerminal(FLEET, ['', '', '', '']);
    expect({ exitCode, asked, written }).toEqual({
      exitCode: 0,
      asked: QUESTIONS,
      written: ['.github', CONFIG],
    });
    expect(read(WORKFLOW)).toContain('\n    branches: [trunk]\n');
  });

  test('writes what was answered', async () => {
    const { exitCode, written, read } = await atTerminal(FLEET, ['agentIdentity', 'no', 'Y', 'yes']);
    expect({ exitCode, written }).toEqual({
      exitCode: 0,
      written: ['.agentid-lint', HOOKS, CONFIG],
    });
    expect(read(CONFIG)).toContain(
      "\n  - files: ['portal/**/*.json']\n    as: agentIdentity\n    relationships: elsewhere\n",
    );
  });

  test('asks nothing that the command line says, or that is there', async () => {
    const given = ['--workflow', 'none', '--no-pre-commit', '--no-baseline'];
    expect((await atTerminal(FLEET, [''], given)).asked).toEqual(QUESTIONS.slice(0, 1));
    const begun = { ...FLEET, [CONFIG]: 'version: 1\n', [WORKFLOW]: '', [HOOKS]: '' };
    expect((await atTerminal(begun, [''])).asked).toEqual(QUESTIONS.slice(3));
    expect((await atTerminal(FLEET, [], ['--yes'])).asked).toEqual([]);
  });

  test('says what is wrong with an answer, and asks once more', async () => {
    const { exitCode, asked, stderr } = await atTerminal(FLEET, [
      'blueprnt',
      'blueprint',
      'perhaps',
      '',
      '',
      '',
    ]);
    expect({ exitCode, asked: asked.length }).toEqual({ exitCode: 0, asked: 6 });
    expect(stderr).toBe(
      '  kind: unknown value "blueprnt"\n  Did you mean "blueprint"? Known: blueprint, blueprintPrincipal, agentIdentity, agentUser, none.\n  "perhaps" is neither yes nor no\n',
    );
  });

  test('writes nothing when somebody leaves before the last answer', async () => {
    const { exitCode, stderr, written } = await atTerminal(FLEET, ['blueprint', 'yes', 'yes']);
    expect({ exitCode, stderr, written }).toEqual({ exitCode: 130, stderr: '', written: [] });
  });

  test('asks nobody in CI', async () => {
    const { exitCode, asked, stderr } = await atTerminal(FLEET, [], [], { CI: 'true' });
    expect({ exitCode, asked }).toEqual({ exitCode: 2, asked: [] });
    expect(stderr).toContain('--yes writes what it proposes');
  });
});
