import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { PAIRS } from '../../src/tenant/collect/pairs.ts';
import { scanTenant, type Missing, type TestStreams } from '../support/scan-tenant.ts';
import { aBlueprint, anAgent, aPrincipal, GRAPH, guid, person } from './tenants.ts';

const mail = {
  id: 'a',
  appRoleId: '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
  resourceId: guid(1),
  resourceDisplayName: 'Microsoft Graph',
  createdDateTime: '2026-01-01T00:00:00Z',
  resourceAppId: GRAPH,
  appRoleValue: 'Mail.Read',
};
const people = fc.subarray([person(1), person(2), { ...person(3), accountEnabled: false }, person(4)]);
const agent = fc.record({
  sponsors: people,
  owners: people,
  accountEnabled: fc.boolean(),
  appRoleAssignments: fc.subarray([mail]),
  createdDateTime: fc.constantFrom('2026-01-01T00:00:00Z', null),
  signInActivity: fc.constantFrom(null, {
    lastSignInDateTime: '2026-02-01T00:00:00Z',
    source: 'signIns',
  }),
});

/** A blueprint that may lack its principal, and some agents of it. */
const tenant: fc.Arbitrary<TestStreams> = fc
  .record({
    sponsors: people,
    hasPrincipal: fc.boolean(),
    agents: fc.array(agent, { maxLength: 3 }),
    audience: fc.constantFrom('AzureADMyOrg', 'AzureADMultipleOrgs'),
  })
  .map(({ sponsors, hasPrincipal, agents, audience }) => ({
    blueprints: [aBlueprint(1, { sponsors, signInAudience: audience })],
    blueprintPrincipals: hasPrincipal ? [aPrincipal(1)] : [],
    agentIdentities: agents.map((properties, index) => anAgent(index, properties)),
  }));

const missing: fc.Arbitrary<readonly Missing[]> = fc
  .subarray([...PAIRS], { minLength: 1, maxLength: 4 })
  .chain((pairs) =>
    fc.tuple(
      ...pairs.map((pair) =>
        fc
          .constantFrom('partial', 'forbidden', 'unlicensed', 'failed', 'notAsked')
          .map((status) => ({ ...pair, status, unread: status === 'partial' ? 1 : 0 })),
      ),
    ),
  );

function found({ findings }: Report): readonly string[] {
  return findings.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`);
}

/** Rules that have judged everything they are for. */
function whole({ outcomes }: Report): ReadonlySet<string> {
  return new Set(
    outcomes.flatMap((outcome) =>
      outcome.status === 'evaluated' && outcome.skipped === undefined ? [outcome.rule] : [],
    ),
  );
}

test('S07 reading less never makes a verdict better, hides no rule and finds nothing new', async () => {
  await fc.assert(
    fc.asyncProperty(tenant, missing, async (streams, less) => {
      const [all, some] = await Promise.all([
        scanTenant({ streams }),
        scanTenant({ streams, missing: less }),
      ]);
      const before = whole(all);
      const after = whole(some);
      expect([...after].filter((rule) => !before.has(rule) && isApplied(all, rule))).toEqual([]);
      const all1 = new Set(found(all));
      expect(found(some).filter((each) => !all1.has(each))).toEqual([]);
      // A finding that is gone is one of a rule that says that it lacked facts.
      const kept = new Set(found(some));
      const lost = found(all).filter((each) => !kept.has(each));
      expect(lost.filter((each) => after.has(each.split(' ')[0] ?? ''))).toEqual([]);
      if (all.exitCode !== 0) expect(some.exitCode).not.toBe(0);
      const { pairs, evaluated, failed, notApplicable, skipped } = some.ledger.evaluations;
      expect(evaluated + failed + notApplicable + skipped).toBe(pairs);
    }),
    { seed: 7, numRuns: 40 },
  );
});

function isApplied({ outcomes }: Report, rule: string): boolean {
  const outcome = outcomes.find((each) => each.rule === rule);
  return outcome?.status !== 'skipped' || outcome.reason !== 'not-applicable';
}

test('S07 a list that was not read is never a pass, whatever is in the others', async () => {
  for (const { group, of } of PAIRS.filter(({ of: kind }) => kind !== 'organization')) {
    const report = await scanTenant({
      streams: { blueprints: [aBlueprint(1)], blueprintPrincipals: [aPrincipal(1)] },
      missing: [{ group, of, status: 'forbidden' }],
      failOn: 'none',
    });
    const lacking = report.outcomes.filter(
      (outcome) =>
        (outcome.status === 'skipped' && outcome.reason === 'facts-missing') ||
        (outcome.status === 'evaluated' && outcome.skipped?.some(({ reason }) => reason === 'facts-missing')),
    );
    expect([group, of, report.exitCode]).toEqual([group, of, lacking.length > 0 ? 4 : 0]);
  }
});
