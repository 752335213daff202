import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Modules } from '../../packages/opa-compiler/src/types.ts';
import { errorCode } from '../documents/file-kind.ts';
import { modulesOf } from './analyse.ts';
import { closureOf, type Closure } from './closure.ts';
import { readRuleFolder, type RegoFile } from './folder.ts';
import { rulePackage } from './layout.ts';
import { libraryPath, type Library } from './library.ts';

/** The Rego of one rule, and what it takes to run it. */
export type RuleCode = {
  /** The file that the rule stands in; `path` is its name among the modules. */
  readonly file: RegoFile;
  readonly modules: Modules;
  /** Names of the tables that the modules read. */
  readonly tables: readonly string[];
  /** The helpers and tables that the rule itself needs. */
  readonly needs: Closure;
};

export type RulePlace = {
  readonly id: string;
  /** Absolute folder of Rego that the rule stands in. */
  readonly folder: string;
  readonly isBuiltIn: boolean;
  /** Absolute working directory. */
  readonly cwd: string;
};

/** Reads the Rego of a rule; `null` when it is not there any more. */
export function readRuleCode(place: RulePlace, library: Library): RuleCode | null {
  return place.isBuiltIn ? builtInCode(place, library) : ownCode(place, library);
}

/** Our rules call helpers only, never each other, so that no other rule has to be compiled. */
function builtInCode({ id, folder }: RulePlace, { libs, tables }: Library): RuleCode | null {
  const [domain = '', name = ''] = id.replaceAll('-', '_').split('/');
  const path = `${domain}/${name}.rego`;
  const text = textOf(join(folder, path));
  if (text === null) return null;
  const needs = closureOf([text], { libs, tables: [...tables.keys()] });
  const helpers = needs.libs.map((lib) => [libraryPath(lib), libs.get(lib) ?? ''] as const);
  return {
    file: { path, uri: `policies/${path}`, text, package: rulePackage(domain, name) },
    modules: { [path]: text, ...Object.fromEntries(helpers) },
    tables: needs.tables,
    needs,
  };
}

/** Own rules may call whatever stands in their folder. */
function ownCode({ id, folder: path, cwd }: RulePlace, library: Library): RuleCode | null {
  const read = readRuleFolder(path, { cwd });
  const file = read.ok ? read.folder.rules.find((rule) => rule.id === id) : undefined;
  if (!read.ok || file === undefined) return null;
  const { own, library: helpers, closure } = modulesOf(read.folder, library);
  const ownLibs = read.folder.libs.map((lib) => [lib.package.split('.').at(-1) ?? '', lib.text] as const);
  const needs = closureOf([file.text], {
    libs: new Map([...library.libs, ...ownLibs]),
    tables: [...library.tables.keys(), ...read.folder.tables.map(({ name }) => name)],
  });
  return { file, modules: { ...own, ...helpers }, tables: closure.tables, needs };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
