import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/build-graph-permissions.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'agentid-permissions-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const APP_ROLES = [
  {
    Id: '0A000000-0000-4000-8000-000000000001',
    Value: 'Kite.ReadWrite.All',
    IsEnabled: true,
    Origin: 'Application',
    AllowedMemberTypes: ['Application'],
  },
  {
    Id: '0a000000-0000-4000-8000-000000000002',
    Value: 'Kite.Read.All',
    IsEnabled: true,
    Origin: 'Application',
    AllowedMemberTypes: ['Application'],
  },
  {
    Id: '0a000000-0000-4000-8000-000000000003',
    Value: 'Kite.Selected',
    IsEnabled: true,
    Origin: 'Application',
    AllowedMemberTypes: ['Application'],
  },
];
const DELEGATED = [
  {
    Id: '0d000000-0000-4000-8000-000000000001',
    Value: 'Kite.Read.All',
    IsEnabled: true,
    Type: 'Admin',
    Origin: null,
  },
  {
    Id: '0d000000-0000-4000-8000-000000000002',
    Value: 'KiteString.Read',
    IsEnabled: false,
    Type: 'User',
    Origin: null,
  },
];
const PERMISSIONS = {
  permissions: {
    'Kite.ReadWrite.All': {
      authorizationType: 'oAuth2',
      schemes: { Application: { requiresAdminConsent: true, privilegeLevel: 4 } },
      pathSets: [],
    },
    'Kite.Read.All': {
      schemes: {
        Application: { requiresAdminConsent: true, privilegeLevel: 3 },
        DelegatedWork: { requiresAdminConsent: false },
        DelegatedPersonal: { privilegeLevel: 1 },
      },
    },
    'Kite.Read.Group': { schemes: { Application: { requiresAdminConsent: true, privilegeLevel: 2 } } },
  },
};
const PAGE = `---
title: Kites
ms.date: 02/26/2026
---

| Other table | Delegated | Application |
|--|--|--|
| Kite.Selected | ❌ | ❌ |

| Permission name                                     | Delegated | Application |
|-----------------------------------------------------|-----------|-------------|
| [Kite.ReadWrite.All](/graph/reference#kitereadwrite) | ➖        | ❌           |
| Kite.Fly                                            | ❌        | ➖           |

Text after it with | pipes | in it.
`;
const CURATION = {
  reasons: { blocked: 'blocked (list of {blockedDate})', 'mass-content': 'everything', 'level-4': 'level 4' },
  tiers: {
    'mass-content': ['application/Kite.ReadWrite.All'],
    'scoped-alternative': ['application/Kite.Selected'],
  },
  createsAgents: ['delegated/Kite.Read.All'],
  nouns: { Kite: 'kites' },
  reach: { 'delegated/Kite.Fly': 'the sky' },
  narrower: { 'application/Kite.Read.All': { use: ['Kite.Selected'] } },
};

type Files = {
  readonly appRoles?: unknown;
  readonly delegated?: unknown;
  readonly page?: string;
  readonly curation?: unknown;
};

