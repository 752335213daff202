import { canonical } from './canonical.ts';
import { credentialFacts } from './credentials.ts';
import type { Facts } from './facts.ts';
import { directoryOf } from './known.ts';
import { principalFacts } from './principals.ts';
import type { JsonObject, Resource } from './resource.ts';
import { FACT_GROUPS } from './vocabulary.ts';

export type FactsContext = {
  /** Key of the resource's effective settings. */
  readonly settings: string;
  /** Values of `environment` and `tags` that mark production, in lower case. */
  readonly production: { readonly environments: ReadonlySet<string>; readonly tags: ReadonlySet<string> };
};

/** The policy input for one resource. */
export function factsOf(resource: Resource, context: FactsContext): Facts {
  const { value, secrets } = canonical(resource.properties);
  const properties = value as JsonObject;
  const { uri, shape } = resource.origin;
  return {
    ref: resource.ref,
    kind: resource.kind,
    name: resource.name,
    origin: { uri, directory: directoryOf(uri), shape },
    settings: context.settings,
    production: isProduction(properties, context.production),
    unknown: FACT_GROUPS.filter((group) => resource.unknown[group] !== undefined),
    properties,
    sponsors: principalFacts('sponsors', properties['sponsors']),
    owners: principalFacts('owners', properties['owners']),
    credentials: credentialFacts(properties),
    secrets,
  };
}

function isProduction(properties: JsonObject, markers: FactsContext['production']): boolean {
  const { environment, tags } = properties;
  if (typeof environment === 'string' && markers.environments.has(environment.toLowerCase())) return true;
  return (
    Array.isArray(tags) && tags.some((tag) => typeof tag === 'string' && markers.tags.has(tag.toLowerCase()))
  );
}
