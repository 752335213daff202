import { extname } from 'node:path';
import { validateConfig } from '../../schemas/generated/config.mjs';
import type { SchemaError } from '../../schemas/generated/types.d.mts';
import type { SourceDocument } from '../documents/document.ts';
import { parseText } from '../documents/parse.ts';
import { documentProblem } from '../documents/problem-codes.ts';
import type { Problem } from '../documents/problem.ts';
import { checkConfig } from './checks.ts';
import type { ConfigurableRule } from './config.ts';
import { readConfigText, uriOf, type ConfigFileName } from './config-text.ts';
import { configProblem } from './problem.ts';
import { schemaProblems, valueAt } from './schema-problems.ts';
import type { WrittenConfig } from './written.ts';

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

/** The one document of a config file's text. */
function parseConfigText(
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

function failed(problem: Problem): Failed {
  return { ok: false, problems: [problem] };
}
