import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../../src/findings/gate.ts';
import { REPORTERS } from '../../src/reporters/index.ts';
import { builtInRules } from '../../src/rules.ts';
import { folderWith, ROOT, run } from './cli.ts';
import { clean, unsponsored } from './manifests.ts';
import { lintJson } from './report.ts';

const COMMANDS = [
  '',
  'lint',
  'collect',
  'scan',
  'report',
  'permissions',
  'doctor',
  'rules',
  'rules list',
  'rules show',
  'rules new',
  'rules check',
  'rules test',
  'rules build',
  'rules docs',
  'rules trace',
  'explain',
  'config',
  'config print',
  'config schema',
  'cache',
  'cache dir',
  'cache clear',
  'completions',
];
const { rules } = builtInRules().catalogue;
const FORMATS = Object.keys(REPORTERS).join(', ');

async function mistake(command: string, cwd = ROOT): Promise<string> {
  const { status, stdout, stderr } = await run(command === '' ? [] : command.split(' '), { cwd });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  return stderr;
}

describe('help', () => {
  test.each(COMMANDS)(
    'of "%s" is on stdout and has examples that work with this program',
    async (command) => {
      const words = command.split(' ').filter((word) => word !== '');
      const [long, short, asked] = await Promise.all([
        run([...words, '--help']),
        run([...words, '-h']),
        run(['help', ...words.slice(0, 1)]),
      ]);
      expect(long).toMatchObject({
        status: 0,
        stderr: '',
        stdout: expect.stringMatching(
          /^Usage: agentid-lint.*\n\n[A-Z][^]*\nExamples?:\n {2}.*agentid-lint/,
        ) as unknown,
      });
      expect(short.stdout).toBe(long.stdout);
      if (words.length < 2) expect(asked.stdout).toBe(long.stdout);
      expect(long.stdout).not.toMatch(/undefined|\[object|\(choices|\(env/);
      for (const line of long.stdout.split('Options:')[0]?.split('\n') ?? [])
        expect(line.length).toBeLessThanOrEqual(80);
    },
  );

  test('names every exit code, every format and every group of options', async () => {
    const { stdout } = await run(['lint', '--help']);
    for (const { code, meaning } of EXIT_CODES)
      expect(stdout).toContain(`\n  ${String(code).padEnd(3)} ${meaning}\n`.trimEnd());
    const rows = stdout.split('\n').map((line) => line.trim().replace(/ +/, ' '));
    for (const [name, { description }] of Object.entries(REPORTERS))
      expect(rows).toContain(`${name} ${description}`);
    expect(stdout.match(/^[A-Z][^\n]*:$/gm)).toEqual([
      'Arguments:',
      'What is read:',
      'Rules and config:',
      'What does not count:',
      'What fails the run:',
      'Output:',
      'Options:',
      'Examples:',
      'Formats:',
      'Environment:',
      'Exit codes:',
    ]);
  });

  test('--version prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await run(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(await run(['-V'])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('a mistake on the command line ends with 2, one sentence and what to do', () => {
  const known = '"agentid-lint lint --help" explains it.';

  test.each([
    [
      'lnit',
      'error: there is no command "lnit", and no file or folder of that name\n  Did you mean "lint"?\n',
    ],
    [
      'rulse list',
      'error: there is no command "rulse", and no file or folder of that name\n  Did you mean "rules"?\n',
    ],
    [
      'attest',
      'error: there is no command "attest", and no file or folder of that name\n  Commands: lint, collect, scan, report, diff, trend, baseline, waivers, permissions, doctor, rules, explain, init, config, cache, completions, help.\n',
    ],
    ['--debug rules list', null],
    ['help lnit', 'error: there is no command "lnit"\n  Did you mean "lint"?\n'],
    [
      'rules',
      'error: "agentid-lint rules" needs a command: list, show, new, check, test, build, docs, trace\n  "agentid-lint rules --help" explains it.\n',
    ],
    ['rules lsit', 'error: unknown command "lsit"\n  Did you mean list?\n'],
    [
      'rules show',
      'error: missing required argument "rule"\n  "agentid-lint rules show --help" explains it.\n',
    ],
    [
      'rules list permissions',
      'error: too many arguments for "list". Expected 0 arguments but got 1.\n  "agentid-lint rules list --help" explains it.\n',
    ],
    ['lint --fromat json', 'error: unknown option "--fromat"\n  Did you mean --format?\n'],
    ['--fromat json', 'error: unknown option "--fromat"\n  Did you mean --format?\n'],
    ['lint --xyz', `error: unknown option "--xyz"\n  ${known}\n`],
    ['lint --config', `error: option "--config <file>" argument missing\n  ${known}\n`],
    [
      'lint --format jsno',
      `error: --format: unknown value "jsno"\n  Did you mean "json"? Known: ${FORMATS}.\n`,
    ],
    ['lint -f xml', `error: --format: unknown value "xml"\n  Known: ${FORMATS}.\n`],
    [
      'lint --fail-on hihg',
      'error: --fail-on: unknown value "hihg"\n  Did you mean "high"? Known: critical, high, medium, low, info, none.\n',
    ],
    [
      'lint --as blueprnit',
      'error: --as: unknown value "blueprnit"\n  Did you mean "blueprint"? Known: blueprint, blueprintPrincipal, agentIdentity, agentUser.\n',
    ],
    [
      'lint --relationships somewhere',
      'error: --relationships: unknown value "somewhere"\n  Known: declared, elsewhere.\n',
    ],
    [
      'lint --max-file-size 5x',
      'error: --max-file-size: "5x" is not a size\n  Write bytes, or a number with a unit: 500k, 20M.\n',
    ],
    [
      'lint --now yesterday',
      'error: --now: "yesterday" is not an RFC 3339 time with a zone\n  For example: 2026-11-23T00:00:00Z\n',
    ],
    [
      'lint --output json',
      'error: --output: "json" is not of the form format=file\n  For example: --output json=lint.json\n',
    ],
    [
      'lint --output out/result.json',
      'error: --output: "out/result.json" is not of the form format=file\n  For example: --output json=out/result.json\n',
    ],
    [
      'lint --output jsn=x',
      `error: --output: unknown value "jsn"\n  Did you mean "json"? Known: ${FORMATS}.\n`,
    ],
    [
      'lint --output json=a --output compact=./a',
      'error: --output names "./a" twice\n  Give each report its own file.\n',
    ],
    [
      'lint a.json --output json=./a.json',
      'error: --output would replace the input "./a.json"\n  Give the report a file of its own.\n',
    ],
    [
      'lint --config a.yaml --no-config',
      'error: --config and --no-config contradict each other\n  Keep one of the two.\n',
    ],
    [
      'lint --config nowhere.yaml',
      'error: nowhere.yaml: config-not-found: There is no such config file.\n  Paths given to --config are relative to the working directory.\n',
    ],
    [
      'lint --rule permission/*',
      'error: flag-unknown-rule: --rule: the pattern "permission/*" names no rule.\n  Did you mean "permissions/*"?\n',
    ],
    [
      'lint --exclude !(a)',
      'error: flag-invalid-glob: --exclude: the pattern "!(a)" has an extended pattern such as !(a|b).\n  Write {a,b} for alternatives.\n',
    ],
    ['rules list --format yaml', 'error: --format: unknown value "yaml"\n  Known: text, json.\n'],
    [
      'rules show accountability/no-onwer',
      'error: there is no rule "accountability/no-onwer"\n  Did you mean "accountability/no-owner"?\n',
    ],
    [
      'rules show no-owner',
      'error: there is no rule "no-owner"\n  Did you mean "accountability/no-owner"?\n',
    ],
    ['rules show zzz', 'error: there is no rule "zzz"\n  "agentid-lint rules list" prints all of them.\n'],
    [
      'completions bahs',
      'error: completions: unknown value "bahs"\n  Did you mean "bash"? Known: bash, zsh, fish.\n',
    ],
  ])('%s', async (command, expected) => {
    const stderr = await mistake(command, folderWith({}));
    if (expected === null)
      expect(stderr).toContain('  Options stand behind the command: agentid-lint rules …\n');
    else expect(stderr).toBe(expected);
    expect(stderr).not.toMatch(/^\s+at |node:|file:\/\//m);
  });

  test('an empty value is one: it is a variable that nobody set', async () => {
    for (const option of ['--config', '--fail-on', '--output', '--rule', '--now', '--stdin-filename']) {
      const { status, stderr } = await run(['lint', '-', option, ''], { cwd: folderWith({}) });
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: `error: ${option}: the value is empty\n  Give it a value, or leave the option out.\n`,
      });
    }
  });

  test('every mistake of a config is told at once, each at its place', async () => {
    const config = 'version: 1\nfailOn: hihg\nrules:\n  accountability/no-onwer: off\n';
    const stderr = await mistake(
      'lint',
      folderWith({ 'a.yaml': clean(), 'agentid-lint.config.yaml': config }),
    );
    expect(stderr.match(/^error: .*?: [a-z-]+: /gm)).toEqual([
      'error: agentid-lint.config.yaml:2:9: config-invalid-value: ',
      'error: agentid-lint.config.yaml:4:3: config-unknown-rule: ',
    ]);
    expect(stderr).toContain('accountability/no-owner');
  });

  test('a word that is a file is linted, command or not', async () => {
    const { status, stdout } = await run(['manifests', '-f', 'compact'], {
      cwd: folderWith({ 'manifests/a.yaml': unsponsored() }),
    });
    expect(status).toBe(1);
    expect(stdout).toContain('manifests/a.yaml:1:1: high');
  });
});

describe('rules', () => {
  test('list prints each rule once, and its number', async () => {
    const { status, stdout, stderr } = await run(['rules', 'list']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const ids = [...stdout.matchAll(/^(?:critical|high|medium|low|info) +(\S+) {2,}\S/gm)].map(
      ([, id]) => id,
    );
    expect(ids).toEqual(rules.map(({ id }) => id));
    expect(stdout).toMatch(
      new RegExp(`\\n${rules.length} rules: \\d+ critical, \\d+ high, \\d+ medium, \\d+ low, \\d+ info\\n$`),
    );
  });

  test('list and show give programs the metadata', async () => {
    const [list, show] = await Promise.all([
      run(['rules', 'list', '--format', 'json']),
      run(['rules', 'show', 'credentials/secret-lifetime', '--format=json']),
    ]);
    const source = { kind: 'built-in', name: 'built-in' };
    expect(JSON.parse(list.stdout)).toEqual(rules.map((rule) => ({ ...rule, source })));
    const rule = rules.find(({ id }) => id === 'credentials/secret-lifetime');
    expect(JSON.parse(show.stdout)).toMatchObject({
      ...rule,
      source,
      examples: expect.any(Array) as unknown,
    });
  });

  test('show prints what a rule asks for, its options, controls and examples', async () => {
    const { status, stdout, stderr } = await run(['rules', 'show', 'credentials/secret-lifetime']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^credentials\/secret-lifetime {2}medium\n/);
    expect(stdout.match(/^(?:Applies to|Fix|Options|Controls|Links|Fails|Passes)/gm)).toEqual(
      expect.arrayContaining([
        'Applies to',
        'Fix',
        'Options',
        'Controls',
        'Links',
        'Fails',
        'Passes',
      ]) as unknown,
    );
    expect(stdout).toContain('  maxDays (integer, default 90)\n');
  });

  test('show knows a rule by its former ids', async () => {
    const renamed = rules.flatMap(({ id, aliases }) => aliases.map((alias) => ({ id, alias })));
    for (const { id, alias } of renamed) {
      const { stdout } = await run(['rules', 'show', alias, '--format', 'json']);
      expect(JSON.parse(stdout)).toHaveProperty('id', id);
    }
  });

  test('is coloured on request only', async () => {
    const [plain, list, show] = await Promise.all([
      run(['rules', 'list']),
      run(['rules', 'list', '--color']),
      run(['rules', 'show', 'metadata/naming'], { env: { FORCE_COLOR: '1' } }),
    ]);
    expect([plain, list, show].map(({ stdout }) => stdout.includes('\u001b['))).toEqual([false, true, true]);
  });
});

describe('config', () => {
  const config = 'version: 1\nfailOn: medium\nrules:\n  credentials/secret-lifetime: { maxDays: 30 }\n';

  test('print tells each value and where it came from', async () => {
    const cwd = folderWith({ 'agentid-lint.config.yaml': config });
    const { status, stdout, stderr } = await run(['config', 'print', '--rule', 'credentials/*'], {
      cwd,
      env: { AGENTID_LINT_FAIL_ON: 'low' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^failOn: low +# from AGENTID_LINT_FAIL_ON$/m);
    expect(stdout).toMatch(/^ {4}maxDays: 30 +# from agentid-lint\.config\.yaml:4:34$/m);
  });

  test('print tells programs the same, for one file too', async () => {
    const cwd = folderWith({ 'agentid-lint.config.yaml': config });
    const { stdout } = await run(
      ['config', 'print', join(cwd, 'agents/a.yaml'), '--format', 'json', '--fail-on', 'none'],
      { cwd },
    );
    const entries = JSON.parse(stdout) as readonly {
      readonly pointer: string;
      readonly value: unknown;
      readonly source: string;
    }[];
    expect(entries).toContainEqual({ pointer: '/file', value: 'agents/a.yaml', source: 'path' });
    expect(entries).toContainEqual({ pointer: '/failOn', value: 'none', source: '--fail-on' });
  });

  test('schema prints the published schema', async () => {
    const { stdout } = await run(['config', 'schema']);
    expect(stdout).toBe(readFileSync(join(ROOT, 'schemas/config.schema.json'), 'utf8'));
  });
});

describe('the environment', () => {
  const cwd = () =>
    folderWith({
      'a.yaml': unsponsored('agent-a'),
      'b/b.yaml': unsponsored('agent-b'),
      'strict.yaml': 'version: 1\nfailOn: info\n',
    });

  test('sets every option of lint that the command line leaves open', async () => {
    const folder = cwd();
    const env = {
      AGENTID_LINT_FORMAT: 'json',
      AGENTID_LINT_OUTPUT: 'json=one.json\ncompact=two.txt\n',
      AGENTID_LINT_EXCLUDE: '\n  b/**\n',
      AGENTID_LINT_RULE: 'accountability/*\nmetadata/*',
      AGENTID_LINT_SKIP_RULE: 'metadata/*',
      AGENTID_LINT_FAIL_ON: 'none',
      AGENTID_LINT_CONFIG: 'strict.yaml',
      AGENTID_LINT_NOW: '2026-11-23T02:00:00+02:00',
      AGENTID_LINT_MAX_FILE_SIZE: '1M',
    };
    const { status, stdout, stderr } = await run(['lint'], { cwd: folder, env });
    const report = JSON.parse(stdout) as Awaited<ReturnType<typeof lintJson>>['report'];
    expect({ status, stderr, now: report.now, failOn: report.failOn }).toEqual({
      status: 0,
      stderr: '',
      now: '2026-11-23T00:00:00Z',
      failOn: 'none',
    });
    expect(report.findings.map(({ rule, location }) => `${location.uri} ${rule}`)).toEqual([
      'a.yaml accountability/blueprint-no-sponsor',
    ]);
    expect(readFileSync(join(folder, 'one.json'), 'utf8')).toBe(stdout);
    expect(readFileSync(join(folder, 'two.txt'), 'utf8')).toContain('a.yaml:1:1: high');
  });

  test('gives way to the command line', async () => {
    const env = { AGENTID_LINT_FAIL_ON: 'none', AGENTID_LINT_NO_CONFIG: 'true', AGENTID_LINT_EXCLUDE: '**' };
    const { status, report } = await lintJson(
      ['--fail-on', 'critical', '--config', 'strict.yaml', '--exclude', 'b'],
      { cwd: cwd(), env },
    );
    expect([status, report.failOn, report.ledger.inputs.read]).toEqual([0, 'critical', 1]);
  });

  test('knows true and false, and takes empty as not set', async () => {
    const folder = folderWith({});
    const codes = await Promise.all(
      ['true', '1', 'ON', 'yes', 'false', '0', 'no', ''].map(
        async (value) =>
          (await run(['lint'], { cwd: folder, env: { AGENTID_LINT_ALLOW_EMPTY: value } })).status,
      ),
    );
    expect(codes).toEqual([0, 0, 0, 0, 3, 3, 3, 3]);
    const { status } = await run(['lint'], {
      cwd: folder,
      env: { AGENTID_LINT_FAIL_ON: '', AGENTID_LINT_CONFIG: ' ', AGENTID_LINT_RULE: '' },
    });
    expect(status).toBe(3);
  });

  test.each([
    [
      { AGENTID_LINT_ALLOW_INCOMPLETE: 'maybe' },
      'error: AGENTID_LINT_ALLOW_INCOMPLETE: "maybe" is neither true nor false\n  Set it to true or false, or remove it.\n',
    ],
    [
      { AGENTID_LINT_FAIL_ON: 'hihg' },
      'error: AGENTID_LINT_FAIL_ON: unknown value "hihg"\n  Did you mean "high"? Known: critical, high, medium, low, info, none.\n',
    ],
    [
      { AGENTID_LINT_NOW: 'today' },
      'error: AGENTID_LINT_NOW: "today" is not an RFC 3339 time with a zone\n  For example: 2026-11-23T00:00:00Z\n',
    ],
  ])('a wrong value is a mistake: %o', async (env, stderr) => {
    expect(await run(['lint'], { cwd: cwd(), env })).toMatchObject({ status: 2, stdout: '', stderr });
  });

  test('a name that is nearly one of ours is told, others are none of our business', async () => {
    const env = { AGENTID_LINT_FAILON: 'low', AGENTID_LINT_VERSION: '1.2.3' };
    const { stderr } = await run(['lint'], { cwd: folderWith({ 'a.yaml': clean() }), env });
    expect(stderr).toBe(
      'note: the environment variable AGENTID_LINT_FAILON is not known and has no effect; did you mean AGENTID_LINT_FAIL_ON?\n',
    );
  });
});
