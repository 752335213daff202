import type { Severity } from '../../src/model/vocabulary.ts';
import { bundle } from '../support/subjects.ts';
import type { TestRecord } from '../support/scan-tenant.ts';

/** A GUID that ends in a number. */
export function guid(number: number): string {
  return `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`;
}

export const GRAPH = '00000003-0000-0000-c000-000000000000';

/** Somebody who is there and may sign in. */
export function person(number: number) {
  return {
    '@odata.type': '#microsoft.graph.user',
    id: guid(9000 + number),
    displayName: `Person ${number}`,
    userPrincipalName: `person${number}@contoso.com`,
    accountEnabled: true,
    userType: 'Member',
    state: 'found',
  };
}

/** A blueprint with sponsors; its application id is `guid(100 + number)`. */
export function aBlueprint(number: number, properties: TestRecord['properties'] = {}): TestRecord {
  return {
    id: guid(200 + number),
    properties: {
      appId: guid(100 + number),
      displayName: `Blueprint ${number}`,
      sponsors: [person(1), person(2)],
      owners: [person(1), person(2)],
      ...properties,
    },
  };
}

/** The principal of that blueprint. */
export function aPrincipal(number: number, properties: TestRecord['properties'] = {}): TestRecord {
  return {
    id: guid(300 + number),
    properties: { appId: guid(100 + number), displayName: `Blueprint ${number}`, ...properties },
  };
}

/** An agent of blueprint 1. */
export function anAgent(number: number, properties: TestRecord['properties'] = {}): TestRecord {
  return {
    id: guid(400 + number),
    properties: {
      appId: guid(400 + number),
      displayName: `Agent ${number}`,
      agentIdentityBlueprintId: guid(101),
      sponsors: [person(1), person(2)],
      ...properties,
    },
  };
}

/** Severities with which only these rules are on. */
export function only(...ids: readonly string[]): { readonly [id: string]: Severity | 'off' } {
  const on = new Map(bundle.catalogue.rules.map(({ id, severity }) => [id, severity]));
  return Object.fromEntries(
    [...on].map(([id, severity]): readonly [string, Severity | 'off'] => [
      id,
      ids.includes(id) ? severity : 'off',
    ]),
  );
}
