import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PolicyError } from './policy-error.ts';
import type { Catalogue, RuleExample } from './types.ts';

/** Compiled policies with their catalogue and reference tables. */
export type PolicyBundle = {
  readonly digest: string;
  readonly wasm: Uint8Array<ArrayBuffer>;
  readonly catalogue: Catalogue;
  /** JSON text of `data.agentid.tables`, handed to the engine unparsed. */
  readonly tables: string;
};

/**
 * Loads a built policy bundle from its folder. The files were checked when they were built and carry a digest,
 * so only their presence is checked here.
 * @throws {PolicyError} with code `bundle` when a file is missing or not what it should be.
 */
export function loadBundle(folder: string): PolicyBundle {
  const manifest = readJson(folder, 'manifest.json') as { readonly digest: string };
  return {
    digest: manifest.digest,
    wasm: new Uint8Array(read(folder, 'policy.wasm')),
    catalogue: readJson(folder, 'catalogue.json') as Catalogue,
    tables: read(folder, 'tables.json').toString('utf8'),
  };
}

/** The examples of every rule, by rule id; only documentation needs them. */
export function loadExamples(folder: string): Readonly<Record<string, readonly RuleExample[]>> {
  return readJson(folder, 'examples.json') as Record<string, readonly RuleExample[]>;
}

function readJson(folder: string, name: string): unknown {
  const bytes = read(folder, name);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new PolicyError('bundle', `policy bundle: ${name} is not JSON; reinstall the package`, { cause });
  }
}

function read(folder: string, name: string): Buffer {
  try {
    return readFileSync(join(folder, name));
  } catch (cause) {
    throw new PolicyError('bundle', `policy bundle: cannot read ${name}; reinstall the package`, { cause });
  }
}
