import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, LINUX, POSIX, run, shell } from './cli.ts';
import { clean, NO_SPONSOR, torn, unsponsored } from './manifests.ts';
import { lintJson, places, problems } from './report.ts';

/** The files with a finding, when every file has exactly one. */
async function judged(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const { report } = await lintJson(args, { cwd });
  return report.findings.map(({ location }) => location.uri);
}

describe('what is read', () => {
  const tree = {
    'top.yaml': unsponsored('top'),
    'agents/b.yaml': unsponsored('agent-b'),
    'agents/a.yml': unsponsored('agent-a'),
    'agents/deep/c.JSON': JSON.stringify({
      kind: 'agentIdentityBlueprint',
      displayName: 'agent-c',
      description: 'Counts.',
      owners: ['a@quayside.example'],
    }),
    'agents/notes.md': unsponsored('notes'),
    'node_modules/pkg/m.yaml': unsponsored('module'),
    '.hidden/h.yaml': unsponsored('hidden'),
  };

  test('without arguments is every manifest under the working directory', async () => {
    expect(await judged([], folderWith(tree))).toEqual([
      'agents/a.yml',
      'agents/b.yaml',
      'agents/deep/c.JSON',
      'top.yaml',
    ]);
  });

  test.each([
    ['a file', ['agents/b.yaml'], ['agents/b.yaml']],
    ['a folder', ['agents'], ['agents/a.yml', 'agents/b.yaml', 'agents/deep/c.JSON']],
    ['a pattern', ['agents/**/*.{yaml,JSON}'], ['agents/b.yaml', 'agents/deep/c.JSON']],
    ['the same file in three ways', ['agents/b.yaml', './agents/b.yaml', 'agents/*.yaml'], ['agents/b.yaml']],
    ['a file of any extension, when it is named', ['agents/notes.md'], ['agents/notes.md']],
    [
      'a file in a folder that is passed over, when it is named',
      ['node_modules/pkg/m.yaml'],
      ['node_modules/pkg/m.yaml'],
    ],
    ['a file in a hidden folder, when it is named', ['.hidden/h.yaml'], ['.hidden/h.yaml']],
    [
      'arguments in any order',
      ['top.yaml', 'agents/deep', 'agents/a.yml'],
      ['agents/a.yml', 'agents/deep/c.JSON', 'top.yaml'],
    ],
  ])('%s', async (_, args, expected) => {
    expect(await judged(args, folderWith(tree))).toEqual(expected);
  });

  test('a folder above the working directory, by its relative path', async () => {
    const cwd = folderWith(tree);
    expect(await judged(['..'], join(cwd, 'agents'))).toEqual([
      '../top.yaml',
      'a.yml',
      'b.yaml',
      'deep/c.JSON',
    ]);
  });

  test('a file whose name looks like an option, behind --', async () => {
    const { report } = await lintJson(['--format', 'json', '--', '--strange.yaml'], {
      cwd: folderWith({ '--strange.yaml': clean() }),
    });
    expect(report.ledger.inputs.read).toBe(1);
  });

  test('an empty argument is refused: it is a variable that nobody set', async () => {
    const ran = await run(['lint', ''], { cwd: folderWith(tree) });
    expect(ran).toMatchObject({
      status: 2,
      stderr: 'error: a path is empty\n  Name a file, a folder or a pattern; "." is the working directory.\n',
    });
  });
});

