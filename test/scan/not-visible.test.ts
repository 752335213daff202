import { expect, test } from 'vitest';
import type { RuleOutcome } from '../../src/policy/types.ts';
import { scanTenant, TENANT, type TestStreams } from '../support/scan-tenant.ts';

const AGENT = '11111111-1111-4111-8111-111111111111';
const APP = '22222222-2222-4222-8222-222222222222';
const PRINCIPAL = '33333333-3333-4333-8333-333333333333';
const BLUEPRINT = '44444444-4444-4444-8444-444444444444';
const OTHER_TENANT = '55555555-5555-4555-8555-555555555555';

const principal = (owner: string) => ({
  id: PRINCIPAL,
  properties: {
    appId: APP,
    displayName: 'rates',
    accountEnabled: true,
    appOwnerOrganizationId: owner,
    appRoleAssignments: [],
    oauth2PermissionGrants: [],
  },
});

const blueprint = (inheritablePermissions: readonly unknown[] | undefined) => ({
  id: BLUEPRINT,
  properties: {
    appId: APP,
    displayName: 'rates',
    ...(inheritablePermissions === undefined ? {} : { inheritablePermissions }),
  },
});

const agent = (properties: { readonly [name: string]: unknown }) => ({
  id: AGENT,
  properties: { displayName: 'rates 1', accountEnabled: true, agentIdentityBlueprintId: APP, ...properties },
});

async function outcomeOf(rule: string, streams: TestStreams): Promise<RuleOutcome | undefined> {
  const report = await scanTenant({ streams, failOn: 'none' });
  expect(report.verdict).toBe('pass');
  return report.outcomes.find((outcome) => outcome.rule === rule);
}

const INHERITED = 'inheritance/high-privilege-granted';

test('what a blueprint of another tenant passes on is not visible, and no pass', async () => {
  expect(await outcomeOf(INHERITED, { blueprintPrincipals: [principal(OTHER_TENANT)] })).toEqual({
    rule: INHERITED,
    status: 'skipped',
    reason: 'not-visible',
    missing: ['inheritablePermissions'],
  });
});

test('what an own blueprint passes on is judged', async () => {
  const streams = { blueprints: [blueprint([])], blueprintPrincipals: [principal(TENANT)] };
  expect(await outcomeOf(INHERITED, streams)).toEqual({
    rule: INHERITED,
    status: 'evaluated',
    subjects: 1,
    failing: 0,
  });
});

test('what an own blueprint passes on is missing when it could not be read', async () => {
  const report = await scanTenant({
    streams: { blueprints: [blueprint(undefined)], blueprintPrincipals: [principal(TENANT)] },
    missing: [{ group: 'inheritablePermissions', of: 'blueprint', status: 'forbidden' }],
    failOn: 'none',
  });
  expect(report.exitCode).toBe(4);
  expect(report.outcomes.find(({ rule }) => rule === INHERITED)).toEqual({
    rule: INHERITED,
    status: 'skipped',
    reason: 'facts-missing',
    missing: ['inheritablePermissions'],
  });
});

test('an agent without evidence of a sign-in is neither stale nor in use', async () => {
  const rule = 'lifecycle/stale-agent';
  const used = { lastSignInDateTime: '2026-11-01T00:00:00Z', source: 'servicePrincipalSignInActivities' };
  const family = { blueprints: [blueprint([])], blueprintPrincipals: [principal(TENANT)] };
  const without = { ...family, agentIdentities: [agent({ signInActivity: null })] };
  expect(await outcomeOf(rule, without)).toMatchObject({ status: 'skipped', reason: 'not-visible' });
  const both = [agent({ signInActivity: null }), { ...agent({ signInActivity: used }), id: BLUEPRINT }];
  expect(await outcomeOf(rule, { ...family, agentIdentities: both })).toMatchObject({
    status: 'evaluated',
    subjects: 1,
    skipped: [{ reason: 'not-visible', subjects: 1, missing: ['signInActivity'] }],
  });
});

test('rules about names do not judge stand-ins', async () => {
  const report = await scanTenant({
    streams: { blueprints: [blueprint([])] },
    redact: { what: ['names'], key: new Uint8Array(32), publicIds: new Set() },
    failOn: 'none',
  });
  const outcomes = report.outcomes.filter(({ rule }) => /^metadata\/(?:naming|description)$/.test(rule));
  expect(outcomes).toHaveLength(2);
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ status: 'skipped', reason: 'not-asked', missing: ['names'] });
  expect(report.verdict).toBe('pass');
});
