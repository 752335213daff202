import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { isObject } from '../util/is-object.ts';
import { suggest } from '../util/suggest.ts';
import { configProblem, quoted } from './problem.ts';
import type { ConfigPlace } from './schema-problems.ts';
import { isGuid } from './tenants.ts';
import type { WrittenConfig } from './written.ts';

/** A config file as it is written, whatever is wrong with it. */
type Written = Pick<ConfigPlace, 'document' | 'at'> & { readonly written: unknown };

/** Thresholds in overrides that would hold for a part of a run, in a config that fits its schema. */
export function overrideProblems(
  { overrides = [] }: WrittenConfig,
  { document, at }: ConfigPlace,
): Problem[] {
  return overrides.flatMap(({ match, failOn }, place) => {
    if (failOn === undefined || Object.keys(match).join() === 'tenant') return [];
    const { range } = document.locateKey([...at, 'overrides', place, 'failOn']);
    return [configProblem({ code: 'config-not-for-part' }, { uri: document.uri, range })];
  });
}

/** Names in `tenants` of a config, whatever else is wrong with it. */
export function tenantNames(files: readonly Written[]): readonly string[] {
  const named = files.flatMap(({ written }) => {
    const tenants = isObject(written) ? written['tenants'] : undefined;
    return isObject(tenants) ? Object.keys(tenants) : [];
  });
  return [...new Set(named)];
}

/** Tenants that overrides of a file name and that the config, all files of it together, does not have. */
export function unknownTenants({ document, at, written }: Written, names: readonly string[]): Problem[] {
  return tenantsMatched(written).flatMap(({ name, path }) => {
    if (names.includes(name) || isGuid(name)) return [];
    const near = suggest(name, names);
    const words = {
      code: 'config-unknown-tenant',
      message: `There is no tenant ${quoted(name)} in this config.`,
      hint: near === null ? knownNames(names) : `Did you mean ${quoted(near)}?`,
    } as const;
    return [configProblem(words, { uri: document.uri, range: document.locate([...at, ...path]).range })];
  });
}

function knownNames(names: readonly string[]): string {
  return names.length === 0
    ? 'Name it under "tenants", or write its GUID.'
    : `Known here: ${names.join(', ')}. A GUID can be written as well.`;
}

type Matched = { readonly name: string; readonly path: Path };

function tenantsMatched(config: unknown): readonly Matched[] {
  const overrides = isObject(config) && Array.isArray(config['overrides']) ? config['overrides'] : [];
  return overrides.flatMap((override: unknown, place): readonly Matched[] => {
    const match = isObject(override) ? override['match'] : undefined;
    const tenant = isObject(match) ? match['tenant'] : undefined;
    const path: Path = ['overrides', place, 'match', 'tenant'];
    if (typeof tenant === 'string') return [{ name: tenant, path }];
    if (!Array.isArray(tenant)) return [];
    return tenant.flatMap((name: unknown, index) =>
      typeof name === 'string' ? [{ name, path: [...path, index] }] : [],
    );
  });
}
