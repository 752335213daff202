import { PassThrough } from 'node:stream';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askLine } from '../../src/cli/ask.ts';
import type { CliContext } from '../../src/cli/context.ts';
import { InterruptedError } from '../../src/cli/errors.ts';
import { run } from '../../src/cli/run.ts';
import { temporaryFolder } from '../sources/temporary.ts';

const PERSON = { stdin: true, stdout: true, stderr: true };

type World = Partial<Pick<CliContext, 'env' | 'terminal'>>;

/** Runs a command line at a terminal where somebody gives these answers, and then leaves. */
async function atTerminal(args: readonly string[], answers: readonly string[], world: World = {}) {
  const cwd = temporaryFolder();
  const left = [...answers];
  const asked: string[] = [];
  const written = { stdout: '', stderr: '' };
  const code = await run(args, {
    cwd,
    env: {},
    terminal: PERSON,
    columns: 80,
    runtime: 'test',
    nodeVersion: 'v0.0.0',
    startedAt: 0,
    elapsed: () => 0,
    exists: existsSync,
    readStdin: () => Promise.resolve(new Uint8Array()),
    onInterrupt: () => undefined,
    onStop: () => () => undefined,
    now: () => 0,
    random: () => 0,
    randomBytes: (length) => new Uint8Array(length),
    process: { pid: 1, isRunning: () => false },
    progressColumns: () => undefined,
    writeStdout: (text) => {
      written.stdout += text;
      return Promise.resolve();
    },
    writeStderr: (text) => {
      written.stderr += text;
    },
    ask: (question) => {
      asked.push(question);
      const answer = left.shift();
      return answer === undefined ? Promise.reject(new InterruptedError()) : Promise.resolve(answer);
    },
    ...world,
  });
  return { code, asked, left, ...written, cwd };
}

function metadata(cwd: string): string {
  return readFileSync(join(cwd, 'rules', 'own', 'tag.rego'), 'utf8');
}

describe('rules new at a terminal', () => {
  test('asks for everything that it is not given', async () => {
    const answers = ['own/tag', 'No tag', 'high', 'agentUser, blueprint'];
    const { code, asked, stdout, stderr, cwd } = await atTerminal(['rules', 'new'], answers);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(asked).toEqual([
      'Id of the rule, <domain>/<rule-name>: ',
      'What is wrong, in a few words [Tag is wrong]: ',
      'Severity (critical, high, medium, low, info) [low]: ',
      'Kinds that it judges (blueprint, blueprintPrincipal, agentIdentity, agentUser, agent365Config, agent365GeneratedConfig, toolingManifest, appPackageManifest, agenticUserTemplate) [blueprint]: ',
    ]);
    expect(stdout).toMatch(/^wrote rules\/own\/tag\.rego\n/);
    expect(metadata(cwd)).toMatch(
      /^# METADATA\n# title: No tag\n[^]*\n# {3}severity: high\n[^]*\n# {3}applies_to: \[blueprint, agentUser\]\n/,
    );
  });

  test('takes an empty answer for what is usual', async () => {
    const { code, cwd } = await atTerminal(['rules', 'new', 'own/tag'], ['', ' ', '']);
    expect(code).toBe(0);
    expect(metadata(cwd)).toMatch(
      /\n# title: Tag is wrong\n[^]*\n# {3}severity: low\n[^]*\n# {3}applies_to: \[blueprint\]\n/,
    );
  });

  test('does not ask for what it is given', async () => {
    const given = ['own/tag', '--title', 'No tag', '--severity', 'info', '--applies-to', 'agentUser'];
    const { code, asked } = await atTerminal(['rules', 'new', ...given], []);
    expect({ code, asked }).toEqual({ code: 0, asked: [] });
  });

  test('says what is wrong with an answer, and asks once more', async () => {
    const answers = ['own/Tag', 'own/tag', 'x', 'No tag', 'hihg', 'high', 'bleuprint', 'blueprint'];
    const { code, left, stderr } = await atTerminal(['rules', 'new'], answers);
    expect({ code, left }).toEqual({ code: 0, left: [] });
    expect(stderr).toBe(
      [
        '  rules-invalid-name: "own/Tag" is no id of a rule.',
        '  Did you mean "own/tag"?',
        '  title: must have 3 to 120 characters',
        '  For example: Blueprint has no team tag',
        '  severity: unknown value "hihg"',
        '  Did you mean "high"? Known: critical, high, medium, low, info.',
        '  kind: unknown value "bleuprint"',
        '  Did you mean "blueprint"? Known: blueprint, blueprintPrincipal, agentIdentity, agentUser, agent365Config, agent365GeneratedConfig, toolingManifest, appPackageManifest, agenticUserTemplate.',
        '',
      ].join('\n'),
    );
  });

  test('gives up after the second wrong answer', async () => {
    const { code, asked, stdout, stderr, cwd } = await atTerminal(['rules', 'new'], ['', 'lib/x', 'own/tag']);
    expect({ code, stdout, asked: asked.length }).toEqual({ code: 2, stdout: '', asked: 2 });
    expect(stderr).toContain('error: rules-reserved-domain: "lib" is a reserved name.\n');
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('looks at what is given before the first question', async () => {
    const { code, asked } = await atTerminal(['rules', 'new', '--severity', 'hihg'], ['own/tag']);
    expect({ code, asked }).toEqual({ code: 2, asked: [] });
  });

  test('writes nothing when the person leaves', async () => {
    const { code, stdout, stderr, cwd } = await atTerminal(['rules', 'new'], ['own/tag', 'No tag']);
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: '', stderr: '' });
    expect(readdirSync(cwd)).toEqual([]);
  });

  test.each([
    ['CI', { env: { CI: 'true' } }],
    ['a pipe to it', { terminal: { ...PERSON, stdin: false } }],
    ['a pipe from it', { terminal: { ...PERSON, stdout: false } }],
  ])('asks nobody in %s', async (_, world) => {
    const missing = await atTerminal(['rules', 'new'], ['own/tag'], world);
    expect(missing).toMatchObject({
      code: 2,
      asked: [],
      stderr:
        'error: the id of the rule is missing\n  For example: agentid-lint rules new ownership/team-tag\n',
    });
    const usual = await atTerminal(['rules', 'new', 'own/tag'], [], world);
    expect({ code: usual.code, asked: usual.asked }).toEqual({ code: 0, asked: [] });
    expect(metadata(usual.cwd)).toContain('# title: Tag is wrong\n');
  });

  test('asks where CI says that it is none', async () => {
    for (const env of [{ CI: '' }, { CI: 'false' }])
      expect((await atTerminal(['rules', 'new'], [], { env })).code).toBe(130);
  });
});

describe('a question at a terminal', () => {
  const terminal = () => ({ input: new PassThrough(), output: new PassThrough() });

  test('is answered by a line', async () => {
    const { input, output } = terminal();
    const answer = askLine('Id: ', { input, output });
    input.write('own/tag\r');
    expect(await answer).toBe('own/tag');
    expect(String(output.read())).toContain('Id: ');
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-C in the middle of an answer', 'own\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('ends the command on %s', async (_, keys) => {
    const { input, output } = terminal();
    const answer = askLine('Id: ', { input, output });
    input.write(keys);
    await expect(answer).rejects.toBeInstanceOf(InterruptedError);
  });

  test('ends the command when the terminal goes away', async () => {
    const { input, output } = terminal();
    const answer = askLine('Id: ', { input, output });
    input.end();
    await expect(answer).rejects.toBeInstanceOf(InterruptedError);
  });
});
