import { everyRow, text, type Entity, type Rows } from './entities.ts';

/** What decides about the permissions that an agent identity gets from its blueprint. */
export type Inheritance = {
  readonly agent: Entity;
  /** `inheritablePermissions` of the blueprint. */
  readonly inheritable: readonly Entity[];
  /** Application and delegated permissions of the blueprint's principal. */
  readonly assignments: Rows;
  readonly grants: Rows;
  readonly appIdOf: (resourceId: string) => string;
};

/** `AgentIdentity.CreateAsManager`, which the platform gives every blueprint principal for itself. */
const CREATE_AS_MANAGER = '4c390976-b2b7-42e0-9187-c6be3bead001';

function kindOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? text(value as Entity, 'kind') : '';
}

function entryFor(inheritance: Inheritance, resourceId: string): Entity | undefined {
  const appId = inheritance.appIdOf(resourceId);
  return inheritance.inheritable.find((entry) => text(entry, 'resourceAppId') === appId);
}

/**
 * App role assignments of the principal for resources whose roles are inheritable, as the agent has them
 * (https://learn.microsoft.com/graph/api/agentidentity-list-inheritedapproleassignments). Entries that say nothing of
 * roles pass them on when they pass on all scopes.
 */
export function inheritedAssignments(inheritance: Inheritance): readonly Entity[] {
  const { agent } = inheritance;
  return [...everyRow(inheritance.assignments)]
    .filter((assignment) => {
      const entry = entryFor(inheritance, text(assignment, 'resourceId'));
      if (entry === undefined || assignment['appRoleId'] === CREATE_AS_MANAGER) return false;
      return kindOf(entry['inheritableRoles'] ?? entry['inheritableScopes']) === 'allAllowed';
    })
    .map((assignment) => ({
      ...assignment,
      principalId: agent['id'],
      principalDisplayName: agent['displayName'],
    }));
}

/** Delegated grants of the principal, cut down to the scopes that are inheritable. */
export function inheritedGrants(inheritance: Inheritance): readonly Entity[] {
  return [...everyRow(inheritance.grants)].flatMap((grant) => {
    const scopes = entryFor(inheritance, text(grant, 'resourceId'))?.['inheritableScopes'];
    const granted = text(grant, 'scope').trim().split(/\s+/);
    const kind = kindOf(scopes);
    const listed = kind === 'enumerated' ? ((scopes as Entity)['scopes'] as readonly string[]) : [];
    const passed = kind === 'allAllowed' ? granted : granted.filter((scope) => listed.includes(scope));
    return passed.length === 0
      ? []
      : [{ ...grant, clientId: inheritance.agent['id'], scope: passed.join(' ') }];
  });
}