describe('what is left out', () => {
  const tree = {
    '.git/HEAD': '',
    '.gitignore': 'build/\n*.local.yaml\n',
    'a.yaml': unsponsored('agent-a'),
    'b.local.yaml': unsponsored('agent-b'),
    'build/c.yaml': unsponsored('agent-c'),
    'testdata/d.yaml': unsponsored('agent-d'),
    'agentid-lint.config.yaml': 'version: 1\nexclude: [testdata]\n',
  };

  test('F18 is counted by what left it out', async () => {
    const { report } = await lintJson([], { cwd: folderWith(tree) });
    expect(report.findings.map(({ location }) => location.uri)).toEqual(['a.yaml']);
    expect(report.ledger.inputs.excluded).toEqual([
      { by: '.gitignore', files: 2 },
      { by: 'testdata', files: 1 },
    ]);
  });

  test('--no-ignore reads what .gitignore leaves out', async () => {
    expect(await judged(['--no-ignore'], folderWith(tree))).toEqual([
      'a.yaml',
      'b.local.yaml',
      'build/c.yaml',
    ]);
  });

  test('--exclude goes with the config and takes no file that is named', async () => {
    const cwd = folderWith(tree);
    expect(await judged(['--exclude', 'a.*'], cwd)).toEqual([]);
    expect(await judged(['--exclude', 'a.*', 'a.yaml', 'testdata/d.yaml'], cwd)).toEqual([
      'a.yaml',
      'testdata/d.yaml',
    ]);
  });

  test('F18 an exclude in the config that takes everything is no pass', async () => {
    const { status, stdout } = await run(['lint'], {
      cwd: folderWith({ ...tree, 'agentid-lint.config.yaml': 'version: 1\nexclude: ["**"]\n' }),
    });
    expect(status).toBe(3);
    expect(stdout).toContain('excluded  3 files by "**"\n            2 files by ".gitignore"\n');
    expect(stdout).toContain('every file was left out');
  });
});

describe('stdin', () => {
  test('is YAML, in which JSON can be written', async () => {
    const json = JSON.stringify({ kind: 'agentIdentityBlueprint', displayName: 'piped' }, null, 2);
    const [yaml, asJson] = await Promise.all([
      lintJson(['-'], { stdin: unsponsored('piped'), cwd: folderWith({}) }),
      lintJson(['-', '--rule', NO_SPONSOR], { stdin: json, cwd: folderWith({}) }),
    ]);
    expect([places(yaml.report), places(asJson.report)]).toEqual([
      [`stdin.yaml:1:1 ${NO_SPONSOR}`],
      [`stdin.yaml:1:1 ${NO_SPONSOR}`],
    ]);
  });

  test('is what --stdin-filename says: its language, its hints in the config, its settings', async () => {
    const config = [
      'version: 1',
      'manifests:',
      '  - { files: ["export/**"], as: blueprint, relationships: elsewhere }',
      'overrides:',
      '  - { match: { path: "export/**" }, rules: { metadata/description: critical } }',
    ].join('\n');
    const cwd = folderWith({ 'agentid-lint.config.yaml': config });
    const stdin = '{\n  "displayName": "portal-export",\n  "signInAudience": "AzureADMyOrg"\n}';
    const { status, report } = await lintJson(['-', '--stdin-filename', 'export/portal.json'], {
      cwd,
      stdin,
    });
    expect(status).toBe(1);
    expect(report.findings.map(({ rule, severity, location }) => [location.uri, rule, severity])).toEqual([
      ['export/portal.json', 'metadata/description', 'critical'],
    ]);
    const elsewhere = report.outcomes.find(({ rule }) => rule === NO_SPONSOR);
    expect(elsewhere).toMatchObject({ status: 'skipped', reason: 'declared-elsewhere' });
    const strict = await lintJson(['-', '--stdin-filename', 'export/portal.json'], {
      cwd,
      stdin: `${stdin},`,
    });
    expect(problems(strict.report)).toEqual(['export/portal.json: json-trailing-text']);
  });

  test('may be named by its absolute path, as editors do', async () => {
    const cwd = folderWith({});
    const { report } = await lintJson(['-', '--stdin-filename', join(cwd, 'agents/a.yaml')], {
      cwd,
      stdin: unsponsored(),
    });
    expect(places(report)).toEqual([`agents/a.yaml:1:1 ${NO_SPONSOR}`]);
  });

  test('goes with files', async () => {
    const cwd = folderWith({ 'a.yaml': unsponsored('agent-a') });
    const { report } = await lintJson(['a.yaml', '-', '--stdin-filename', 'z.yaml'], {
      cwd,
      stdin: unsponsored('agent-z'),
    });
    expect(places(report)).toEqual([`a.yaml:1:1 ${NO_SPONSOR}`, `z.yaml:1:1 ${NO_SPONSOR}`]);
  });

  test('without anything in it is a problem, not a pass', async () => {
    const { status, report } = await lintJson(['-'], { cwd: folderWith({}), stdin: '' });
    expect([status, problems(report)]).toEqual([4, ['stdin.yaml: empty-document']]);
  });

  test.runIf(POSIX)('that never ends is read to the limit and refused', async () => {
    const ran = await shell('$CLI lint - --max-file-size 1M --format compact < /dev/zero', {
      cwd: folderWith({}),
    });
    expect(ran).toMatchObject({ status: 4, stderr: '' });
    expect(ran.stdout).toContain(
      'stdin.yaml: error file-too-large The input is larger than the limit of 1048576 bytes.\n',
    );
  });

  test('must be asked for', async () => {
    const ran = await run(['lint', '--stdin-filename', 'a.yaml'], { cwd: folderWith({ 'a.yaml': clean() }) });
    expect(ran).toMatchObject({
      status: 2,
      stderr: 'error: --stdin-filename is given, but no path is "-"\n  Pass "-" to read from stdin.\n',
    });
  });
});

