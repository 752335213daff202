import { expect, test } from 'vitest';
import type { CollectProgress } from '../../../src/collect.ts';
import { PAIRS, wantedPairs } from '../../../src/tenant/collect/pairs.ts';
import { expectedRequests } from '../../../src/tenant/collect/plan.ts';
import { largeTenant } from '../../graph-server/large-tenant.ts';
import { largeGraphTenant } from '../../graph-server/large/graph.ts';
import { collected, collectFrom, incomplete, serverOf, tidyUp } from './support.ts';

tidyUp();

const AGENTS = 2_000;
const BLUEPRINTS = 40;
const PEOPLE = 200;
/** Of a batch. */
const PARTS = 20;
/** What does not grow with the agents: nine requests for each blueprint, one for each person, the tenant's lists. */
const CONSTANT = (9 * BLUEPRINTS + PEOPLE) / PARTS + 60;

test('2,000 agents take no more than 0.15 round trips each beside a constant; nothing but GET and $batch is sent', async () => {
  const server = await serverOf(
    largeGraphTenant(largeTenant({ agents: AGENTS, blueprints: BLUEPRINTS, people: PEOPLE })),
  );
  const seen: CollectProgress[] = [];
  const { header, streams } = await collected(
    await collectFrom(server, { onProgress: (progress) => seen.push(progress) }),
  );
  expect(incomplete(header)).toEqual([]);
  expect(streams['agentIdentities']).toHaveLength(AGENTS);
  expect(header.requests.roundTrips).toBe(server.log.roundTrips());
  expect(header.requests.roundTrips).toBeLessThanOrEqual(0.15 * AGENTS + CONSTANT);
  expect(
    new Set(server.log.entries.map(({ method, label }) => (method === 'GET' ? 'GET' : `${method} ${label}`))),
  ).toEqual(new Set(['GET', 'POST /$batch']));
  expect(server.log.entries.filter(({ part, method }) => part && method !== 'GET')).toEqual([]);
  const last = seen.at(-1)?.expected;
  console.log(
    `${header.requests.roundTrips} round trips, ${header.requests.requests} requests; planned ${last?.roundTrips}, floor ${last?.floor}`,
  );
  expect(last?.floor).toBe(AGENTS / 100 + 3);
}, 60_000);

test('the plan says what a tenant will take before it is read', () => {
  const wanted = wantedPairs(
    [
      { group: 'sponsors', of: 'agentIdentity' },
      { group: 'owners', of: 'agentIdentity' },
      { group: 'lifecycle', of: 'agentIdentity' },
    ],
    { beta: true },
  );
  const { steps, roundTrips, requests, floor } = expectedRequests(wanted, { agentIdentities: 1_050 });
  expect(steps.map(({ name, roundTrips: trips }) => `${name} ${trips}`)).toEqual([
    'organization 1',
    'agentIdentities 11',
    'agentIdentities.owners 11',
    'agentIdentity.lifecycle 53',
  ]);
  expect({ roundTrips, requests, floor }).toEqual({ roundTrips: 76, requests: 1_073, floor: 11 });
});

test('everything asked of 100,000 agents is planned below the target', () => {
  const { roundTrips } = expectedRequests(wantedPairs(PAIRS, { beta: true }), {
    agentIdentities: 100_000,
    blueprints: 500,
    blueprintPrincipals: 500,
    people: 2_000,
  });
  expect(roundTrips).toBeLessThanOrEqual(0.15 * 100_000);
});
