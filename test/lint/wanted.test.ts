import { describe, expect, test } from 'vitest';
import type { RuleMetadata } from '../../src/policy/types.ts';
import { isTenantRule, namedGroups, wantedFacts } from '../../src/wanted.ts';

type Rule = Pick<RuleMetadata, 'id' | 'appliesTo' | 'requires' | 'surfaces'>;

const rule = (id: string, changed: Partial<Rule>): Rule => ({
  id,
  appliesTo: ['blueprint'],
  requires: [],
  surfaces: ['manifest', 'tenant'],
  ...changed,
});

/** `group of kind: rules`. */
const lines = (...rules: readonly Rule[]) =>
  wantedFacts(rules).map(({ group, of, rules: ids }) => `${group} of ${of}: ${ids.join(' ')}`);

describe('the facts that rules need of a tenant are', () => {
  test('the list of the kind that a rule applies to, also when it requires nothing', () => {
    expect(lines(rule('a/a', {}))).toEqual(['blueprints of blueprint: a/a']);
  });

  test('what it requires, of each kind that it applies to', () => {
    expect(lines(rule('a/a', { appliesTo: ['agentIdentity', 'blueprint'], requires: ['sponsors'] }))).toEqual(
      [
        'sponsors of blueprint: a/a',
        'sponsors of agentIdentity: a/a',
        'blueprints of blueprint: a/a',
        'agentIdentities of agentIdentity: a/a',
      ],
    );
  });

  test('nothing of kinds that cannot have it, and for a principal what its blueprint declares', () => {
    const grants = rule('a/a', {
      appliesTo: ['blueprint', 'agentIdentity'],
      requires: ['appRoleAssignments'],
    });
    const inherits = rule('a/b', { appliesTo: ['blueprintPrincipal'], requires: ['inheritablePermissions'] });
    expect(lines(grants, inherits)).toEqual([
      'inheritablePermissions of blueprint: a/b',
      'blueprints of blueprint: a/a',
      'blueprintPrincipals of blueprintPrincipal: a/b',
      'agentIdentities of agentIdentity: a/a',
      'appRoleAssignments of agentIdentity: a/a',
    ]);
  });

  test('lists of other kinds that it requires, once and as what they are', () => {
    expect(
      lines(
        rule('a/a', { appliesTo: ['agentIdentity', 'agentUser'], requires: ['blueprints', 'deletedItems'] }),
      ),
    ).toEqual([
      'blueprints of blueprint: a/a',
      'agentIdentities of agentIdentity: a/a',
      'agentUsers of agentUser: a/a',
      'deletedItems of organization: a/a',
    ]);
  });

  test('those of rules about the tenant itself', () => {
    expect(
      lines(
        rule('a/a', {
          appliesTo: ['organization'],
          surfaces: ['tenant'],
          requires: ['conditionalAccessPolicies', 'lifecyclePolicies'],
        }),
      ),
    ).toEqual([
      'lifecyclePolicies of organization: a/a',
      'conditionalAccessPolicies of conditionalAccessPolicy: a/a',
    ]);
  });

  test('told with every rule that needs them, each once', () => {
    const twice = rule('a/b', { requires: ['blueprints', 'blueprints'] });
    expect(lines(rule('a/a', {}), twice)).toEqual(['blueprints of blueprint: a/a a/b']);
  });

  test('none for rules that judge files only', () => {
    const manifest = rule('a/a', { surfaces: ['manifest', 'drift'], requires: ['sponsors'] });
    const files = rule('a/b', { appliesTo: ['toolingManifest'] });
    expect([manifest, files].map(isTenantRule)).toEqual([false, false]);
    expect(lines(manifest, files)).toEqual([]);
  });
});

test('groups that options name are those of rules about groups, by id', () => {
  const group = '11aa22bb-0000-4000-8000-00000000000A';
  const named = [[group, 'Payroll', group.toLowerCase()], 2];
  const rules = [rule('a/a', { requires: ['privilegedGroups'] }), rule('a/b', {})];
  expect(namedGroups(rules, ({ id }) => (id === 'a/a' ? named : []))).toEqual([group.toLowerCase()]);
  expect(namedGroups(rules, ({ id }) => (id === 'a/b' ? named : []))).toEqual([]);
});
