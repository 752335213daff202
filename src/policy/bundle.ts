import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PolicyError } from './policy-error.ts';
import type { Catalogue, RuleExample } from './types.ts';
import { isObject } from '../util/is-object.ts';

/** Where the rules of a bundle come from: the built-in ones, or a source that the user names. */
export type BundleSource = {
  readonly kind: 'built-in' | 'folder' | 'bundle' | 'url' | 'package';
  /** As the user wrote it; `built-in` for ours. Reports show it. */
  readonly name: string;
};

export const BUILT_IN_SOURCE: BundleSource = { kind: 'built-in', name: 'built-in' };

/** Compiled policies with their catalogue and reference tables. */
export type PolicyBundle = {
  readonly source: BundleSource;
  readonly digest: string;
  readonly wasm: Uint8Array<ArrayBuffer>;
  readonly catalogue: Catalogue;
  /** JSON text of `data.agentid.tables`, handed to the engine unparsed. */
  readonly tables: string;
};

/**
 * Loads a built policy bundle from its folder. The files were checked when they were built, so what is looked at
 * here is only that they are there, whole, and of one build.
 * @throws {PolicyError} with code `bundle` when a file is missing or not what it should be.
 */
export function loadBundle(folder: string): PolicyBundle {
  const manifest = readJson(folder, 'manifest.json');
  if (!isManifest(manifest)) throw damaged('manifest.json');
  const catalogue = readJson(folder, 'catalogue.json');
  if (!isCatalogue(catalogue, manifest.rules)) throw damaged('catalogue.json');
  return {
    source: BUILT_IN_SOURCE,
    digest: manifest.digest,
    wasm: new Uint8Array(read(folder, 'policy.wasm')),
    catalogue,
    tables: read(folder, 'tables.json').toString('utf8'),
  };
}

/** The examples of every rule, by rule id; only documentation needs them. */
export function loadExamples(folder: string): Readonly<Record<string, readonly RuleExample[]>> {
  return readJson(folder, 'examples.json') as Record<string, readonly RuleExample[]>;
}

function isManifest(value: unknown): value is { readonly digest: string; readonly rules: number } {
  return isObject(value) && typeof value['digest'] === 'string' && typeof value['rules'] === 'number';
}

/** Whether it is the catalogue of so many rules; a rule's place in it is its number in the answers of the policy. */
function isCatalogue(value: unknown, rules: number): value is Catalogue {
  return (
    isObject(value) &&
    value['version'] === 1 &&
    Array.isArray(value['rules']) &&
    value['rules'].length === rules
  );
}

function damaged(name: string, options?: ErrorOptions): PolicyError {
  return new PolicyError('bundle', `policy bundle: ${name} is damaged; reinstall the package`, options);
}

function readJson(folder: string, name: string): unknown {
  const bytes = read(folder, name);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw damaged(name, { cause });
  }
}

function read(folder: string, name: string): Buffer {
  try {
    return readFileSync(join(folder, name));
  } catch (cause) {
    throw new PolicyError('bundle', `policy bundle: cannot read ${name}; reinstall the package`, { cause });
  }
}
