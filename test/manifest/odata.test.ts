import { describe, expect, test } from 'vitest';
import { contextType, isForeign, mayHold, typeNamed } from '../../src/manifest/odata.ts';
import type { JsonObject } from '../../src/model/resource.ts';

const METADATA = 'https://graph.microsoft.com/v1.0/$metadata#';

describe('a type name is compared without case, # and namespace', () => {
  test.each([
    ['#microsoft.graph.agentIdentityBlueprint', 'blueprint'],
    ['Microsoft.Graph.AgentIdentityBlueprint', 'blueprint'],
    ['agentIdentityBlueprint', 'blueprint'],
    ['#Microsoft.Graph.agentIdentityBlueprintPrincipal', 'blueprintPrincipal'],
    ['microsoft.graph.agentidentity', 'agentIdentity'],
    ['#microsoft.graph.agentUser', 'agentUser'],
  ])('%s', (name, kind) => {
    expect(typeNamed(name)).toEqual({ is: 'agent', kind });
  });

  test.each([
    '#microsoft.graph.application',
    '#microsoft.graph.servicePrincipal',
    '#microsoft.graph.user',
    '#microsoft.graph.agentInstance',
    '#microsoft.graph.agentCardManifest',
    '#microsoft.graph.agentRiskDetection',
    '#microsoft.graph.beta.agentIdentity',
    '#contoso.agentIdentity',
    '',
    '#',
  ])('%j is another type', (name) => {
    expect(typeNamed(name)).toEqual({ is: 'other' });
  });

  test('a slip of one of ours is told', () => {
    expect(typeNamed('#microsoft.graph.agentIdentiy')).toEqual({ is: 'near-miss', meant: 'agentIdentity' });
  });
});

describe('a context says what an answer holds', () => {
  test.each([
    ['applications/microsoft.graph.agentIdentityBlueprint', { is: 'agent', kind: 'blueprint' }],
    ['applications/microsoft.graph.agentIdentityBlueprint/$entity', { is: 'agent', kind: 'blueprint' }],
    [
      "applications('d46b')/microsoft.graph.agentIdentityBlueprint/$entity",
      { is: 'agent', kind: 'blueprint' },
    ],
    [
      'servicePrincipals/microsoft.graph.agentIdentity(id,sponsors(id,displayName))',
      { is: 'agent', kind: 'agentIdentity' },
    ],
    [
      'servicePrincipals/Microsoft.Graph.AgentIdentityBlueprintPrincipal',
      { is: 'agent', kind: 'blueprintPrincipal' },
    ],
    ['users/microsoft.graph.agentUser(id)/$delta', { is: 'agent', kind: 'agentUser' }],
    ['applications', { is: 'set', name: 'applications' }],
    ['applications(id,displayName)/$entity', { is: 'set', name: 'applications' }],
    ['directoryObjects', { is: 'set', name: 'directoryObjects' }],
    ["applications('d46b')/federatedIdentityCredentials", { is: 'other' }],
    ["applications('d46b')/microsoft.graph.agentIdentityBlueprint/inheritablePermissions", { is: 'other' }],
    ["servicePrincipals('d46b')/appRoleAssignments", { is: 'other' }],
    ['servicePrincipals/microsoft.graph.managedIdentity', { is: 'other' }],
  ])('%s', (path, type) => {
    expect(contextType({ '@odata.context': METADATA + path })).toEqual(type);
  });

  test('or nothing', () => {
    expect(contextType({})).toBeNull();
    expect(contextType({ '@odata.context': 1 })).toBeNull();
    expect(contextType(JSON.parse('{"__proto__":{"@odata.context":"#users"}}') as JsonObject)).toBeNull();
  });
});

test('the config may say what is in a set only when its kind is in that set', () => {
  const users = { is: 'set', name: 'users' } as const;
  expect(mayHold(null, 'blueprint')).toBe(true);
  expect(mayHold({ is: 'set', name: 'applications' }, 'blueprint')).toBe(true);
  expect(mayHold(users, 'agentUser')).toBe(true);
  expect(mayHold(users, 'blueprint')).toBe(false);
  expect(mayHold({ is: 'other' }, 'blueprint')).toBe(false);
});

test('an answer that cannot hold one of our types is foreign', () => {
  expect(isForeign(null)).toBe(false);
  expect(isForeign({ is: 'set', name: 'servicePrincipals' })).toBe(false);
  expect(isForeign({ is: 'agent', kind: 'agentUser' })).toBe(false);
  expect(isForeign({ is: 'set', name: 'directoryObjects' })).toBe(true);
  expect(isForeign({ is: 'other' })).toBe(true);
});
