import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { testRepository } from '../changes/repository.ts';
import { folderWith, type Files } from '../e2e/cli.ts';
import { NO_SPONSOR, unsponsored } from '../e2e/manifests.ts';
import { bundleOf, TEAM_TAG } from '../e2e/own-bundles.ts';
import { runInside, type CliRun } from '../support/cli-context.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { TEAM_TAG as TEAM_TAG_REGO, WHOLE } from '../support/own-rules.ts';

const CONFIG = 'agentid-lint.config.yaml';
const OFF = `version: 1\nrules:\n  ${NO_SPONSOR}: off\n`;
const ON = 'version: 1\n';
const LOW = `version: 1\nrules:\n  ${NO_SPONSOR}: low\n`;
const MANIFESTS = { 'agents/a.yaml': unsponsored() };

type Places = {
  /** Files of the change that is judged. */
  readonly change: Files;
  /** Files that it was made from. */
  readonly base: Files;
  /** Working directory inside both. */
  readonly inside?: string;
};

type Judged = CliRun & {
  /** `rule severity` of each finding. */
  readonly findings: readonly string[];
  readonly report: { readonly config: { readonly files: readonly string[] }; readonly base: string };
};

/** Two repositories with these files. */
function places({ change, base, inside = '' }: Places) {
  const folders = [folderWith(change), folderWith(base)] as const;
  for (const folder of folders) mkdirSync(join(folder, '.git'));
  const [cwd, trusted] = folders.map((folder) => join(folder, inside));
  return { cwd: cwd ?? '', trusted: { cwd: trusted ?? '' }, folders };
}

async function lint(
  where: Pick<ReturnType<typeof places>, 'cwd' | 'trusted'>,
  ...args: string[]
): Promise<Judged> {
  const ran = await runInside(['lint', '--format', 'json', ...args], where);
  const report = (ran.stdout === '' ? { findings: [] } : JSON.parse(ran.stdout)) as Judged['report'] & {
    readonly findings: readonly { readonly rule: string; readonly severity: string }[];
  };
  return { ...ran, report, findings: report.findings.map(({ rule, severity }) => `${rule} ${severity}`) };
}

