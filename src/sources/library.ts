import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Capabilities } from '../../packages/opa-compiler/src/types.ts';
import { isObject } from '../util/is-object.ts';

/** What own rules stand on: the helpers, tables and limits that this package brings. */
export type Library = {
  /** Helper modules by their name: `finding` is `data.agentid.lib.finding`. */
  readonly libs: ReadonlyMap<string, string>;
  /** Reference tables by their name, as JSON text without blanks. */
  readonly tables: ReadonlyMap<string, string>;
  /** Built-in functions that rules may call. */
  readonly capabilities: Capabilities;
  /** JSON Schema of a rule's input. */
  readonly inputSchema: unknown;
  /** Ids, present and former, that are taken. */
  readonly ids: ReadonlySet<string>;
  /** The folder that it was read from, absolute, links resolved. */
  readonly root: string;
};

type Places = {
  /** `policies/` of this package. */
  readonly policies: string;
  /** `schemas/` of this package. */
  readonly schemas: string;
  /** Ids, present and former, of the built-in rules. */
  readonly ids: Iterable<string>;
};

/** Reads the library from the package's own files. Throws when they are missing: the package is damaged. */
export function loadLibrary({ policies, schemas, ids }: Places): Library {
  const libs = readdirSync(join(policies, 'lib'))
    .filter((name) => name.endsWith('.rego') && !name.endsWith('_test.rego'))
    .sort()
    .map(
      (name) => [name.slice(0, -'.rego'.length), readFileSync(join(policies, 'lib', name), 'utf8')] as const,
    );
  const tables = Object.entries(readObject(join(policies, 'bundle', 'tables.json'))).map(
    ([name, table]) => [name, JSON.stringify(table)] as const,
  );
  return {
    libs: new Map(libs),
    tables: new Map(tables),
    capabilities: readObject(join(policies, 'capabilities.json')) as Capabilities,
    inputSchema: readObject(join(schemas, 'facts.schema.json')),
    ids: new Set(ids),
    root: realpathSync(policies),
  };
}

/** What a folder of rules stands on. The folder that the library itself is from brings its helpers, tables and ids along. */
export function libraryFor(folder: { readonly root: string }, library: Library): Library {
  if (folder.root !== library.root) return library;
  return { ...library, libs: new Map(), tables: new Map(), ids: new Set() };
}

/** The path under which the compiler is given a helper of ours. No domain can have such a name. */
export function libraryPath(name: string): string {
  return `built-in/lib/${name}.rego`;
}

function readObject(path: string): Record<string, unknown> {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isObject(value)) throw new TypeError(`${path} is damaged; reinstall the package`);
  return value;
}
