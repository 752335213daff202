import { isObject } from '../util/is-object.ts';
import { canonical } from './canonical.ts';
import { credentialFacts } from './credentials.ts';
import type { Facts } from './facts.ts';
import { directoryOf } from './known.ts';
import type { PrincipalTexts } from './principal-texts.ts';
import { principalFacts } from './principals.ts';
import type { JsonObject, Origin, Resource } from './resource.ts';
import type { SecretFact } from './secrets.ts';
import { epochSeconds } from './timestamps.ts';
import { FACT_GROUPS } from './vocabulary.ts';

export type FactsContext = {
  /** Key of the resource's effective settings. */
  readonly settings: string;
  /** Values of `environment` and `tags` that mark production, in lower case. */
  readonly production: { readonly environments: ReadonlySet<string>; readonly tags: ReadonlySet<string> };
};

/** The policy input for one resource. */
export function factsOf(resource: Resource, context: FactsContext): Facts {
  const { properties, secrets } = clean(resource);
  return {
    ...derivedFacts({ ...resource, properties }, secrets, context),
    properties,
    sponsors: principalFacts('sponsors', properties['sponsors']),
    owners: principalFacts('owners', properties['owners']),
  };
}

/** All facts but those that may be very much text. */
export type DerivedFacts = Omit<Facts, 'properties' | 'sponsors' | 'owners'>;

/** What is derived from an object of a tenant, whose properties are canonical and without secrets as they are. */
export function tenantFacts(resource: Resource, context: FactsContext): DerivedFacts {
  return derivedFacts(resource, [], context);
}

function derivedFacts(
  resource: Resource,
  secrets: readonly SecretFact[],
  context: FactsContext,
): DerivedFacts {
  const { properties } = resource;
  return {
    ref: resource.ref,
    kind: resource.kind,
    name: resource.name,
    origin: originFacts(resource.origin),
    settings: context.settings,
    production: isProduction(properties, context.production),
    unknown: unknownGroups(resource),
    created: secondsOf(properties['createdDateTime']),
    activity: activityOf(properties['signInActivity']),
    credentials: credentialFacts(properties),
    secrets,
  };
}

/** What the facts of an object of a tenant are made of. */
export type FactsOfTenant = {
  readonly derived: DerivedFacts;
  /** What its relationships are read from. */
  readonly properties: JsonObject;
  /** The properties as JSON text, in parts that follow each other. */
  readonly text: readonly string[];
};

/** The facts as JSON text, in parts that follow each other. */
export function factsParts(
  { derived, properties, text }: FactsOfTenant,
  principals: PrincipalTexts,
): readonly [string, ...string[]] {
  const sponsors = principals.listText('sponsors', properties['sponsors']);
  const owners = principals.listText('owners', properties['owners']);
  const rest = `,"sponsors":${sponsors},"owners":${owners},"properties":`;
  return [JSON.stringify(derived).slice(0, -1), rest, ...text, '}'];
}

function clean({ properties }: Resource): {
  readonly properties: JsonObject;
  readonly secrets: readonly SecretFact[];
} {
  const { value, secrets } = canonical(properties);
  return { properties: value as JsonObject, secrets };
}

function originFacts(origin: Origin): Facts['origin'] {
  if (origin.from === 'document') {
    const { from, uri, shape } = origin;
    return { from, uri, directory: directoryOf(uri), shape, tenantId: null };
  }
  const { from, path: uri, tenantId } = origin;
  return { from, uri, directory: '', shape: 'graph', tenantId };
}

const NOTHING_UNKNOWN: Facts['unknown'] = [];

function unknownGroups({ unknown }: Resource): Facts['unknown'] {
  for (const group in unknown)
    if (Object.hasOwn(unknown, group)) return FACT_GROUPS.filter((each) => unknown[each] !== undefined);
  return NOTHING_UNKNOWN;
}

function activityOf(activity: unknown): Facts['activity'] {
  if (!isObject(activity)) return { last: null, source: null };
  const last = secondsOf(activity['lastSignInDateTime']);
  const { source } = activity;
  return { last, source: last !== null && typeof source === 'string' ? source : null };
}

function secondsOf(value: unknown): number | null {
  return typeof value === 'string' ? epochSeconds(value) : null;
}

function isProduction(properties: JsonObject, markers: FactsContext['production']): boolean {
  const { environment, tags } = properties;
  if (typeof environment === 'string' && markers.environments.has(environment.toLowerCase())) return true;
  return (
    Array.isArray(tags) && tags.some((tag) => typeof tag === 'string' && markers.tags.has(tag.toLowerCase()))
  );
}
