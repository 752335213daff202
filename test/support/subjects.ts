import { factsOf } from '../../src/model/facts-of.ts';
import { KnownIndex } from '../../src/model/known.ts';
import type { DocumentResource, JsonObject, Resource } from '../../src/model/resource.ts';
import { epochSeconds } from '../../src/model/timestamps.ts';
import type { DocumentKind } from '../../src/model/vocabulary.ts';
import { dataText, type PolicyData } from '../../src/policy/data.ts';
import { PolicyEngine } from '../../src/policy/engine.ts';
import type { Subject } from '../../src/policy/subject.ts';
import { builtInRules } from '../../src/rules.ts';
import { NOW } from './lint-files.ts';

export const bundle = builtInRules();

const SETTINGS = 'defaults';
const MARKERS = { environments: new Set(['prod']), tags: new Set(['env:prod']) };

/** A resource of a file that exists nowhere. */
export function resourceWith(
  kind: DocumentKind,
  properties: JsonObject,
  {
    uri = 'agents/a.yaml',
    unknown = {},
  }: { readonly uri?: string; readonly unknown?: Resource['unknown'] } = {},
): DocumentResource {
  const name = typeof properties['displayName'] === 'string' ? properties['displayName'] : uri;
  const origin = { from: 'document', uri, index: 0, path: [], shape: 'native-file', aliases: {} } as const;
  return { ref: `${kind}/${uri}#`, kind, name, origin, properties, unknown };
}

/** A resource as the policy stage takes it, with every rule on but those in `off`. */
export function subjectOf(resource: Resource, off: readonly string[] = []): Subject {
  const facts = factsOf(resource, { settings: SETTINGS, production: MARKERS });
  return {
    ref: resource.ref,
    kind: resource.kind,
    from: resource.origin.from,
    facts: JSON.stringify(facts),
    unknown: resource.unknown,
    off: new Set(off),
  };
}

/** What rules look up, with the default options. */
export function dataOf(resources: readonly Resource[] = []): PolicyData {
  const known = new KnownIndex();
  resources.forEach((resource, index) => {
    known.add(resource, index);
  });
  const options = bundle.catalogue.rules.map(({ id, options: schemas }) => [
    id,
    Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schema.default])),
  ]);
  return {
    options: { [SETTINGS]: Object.fromEntries(options) as PolicyData['options'][string] },
    known: known.result(),
    now: epochSeconds(NOW) ?? 0,
  };
}

/** The built-in rules, ready to judge. */
export function builtInEngine(resources: readonly Resource[] = []): PolicyEngine {
  return new PolicyEngine(bundle.wasm, dataText(bundle, dataOf(resources)));
}
