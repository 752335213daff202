import { epochSeconds } from '../../model/timestamps.ts';
import type { JsonObject } from '../../model/resource.ts';
import { isObject } from '../../util/is-object.ts';
import type { SpoolRow } from '../spool/types.ts';
import { ENDPOINTS, type ListName } from './endpoints.ts';
import { grantOf } from './facets.ts';
import {
  ALWAYS,
  DELETED_FIELDS,
  LIFECYCLE_POLICY_FIELDS,
  POLICY_FIELDS,
  RISKY_FIELDS,
  ROLE_DEFINITION_FIELDS,
  ROLE_FIELDS,
} from './fields.ts';
import { listRow, type BaseFields } from './fragments.ts';
import { readList } from './list.ts';
import type { Outcome } from './outcome.ts';
import type { Reading } from './reading.ts';
import { idOf, pick, textOf } from './values.ts';

type RowsOf = (item: JsonObject) => readonly SpoolRow[] | null;

/** Sign-in events are read back so far: the newest ones, of which one for each agent is enough. */
const MOST_SIGN_IN_PAGES = 50;

/** Lists that are kept as they are, object by object. */
const AS_THEY_ARE: { readonly [name in ListName]?: BaseFields } = {
  conditionalAccessPolicies: { fields: POLICY_FIELDS, always: ALWAYS.policy },
  riskyAgents: { fields: RISKY_FIELDS, always: ALWAYS.risky },
  lifecyclePolicies: { fields: LIFECYCLE_POLICY_FIELDS, always: ['complianceRules'] },
};

const ROWS: { readonly [name in ListName]?: RowsOf } = {
  oauth2PermissionGrants: (item) => {
    const [client, id] = [idOf(item['clientId']), idOf(item['id'])];
    const value = grantOf(item);
    return client === null || id === null || value === null ? null : [{ id: client, key: id, value }];
  },
  roleAssignments: (item) => {
    const [principal, id] = [idOf(item['principalId']), idOf(item['id'])];
    const { value, bad } = pick(item, ROLE_FIELDS, ALWAYS.role);
    const definition = item['roleDefinition'];
    if (principal === null || id === null || bad.length > 0) return null;
    if (!isObject(definition)) return null;
    const roleDefinition = pick(definition, ROLE_DEFINITION_FIELDS).value;
    return [{ id: principal, key: id, value: { ...value, roleDefinition } }];
  },
  groups: (item) => {
    const id = idOf(item['id']);
    return id === null || item['isAssignableToRole'] !== true
      ? null
      : [{ id, key: '', value: groupOf(item) }];
  },
  // Agent identities have their object id as their appId: https://learn.microsoft.com/entra/agent-id/agent-identities
  signInReport: (item) => {
    const id = idOf(item['appId']);
    return id === null ? null : [{ id, key: '', value: { last: lastOf(item) } }];
  },
  deletedServicePrincipals: deletedRow,
  deletedApplications: deletedRow,
};

/** Reads one of the lists of the whole tenant. */
export async function readTenantList(reading: Reading, name: ListName): Promise<Outcome> {
  if (name === 'signIns') return readSignIns(reading);
  const fields = AS_THEY_ARE[name];
  const rowsOf = ROWS[name] ?? ((item: JsonObject) => listRow(item, fields ?? null, []));
  return readList(reading, ENDPOINTS[name], { rowsOf });
}

/** What is kept of a group that gives rights to its members. */
export function groupOf(item: JsonObject): JsonObject {
  return pick(item, { id: 'text', displayName: 'text', isAssignableToRole: 'flag' }).value;
}

function lastOf(item: JsonObject): string | null {
  const moments = [
    item['lastSignInActivity'],
    item['delegatedClientSignInActivity'],
    item['applicationAuthenticationClientSignInActivity'],
  ].flatMap((activity) => (isObject(activity) ? (textOf(activity['lastSignInDateTime']) ?? []) : []));
  return newest(moments);
}

function newest(moments: readonly string[]): string | null {
  let last: string | null = null;
  for (const moment of moments) if (isLater(moment, last)) last = moment;
  return last;
}

function isLater(moment: string, than: string | null): boolean {
  const seconds = epochSeconds(moment);
  return seconds !== null && seconds > (than === null ? -Infinity : (epochSeconds(than) ?? -Infinity));
}

/** https://learn.microsoft.com/graph/api/directory-deleteditems-list cannot be narrowed to agents by Graph. */
const AGENT_TYPES: ReadonlySet<unknown> = new Set([
  '#microsoft.graph.agentIdentity',
  '#microsoft.graph.agentIdentityBlueprint',
  '#microsoft.graph.agentIdentityBlueprintPrincipal',
]);

function deletedRow(item: JsonObject): readonly SpoolRow[] | null {
  const id = idOf(item['id']);
  if (id === null) return null;
  const value = AGENT_TYPES.has(item['@odata.type']) ? { base: pick(item, DELETED_FIELDS).value } : {};
  return [{ id, key: '', value }];
}

/** Evidence of sign-ins, one row for each agent: its newest event. */
async function readSignIns(reading: Reading): Promise<Outcome> {
  const step = reading.spool.step('signIns');
  const last = new Map<string, string>();
  const noteRow = (id: string, moment: unknown): boolean => {
    const text = textOf(moment);
    if (text === null || !isLater(text, last.get(id) ?? null)) return false;
    last.set(id, text);
    return true;
  };
  if (step.state().rows > 0)
    for await (const rows of step.rows()) for (const { id, value } of rows) noteRow(id, value['last']);
  return readList(reading, ENDPOINTS.signIns, {
    mostPages: MOST_SIGN_IN_PAGES,
    rowsOf: (item) => {
      const id = idOf(item['servicePrincipalId'] ?? item['appId']);
      const moment = textOf(item['createdDateTime']);
      if (id === null || moment === null) return null;
      return noteRow(id, moment) ? [{ id, key: '', value: { last: moment } }] : [];
    },
  });
}
