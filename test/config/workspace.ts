import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll } from 'vitest';
import type { SchemaError } from '../../schemas/generated/types.d.mts';
import { withRules } from '../../scripts/lib/config-schema.mjs';
import type { Config } from '../../src/config/config.ts';
import { loadConfig, type LoadOptions, type LoadResult } from '../../src/config/load.ts';
import type { Problem } from '../../src/documents/problem.ts';
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
) as object;

/** The validator for `RULES`, with the options of the one that is generated for the built-in rules. */
export const validate = validatorOf(withRules(base, { rules: RULES }));

/** Looks at everything but rules. */
export const validateForm = validatorOf(base);

function validatorOf(schema: object): (value: unknown) => readonly SchemaError[] {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, ownProperties: true });
  const check = ajv.compile(schema);
  return (value) => (check(value) ? [] : (check.errors ?? []));
}

export type Loading = Partial<Omit<LoadOptions, 'cwd'>> & { readonly in?: string };

/** Loads the config of a repository that holds these files. */
export function load(
  files: { readonly [path: string]: string },
  { in: folder = '', ...options }: Loading = {},
): LoadResult {
  const cwd = join(workspace({ '.git/': '', ...files }), folder);
  return loadConfig({ cwd, rules: RULES, validate, ...options });
}

/** The config that these files make; fails on any problem. */
export function loaded(files: { readonly [path: string]: string }, options?: Loading): Config {
  const result = load(files, options);
  if (!result.ok) throw new Error(lines(result.problems).join('\n'));
  return result.config;
}

/** What is wrong with these files, as `uri:line:column code: message hint`. */
export function problems(files: { readonly [path: string]: string }, options?: Loading): readonly string[] {
  const result = load(files, options);
  return result.ok ? [] : lines(result.problems);
}

export function warnings(files: { readonly [path: string]: string }, options?: Loading): readonly string[] {
  const result = load(files, options);
  return result.ok ? lines(result.warnings) : ['not loaded', ...lines(result.problems)];
}

function lines(found: readonly Problem[]): readonly string[] {
  return found.map(({ uri, range, code, message, hint }) => {
    const place = range === null ? '' : `:${range.start.line}:${range.start.column}`;
    return `${uri ?? ''}${place} ${code}: ${message}${hint === undefined ? '' : ` ${hint}`}`;
  });
}

/** A YAML config of version 1 with this text below it. */
export function yaml(text: string): { readonly [path: string]: string } {
  return { 'agentid-lint.config.yaml': `version: 1\n${text}` };
}