describe('settings from a trusted folder', () => {
  test('are those of its config: a change cannot switch its checks off', async () => {
    const where = places({ change: { ...MANIFESTS, [CONFIG]: OFF }, base: { ...MANIFESTS, [CONFIG]: ON } });
    expect(await lint(where)).toMatchObject({ exitCode: 1, findings: [`${NO_SPONSOR} high`] });
    expect(await lint({ ...where, trusted: { cwd: where.cwd } })).toMatchObject({
      exitCode: 0,
      findings: [],
    });
    const named = await lint(where, '--config', CONFIG);
    expect(named.findings).toEqual([`${NO_SPONSOR} high`]);
    const absolute = await lint(where, '--config', join(where.cwd, CONFIG));
    expect(absolute.findings).toEqual([`${NO_SPONSOR} high`]);
    expect(absolute.report.config.files).toEqual([CONFIG]);
  });

  test('judge files of the working directory, wherever the config has globs', async () => {
    const where = places({
      change: { 'agents/new.yaml': unsponsored(), 'agents/skipped/x.yaml': unsponsored() },
      base: {
        'agents/old.yaml': unsponsored(),
        [CONFIG]: `version: 1\nexclude: ["agents/skipped/**"]\noverrides:\n  - match: { path: "agents/*.yaml" }\n    rules: { ${NO_SPONSOR}: medium }\n`,
      },
    });
    expect(await lint(where)).toMatchObject({ exitCode: 0, findings: [`${NO_SPONSOR} medium`] });
  });

  test('are none when only the change has a config', async () => {
    const where = places({ change: { ...MANIFESTS, [CONFIG]: OFF }, base: {} });
    expect(await lint(where)).toMatchObject({ exitCode: 1, findings: [`${NO_SPONSOR} high`] });
    const named = await lint(where, '--config', CONFIG);
    expect(named).toMatchObject({ exitCode: 2, stdout: '' });
    expect(named.stderr).toContain(`error: ${CONFIG}: config-not-found:`);
    const printed = await runInside(['config', 'print'], where);
    expect(printed.stdout).not.toContain(CONFIG);
  });

  test('come from a config above, seen from a folder inside', async () => {
    const where = places({
      change: { 'teams/red/agents/a.yaml': unsponsored(), [CONFIG]: OFF, [`teams/red/${CONFIG}`]: OFF },
      base: {
        [CONFIG]: `version: 1\noverrides:\n  - match: { path: "teams/red/**" }\n    rules: { ${NO_SPONSOR}: low }\n`,
        'teams/red/x': '',
      },
      inside: 'teams/red',
    });
    const judged = await lint(where);
    expect(judged).toMatchObject({ exitCode: 0, findings: [`${NO_SPONSOR} low`] });
    expect(judged.report).toMatchObject({ base: 'teams/red', config: { files: [`../../${CONFIG}`] } });
    expect((await lint(where, '--config', join(where.cwd, '../..', CONFIG))).findings).toEqual(
      judged.findings,
    );
  });

  test('come from a folder that the change has and they have not, as if it were there', async () => {
    const where = places({
      change: { 'new/agents/a.yaml': unsponsored(), [`new/${CONFIG}`]: OFF },
      base: { [CONFIG]: LOW },
      inside: 'new',
    });
    expect(await lint(where)).toMatchObject({ exitCode: 0, findings: [`${NO_SPONSOR} low`] });
  });

  test('extend files of theirs', async () => {
    const where = places({
      change: { ...MANIFESTS, 'shared.yaml': OFF, [CONFIG]: OFF },
      base: { 'shared.yaml': LOW, [CONFIG]: 'version: 1\nextends: [./shared.yaml]\n' },
    });
    const judged = await lint(where);
    expect(judged.findings).toEqual([`${NO_SPONSOR} low`]);
    expect(judged.report.config.files).toEqual([CONFIG, 'shared.yaml']);
  });

  test('bring rules of theirs, by the config and by the command line', async () => {
    const team = await bundleOf([TEAM_TAG]);
    const where = places({
      change: { ...MANIFESTS, 'team.tar.gz': 'no bundle', 'more.tar.gz': 'neither' },
      base: { 'team.tar.gz': team, [CONFIG]: 'version: 1\nrules: { sources: [./team.tar.gz] }\n' },
    });
    const named = ['team.tar.gz', './team.tar.gz', join(where.cwd, 'team.tar.gz')];
    for (const args of [[], ...named.map((typed) => ['--no-config', '--rules', typed])]) {
      const listed = await runInside(['rules', 'list', ...args], where);
      expect(listed).toMatchObject({ exitCode: 0, stderr: '' });
      expect(listed.stdout).toMatch(/ownership\/team-tag .*team\.tar\.gz\)/);
      expect(listed.stdout).not.toContain(where.trusted.cwd);
    }
    const gone = await lint(where, '--rules', join(where.cwd, 'more.tar.gz'));
    expect(gone).toMatchObject({ exitCode: 2, stdout: '' });
    expect(gone.stderr).toContain('./more.tar.gz');
  });

  test.runIf(compilerIsBuilt())('compile rules of theirs', { timeout: 60_000 }, async () => {
    const rego = 'rules/ownership/team_tag.rego';
    const where = places({
      change: {
        ...MANIFESTS,
        ...under('rules', WHOLE),
        [rego]: TEAM_TAG_REGO.replace('severity: low', 'severity: info'),
      },
      base: { ...under('rules', WHOLE), [CONFIG]: 'version: 1\nrules: { sources: [./rules] }\n' },
    });
    const judged = await lint(where, '--no-cache');
    expect(judged.stderr).toBe('');
    expect(judged.findings).toContain('ownership/team-tag low');
    expect(judged.report.config.files).toEqual([CONFIG, 'rules']);
  });

  test('name files as they stand in the working directory, and never the other folder', async () => {
    const where = places({
      change: { ...MANIFESTS, 'central/keys/team.pem': 'other' },
      base: {
        [CONFIG]: `version: 1\nrules:\n  ${NO_SPONSOR}: loud\nremoteRules:\n  keys: [{ id: team, algorithm: RS256, file: central/keys/none.pem }]\n`,
      },
    });
    const judged = await lint(where);
    expect(judged).toMatchObject({ exitCode: 2, stdout: '' });
    expect(judged.stderr).toContain(`error: ${CONFIG}:3:`);
    expect(judged.stderr).toContain('"central/keys/none.pem"');
    expect(judged.stderr).not.toContain(where.trusted.cwd);
    const printed = await runInside(
      ['config', 'print'],
      places({ change: MANIFESTS, base: { [CONFIG]: LOW } }),
    );
    expect(printed.stdout).toContain(`${CONFIG}:3:3`);
  });

  test('may be kept outside of both, where no change reaches', async () => {
    const outside = folderWith({ 'central.yaml': LOW, 'broken.yaml': 'version: 9\n' });
    const where = places({ change: { ...MANIFESTS, [CONFIG]: OFF }, base: { [CONFIG]: ON } });
    const judged = await lint(where, '--config', join(outside, 'central.yaml'));
    expect(judged.findings).toEqual([`${NO_SPONSOR} low`]);
    expect(judged.report.config.files).toEqual([]);
    const broken = await lint(where, '--config', join(outside, 'broken.yaml'));
    expect(broken.stderr).not.toContain(where.trusted.cwd);
  });

  test('are not left by a link in the base, but for one that the workflow names', async () => {
    const where = places({
      change: { ...MANIFESTS, 'off.yaml': OFF },
      base: { [CONFIG]: 'version: 1\nextends: [./link.yaml]\n' },
    });
    symlinkSync(join(where.cwd, 'off.yaml'), join(where.trusted.cwd, 'link.yaml'));
    const judged = await lint(where);
    expect(judged).toMatchObject({ exitCode: 2, stdout: '' });
    expect(judged.stderr).toContain('link-leaves-workspace');
  });
});

