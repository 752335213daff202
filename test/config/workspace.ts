import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll } from 'vitest';
import type { SchemaError } from '../../schemas/generated/types.d.mts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig, type LoadOptions, type LoadResult } from '../../src/config/load.ts';
import { withRules, type JsonSchema } from '../../src/config/rules-schema.ts';
import type { SourceLoader } from '../../src/config/own-rules.ts';
import type { Problem } from '../../src/documents/problem.ts';
import type { RuleMetadata } from '../../src/policy/types.ts';
import type { OwnBundle } from '../../src/sources/load.ts';
import type { RemoteRules, RuleSource } from '../../src/sources/rule-source.ts';
import { readNamedSource } from '../../src/sources/named-source.ts';
import { RULES } from './fixtures.ts';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A new folder with these files; a name that ends in `/` is a folder. Its path has no links in it. */
export function workspace(files: { readonly [path: string]: string }): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'agentid-config-')));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    const target = join(root, path);
    mkdirSync(path.endsWith('/') ? target : dirname(target), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(target, text);
  }
  return root;
}

// The schema is ours; what it says about rules is made from the catalogue.
const base = JSON.parse(
  readFileSync(new URL('../../schemas/config.base.json', import.meta.url), 'utf8'),
) as JsonSchema;

/** The validator for `RULES`, with the options of the one that is generated for the built-in rules. */
export const validate = validatorOf(withRules(base, { rules: RULES }));

/** Looks at everything but rules. */
export const validateForm = validatorOf(base);

/** The validator that would be generated for rules. */
export function validatorFor(rules: readonly RuleMetadata[]) {
  return validatorOf(withRules(base, { rules }));
}

function validatorOf(schema: object): (value: unknown) => readonly SchemaError[] {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
    ownProperties: true,
  });
  const check = ajv.compile(schema);
  return (value) => (check(value) ? [] : (check.errors ?? []));
}

export type Loading = Partial<Omit<LoadOptions, 'cwd'>> & { readonly in?: string };

/** Loads the config of a repository that holds these files. */
export function load(
  files: { readonly [path: string]: string },
  { in: folder = '', ...options }: Loading = {},
): Promise<LoadResult> {
  return loadIn(join(workspace({ '.git/': '', ...files }), folder), options);
}

/** Loads the config that holds in a folder. */
export function loadIn(cwd: string, options: Omit<Loading, 'in'> = {}): Promise<LoadResult> {
  return loadConfig({ cwd, rules: RULES, validate, openLoader: noLoader, ...options });
}

/** Reads names of sources as the program does, and has these bundles for whatever they name. */
export function loaderOf(bundles: readonly OwnBundle[]): SourceLoader {
  return { read: readNamedSource, load: () => Promise.resolve({ ok: true, bundles, warnings: [] }) };
}

/** What the loader was asked for. */
type Asked = { readonly sources: readonly RuleSource[]; readonly remote: RemoteRules };

/** A loader that has no rules and keeps what it is asked for. */
export function recording(): { readonly asked: Asked[]; readonly options: Loading } {
  const asked: Asked[] = [];
  const loader: SourceLoader = {
    ...loaderOf([]),
    load: (sources, remote) => {
      asked.push({ sources, remote });
      return Promise.resolve({ ok: true, bundles: [], warnings: [] });
    },
  };
  return { asked, options: { openLoader: () => Promise.resolve(loader) } };
}

/** For configs that name no source of own rules. */
export function noLoader(): never {
  throw new Error('no source was to be loaded');
}

/** The config that these files make; fails on any problem. */
export async function loaded(files: { readonly [path: string]: string }, options?: Loading): Promise<Config> {
  const result = await load(files, options);
  if (!result.ok) throw new Error(lines(result.problems).join('\n'));
  return result.config;
}

/** What is wrong with these files, as `uri:line:column code: message hint`. */
export async function problems(
  files: { readonly [path: string]: string },
  options?: Loading,
): Promise<readonly string[]> {
  const result = await load(files, options);
  return result.ok ? [] : lines(result.problems);
}

export async function warnings(
  files: { readonly [path: string]: string },
  options?: Loading,
): Promise<readonly string[]> {
  const result = await load(files, options);
  return result.ok ? lines(result.warnings) : ['not loaded', ...lines(result.problems)];
}

export function lines(found: readonly Problem[]): readonly string[] {
  return found.map(({ uri, range, code, message, hint }) => {
    const place = range === null ? '' : `:${range.start.line}:${range.start.column}`;
    return `${uri ?? ''}${place} ${code}: ${message}${hint === undefined ? '' : ` ${hint}`}`;
  });
}

/** A YAML config of version 1 with this text below it. */
export function yaml(text: string): { readonly [path: string]: string } {
  return { 'agentid-lint.config.yaml': `version: 1\n${text}` };
}
