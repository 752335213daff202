import type { JsonObject } from '../../model/resource.ts';
import { isObject } from '../../util/is-object.ts';
import type { SpoolRow } from '../spool/types.ts';
import type { PartName } from './endpoints.ts';
import type { Ref } from './facets.ts';
import { APPLICATION_FIELDS, GROUP_FIELDS, PERSON_FIELDS } from './fields.ts';
import type { Reading } from './reading.ts';
import { itemsOf, rowKey, sweep, type Part, type PartResult, type Tallies } from './sweep.ts';
import { pick, type Fields } from './values.ts';

/** Someone behind sponsors and owners. */
export type Principal = {
  readonly state: 'found' | 'deleted' | 'unread';
  readonly properties: JsonObject;
  /** Of groups: how many are in it; `null` when that is not known. */
  readonly memberCount: number | null;
  readonly enabledMemberCount: number | null;
  /** Whether something that rules ask about it could not be read. */
  readonly incomplete: boolean;
};

export type PrincipalsRead = {
  readonly tallies: Tallies;
  readonly principals: ReadonlyMap<string, Principal>;
};

const STEP = 'principals';

/** How an object of a type is asked for, and what shows that its fields could be read. */
const TYPES: readonly {
  readonly part: PartName;
  readonly types: readonly string[];
  readonly fields: Fields;
  readonly proof: string;
}[] = [
  { part: 'principal.user', types: ['user', 'agentUser'], fields: PERSON_FIELDS, proof: 'accountEnabled' },
  { part: 'principal.group', types: ['group'], fields: GROUP_FIELDS, proof: 'displayName' },
  {
    part: 'principal.servicePrincipal',
    types: ['servicePrincipal', 'agentIdentity', 'agentIdentityBlueprintPrincipal'],
    fields: APPLICATION_FIELDS,
    proof: 'appId',
  },
];

/** Asks for everyone behind sponsors and owners once, and counts who is in the groups among the sponsors. */
export async function readPrincipals(
  reading: Reading,
  refs: ReadonlyMap<string, Ref>,
  sponsors: ReadonlySet<string>,
): Promise<PrincipalsRead> {
  const parts = function* (): Iterable<Part> {
    for (const ref of [...refs.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const part = partOf(ref);
      if (part === null) continue;
      yield { part, id: ref.id };
      if (part === 'principal.group' && sponsors.has(ref.id)) yield { part: 'principal.members', id: ref.id };
    }
  };
  const tallies = await sweep(reading, {
    step: STEP,
    parts: parts(),
    accepts: (_, value) => isObject(value),
    rowsOf,
  });
  const principals = new Map<string, Principal>();
  for await (const batch of reading.join([STEP])) {
    for (const { id, rows } of batch.joined) {
      const found = principalOf(rows[STEP] ?? [], sponsors.has(id));
      if (found !== null) principals.set(id, found);
    }
  }
  return { tallies, principals };
}

function partOf(ref: Ref): PartName | null {
  const type = ref['@odata.type']?.replace('#microsoft.graph.', '') ?? '';
  return TYPES.find(({ types }) => types.includes(type))?.part ?? null;
}

function rowsOf(part: Part, result: PartResult): readonly SpoolRow[] {
  const row = (value: JsonObject): readonly SpoolRow[] => [{ id: part.id, key: rowKey(part), value }];
  if (result.result !== 'read') return row({ result: result.result });
  if (part.part === 'principal.members') {
    const items = itemsOf(result.value);
    return row(items === null ? { result: 'failed' } : { result: 'read', ...countsOf(items) });
  }
  const plan = TYPES.find((type) => type.part === part.part);
  if (plan === undefined || !isObject(result.value)) return row({ result: 'failed' });
  const { value, bad } = pick(result.value, plan.fields);
  // Where a permission is missing, Graph gives an object without its fields instead of an error:
  // https://learn.microsoft.com/graph/permissions-overview#limited-information-returned-for-inaccessible-member-objects
  const isHidden = (value[plan.proof] ?? null) === null || bad.length > 0;
  return row({ result: isHidden ? 'hidden' : 'read', properties: value });
}

/** Members of a group, and those of them that are accounts that are on; `null` when that is not told. */
function countsOf(items: readonly JsonObject[]): {
  readonly members: number;
  readonly enabled: number | null;
} {
  const users = items.filter((item) => item['@odata.type'] === '#microsoft.graph.user');
  const known = users.every((item) => typeof item['accountEnabled'] === 'boolean');
  const enabled = users.filter((item) => item['accountEnabled'] === true).length;
  return { members: items.length, enabled: known ? enabled : null };
}

function principalOf(rows: readonly SpoolRow[], isSponsor: boolean): Principal | null {
  const own = rows.find(({ key }) => key !== 'principal.members');
  if (own === undefined) return null;
  const members = rows.find(({ key }) => key === 'principal.members')?.value ?? {};
  const properties = isObject(own.value['properties']) ? own.value['properties'] : {};
  const state = STATES[String(own.value['result'])] ?? 'unread';
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  const counts = { memberCount: number(members['members']), enabledMemberCount: number(members['enabled']) };
  const lacksCounts = own.key === 'principal.group' && isSponsor && counts.enabledMemberCount === null;
  return {
    state,
    properties,
    ...counts,
    incomplete: state === 'unread' || (state === 'found' && lacksCounts),
  };
}

const STATES: Readonly<Record<string, Principal['state']>> = { read: 'found', missing: 'deleted' };
