import type { PrincipalFact } from './facts.ts';
import { canonicalText } from './canonical.ts';
import type { ResourceKind } from './vocabulary.ts';

/** The kinds that have sponsors and owners in Graph; agent users have sponsors only. */
const ANSWERED_FOR: { readonly [relationship in 'sponsors' | 'owners']: ReadonlySet<ResourceKind> } = {
  sponsors: new Set(['blueprint', 'blueprintPrincipal', 'agentIdentity', 'agentUser']),
  owners: new Set(['blueprint', 'blueprintPrincipal', 'agentIdentity']),
};

/** Whether resources of a kind have the relationship at all. */
export function hasRelationship(kind: ResourceKind, relationship: 'sponsors' | 'owners'): boolean {
  return ANSWERED_FOR[relationship].has(kind);
}

const KINDS: Readonly<Record<string, PrincipalFact['kind']>> = {
  user: 'user',
  group: 'group',
  serviceprincipal: 'servicePrincipal',
  agentidentity: 'servicePrincipal',
  agentidentityblueprintprincipal: 'servicePrincipal',
  agentuser: 'agentUser',
};

/** The people, groups and applications in a relationship, in the order written. Anything but a list is no one. */
export function principalFacts(
  relationship: 'sponsors' | 'owners',
  value: unknown,
): readonly PrincipalFact[] {
  if (!Array.isArray(value)) return [];
  return value.map((entry: unknown, index) => principalFact([relationship, index], entry));
}

/** What one entry says of a sponsor or owner. */
export function principalFact(path: PrincipalFact['path'], entry: unknown): PrincipalFact {
  const source: Record<string, unknown> =
    typeof entry === 'string'
      ? namedPrincipal(entry)
      : typeof entry === 'object' && entry !== null
        ? { ...entry }
        : {};
  return {
    path,
    kind: kindOf(source),
    id: text(source['id']),
    userPrincipalName: text(source['userPrincipalName']),
    displayName: text(source['displayName']),
    groupTypes: Array.isArray(source['groupTypes'])
      ? source['groupTypes'].filter((type) => typeof type === 'string')
      : null,
    securityEnabled: flag(source['securityEnabled']),
    isAssignableToRole: flag(source['isAssignableToRole']),
    state: stateOf(source),
    userType: text(source['userType']),
    appId: text(source['appId']),
    enabledMembers: number(source['enabledMemberCount']),
  };
}

/** `state` is what reading a tenant adds; a file may say anything about accounts and cannot know. */
function stateOf(source: Record<string, unknown>): PrincipalFact['state'] {
  const { state, accountEnabled } = source;
  if (state === 'deleted') return 'deleted';
  if (state !== 'found') return 'unknown';
  if (typeof accountEnabled === 'boolean') return accountEnabled ? 'enabled' : 'disabled';
  // A group has no account.
  return kindOf(source) === 'group' ? 'enabled' : 'unknown';
}

function namedPrincipal(name: string): Record<string, unknown> {
  return name.includes('@') ? { userPrincipalName: name } : { id: name };
}

/** `@odata.type` is Graph's word, `type` the native form's; only users have a user principal name. */
function kindOf(source: Record<string, unknown>): PrincipalFact['kind'] {
  const stated = text(source['@odata.type']) ?? text(source['type']);
  if (stated !== null) {
    const name = stated.slice(stated.lastIndexOf('.') + 1).toLowerCase();
    return (Object.hasOwn(KINDS, name) ? KINDS[name] : undefined) ?? 'unknown';
  }
  return text(source['userPrincipalName']) === null ? 'unknown' : 'user';
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? canonicalText(value) : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function flag(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}