describe('one bad input does not hide the others', () => {
  test.runIf(POSIX)('F01 F03 F04 F06 F11 of whatever kind it is', async () => {
    const cwd = folderWith({
      'good.yaml': unsponsored('good'),
      'torn.yaml': torn(),
      'utf16.yaml': Buffer.from(`\ufeff${clean()}`, 'utf16le'),
      'large.yaml': `${clean('large')}# ${'x'.repeat(9000)}`,
      'wrong.yaml': `${clean('wrong')}tags: 7\n`,
      'twice.json': '{"kind": "agentIdentityBlueprint", "kind": "agentUser"}',
    });
    symlinkSync('/etc/hosts', join(cwd, 'out.yaml'));
    symlinkSync('loop.yaml', join(cwd, 'loop.yaml'));
    symlinkSync('nowhere.yaml', join(cwd, 'broken.yaml'));
    const { status, stdout } = await shell('mkfifo fifo.yaml; $CLI lint --format json --max-file-size 8k', {
      cwd,
    });
    const report = JSON.parse(stdout) as Awaited<ReturnType<typeof lintJson>>['report'];
    expect(status).toBe(1);
    expect(places(report)).toEqual([`good.yaml:1:1 ${NO_SPONSOR}`]);
    expect(problems(report)).toEqual([
      'broken.yaml: link-broken',
      'fifo.yaml: not-a-regular-file',
      'large.yaml: file-too-large',
      'loop.yaml: link-loop',
      'out.yaml: link-leaves-workspace',
      'torn.yaml: yaml-syntax',
      'twice.json: duplicate-key',
      'utf16.yaml: wrong-encoding',
      'wrong.yaml: wrong-type',
    ]);
    expect(report.exitReasons.map(({ code }) => code)).toEqual([1, 4]);
    expect(report.ledger.inputs).toMatchObject({ failed: 8, read: 2 });
  });

  test('F17 an argument that finds nothing is named, and the others are judged', async () => {
    const cwd = folderWith({ 'a.yaml': unsponsored('agent-a'), 'docs/readme.md': '' });
    const { status, report } = await lintJson(['a.yaml', 'b.yaml', 'infra/*.yaml', 'docs'], { cwd });
    expect(status).toBe(1);
    expect(places(report)).toEqual([`a.yaml:1:1 ${NO_SPONSOR}`]);
    expect(
      report.problems.map(({ code, message, location }) => [code, location?.uri ?? null, message]),
    ).toEqual([
      ['no-match', null, 'The pattern "infra/*.yaml" matches no file.'],
      ['no-such-file', 'b.yaml', 'There is no such file or folder.'],
      ['empty-folder', 'docs', 'The folder holds no JSON or YAML file.'],
    ]);
    expect(report.exitReasons.map(({ code }) => code)).toEqual([1, 4]);
  });

  test('F17 nothing found at all is its own result', async () => {
    const cwd = folderWith({ 'a.yaml': clean() });
    const { status, stdout } = await run(['lint', 'no/such/*.yaml', '--format', 'compact'], { cwd });
    expect({ status, stdout }).toEqual({
      status: 3,
      stdout: 'error: nothing was found for "no/such/*.yaml" (exit 3)\n',
    });
  });

  test('one bad document of a stream does not hide the others, nor their places', async () => {
    const stream = [
      unsponsored('first'),
      'kind: agentIdentityBlueprint\ntags: 7\n',
      unsponsored('third'),
    ].join('---\n');
    const { status, report } = await lintJson([], { cwd: folderWith({ 'a.yaml': stream }) });
    expect(status).toBe(1);
    expect(
      report.findings.map(({ resource, location }) => [resource.name, location.range?.start.line]),
    ).toEqual([
      ['first', 1],
      ['third', 17],
    ]);
    expect(report.problems.map(({ code, location }) => [code, location?.range?.start])).toEqual([
      ['wrong-type', { line: 15, column: 7 }],
    ]);
  });
});

