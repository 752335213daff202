import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, POSIX, run, type Run } from './cli.ts';

const MAIL_READ = '810c84a8-4a9e-49e6-bf7d-12d183f40d01';
const MAIL_READ_WRITE = 'e2a3a72e-5f79-4c64-b1b1-878b674786c9';
const BASELINE = '.agentid-lint/baseline.ndjson';
const WAIVERS = '.agentid-lint/waivers.yaml';

const WEEKS = [1, 2, 3, 4].map((week) => `2026-11-${String(week * 7 - 5).padStart(2, '0')}T09:00:00Z`);

/** A team's repository and what it does in four weeks, one command after the other. */
class Team {
  readonly cwd = folderWith({
    'agents/invoice.blueprint.yaml': invoice({ sponsor: null }),
    'agents/digest.blueprint.yaml': digest(MAIL_READ),
    'agents/planner.blueprint.yaml': blueprint('lf-planner-prd', [
      'sponsors: [{ userPrincipalName: mira@contoso.example }]',
    ]),
  });

  constructor() {
    this.git('init', '--quiet', '--initial-branch', 'main');
    this.commit('three blueprints');
  }

  git(...args: readonly string[]): void {
    const identity = ['-c', 'user.name=n', '-c', 'user.email=n@contoso.example'];
    execFileSync('git', [...identity, ...args], {
      cwd: this.cwd,
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
    });
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.cwd, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.cwd, name), 'utf8');
  }

  json(name: string): Json {
    return JSON.parse(this.read(name)) as Json;
  }

  run(week: number, ...args: readonly string[]): Promise<Run> {
    return run(
      [...args, ...(args[0] === 'diff' || args[0] === 'trend' ? [] : ['--now', WEEKS[week - 1] ?? ''])],
      {
        cwd: this.cwd,
      },
    );
  }

  /** The run of a week, as the pipeline has it: saved, compared with the week before, and written into the history. */
  async week(week: number, ...more: readonly string[]): Promise<Run> {
    const saved = [
      '--history',
      'history',
      '--output',
      `json=week-${week}.json`,
      '--output',
      `sarif=week-${week}.sarif`,
    ];
    const previous = week === 1 ? [] : ['--previous', `week-${week - 1}.json`];
    return this.run(week, 'lint', '--format', 'compact', ...saved, ...previous, ...more);
  }

  /** Rules and objects of the findings that count, and of the others by what keeps them from it. */
  told(week: number): Readonly<Record<string, readonly string[]>> {
    const told: Record<string, string[]> = {};
    for (const { rule, resource, suppressed } of this.json(`week-${week}.json`).findings)
      (told[suppressed?.kind ?? 'counts'] ??= []).push(`${rule} ${resource.name}`);
    return told;
  }

  sarif(week: number): readonly string[] {
    const [only] = (JSON.parse(this.read(`week-${week}.sarif`)) as Sarif).runs;
    return (only?.results ?? []).map(({ ruleId, suppressions = [] }) =>
      [
        ruleId,
        ...suppressions.map(({ kind, status, justification }) => `${kind} ${status}: ${justification}`),
      ].join(' | '),
    );
  }
}

type Json = {
  readonly verdict: string;
  readonly previous: unknown;
  readonly findings: readonly {
    readonly rule: string;
    readonly fingerprint: string;
    readonly resource: { readonly name: string };
    readonly suppressed: { readonly kind: string } | null;
    readonly expired: { readonly reason: string; readonly expires: string } | null;
  }[];
};

type Sarif = {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly suppressions?: readonly {
        readonly kind: string;
        readonly status: string;
        readonly justification: string;
      }[];
    }[];
  }[];
};

function blueprint(name: string, lines: readonly string[]): string {
  return [
    'kind: agentIdentityBlueprint',
    `uniqueName: ${name}`,
    `displayName: ${name}`,
    'description: Does in these tests what its name says.',
    'signInAudience: AzureADMyOrg',
    'serviceManagementReference: CMDB-1',
    'owners: [{ userPrincipalName: dana@contoso.example }]',
    ...lines,
    '',
  ].join('\n');
}

