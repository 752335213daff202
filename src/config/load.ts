import { dirname } from 'node:path';
import type { SchemaError } from '../../schemas/generated/types.d.mts';
import type { Problem } from '../documents/problem.ts';
import type { Config, ConfigurableRule } from './config.ts';
import { defaultConfig } from './defaults.ts';
import { isInside, uriOf } from './config-text.ts';
import { validateBuiltIn } from './file.ts';
import { findConfig, repositoryRoot, type FindOptions } from './find.ts';
import { loadLayers } from './layers.ts';
import { mergeLayers } from './merge.ts';
import { warningsOf } from './warnings.ts';

export type LoadOptions = FindOptions & {
  /** Every rule that a config may name. */
  readonly rules: readonly ConfigurableRule[];
  /** The validator of `schemas/config.schema.json` for these rules; the one of the built-in rules when absent. */
  readonly validate?: (config: unknown) => readonly SchemaError[];
};

export type LoadResult =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The config that holds in a working directory, before flags. A config with any problem is not used at all. */
export function loadConfig({ rules, validate = validateBuiltIn, ...options }: LoadOptions): LoadResult {
  const { cwd } = options;
  const found = findConfig(options);
  if (found.kind === 'failed') return { ok: false, problems: found.problems };
  if (found.kind === 'none') return { ok: true, config: defaultConfig(cwd), warnings: [] };

  const { path } = found.file;
  const folder = dirname(path);
  const within = repositoryRoot(folder) ?? folder;
  const boundary = options.file === undefined ? within : null;
  const { layers, problems } = loadLayers(found.file, { cwd, boundary, within, rules, validate });
  if (problems.length > 0) return { ok: false, problems };

  const root = isInside(folder, cwd) ? folder : cwd;
  const config: Config = {
    root,
    base: uriOf(cwd, root),
    file: uriOf(path, cwd),
    ...mergeLayers(layers, rules),
    flags: {},
  };
  return { ok: true, config, warnings: warningsOf(layers, config, rules) };
}
