import { toPointer } from '../documents/pointer.ts';
import type { Finding } from '../findings/finding.ts';
import { compareCodePoints } from '../util/code-points.ts';
import { inertJson } from './inert-json.ts';
import { rootedRef } from './rooted-ref.ts';
import type { Baseline, BaselineEntry } from './types.ts';

/** The first line of a baseline. */
export const HEADER = '{"baseline":"agentid-lint","version":1,"fingerprint":"v1"}';

/** The last one: it sorts behind every entry, and a file that was cut short has none. */
export const END_MARK = '{"~":"end"}';

/** An entry that stands in no file yet. */
export type NewEntry = Omit<BaselineEntry, 'line'>;

/**
 * The entries of findings: what a baseline keeps of each. Neither lines of files nor places in lists decide what it knows.
 * `base` is the working directory of the run seen from the root of its repository.
 */
export function entriesOf(findings: readonly Finding[], base: string): readonly NewEntry[] {
  return findings.map(({ rule, resource, path, fingerprint }) => ({
    rule,
    resource: rootedRef(resource.ref, base),
    at: toPointer(path),
    fingerprint,
  }));
}

/**
 * The text of a baseline: a header, a line an entry, an end mark. Equal entries give equal bytes in whatever order they
 * are; a line depends on its entry alone, so that version control merges what two branches add.
 */
export function writeBaseline(entries: readonly NewEntry[]): string {
  const lines = new Set(entries.map(lineOf));
  return textOf([...lines], '\n');
}

/** The text of a baseline with more entries; every line that it has stays as it is. */
export function withEntries(text: string, entries: readonly NewEntry[]): string {
  const known = new Set(bodyOf(text));
  for (const entry of entries) known.add(lineOf(entry));
  return textOf([...known], lineBreakOf(text));
}

/** The text of a baseline without some of its entries; everything else stays byte for byte. */
export function withoutEntries(text: string, entries: readonly Pick<BaselineEntry, 'line'>[]): string {
  const removed = new Set(entries.map(({ line }) => line));
  return text
    .split(/(?<=\n)/)
    .filter((_line, index) => !removed.has(index + 1))
    .join('');
}

/** Whether a baseline knows a finding, under whatever name its rule has had. */
export function knows({ entries }: Baseline, finding: Finding): boolean {
  return [finding.fingerprint, ...finding.formerFingerprints].some((fingerprint) => entries.has(fingerprint));
}

function lineOf({ rule, resource, at, fingerprint }: NewEntry): string {
  return inertJson({ rule, resource, at, fingerprint });
}

function textOf(body: readonly string[], lineBreak: string): string {
  return [HEADER, ...body.toSorted(compareCodePoints), END_MARK].map((line) => line + lineBreak).join('');
}

/** The lines between the header and the end mark. */
function bodyOf(text: string): readonly string[] {
  return text.split(/\r?\n/).slice(1, -2);
}

function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
