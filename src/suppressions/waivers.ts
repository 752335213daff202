import type { SourceDocument } from '../documents/document.ts';
import { parseText } from '../documents/parse.ts';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { rangeAt } from '../documents/text-lines.ts';
import { wellFormed } from '../findings/well-formed.ts';
import { clock } from './moment.ts';
import { overlaps } from './overlaps.ts';
import { suppressionProblem } from './problem.ts';
import { ruleNames } from './rule-names.ts';
import type { SuppressibleRule, SuppressionPolicy, WaiversFile } from './types.ts';
import { readWaiver, type Reading, type WrittenWaiver } from './waiver.ts';
import { schemaProblems } from './waivers-schema.ts';

/** What entries of a waivers file are held against. */
export type WaiversWorld = {
  /** Every rule of the run, with its setting at the top of the config. */
  readonly rules: readonly (SuppressibleRule & { readonly waivable: boolean })[];
  readonly policy: SuppressionPolicy;
  /** RFC 3339: the clock of the run. */
  readonly now: string;
  /** The working directory seen from the folder that `file` is relative to: forward slashes, empty when they are the same. */
  readonly base: string;
};

export type WaiversInput = {
  /** Path of the waivers file, relative to the working directory. */
  readonly uri: string;
  /** As `decode` gives it. */
  readonly text: string;
  readonly world: WaiversWorld;
};

export type WaiversRead =
  | { readonly ok: true; readonly file: WaiversFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * The waivers that a text has; all of them or none. Nothing of it holds when anything is wrong, and a text that was cut
 * anywhere waives no more than it did: it is refused, or its last entries are missing.
 * @throws {TypeError} when `now` is no timestamp
 */
export function readWaivers({ uri, text, world }: WaiversInput): WaiversRead {
  const cutShort = text.endsWith('\n') ? [] : [unfinished(uri, text)];
  const parsed = parseText({ uri, text, language: 'yaml' });
  const [document, second] = parsed.documents;
  if (parsed.problems.length > 0 || document === undefined)
    return { ok: false, problems: inOrder([...parsed.problems, ...cutShort]) };
  if (second !== undefined) return { ok: false, problems: [severalDocuments(second), ...cutShort] };
  const faults = schemaProblems(document);
  if (faults.length > 0) return { ok: false, problems: inOrder([...faults, ...cutShort]) };
  const { entries, problems } = readEntries(document, world);
  const all = [...problems, ...cutShort];
  return all.length > 0 ? { ok: false, problems: inOrder(all) } : { ok: true, file: { uri, entries } };
}

function readEntries(document: SourceDocument, world: WaiversWorld) {
  const waivable = new Set(world.rules.flatMap(({ id, waivable: may }) => (may ? [id] : [])));
  const reading: Reading = {
    ...world,
    document,
    rules: ruleNames(world.rules),
    isWaivable: (rule) => waivable.has(rule),
    now: clock(world.now),
  };
  // The schema has just said that it has this form.
  const { waivers } = document.data as { readonly waivers: readonly WrittenWaiver[] };
  const read = waivers.map((written, index) => readWaiver(written, ['waivers', index], reading));
  const entries = read.flatMap(({ waiver }) => (waiver === null ? [] : [wellFormed(waiver)]));
  const problems = read.flatMap((each) => each.problems);
  // What one entry is about is known only when all of it could be read.
  if (problems.length > 0) return { entries, problems };
  const placeOf = (index: number): Path => ['waivers', index];
  return { entries, problems: overlaps(entries, (index) => document.locate(placeOf(index)).range) };
}

function unfinished(uri: string, text: string): Problem {
  return suppressionProblem('waiver-cut-short', { uri, range: rangeAt(text, text.length, text.length) });
}

function severalDocuments(second: SourceDocument): Problem {
  const { range } = second.locate([]);
  return suppressionProblem('waiver-several-documents', { uri: second.uri, range });
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((one, other) => (one.range?.start.offset ?? 0) - (other.range?.start.offset ?? 0));
}