/** Runs the script over invented sources, with the files that the test cares about put in their place. */
function build({
  appRoles = APP_ROLES,
  delegated = DELEGATED,
  page = PAGE,
  curation = CURATION,
}: Files = {}) {
  const file = (name: string, content: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const output = join(folder, 'table.json');
  const { status, stderr } = run([
    ...['--app-roles', file('roles.json', appRoles), '--delegated', file('scopes.json', delegated)],
    ...['--permissions', file('permissions.json', PERMISSIONS), '--blocked', file('page.md', page)],
    ...['--date', '2026-08-20', '--curation', file('curation.json', curation), '--output', output],
  ]);
  return { status, stderr, text: status === 0 ? readFileSync(output, 'utf8') : '' };
}

function run(args: readonly string[]) {
  return spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
}

describe('build:permissions with downloaded sources', () => {
  test('merges ids, levels, consent, blocks and curation into one table', () => {
    const { status, text } = build();
    expect(status).toBe(0);
    const { source, records, ...table } = JSON.parse(text) as {
      source: readonly string[];
      records: readonly object[];
    };
    expect(source).toHaveLength(3);
    const application = {
      kind: 'application',
      level: 3,
      admin_consent: true,
      blocked: false,
      enabled: true,
      published: true,
      tier: null,
      creates_agents: false,
      reasons: [],
      reach: 'all {} in the tenant',
    };
    const delegated = { ...application, kind: 'delegated', level: null };
    expect(records).toEqual([
      { ...application, level: 2, published: false, reach: 'the {} of the teams it is installed in' },
      application,
      {
        ...application,
        level: 4,
        blocked: true,
        tier: 'mass-content',
        reasons: ['blocked', 'mass-content', 'level-4'],
      },
      { ...application, level: null, tier: 'scoped-alternative', reach: 'only the {} it is given access to' },
      { ...delegated, admin_consent: false, enabled: false, reach: "the signed-in user's {}" },
      {
        ...delegated,
        admin_consent: false,
        creates_agents: true,
        reach: 'all {} that the signed-in user can reach',
      },
      {
        ...delegated,
        blocked: true,
        published: false,
        reasons: ['blocked'],
        reach: "the signed-in user's {}",
      },
    ]);
    expect(table).toEqual({
      date: '2026-08-20',
      blocked_date: '2026-02-26',
      reasons: {
        blocked: 'blocked (list of 2026-02-26)',
        'mass-content': 'everything',
        'level-4': 'level 4',
      },
      names: {
        'Kite.Fly': [null, 6],
        'Kite.Read.All': [1, 5],
        'Kite.Read.Group': [0, null],
        'Kite.ReadWrite.All': [2, null],
        'Kite.Selected': [3, null],
        'KiteString.Read': [null, 4],
      },
      list: [
        'Kite.Fly',
        'Kite.Read.All',
        'Kite.Read.Group',
        'Kite.ReadWrite.All',
        'Kite.Selected',
        'KiteString.Read',
      ],
      application: {
        '0a000000-0000-4000-8000-000000000001': 3,
        '0a000000-0000-4000-8000-000000000002': 1,
        '0a000000-0000-4000-8000-000000000003': 4,
      },
      delegated: { '0d000000-0000-4000-8000-000000000001': 1, '0d000000-0000-4000-8000-000000000002': 5 },
      nouns: { Kite: 'kites', KiteString: 'kite strings' },
      reach: { 'delegated/Kite.Fly': 'the sky' },
      narrower: {
        'application/Kite.Read.All': 'Kite.Selected',
        'application/Kite.ReadWrite.All': 'Kite.Read.All',
      },
    });
  });

  test('gives the same bytes whatever the order of the sources', () => {
    const { text } = build({ appRoles: [...APP_ROLES].reverse(), delegated: [...DELEGATED].reverse() });
    expect(text).toBe(build().text);
  });

  test('the table alone gives the same table again', () => {
    const { text } = build();
    const { status } = run([
      '--curation',
      join(folder, 'curation.json'),
      '--output',
      join(folder, 'table.json'),
    ]);
    expect(status).toBe(0);
    expect(readFileSync(join(folder, 'table.json'), 'utf8')).toBe(text);
  });

  test('--check tells of a curation that is not merged yet', () => {
    build();
    const path = join(folder, 'changed.json');
    writeFileSync(path, JSON.stringify({ ...CURATION, nouns: { Kite: 'dragons' } }));
    const { status, stderr } = run(['--check', '--curation', path, '--output', join(folder, 'table.json')]);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'graph-permissions.json is out of date. Run npm run build:permissions and commit the result.\n',
    });
  });
});

describe('build:permissions refuses', () => {
  test('a curation that names what does not exist or advises what is blocked', () => {
    const curation = {
      ...CURATION,
      tiers: {
        'mass-content': ['application/Kite.ReadWrite.All', 'application/Kyte.Read'],
        'tenant-takeover': ['application/Kite.ReadWrite.All'],
      },
      nouns: { Glider: 'gliders' },
      narrower: {
        'application/Kite.Read.All': {
          use: ['Kite.ReadWrite.All', 'Kite.Read.All', 'delegated/KiteString.Read'],
        },
        'application/Kite.ReadWrite.All': { use: ['Kite.Read.All', 'Kite.Selcted'], text: 'reading' },
      },
    };
    const { status, stderr } = build({ curation });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'The curation does not fit the sources:',
      '  application/Kyte.Read does not exist',
      '  no permission begins with Glider',
      '  application/Kite.ReadWrite.All is in two tiers',
      '  advice for application/Kite.Read.All: application/Kite.ReadWrite.All is blocked for agents',
      '  advice for application/Kite.Read.All: application/Kite.Read.All is the permission itself',
      '  advice for application/Kite.Read.All: delegated/KiteString.Read is switched off',
      '  advice for application/Kite.ReadWrite.All: the text does not name application/Kite.Read.All',
      '  advice for application/Kite.ReadWrite.All: application/Kite.Selcted does not exist',
    ]);
  });

  test('a page without the table', () => {
    expect(build({ page: PAGE.replace('| Permission name ', '| Name ') }).stderr).toBe(
      'The page has no table "Permission name | Delegated | Application".\n',
    );
  });

  test('a page without a date', () => {
    expect(build({ page: PAGE.replace('ms.date', 'date') }).stderr).toBe(
      'The page with the blocked permissions has no ms.date.\n',
    );
  });

  test('a permission that is listed twice', () => {
    expect(build({ appRoles: [...APP_ROLES, ...APP_ROLES.slice(0, 1)] }).stderr).toBe(
      'application/Kite.ReadWrite.All is listed twice.\n',
    );
  });

  test('some of the sources', () => {
    expect(run(['--date', '2026-08-20', '--blocked', 'page.md']).stderr).toBe(
      'Missing: --app-roles, --delegated, --permissions.\n',
    );
  });
});

test('the committed table is what the curation and its own rows give', () => {
  const { status, stderr } = run(['--check']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
