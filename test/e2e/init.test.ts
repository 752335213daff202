import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blocksOf } from '../../scripts/integrations/blocks.mjs';
import { faultsOf, PRE_COMMIT_CONFIG } from '../../scripts/integrations/schemas.mjs';
import { folderWith, ROOT, run, type Files } from './cli.ts';
import { lintJson } from './report.ts';

const CONFIG = 'agentid-lint.config.yaml';
const WORKFLOW = '.github/workflows/agentid-lint.yml';
const HOOKS = '.pre-commit-config.yaml';

const NATIVE = 'kind: agentIdentityBlueprint\ndisplayName: a\n';
const BARE = JSON.stringify({
  '@odata.context':
    'https://graph.microsoft.com/v1.0/$metadata#applications/microsoft.graph.agentIdentityBlueprint/$entity',
  displayName: 'b',
});
const UNMARKED = JSON.stringify({
  displayName: 'c',
  signInAudience: 'AzureADMyOrg',
  passwordCredentials: [],
});

/** A repository with these files. */
function repositoryWith(files: Files, origin = 'https://github.com/octo/fleet.git'): string {
  const cwd = folderWith(files);
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd, stdio: 'ignore' });
  git('init', '--initial-branch=main');
  git('remote', 'add', 'origin', origin);
  return cwd;
}

async function init(cwd: string, ...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await run(['init', ...args], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** Every file of a folder but those of git, with what is in it. */
function filesIn(cwd: string): Files {
  const names = readdirSync(cwd, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(cwd.length + 1))
    .filter((name) => !name.startsWith('.git/'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(cwd, name), 'utf8')]));
}

function textOf(cwd: string, name: string): string {
  return readFileSync(join(cwd, name), 'utf8');
}

/** The block of a page that has this path. */
function documented(page: string, path: string): string | undefined {
  return blocksOf(page, readFileSync(join(ROOT, page), 'utf8')).find((block) => block.path === path)?.text;
}

