import type { ExemptPrincipal } from '../config/config.ts';
import type { Suppression } from '../findings/suppression.ts';
import { wellFormed } from '../findings/well-formed.ts';
import { isId } from '../model/canonical.ts';
import type { ResourceKind } from '../model/vocabulary.ts';
import type { RawFinding } from '../policy/types.ts';
import { isObject } from '../util/is-object.ts';

/** A resource that findings are about, as far as exemptions ask. */
type Owner = {
  readonly resource: { readonly kind: ResourceKind; readonly name: string };
  /** Object id, where it is not among the properties. */
  readonly id?: string | null;
  readonly properties: unknown;
};

/** The exemption of a finding; `null` when it is about somebody else, or about somebody else as well. */
export type ExemptionOf = (raw: Pick<RawFinding, 'path' | 'args'>, owner: Owner) => Suppression | null;

const suppressions = new WeakMap<ExemptPrincipal, Suppression>();

/** What keeps the findings about a principal from counting: the same object each time, so that they can be counted. */
export function suppressionFor(principal: ExemptPrincipal): Suppression {
  const known = suppressions.get(principal);
  if (known !== undefined) return known;
  const made = wellFormed<Suppression>({
    kind: 'exemption',
    reason: principal.reason,
    approvedBy: null,
    ticket: null,
    created: null,
    expires: null,
    location: principal.location ?? null,
  });
  suppressions.set(principal, made);
  return made;
}

/** Tells exempt findings. What is missing from a resource is about the resource alone, whoever is exempt. */
export function exemptionsOf(principals: readonly ExemptPrincipal[]): ExemptionOf {
  if (principals.length === 0) return () => null;
  const exempt: Exempt = new Map(principals.map((one) => [one.id, one]));
  return (raw, owner) => {
    const found = exemptIn(raw, owner, exempt);
    return found === null ? null : suppressionFor(found);
  };
}

type Exempt = ReadonlyMap<string, ExemptPrincipal>;

/** Kinds whose object is a principal itself, or stands for one. */
const PRINCIPALS: ReadonlySet<ResourceKind> = new Set([
  'blueprint',
  'blueprintPrincipal',
  'agentIdentity',
  'agentUser',
  'riskyAgent',
]);

/** Members of an entry that say which principal it is, or is about. */
const NAMING = ['id', 'appId', 'principalId', 'resourceId', 'resourceAppId'] as const;

/** Properties that say where a resource comes from: a finding there is about the resource, which has lost its parent. */
const PARENTS: ReadonlySet<unknown> = new Set(['agentIdentityBlueprintId', 'identityParentId']);

function exemptIn(
  { path, args }: Pick<RawFinding, 'path' | 'args'>,
  owner: Owner,
  exempt: Exempt,
): ExemptPrincipal | null {
  const own = ownIds(owner);
  if (PRINCIPALS.has(owner.resource.kind)) {
    const itself = firstOf(own, exempt);
    if (itself !== null) return itself;
  }
  if (path.length === 1 && PARENTS.has(path[0])) return null;
  const inArgs = idsIn(Object.values(args)).filter((id) => !own.includes(id) && id !== owner.resource.name);
  for (const part of partsAlong(owner.properties, path)) {
    const found = Array.isArray(part) ? exemptList(part, args, exempt) : exemptPart(part, exempt);
    if (found === null) continue;
    // What the entry itself has, such as a permission, is nobody else.
    const told = new Set(idsIn([part]));
    return inArgs.every((id) => exempt.has(id) || told.has(id)) ? found : null;
  }
  const hasLists = Object.values(args).some((value) => Array.isArray(value) && value.length > 0);
  return inArgs.length > 0 && !hasLists && inArgs.every((id) => exempt.has(id))
    ? firstOf(inArgs, exempt)
    : null;
}

function ownIds({ id = null, properties }: Owner): readonly string[] {
  const stated = isObject(properties) ? [properties['id'], properties['appId']] : [];
  return [id, ...stated].flatMap((one) => (typeof one === 'string' ? [one.toLowerCase()] : []));
}

function firstOf(ids: readonly string[], exempt: Exempt): ExemptPrincipal | null {
  for (const id of ids) {
    const found = exempt.get(id);
    if (found !== undefined) return found;
  }
  return null;
}

/** What a path ends at, and the entries of lists that it goes through; the innermost first. */
function partsAlong(properties: unknown, path: RawFinding['path']): readonly unknown[] {
  const parts: unknown[] = [];
  let value = properties;
  for (const [place, step] of path.entries()) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return parts;
    const isEntry = Array.isArray(value);
    value = (value as Record<string | number, unknown>)[step];
    if (isEntry || place === path.length - 1) parts.unshift(value);
  }
  return parts;
}

function exemptPart(part: unknown, exempt: Exempt): ExemptPrincipal | null {
  if (typeof part === 'string') return exempt.get(part.toLowerCase()) ?? null;
  if (!isObject(part)) return null;
  const { viaGroup } = part;
  const named = [...NAMING.map((key) => part[key]), isObject(viaGroup) ? viaGroup['id'] : null];
  return firstOf(
    named.flatMap((id) => (typeof id === 'string' ? [id.toLowerCase()] : [])),
    exempt,
  );
}

/** A finding about a list is about those in it when it names them; one that counts them is about who is missing. */
function exemptList(
  list: readonly unknown[],
  args: RawFinding['args'],
  exempt: Exempt,
): ExemptPrincipal | null {
  const found = list.map((entry) => exemptPart(entry, exempt));
  const [first = null] = found;
  if (first === null || found.includes(null)) return null;
  const labels = list.flatMap(labelsOf);
  const named = Object.values(args).flatMap((value) =>
    Array.isArray(value) ? (value as readonly string[]) : [],
  );
  return named.length > 0 && named.every((text) => labels.some((label) => text.startsWith(label)))
    ? first
    : null;
}

/** What `policies/lib/principals.rego` calls a principal. */
function labelsOf(entry: unknown): readonly string[] {
  const texts = isObject(entry) ? [entry['displayName'], entry['userPrincipalName'], entry['id']] : [entry];
  return texts.filter((text) => typeof text === 'string').filter((text) => text !== '');
}

/** Every id in values of JSON, however deep. */
function idsIn(values: readonly unknown[]): readonly string[] {
  return values.flatMap((value): readonly string[] => {
    if (typeof value === 'string') return isId(value) ? [value.toLowerCase()] : [];
    if (typeof value !== 'object' || value === null) return [];
    return idsIn(Object.values(value));
  });
}
