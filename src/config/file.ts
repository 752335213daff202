import { realpathSync } from 'node:fs';
import { extname, isAbsolute, relative, sep } from 'node:path';
import { validateConfig } from '../../schemas/generated/config.mjs';
import type { SchemaError } from '../../schemas/generated/types.d.mts';
import type { SourceDocument } from '../documents/document.ts';
import { errorCode } from '../documents/file-kind.ts';
import { parseText } from '../documents/parse.ts';
import type { Path } from '../documents/pointer.ts';
import { documentProblem } from '../documents/problem-codes.ts';
import type { Problem } from '../documents/problem.ts';
import { readFileSafely } from '../documents/read.ts';
import { checkConfig } from './checks.ts';
import type { ConfigurableRule } from './config.ts';
import { configProblem } from './problem.ts';
import { schemaProblems, valueAt } from './schema-problems.ts';
import type { WrittenConfig } from './written.ts';

/** Endings of config files; `.json` is read as JSON, the others as YAML. */
export const CONFIG_EXTENSIONS: readonly string[] = ['.yaml', '.yml', '.json'];

const MAX_BYTES = 1024 * 1024;

/** A config file by its absolute path, and the path of the config inside it. */
export type ConfigFileName = { readonly path: string; readonly at: Path };

/** A config file that fits the schema and has no problems. */
export type ConfigFile = ConfigFileName & {
  readonly document: SourceDocument;
  readonly config: WrittenConfig;
  readonly warnings: readonly Problem[];
};

/** Where config files are and what they may say. */
export type ConfigWorld = {
  /** Absolute working directory. */
  readonly cwd: string;
  /** Absolute folder that no file may be outside of, also not behind a link; `null` for a file that the user named. */
  readonly boundary: string | null;
  readonly rules: readonly ConfigurableRule[];
  readonly validate: (config: unknown) => readonly SchemaError[];
};

/** The validator of the built-in catalogue. */
export const validateBuiltIn: ConfigWorld['validate'] = validateConfig;

type Failed = { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads, parses and checks one config file. It is taken whole or not at all. */
export function loadConfigFile(
  name: ConfigFileName,
  world: ConfigWorld,
): { readonly ok: true; readonly file: ConfigFile } | Failed {
  const read = readConfigText(name.path, world);
  if (!read.ok) return failed(read.problem);
  const parsed = parseConfigText(name.path, world.cwd, read.text);
  if (!parsed.ok) return parsed;
  const { document } = parsed;
  const place = { document, at: name.at, rules: world.rules };
  const value = valueAt(document.data, name.at);
  const errors = world.validate(value);
  if (errors.length > 0) return { ok: false, problems: schemaProblems(errors, place) };
  // The schema above has just said so.
  const config = value as WrittenConfig;
  const { problems, warnings } = checkConfig(config, place);
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, file: { ...name, document, config, warnings } };
}

/** The text of a config file. Links are followed inside the boundary. */
export function readConfigText(path: string, { cwd, boundary }: Pick<ConfigWorld, 'cwd' | 'boundary'>) {
  const uri = uriOf(path, cwd);
  const real = realPathOf(path, uri);
  if (!real.ok) return real;
  if (boundary !== null && !isInside(realpathSync(boundary), real.path)) {
    return { ok: false, problem: documentProblem('link-leaves-workspace', { uri }) } as const;
  }
  const read = readFileSafely({ uri, path: real.path }, MAX_BYTES);
  if (read.ok || read.problem.code !== 'file-too-large') return read;
  return { ok: false, problem: { ...read.problem, hint: 'A config is never that large.' } } as const;
}

function realPathOf(path: string, uri: string) {
  try {
    return { ok: true, path: realpathSync(path) } as const;
  } catch (error) {
    const code = errorCode(error);
    const problem = code === 'ELOOP' ? 'link-loop' : code === 'ENOENT' ? 'link-broken' : 'file-unreadable';
    return { ok: false, problem: documentProblem(problem, { uri }) } as const;
  }
}

/** The one document of a config file's text. */
export function parseConfigText(
  path: string,
  cwd: string,
  text: string,
): { readonly ok: true; readonly document: SourceDocument } | Failed {
  const uri = uriOf(path, cwd);
  const { documents, problems } = parseText({
    uri,
    text,
    language: extname(path) === '.json' ? 'json' : 'yaml',
  });
  if (problems.length > 0) return { ok: false, problems };
  const [document, second] = documents;
  if (document === undefined) return failed(documentProblem('empty-document', { uri }));
  if (second === undefined) return { ok: true, document };
  return failed(configProblem({ code: 'config-several-documents' }, { uri, range: second.locate([]).range }));
}

/** How problems name a file: relative to the working directory, with forward slashes. */
export function uriOf(path: string, cwd: string): string {
  return relative(cwd, path).replaceAll(sep, '/');
}

/** Whether a path is the folder or in it. Both are absolute. */
export function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

function failed(problem: Problem): Failed {
  return { ok: false, problems: [problem] };
}
