import { lstatSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { errorCode } from '../documents/file-kind.ts';
import type { Problem } from '../documents/problem.ts';
import { parseJson } from '../documents/json.ts';
import { isObject } from '../util/is-object.ts';
import { CONFIG_EXTENSIONS, readConfigText, uriOf, type ConfigFileName } from './config-text.ts';
import { configProblem, type ProblemWords } from './problem.ts';

const CONFIG_NAMES = ['agentid-lint.config.yaml', 'agentid-lint.config.yml', 'agentid-lint.config.json'];
const PACKAGE_NAME = 'package.json';
const PACKAGE_KEY = 'agentid-lint';

export type FindOptions = {
  /** Absolute working directory. */
  readonly cwd: string;
  /** The config file that was asked for, relative to the working directory; then no other is looked at. */
  readonly file?: string;
  /** Whether no config file is to be used. */
  readonly none?: boolean;
};

export type Found =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly file: ConfigFileName }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] };

/** The config file that was asked for, else the nearest one from the working directory up to the root of its repository. */
export function findConfig({ cwd, file, none }: FindOptions): Found {
  if (none === true) return { kind: 'none' };
  if (file !== undefined) return findNamed(resolve(cwd, file), cwd);
  const root = repositoryRoot(cwd);
  for (const folder of foldersUp(cwd)) {
    const found = findIn(folder, cwd, root ?? folder);
    if (found.kind !== 'none' || folder === root) return found;
  }
  return { kind: 'none' };
}

/** The nearest folder from `folder` upward that holds `.git`, or `null`. */
export function repositoryRoot(folder: string): string | null {
  for (const candidate of foldersUp(folder)) if (mayExist(join(candidate, '.git'))) return candidate;
  return null;
}

/** A folder seen from the root of its repository: forward slashes, empty when it is the root, or in none. */
export function repositoryBase(folder: string): string {
  return uriOf(folder, repositoryRoot(folder) ?? folder);
}

/** Whether something is at the path. What cannot be looked at may be there: reading it will tell. */
export function mayExist(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return !['ENOENT', 'ENOTDIR'].includes(errorCode(error));
  }
}

function findNamed(path: string, cwd: string): Found {
  const refuse = (words: ProblemWords) => failed(words, uriOf(path, cwd));
  if (!mayExist(path)) return refuse({ code: 'config-not-found' });
  if (basename(path) === PACKAGE_NAME) {
    const found = findInPackage(path, cwd, null);
    if (found.kind !== 'none') return found;
    return refuse({
      code: 'config-not-found',
      message: `This package.json has no key "${PACKAGE_KEY}".`,
      hint: 'Add it.',
    });
  }
  if (!CONFIG_EXTENSIONS.includes(extname(path))) return refuse({ code: 'config-unknown-format' });
  return { kind: 'found', file: { path, at: [] } };
}

/** The config in one folder; nothing of it may be outside of the boundary, also not behind a link. */
export function findIn(folder: string, cwd: string, boundary: string): Found {
  const found: ConfigFileName[] = [];
  for (const name of CONFIG_NAMES) {
    const path = join(folder, name);
    if (mayExist(path)) found.push({ path, at: [] });
  }
  const inPackage = findInPackage(join(folder, PACKAGE_NAME), cwd, boundary);
  if (inPackage.kind === 'failed') return inPackage;
  if (inPackage.kind === 'found') found.push(inPackage.file);

  const [first, second] = found;
  if (first === undefined) return { kind: 'none' };
  if (second === undefined) return { kind: 'found', file: first };
  const names = found.map(({ path, at }) => [basename(path), ...at].join('#'));
  const message = `One folder has several configs: ${names.join(', ')}.`;
  return failed({ code: 'config-several-files', message }, uriOf(first.path, cwd));
}

/** A package.json that never says our name is nobody's config, however broken it is. */
function findInPackage(path: string, cwd: string, boundary: string | null): Found {
  if (!mayExist(path)) return { kind: 'none' };
  const read = readConfigText(path, { cwd, boundary });
  if (!read.ok) return { kind: 'failed', problems: [read.problem] };
  if (!read.text.includes(`"${PACKAGE_KEY}"`)) return { kind: 'none' };
  const { documents, problems } = parseJson({ uri: uriOf(path, cwd), text: read.text, language: 'json' });
  if (problems.length > 0) return { kind: 'failed', problems };
  const data = documents[0]?.data;
  const holds = isObject(data) && Object.hasOwn(data, PACKAGE_KEY) && !namesRules(data[PACKAGE_KEY]);
  return holds ? { kind: 'found', file: { path, at: [PACKAGE_KEY] } } : { kind: 'none' };
}

/** A package that brings rules says under our key where they are; in a config `rules` is never text. */
function namesRules(value: unknown): boolean {
  return isObject(value) && typeof value['rules'] === 'string';
}

function* foldersUp(folder: string): Generator<string> {
  for (let current = folder; ; current = dirname(current)) {
    yield current;
    if (dirname(current) === current) return;
  }
}

function failed(words: ProblemWords, uri: string): Found {
  return { kind: 'failed', problems: [configProblem(words, { uri, range: null })] };
}