test('a change of settings that do not judge it widens no report', async () => {
  const { folder, place, write, commit } = testRepository();
  write('agents/old.yaml', unsponsored('old'));
  commit();
  write(CONFIG, OFF);
  write('agents/new.yaml', unsponsored('new'));
  const here = { cwd: folder, env: place.env };
  const judge = async (context: Partial<CliContext>) => {
    const { stdout } = await runInside(['lint', '--changed', '-f', 'compact'], { ...here, ...context });
    return stdout.split('\n').map((line) => line.split(':')[0]);
  };
  expect(await judge({ trusted: { cwd: folderWith({ '.git/HEAD': '' }) } })).toEqual([
    'agents/new.yaml',
    expect.stringMatching(
      /^only what changed since [0-9a-f]{12} \(2 files\) is reported; 1 finding elsewhere is not$/,
    ),
    'failed',
    '',
  ]);
  // By the settings that have changed, everything is judged, and nothing is found.
  expect(await judge({})).toEqual(['passed', '']);
});

function under(folder: string, files: { readonly [path: string]: string }): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

test('the command line itself never trusts another folder', () => {
  const main = readFileSync(new URL('../../src/cli/main.ts', import.meta.url), 'utf8');
  expect(main).not.toContain('trusted');
});

describe('suppressions from a trusted folder', () => {
  const WAIVERS = '.agentid-lint/waivers.yaml';
  const BASELINE = '.agentid-lint/baseline.ndjson';
  const WAIVED = `version: 1
waivers:
  - rule: ${NO_SPONSOR}
    object: { uniqueName: quote-writer }
    reason: Nobody is there yet
    approvedBy: Ines Moreau
    created: 2026-11-01
    expires: 2027-01-31
`;
  const EMPTY = '{"baseline":"agentid-lint","version":1,"fingerprint":"v1"}\n{"~":"end"}\n';

  test('are those of the base: a change cannot waive its own findings', async () => {
    const where = places({ change: { ...MANIFESTS, [WAIVERS]: WAIVED }, base: MANIFESTS });
    expect(await lint(where)).toMatchObject({ exitCode: 1, report: { config: { files: [] } } });
    const waived = places({ change: MANIFESTS, base: { ...MANIFESTS, [WAIVERS]: WAIVED } });
    expect(await lint(waived)).toMatchObject({ exitCode: 0, report: { config: { files: [WAIVERS] } } });
  });

  test('are read there when they are named, too', async () => {
    const broken = { [BASELINE]: 'of the change' };
    const where = places({ change: { ...MANIFESTS, ...broken }, base: { ...MANIFESTS, [BASELINE]: EMPTY } });
    for (const named of [BASELINE, join(where.cwd, BASELINE)]) {
      const judged = await lint(where, '--baseline', named, '--fail-on-new');
      expect(judged).toMatchObject({ exitCode: 1, report: { config: { files: [BASELINE] } }, stderr: '' });
    }
    const other = places({ change: { ...MANIFESTS, [BASELINE]: EMPTY }, base: MANIFESTS });
    expect(await lint(other, '--baseline', BASELINE)).toMatchObject({
      exitCode: 2,
      stderr: `error: ${BASELINE}: baseline-not-found: There is no such baseline.\n  "agentid-lint baseline create" makes one.\n`,
    });
  });

  test('are not changed there', async () => {
    const where = places({ change: MANIFESTS, base: MANIFESTS });
    expect(await runInside(['baseline', 'create'], where)).toMatchObject({
      exitCode: 2,
      stderr: 'error: suppressions are not changed where settings are read from elsewhere\n',
    });
  });
});
