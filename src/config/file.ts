import { extname } from 'node:path';
import { validateConfig } from '../../schemas/generated/config.mjs';
import type { SchemaError } from '../../schemas/generated/types.d.mts';
import type { SourceDocument } from '../documents/document.ts';
import { valueAt } from '../documents/pointer.ts';
import { parseText } from '../documents/parse.ts';
import { documentProblem } from '../documents/problem-codes.ts';
import type { Problem } from '../documents/problem.ts';
import { globProblems } from './glob-problems.ts';
import type { ConfigurableRule, ValueSource } from './config.ts';
import { readConfigText, uriOf, type ConfigFileName } from './config-text.ts';
import type { Path } from '../documents/pointer.ts';
import { overrideProblems } from './override-problems.ts';
import { configProblem } from './problem.ts';
import { withSettingsOf } from './rule-settings.ts';
import { inOrderOfFile, schemaProblems, type ConfigPlace } from './schema-problems.ts';
import { structureOf, type Structure } from './structure.ts';
import { suppressionProblems } from './suppression-problems.ts';
import { tenantProblems } from './tenant-problems.ts';
import type { WrittenConfig } from './written.ts';

/** A config file that could be read. What it says about own rules is not checked yet. */
export type ReadFile = ConfigFileName & {
  readonly document: SourceDocument;
  /** The config as it is written. */
  readonly written: unknown;
  readonly structure: Structure;
  /** Of everything but the names of rules and the settings of own rules. */
  readonly problems: readonly Problem[];
};

/** A config file without any problem. */
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
  /** Absolute folder that everything a config names must be inside of. */
  readonly within: string;
  /** The built-in rules. */
  readonly rules: readonly ConfigurableRule[];
  readonly validate: (config: unknown) => readonly SchemaError[];
};

/** The validator of the built-in catalogue. */
export const validateBuiltIn: ConfigWorld['validate'] = validateConfig;

type Failed = { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads and parses one config file, and holds it against the schema. */
export function readConfigFile(
  name: ConfigFileName,
  world: ConfigWorld,
): { readonly ok: true; readonly file: ReadFile } | Failed {
  const read = readConfigText(name.path, world);
  if (!read.ok) return failed(read.problem);
  const parsed = parseConfigText(name.path, world.cwd, read.text);
  if (!parsed.ok) return parsed;
  const { document } = parsed;
  const place = { document, at: name.at, rules: world.rules };
  const written = valueAt(document.data, name.at);
  const names = new Set(world.rules.flatMap(({ id, aliases }) => [id, ...aliases]));
  const errors = world.validate(withSettingsOf(written, names));
  const problems =
    // The schema has just said that it is one.
    errors.length > 0
      ? schemaProblems(errors, place)
      : valueProblems(written as WrittenConfig, place, { path: name.path, within: world.within });
  return {
    ok: true,
    file: { ...name, document, written, structure: structureOf(written, errors), problems },
  };
}

/** What the schema cannot say. */
function valueProblems(
  config: WrittenConfig,
  place: ConfigPlace,
  file: Parameters<typeof suppressionProblems>[2],
): readonly Problem[] {
  return inOrderOfFile([
    ...globProblems(config, place),
    ...tenantProblems(config, place),
    ...overrideProblems(config, place),
    ...suppressionProblems(config, place, file),
  ]);
}

/** Where a key stands in a file, or an item of a list, as people read it. */
export function placeIn({ document, at }: Pick<ReadFile, 'document' | 'at'>, path: Path): ValueSource {
  const { start } = document.locateKey([...at, ...path]).range;
  return `${document.uri}:${start.line}:${start.column}`;
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
