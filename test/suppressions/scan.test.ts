import { expect, test } from 'vitest';
import { builtInRules } from '../../src/rules.ts';
import type { SuppressionSources, Waiver } from '../../src/suppressions/types.ts';
import { aBlueprint, aPrincipal, guid } from '../scan/tenants.ts';
import { scanTenant } from '../support/scan-tenant.ts';

const NO_SPONSOR = 'accountability/blueprint-no-sponsor';
const { rules } = builtInRules().catalogue;
const ruleSeverities = Object.fromEntries(
  rules.filter(({ id }) => id !== NO_SPONSOR).map(({ id }) => [id, 'off' as const]),
);
const location = { uri: 'waivers.yaml', range: null };

function waiver(object: Waiver['object'], over: Partial<Waiver> = {}): Waiver {
  const suppression = {
    kind: 'waiver',
    reason: 'they said so',
    approvedBy: 'jane',
    ticket: null,
    created: '2026-01-01',
    expires: '2099-01-01',
    location,
  } as const;
  return {
    rule: NO_SPONSOR,
    object,
    kind: null,
    value: null,
    fingerprint: null,
    suppression,
    ends: 4_070_995_200,
    ...over,
  };
}

function sources(...entries: readonly Waiver[]): SuppressionSources {
  return {
    waivers: { uri: 'waivers.yaml', entries },
    baseline: null,
    inline: true,
    policy: { maxDays: null, requireApprover: false, warnBeforeDays: 14 },
  };
}

const streams = {
  blueprints: [
    aBlueprint(1, { sponsors: [], uniqueName: 'one' }),
    aBlueprint(2, { sponsors: [], uniqueName: 'two' }),
    aBlueprint(3),
  ],
  blueprintPrincipals: [aPrincipal(1)],
};

test.each<[string, Waiver, readonly (string | null)[]]>([
  ['object id', waiver({ by: 'id', value: guid(202) }), [null, 'waiver']],
  ['application id', waiver({ by: 'appId', value: guid(101) }), ['waiver', null]],
  ['unique name', waiver({ by: 'uniqueName', value: 'two' }), [null, 'waiver']],
  [
    'the value of what is missing',
    waiver({ by: 'id', value: guid(201) }, { value: { json: [] } }),
    ['waiver', null],
  ],
  ['another value', waiver({ by: 'id', value: guid(201) }, { value: { json: ['x'] } }), [null, null]],
  ['another kind', waiver({ by: 'appId', value: guid(101) }, { kind: 'blueprintPrincipal' }), [null, null]],
  ['a file', waiver({ by: 'file', uri: 'a.json', index: 0, pointer: '' }), [null, null]],
])('a waiver is about the object of a tenant that it names: %s', async (_by, entry, expected) => {
  const { findings } = await scanTenant({ streams, ruleSeverities, suppressions: sources(entry) });
  expect(findings.map(({ suppressed }) => suppressed?.kind ?? null)).toEqual(expected);
});

test('tells what is stale of what was judged, and nothing of what was not', async () => {
  const { suppressions } = await scanTenant({
    streams,
    ruleSeverities,
    suppressions: sources(
      waiver({ by: 'id', value: guid(203) }),
      waiver({ by: 'id', value: guid(301) }),
      waiver({ by: 'id', value: guid(999) }),
      waiver({ by: 'file', uri: 'a.json', index: 0, pointer: '' }),
    ),
  });
  expect(suppressions.notices).toEqual([
    {
      concern: 'stale',
      kind: 'waiver',
      rule: NO_SPONSOR,
      object: `id ${guid(203)}`,
      message: `The rule finds nothing there any more: id ${guid(203)}.`,
      expires: '2099-01-01',
      location,
    },
  ]);
});

test('an entry of a baseline is about its fingerprint, rule and object together', async () => {
  const first = await scanTenant({ streams, ruleSeverities });
  const [one, two] = first.findings;
  if (one === undefined || two === undefined) throw new Error('two findings were expected');
  const entryOf = ({ fingerprint }: typeof one, resource: string, line: number) =>
    [fingerprint, { rule: NO_SPONSOR, resource, at: '/sponsors', fingerprint, line }] as const;
  const entries = new Map([
    entryOf(one, one.resource.ref, 2),
    // Of somebody else.
    entryOf(two, one.resource.ref, 3),
    entryOf({ ...one, fingerprint: `v1:${'0'.repeat(32)}` }, `blueprint/${guid(103)}`, 4),
  ]);
  const report = await scanTenant({
    streams,
    ruleSeverities,
    suppressions: { ...sources(), waivers: null, baseline: { uri: 'baseline.ndjson', entries } },
  });
  expect(report.findings.map(({ suppressed }) => suppressed?.kind ?? null)).toEqual(['baseline', null]);
  expect(
    report.suppressions.notices.map(({ location: at, message }) => [at?.range?.start.line, message]),
  ).toEqual([
    [3, `The rule finds no such thing there any more: ${one.resource.ref}.`],
    [4, `The rule finds no such thing there any more: blueprint/${guid(103)}.`],
  ]);
});
