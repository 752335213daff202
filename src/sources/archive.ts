import { compareCodePoints } from '../documents/code-points.ts';
import type { Problem } from '../documents/problem.ts';
import { gunzip, gzipStored } from './gzip.ts';
import { sourceProblem, type SourceProblemCode } from './problem.ts';
import { readTarEntry, writeTar, type TarEntry } from './tar.ts';

/** The only files that a policy bundle may hold. */
export const BUNDLE_FILES = ['.manifest', '.signatures.json', 'data.json', 'policy.wasm'] as const;

export type BundleFileName = (typeof BUNDLE_FILES)[number];

/** The files of a policy bundle by name, without the leading slash that they have in the archive. */
export type BundleEntries = ReadonlyMap<BundleFileName, Uint8Array<ArrayBuffer>>;

export type ArchiveReading =
  | { readonly ok: true; readonly entries: BundleEntries }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const MEBIBYTE = 1024 * 1024;

/** The largest bundle file that is looked at, and the most that it may unpack to. */
const MAX_PACKED_BYTES = 16 * MEBIBYTE;
const MAX_UNPACKED_BYTES = 32 * MEBIBYTE;
/** The largest JSON file in it: to know where each value stands takes up to a hundred times as much memory. */
const MAX_JSON_BYTES = 4 * MEBIBYTE;

const LONGEST_NAME_SHOWN = 60;
const ROOT = './';

/**
 * Reads the archive of a policy bundle in memory; nothing is ever unpacked to disk. It may be anybody's: everything
 * but regular files of the four known names, each at most once, is refused at the first sight of it. `uri` is what
 * problems name.
 */
export function readArchive(bytes: Uint8Array, uri: string | null): ArchiveReading {
  const refuse = (code: SourceProblemCode, message?: string): ArchiveReading => ({
    ok: false,
    problems: [sourceProblem(code, message === undefined ? {} : { message }, { uri, range: null })],
  });
  if (bytes.length > MAX_PACKED_BYTES)
    return refuse('bundle-too-large', tooLarge('The bundle', MAX_PACKED_BYTES));
  const unpacked = gunzip(bytes, MAX_UNPACKED_BYTES);
  if (!unpacked.ok) {
    if (unpacked.fault === 'not-gzip') return refuse('bundle-not-gzip');
    if (unpacked.fault === 'too-large')
      return refuse('bundle-too-large', tooLarge('The unpacked bundle', MAX_UNPACKED_BYTES));
    return refuse('bundle-damaged', `The archive is damaged: ${unpacked.reason}.`);
  }
  const entries = new Map<BundleFileName, Uint8Array<ArrayBuffer>>();
  const seen = new Set<string>();
  for (let at = 0; ;) {
    const step = readTarEntry(unpacked.bytes, at);
    if (!step.ok) return refuse('bundle-damaged', `The archive is damaged: ${step.reason}.`);
    if (step.entry === null) return { ok: true, entries };
    const { name: written, kind, content, next } = step.entry;
    // `tar czf bundle.tar.gz .` begins with the folder itself.
    const isRoot = kind === 'folder' && written === ROOT && content.length === 0;
    const name = bundleFileName(written);
    if (!isRoot && (name === null || kind !== 'file')) {
      return refuse('bundle-entry-refused', whyRefused(step.entry));
    }
    const key = name ?? ROOT;
    if (seen.has(key)) return refuse('bundle-entry-refused', `The archive holds ${shown(written)} twice.`);
    seen.add(key);
    if (name !== 'policy.wasm' && content.length > MAX_JSON_BYTES)
      return refuse('bundle-too-large', tooLarge(key, MAX_JSON_BYTES));
    if (name !== null) entries.set(name, new Uint8Array(content));
    at = next;
  }
}

/** An archive of these files that OPA reads too: the same bytes for the same files, on every machine. */
export function writeArchive(entries: BundleEntries): Uint8Array<ArrayBuffer> {
  const sorted = [...entries].sort(([a], [b]) => compareCodePoints(a, b));
  return gzipStored(writeTar(sorted.map(([name, content]) => [`/${name}`, content])));
}

/**
 * The bundle file that a name in an archive or a signature means, or `null`. OPA writes `/policy.wasm`, and tar
 * programs write `./policy.wasm` or `policy.wasm`.
 */
export function bundleFileName(written: string): BundleFileName | null {
  const name = written.replace(/^(?:\.?\/)?/, '');
  return BUNDLE_FILES.find((known) => known === name) ?? null;
}

function whyRefused({ name, kind, kindInWords }: TarEntry): string {
  const why = kind === 'file' ? 'is no file of a policy bundle' : `is not a regular file but ${kindInWords}`;
  return `The archive holds ${shown(name)}, which ${why}.`;
}

/** A name from an archive, in a message: short, printable and marked as not ours. */
function shown(name: string): string {
  const printable = name.replace(
    /[^ -~]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${printable.length > LONGEST_NAME_SHOWN ? `${printable.slice(0, LONGEST_NAME_SHOWN)}…` : printable}"`;
}

function tooLarge(what: string, limit: number): string {
  return `${what} has more than ${limit / MEBIBYTE} MiB.`;
}