describe('init --yes', () => {
  test('says what it found and wrote, and what comes next', async () => {
    const cwd = repositoryWith({
      'agents/a.yaml': NATIVE,
      'exports/b.json': BARE,
      'portal/c.json': UNMARKED,
      'desk/ToolingManifest.json': '{ "mcpServers": [] }',
    });
    expect(await init(cwd, '--yes')).toBe(`found 2 blueprints in 2 files
found an Agent 365 project in desk
found exports that hold no sponsors and no owners: exports/b.json
found application JSON that does not say what it is: portal/c.json

wrote ${CONFIG}
wrote ${WORKFLOW}

Next:
  look at "manifests" in ${CONFIG}: some files do not say what they are
  in ${WORKFLOW}, put the commit of v0.1.0 in place of <commit>:
    https://github.com/agentid-lint/agentid-lint/releases
  agentid-lint lint               judges what is there
  agentid-lint baseline create    records what is found today, so that only new findings count
`);
    expect(textOf(cwd, CONFIG)).toBe(
      `# yaml-language-server: $schema=https://raw.githubusercontent.com/agentid-lint/agentid-lint/main/schemas/config.schema.json
# Every key: https://github.com/agentid-lint/agentid-lint/blob/main/docs/configuration.md
version: 1

# recommended: every rule as its page says; strict: more of them, and stricter;
# agent365, after another one: accepts what the Agent 365 CLI creates by default.
extends: [recommended, agent365]

# What files hold. Those that say it themselves are found without being named here.
manifests:
  - files: ['agents/**/*.yaml']
  # Exports without sponsors, owners and the like: what they do not state is unknown, not missing.
  - files: ['exports/**/*.json']
    relationships: elsewhere
  # These files do not say what they are, and are not judged. If they are blueprints (or name another kind:
  # blueprintPrincipal, agentIdentity, agentUser), remove the number signs below:
  # - files: ['portal/**/*.json']
  #   as: blueprint
  #   relationships: elsewhere

# Findings of this severity or worse fail a run: critical, high, medium, low, info or none.
failOn: high
`,
    );
  });

  test('changes nothing when it is run again, and says what is there', async () => {
    const cwd = repositoryWith({ 'agents/a.yaml': NATIVE });
    await init(cwd, '--yes', '--pre-commit', '--baseline');
    const before = filesIn(cwd);
    expect(await init(cwd, '--yes', '--pre-commit', '--baseline')).toBe(`found 1 blueprint in 1 file

there already: ${CONFIG}
there already: ${WORKFLOW}
there already: ${HOOKS}
there already: .agentid-lint/baseline.ndjson
`);
    expect(filesIn(cwd)).toEqual(before);
  });

  test.each([CONFIG, WORKFLOW, HOOKS])('completes what is there, and never overwrites %s', async (name) => {
    const text = name === CONFIG ? 'version: 1\n' : 'repos: [] # id: agentid-lint\n';
    const cwd = repositoryWith({ 'agents/a.yaml': NATIVE, [name]: text });
    const told = await init(cwd, '--yes', '--pre-commit');
    expect(told.split('\n').filter((line) => /^(?:wrote|there already)/.test(line))).toEqual([
      ...[CONFIG, WORKFLOW, HOOKS].filter((other) => other !== name).map((other) => `wrote ${other}`),
      `there already: ${name}`,
    ]);
    expect(textOf(cwd, name)).toBe(text);
  });

  test('finds the same as lint does before and after, without a warning', async () => {
    const cwd = repositoryWith({
      'services/a/agents/x.yaml': NATIVE,
      'services/b/agents/y.yaml': NATIVE,
      'services/c/agents/z.json': BARE,
      'services/c/chart.yaml': '{{ not yaml }}\n',
      'services/c/app.json': UNMARKED,
    });
    const before = await lintJson([], { cwd });
    await init(cwd, '--yes');
    const printed = await run(['config', 'print'], { cwd });
    expect(printed).toMatchObject({ status: 0, stderr: '' });
    const after = await lintJson([], { cwd });
    expect(after.report.resources.map(({ ref }) => ref)).toEqual(
      before.report.resources.map(({ ref }) => ref),
    );
    const { inputs } = before.report.ledger;
    // The config is a file, too.
    expect(after.report.ledger.inputs).toEqual({ ...inputs, ignored: inputs.ignored + 1 });
    expect(after.report.problems).toEqual([]);
    expect(/^manifests:\n(?: .*\n)+/m.exec(textOf(cwd, CONFIG))?.[0]).toBe(`manifests:
  - files: ['services/**/agents/**/*.yaml']
  # Exports without sponsors, owners and the like: what they do not state is unknown, not missing.
  - files: ['services/c/agents/**/*.json']
    relationships: elsewhere
  # These files do not say what they are, and are not judged. If they are blueprints (or name another kind:
  # blueprintPrincipal, agentIdentity, agentUser), remove the number signs below:
  # - files: ['services/c/app.json']
  #   as: blueprint
  #   relationships: elsewhere
`);
  });

  test('what it has commented out is a config too', async () => {
    const cwd = repositoryWith({ 'portal/c.json': UNMARKED });
    await init(cwd, '--yes');
    const text = textOf(cwd, CONFIG);
    expect(text).not.toMatch(/^manifests:/m);
    writeFileSync(join(cwd, CONFIG), text.replaceAll(/^# (manifests:| {2})/gm, '$1'));
    const { report } = await lintJson([], { cwd });
    expect(report.resources.map(({ kind }) => kind)).toEqual(['blueprint']);
  });

  test('writes a config in an empty folder, and no workflow outside of a repository', async () => {
    const cwd = folderWith({});
    expect(await init(cwd, '--yes')).toBe(`found no manifest

wrote ${CONFIG}

Next:
  write a manifest: https://github.com/agentid-lint/agentid-lint/blob/main/docs/manifest-shapes.md
  agentid-lint lint               judges what is there
  agentid-lint baseline create    records what is found today, so that only new findings count
`);
    expect(Object.keys(filesIn(cwd))).toEqual([CONFIG]);
    expect(await run(['config', 'print'], { cwd })).toMatchObject({ status: 0, stderr: '' });
  });

  test('in a folder of a repository writes the config there, and a workflow that works there', async () => {
    const cwd = repositoryWith({
      'services/claims/agents/a.yaml': NATIVE,
      'services/routing/b.yaml': NATIVE,
    });
    const [claims, routing] = [join(cwd, 'services/claims'), join(cwd, 'services/routing')];
    const told = await init(claims, '--yes');
    expect(told).toContain(`found 1 blueprint in 1 file\n\nwrote ${CONFIG}\nwrote ../../${WORKFLOW}\n`);
    expect(textOf(cwd, WORKFLOW)).toContain('\n          working-directory: services/claims\n');
    expect(await init(routing, '--yes')).toContain(
      `wrote ${CONFIG}\nthere already: ../../${WORKFLOW}\n  It does not name services/routing: https://github.com/agentid-lint/agentid-lint/blob/main/docs/github-action.md#monorepo\n`,
    );
    expect(Object.keys(filesIn(cwd))).toEqual([
      WORKFLOW,
      'services/claims/agentid-lint.config.yaml',
      'services/claims/agents/a.yaml',
      'services/routing/agentid-lint.config.yaml',
      'services/routing/b.yaml',
    ]);
  });

  test('takes the config of a folder above for what it is', async () => {
    const cwd = repositoryWith({ [CONFIG]: 'version: 1\n', 'agents/a.yaml': NATIVE });
    expect(await init(join(cwd, 'agents'), '--yes')).toContain(`there already: ../${CONFIG}\n`);
    expect(existsSync(join(cwd, 'agents', CONFIG))).toBe(false);
  });

  test.each([
    ['https://github.com/octo/fleet.git', true],
    ['git@github.com:octo/fleet.git', true],
    ['ssh://git@ssh.github.com:443/octo/fleet.git', true],
    ['https://robin:secret@octo.ghe.com/octo/fleet.git', true],
    ['https://gitlab.com/github.com/fleet.git', false],
    ['/srv/github.com/fleet.git', false],
  ])('with the origin %s writes a workflow: %s', async (origin, writes) => {
    const cwd = repositoryWith({ 'agents/a.yaml': NATIVE }, origin);
    const told = await init(cwd, '--yes');
    expect(existsSync(join(cwd, WORKFLOW))).toBe(writes);
    expect(told).not.toContain('secret');
  });

  test('writes a workflow where .github is, or where it is told to, and none where it is told not to', async () => {
    const elsewhere = 'https://gitlab.com/octo/fleet.git';
    const cwd = repositoryWith({ '.github/CODEOWNERS': '' }, elsewhere);
    expect(await init(cwd, '--yes', '--workflow', 'none')).not.toContain('agentid-lint.yml');
    expect(await init(cwd, '--yes')).toContain(`wrote ${WORKFLOW}\n`);
    const asked = repositoryWith({}, elsewhere);
    expect(await init(asked, '--yes', '--workflow=github')).toContain(`wrote ${WORKFLOW}\n`);
  });

  test('records what is found today when it is asked to, and lint passes then', async () => {
    const cwd = repositoryWith({ 'agents/a.yaml': NATIVE });
    expect((await run(['lint'], { cwd })).status).toBe(1);
    expect(await init(cwd, '--yes', '--baseline')).toContain('wrote .agentid-lint/baseline.ndjson');
    expect((await run(['lint', '--fail-on-new'], { cwd })).status).toBe(0);
  });

  test('is quiet about all but what it wrote', async () => {
    const cwd = repositoryWith({ 'agents/a.yaml': NATIVE });
    expect(await init(cwd, '-y', '-q')).toBe(`wrote ${CONFIG}\nwrote ${WORKFLOW}\n`);
  });
});

describe('what init writes', () => {
  test('for pre-commit is what the page shows', async () => {
    const cwd = repositoryWith({});
    await init(cwd, '--yes', '--pre-commit');
    expect(textOf(cwd, HOOKS)).toBe(documented('docs/other-ci.md', HOOKS));
    expect(faultsOf(PRE_COMMIT_CONFIG, textOf(cwd, HOOKS))).toEqual([]);
  });

  test('for pre-commit is shown when there is such a file, which stays as it is', async () => {
    const text = 'repos:\n  - repo: https://example.com/hooks\n    rev: v1\n    hooks: [{ id: x }]\n';
    const cwd = repositoryWith({ [HOOKS]: text });
    const told = await init(cwd, '--yes', '--pre-commit');
    const [, lines = ''] = told.split(`Add to "repos" in ${HOOKS}, which was left as it is:\n`);
    const [entry = ''] = lines.split('\n\n');
    expect(textOf(cwd, HOOKS)).toBe(text);
    expect(faultsOf(PRE_COMMIT_CONFIG, `${text}${entry}\n`)).toEqual([]);
    expect(entry).toContain('id: agentid-lint');
  });

  test('for GitHub has the actions of the page, pinned, and no more rights than to read', async () => {
    const cwd = repositoryWith({});
    await init(cwd, '--yes');
    const uses = (text = '') => text.match(/uses: .*/g);
    expect(uses(textOf(cwd, WORKFLOW))).toEqual(uses(documented('docs/github-action.md', WORKFLOW)));
    expect(textOf(cwd, WORKFLOW).match(/^ +[a-z-]+: (?:read|write)\b/gm)).toEqual(['      contents: read']);
  });
});

describe('init writes nothing', () => {
  test('but shows it with --dry-run', async () => {
    const cwd = repositoryWith({ 'agents/a.yaml': NATIVE });
    const shown = await init(cwd, '--dry-run');
    expect(Object.keys(filesIn(cwd))).toEqual(['agents/a.yaml']);
    await init(cwd, '--yes');
    expect(shown).toBe(
      `found 1 blueprint in 1 file\n\n${[CONFIG, WORKFLOW]
        .map((name) => `would write ${name}:\n\n${textOf(cwd, name)}\n`)
        .join('')}`,
    );
  });

  test.each<[string, readonly string[], Files, number, string]>([
    [
      'when nobody can answer',
      [],
      {},
      2,
      'error: init asks what to write, and there is nobody to answer\n  --yes writes what it proposes, --dry-run shows it.\n',
    ],
    [
      'over a config that cannot be used',
      ['--yes'],
      { [CONFIG]: 'version: 2\n' },
      2,
      `error: ${CONFIG}:1:10: config-invalid-value: `,
    ],
    [
      'for a service that is not known',
      ['--yes', '--workflow', 'jenkins'],
      {},
      2,
      'error: --workflow: unknown value "jenkins"\n',
    ],
    ['for an argument', ['--yes', 'agents'], {}, 2, 'error: too many arguments'],
    [
      'when one of the files cannot be written',
      ['--yes'],
      { '.github': 'a file' },
      10,
      'error: could not write the files, and there is none of them: ',
    ],
  ])('%s', async (_, args, files, status, error) => {
    const cwd = repositoryWith({ 'agents/a.yaml': NATIVE, ...files });
    const before = filesIn(cwd);
    const { stderr, ...ran } = await run(['init', ...args], { cwd });
    expect(ran.status).toBe(status);
    expect(stderr.slice(0, error.length)).toBe(error);
    expect(filesIn(cwd)).toEqual(before);
  });

  test.each([
    ['a folder of one', 'Run init at its top.', true],
    ['none', 'git init makes one.', false],
  ])('for pre-commit where the working directory is %s', async (what, hint, isRepository) => {
    const top = isRepository ? repositoryWith({ 'a/b.yaml': '' }) : folderWith({ 'a/b.yaml': '' });
    const cwd = join(top, 'a');
    expect(await run(['init', '--yes', '--pre-commit'], { cwd })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `error: --pre-commit: hooks are for a whole repository, and this is ${what}\n  ${hint}\n`,
    });
    expect(Object.keys(filesIn(cwd))).toEqual(['b.yaml']);
  });
});
