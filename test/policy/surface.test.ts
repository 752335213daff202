import { describe, expect, test } from 'vitest';
import { appliesTo, entrypointName, targetsOf } from '../../src/policy/surface.ts';

test('a kind has the name of its entrypoint in snake case, in tenants with where it is', () => {
  expect(entrypointName({ kind: 'agentIdentity', from: 'document' })).toBe('agent_identity');
  expect(entrypointName({ kind: 'agent365GeneratedConfig', from: 'document' })).toBe(
    'agent365_generated_config',
  );
  expect(entrypointName({ kind: 'agentIdentity', from: 'tenant' })).toBe('agent_identity_in_tenant');
});

describe('a rule applies to a resource of its kinds that was read where it looks', () => {
  test.each([
    [['manifest'], 'document', true],
    [['repository'], 'document', true],
    [['tenant'], 'document', false],
    [['drift'], 'document', false],
    [['tenant'], 'tenant', true],
    [['manifest', 'tenant'], 'tenant', true],
    [['manifest', 'repository'], 'tenant', false],
    [['drift'], 'tenant', false],
  ] as const)('%j, %s: %s', (surfaces, from, expected) => {
    const rule = { appliesTo: ['blueprint'], surfaces } as const;
    expect(appliesTo(rule, { kind: 'blueprint', from })).toBe(expected);
    expect(appliesTo(rule, { kind: 'agentUser', from })).toBe(false);
  });
});

test('the targets of rules are what at least one of them is for', () => {
  const rules = [
    { appliesTo: ['blueprint', 'agentUser'], surfaces: ['manifest', 'tenant'] },
    { appliesTo: ['organization', 'blueprint'], surfaces: ['tenant'] },
    { appliesTo: ['agentIdentity'], surfaces: ['drift'] },
  ] as const;
  expect(targetsOf(rules).map(entrypointName)).toEqual([
    'agent_user',
    'blueprint',
    'agent_user_in_tenant',
    'blueprint_in_tenant',
    'organization_in_tenant',
  ]);
});