function invoice({
  sponsor,
  secret = 'first try',
}: {
  readonly sponsor: string | null;
  readonly secret?: string;
}): string {
  return blueprint('lf-invoice-prd', [
    ...(sponsor === null ? [] : [`sponsors: [{ userPrincipalName: ${sponsor} }]`]),
    'passwordCredentials:',
    `  - { displayName: ${secret}, startDateTime: "2026-11-01T00:00:00Z", endDateTime: "2027-01-15T00:00:00Z" }`,
  ]);
}

function digest(permission: string): string {
  return blueprint('lf-digest-prd', [
    'sponsors: [{ userPrincipalName: oskar@contoso.example }]',
    'requiredResourceAccess:',
    '  - resourceAppId: 00000003-0000-0000-c000-000000000000',
    `    resourceAccess: [{ id: ${permission}, type: Role }]`,
  ]);
}

const CONTENT = 'permissions/tenant-wide-content';
const NO_SPONSOR = 'accountability/blueprint-no-sponsor';
const SECRET = 'credentials/client-secret';
const FEDERATION = 'credentials/no-workload-federation';

describe.skipIf(!POSIX)('four weeks of a team', () => {
  test('adopt, accept until a day, fix, move, regress, expire', { timeout: 60_000 }, async () => {
    const team = new Team();

    // Week 1. Red on the first day; what is there is recorded, once and on purpose.
    expect((await team.run(1, 'lint')).status).toBe(1);
    const created = await team.run(1, 'baseline', 'create');
    expect(created).toMatchObject({ status: 0, stderr: '' });
    const again = await team.run(1, 'baseline', 'create');
    expect(again).toMatchObject({ status: 2, stdout: '' });
    expect(await team.week(1, '--fail-on-new')).toMatchObject({ status: 0 });
    expect(team.told(1)).toEqual({
      baseline: [
        `${CONTENT} lf-digest-prd`,
        `${NO_SPONSOR} lf-invoice-prd`,
        `${FEDERATION} lf-invoice-prd`,
        `${SECRET} lf-invoice-prd`,
      ],
    });
    team.commit('baseline');

    // Week 2. One permission for another: the same rule, the same object, another value.
    team.write('agents/digest.blueprint.yaml', digest(MAIL_READ_WRITE));
    expect(await team.week(2)).toMatchObject({ status: 1 });
    expect(team.told(2)['counts']).toEqual([`${CONTENT} lf-digest-prd`]);
    expect(team.json('week-2.json').previous).toEqual({
      ...NOTHING,
      ...{ file: 'week-1.json', now: WEEKS[0], added: 1, fixed: 1 },
    });
    const fingerprint = team
      .json('week-2.json')
      .findings.find(({ suppressed }) => suppressed === null)?.fingerprint;
    const about = ['--reason', 'Release 4.2 needs it', '--approved-by', 'ciso@contoso.example'];
    const tooLate = await team.run(
      2,
      'waivers',
      'add',
      fingerprint ?? '',
      ...about,
      '--expires',
      '2026-11-08',
    );
    expect(tooLate).toMatchObject({ status: 2, stdout: '' });
    const waived = await team.run(
      2,
      'waivers',
      'add',
      fingerprint ?? '',
      ...about,
      '--expires',
      '2026-11-20',
    );
    expect(waived).toMatchObject({ status: 0, stderr: '' });
    expect((await team.run(2, 'lint')).status).toBe(0);
    team.commit('widen, and accept it for two weeks');

    // Week 3. A sponsor; the file moves, is written as JSON, and says who it is all the same.
    mkdirSync(join(team.cwd, 'agents/finance'));
    renameSync(
      join(team.cwd, 'agents/invoice.blueprint.yaml'),
      join(team.cwd, 'agents/finance/invoice.yaml'),
    );
    team.write('agents/finance/invoice.yaml', `# moved\n${invoice({ sponsor: 'aiko@contoso.example' })}`);
    expect(await team.week(3)).toMatchObject({ status: 0 });
    expect(team.told(3)).toEqual({
      waiver: [`${CONTENT} lf-digest-prd`],
      baseline: [`${FEDERATION} lf-invoice-prd`, `${SECRET} lf-invoice-prd`],
    });
    expect(team.json('week-3.json').previous).toEqual({
      ...NOTHING,
      ...{ file: 'week-2.json', now: WEEKS[1], suppressed: 1, fixed: 1 },
    });
    expect(team.sarif(3)).toEqual([
      `${CONTENT} | external accepted: Release 4.2 needs it`,
      `${FEDERATION} | external accepted: It was there when the baseline was made.`,
      `${SECRET} | external accepted: It was there when the baseline was made.`,
    ]);
    expect((await team.run(3, 'baseline', 'check')).status).toBe(1);
    expect((await team.run(3, 'baseline', 'prune')).status).toBe(0);
    expect((await team.run(3, 'baseline', 'check')).status).toBe(0);
    expect(team.read(BASELINE).split('\n')).toHaveLength(2 + 3);
    team.commit('sponsor, and no more than there is in the baseline');

    // Week 4. The waiver has ended, the sponsor is gone, and one secret has taken the place of another.
    team.write('agents/finance/invoice.yaml', invoice({ sponsor: null, secret: 'second try' }));
    expect(await team.week(4)).toMatchObject({ status: 1 });
    expect(team.told(4)).toEqual({
      counts: [`${CONTENT} lf-digest-prd`, `${NO_SPONSOR} lf-invoice-prd`, `${SECRET} lf-invoice-prd`],
      baseline: [`${FEDERATION} lf-invoice-prd`],
    });
    expect(team.json('week-4.json').findings.flatMap(({ expired }) => expired ?? [])).toMatchObject([
      { reason: 'Release 4.2 needs it', expires: '2026-11-20' },
    ]);
    expect(team.sarif(4)).toEqual([
      CONTENT,
      NO_SPONSOR,
      `${FEDERATION} | external accepted: It was there when the baseline was made.`,
      SECRET,
    ]);

    const diff = await team.run(4, 'diff', 'week-3.json', 'week-4.json', '--format', 'json');
    const groups = JSON.parse(diff.stdout) as Record<string, unknown>;
    expect({ status: diff.status, summary: groups['summary'], verdict: groups['verdict'] }).toEqual({
      status: 1,
      verdict: 'fail',
      summary: {
        added: 2,
        unsuppressed: 1,
        severityChanged: 0,
        unknown: 0,
        unread: 0,
        suppressed: 0,
        fixed: 1,
        unchanged: 0,
      },
    });

    // A file that cannot be read is never "fixed", and half a baseline is no baseline.
    team.write('agents/finance/invoice.yaml', 'kind: [agentIdentityBlueprint\n');
    await team.run(4, 'lint', '--output', 'json=torn.json');
    const torn = await team.run(4, 'diff', 'week-4.json', 'torn.json', '--format', 'json');
    expect(JSON.parse(torn.stdout)).toMatchObject({ summary: { fixed: 0, unknown: 2 }, exitCode: 4 });
    team.write(BASELINE, team.read(BASELINE).slice(0, 200));
    expect(await team.run(4, 'lint')).toMatchObject({ status: 2, stdout: '' });
    team.git('checkout', '--quiet', '--', '.');
    team.write(WAIVERS, team.read(WAIVERS).replace('expires', 'expire'));
    expect(await team.run(4, 'lint')).toMatchObject({ status: 2, stdout: '' });

    const trend = await team.run(4, 'trend', 'history', '--format', 'json');
    const { runs } = JSON.parse(trend.stdout) as Trend;
    expect(
      runs.map(({ findings, suppressed, expired }) => [
        findings.high,
        suppressed.waiver,
        suppressed.baseline,
        expired,
      ]),
    ).toEqual([
      [0, 0, 4, 0],
      [1, 0, 3, 0],
      [0, 1, 2, 0],
      [3, 0, 1, 1],
    ]);
  });
});

const NOTHING = { added: 0, fixed: 0, severityChanged: 0, suppressed: 0, unsuppressed: 0, unknown: 0 };

type Trend = {
  readonly runs: readonly {
    readonly findings: { readonly high: number };
    readonly suppressed: { readonly waiver: number; readonly baseline: number };
    readonly expired: number;
  }[];
};
