import { describe, expect, test } from 'vitest';
import { neededPermissions, type PermissionsRequest } from '../../src/permissions.ts';
import type { RuleMetadata } from '../../src/policy/types.ts';
import { builtInRules } from '../../src/rules.ts';

const { catalogue, tables } = builtInRules();
const [model] = catalogue.rules;
if (model === undefined) throw new Error('there are no rules');

const rule = (id: string, changed: Partial<RuleMetadata>): RuleMetadata => ({
  ...model,
  id,
  surfaces: ['tenant'],
  ...changed,
});

const needed = (rules: readonly RuleMetadata[], request: Partial<PermissionsRequest> = {}) =>
  neededPermissions({ rules, kind: 'application', beta: true, tables, ...request });

const names = (...args: Parameters<typeof needed>) => needed(...args).permissions.map(({ name }) => name);

describe('the permissions that rules need', () => {
  test('are told with their id, what they are for, and who wants it', () => {
    const sponsors = rule('a/sponsors', { appliesTo: ['agentIdentity'], requires: ['sponsors'] });
    const agents = rule('a/agents', { appliesTo: ['agentIdentity'], requires: [] });
    expect(needed([sponsors, agents])).toEqual({
      kind: 'application',
      beta: true,
      rules: 2,
      permissions: [
        {
          name: 'AgentIdentity.Read.All',
          id: 'b2b8f011-2898-4234-9092-5059f6c1ebfa',
          unconfirmed: [],
          beta: false,
          facts: [
            { group: 'agentIdentities', of: 'agentIdentity' },
            { group: 'sponsors', of: 'agentIdentity' },
          ],
          rules: ['a/sponsors', 'a/agents'],
          sources: expect.arrayContaining([
            expect.stringMatching(/^https:\/\/learn\.microsoft\.com\/graph\/api\//),
          ]) as unknown,
        },
        {
          name: 'Organization.Read.All',
          id: '498476ce-e0fe-48b0-b801-37ba7e2685c6',
          unconfirmed: [],
          beta: false,
          facts: [],
          rules: ['a/sponsors', 'a/agents'],
          sources: ['https://learn.microsoft.com/graph/api/organization-list'],
        },
      ],
    });
  });

  test('have other ids for a signed-in user', () => {
    const [permission] = needed([rule('a/a', { appliesTo: ['agentIdentity'] })], {
      kind: 'delegated',
    }).permissions;
    expect(permission).toMatchObject({
      name: 'AgentIdentity.Read.All',
      id: '5e850691-d86a-4b24-bfa6-8a52fb37a0c1',
    });
  });

  test('are fewer without the beta of Graph', () => {
    const risky = rule('a/risky', { appliesTo: ['riskyAgent'] });
    const owned = rule('a/owned', { appliesTo: ['blueprint'], requires: ['owners'] });
    expect(names([risky, owned])).toEqual([
      'AgentIdentityBlueprint.Read.All',
      'IdentityRiskyAgent.Read.All',
      'Organization.Read.All',
    ]);
    expect(needed([risky, owned]).permissions.map(({ beta }) => beta)).toEqual([false, true, false]);
    expect(names([risky, owned], { beta: false })).toEqual([
      'AgentIdentityBlueprint.Read.All',
      'Organization.Read.All',
    ]);
  });

  test('are none that another one of them includes', () => {
    const grants = rule('a/grants', { appliesTo: ['agentIdentity'], requires: ['oauth2PermissionGrants'] });
    expect(names([grants])).toEqual(['AgentIdentity.Read.All', 'Directory.Read.All']);
  });

  test('say what is not documented about them', () => {
    const federated = rule('a/a', { appliesTo: ['blueprint'], requires: ['federatedIdentityCredentials'] });
    const open = needed([federated]).permissions.filter(({ unconfirmed }) => unconfirmed.length > 0);
    expect(open.map(({ name, unconfirmed }) => [name, ...unconfirmed])).toEqual([
      ['Application.Read.All', 'whether AgentIdentityBlueprint.Read.All alone is enough is not documented'],
    ]);
  });

  test('are none when no rule judges a tenant', () => {
    expect(needed([rule('a/a', { surfaces: ['manifest'] })])).toEqual({
      kind: 'application',
      beta: true,
      rules: 0,
      permissions: [],
    });
  });

  test('only read, and all of them have ids, whatever is on', () => {
    for (const kind of ['application', 'delegated'] as const) {
      const { permissions } = needed(catalogue.rules, { kind });
      expect(permissions.length).toBeGreaterThan(2);
      expect(permissions.filter(({ id }) => id === null)).toEqual([]);
      expect(permissions.filter(({ name }) => !/\.Read(?:Basic)?(?:\.|$)/.test(name))).toEqual([]);
    }
  });

  test('are each wanted by some rule, whatever is on', () => {
    const { permissions } = needed(catalogue.rules);
    expect(permissions.filter(({ rules }) => rules.length === 0)).toEqual([]);
  });
});