describe('names', () => {
  test.runIf(LINUX)('F16 that differ only by case or by Unicode form are two files', async () => {
    const cwd = folderWith({
      'Agent.yaml': unsponsored('agent-1'),
      'agent.yaml': unsponsored('agent-2'),
      'caf\u00e9.yaml': unsponsored('agent-3'),
      'cafe\u0301.yaml': unsponsored('agent-4'),
    });
    expect(await judged([], cwd)).toEqual(['Agent.yaml', 'agent.yaml', 'cafe\u0301.yaml', 'caf\u00e9.yaml']);
  });

  test('F15 a config cannot name a place to write to, nor a folder outside', async () => {
    const cwd = folderWith({
      'a.yaml': clean(),
      'agentid-lint.config.yaml': 'version: 1\noutput: ../../../home/runner/.bashrc\n',
    });
    const written = await run(['lint'], { cwd });
    expect(written).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('agentid-lint.config.yaml:2:1: config-unknown-key: ') as unknown,
    });
    mkdirSync(join(cwd, 'inner'));
    const outside = folderWith({
      'agentid-lint.config.yaml': 'version: 1\nmanifests: [{ files: ["../../etc/*.yaml"] }]\n',
    });
    expect(await run(['lint'], { cwd: outside })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('config-invalid-glob') as unknown,
    });
  });
});

test('a repository full of other JSON and YAML gives no problem and no finding', async () => {
  const cwd = folderWith({
    'agents/a.yaml': clean(),
    'tsconfig.json': '{\n  // comments are fine here\n  "compilerOptions": { "strict": true, },\n}',
    '.vscode/settings.json': '{ /* hidden */ }',
    'package.json': '{"name": "shop", "keywords": ["agent"]}',
    'package-lock.json': '{"lockfileVersion": 3, "packages": {"": {}}}',
    'chart/templates/deployment.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}-agent\n{{- if .Values.on }}\nspec: {}\n{{- end }}\n',
    'chart/values.yaml': 'image: &image {tag: 1.0}\nother: *image\n',
    'docker-compose.yml': 'x-env: &env\n  LEVEL: info\nservices:\n  web:\n    environment:\n      <<: *env\n',
    '.github/workflows/ci.yml': 'on: [push]\n',
    'mkdocs.yml':
      'markdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\n',
    'cloudformation.yaml': 'Resources:\n  Agent: !GetAtt Other.Arn\n',
    'k8s.yaml':
      'apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Secret\ndata: {password: aGVsbG8=}\n',
    'openapi.json': '{"openapi": "3.1.0", "paths": {"/agents": {}}}',
    'data/lines.json': '{"a": 1}\n{"a": 2}\n',
    'data/empty.json': '',
    'mcp.json': '{"mcpServers": {"files": {"command": "npx"}}}',
    'teams/manifest.json': '{"manifestVersion": "1.19", "id": "1", "bots": []}',
    'graph/users.json':
      '{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users", "value": [{"id": "1", "displayName": "a"}]}',
  });
  const { status, report, stderr } = await lintJson([], { cwd });
  expect({
    status,
    stderr,
    findings: places(report),
    problems: problems(report),
    read: report.ledger.inputs.read,
  }).toEqual({
    status: 0,
    stderr: '',
    findings: [],
    problems: [],
    read: 1,
  });
});
