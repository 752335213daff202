import type { Problem } from '../documents/problem.ts';
import type { BundleSource, PolicyBundle } from '../policy/bundle.ts';
import { readArchive, writeArchive, type BundleEntries, type BundleFileName } from './archive.ts';
import {
  BUNDLE_VERSION,
  contentDigest,
  isOfAnotherVersion,
  MODULE,
  plain,
  problemsOfData,
  problemsOfManifest,
  ROOTS,
  type BundleContent,
  type BundleData,
  type BundleManifest,
  type Examples,
} from './bundle-content.ts';
import { canonicalJson } from './canonical-json.ts';
import { readExactJson } from './exact-json.ts';
import { sourceProblem, type SourceProblemCode } from './problem.ts';
import type { Signing } from './signature.ts';
import { readSignature } from './signature-file.ts';

type Refused = { readonly ok: false; readonly problems: readonly Problem[] };

export type BundleFile = {
  readonly ok: true;
  readonly bundle: PolicyBundle;
  readonly examples: Examples;
  /** Who built it, as it says itself. */
  readonly builtWith: string;
  /** Whether it brings a signature. That one of the configured keys made it is for `verifyEntries` to say. */
  readonly isSigned: boolean;
  readonly entries: BundleEntries;
};

type Place = { readonly source: BundleSource; readonly uri: string | null };

/** What every module begins with: the magic number and version 1 (WebAssembly core specification, section 5.5.16). */
const WASM_HEADER = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const MOST_PROBLEMS = 10;

/**
 * A policy bundle as a file: an OPA bundle whose manifest carries the catalogue and examples. The same content gives
 * the same bytes on every machine, but for what a signature adds. What is written is what `readBundleFile` accepts.
 */
export async function writeBundleFile(
  content: BundleContent,
  signing?: Signing,
): Promise<
  { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer>; readonly digest: string } | Refused
> {
  const digest = contentDigest(content);
  const { catalogue, examples, builtWith } = content;
  const manifest: BundleManifest = {
    revision: digest,
    roots: ROOTS,
    wasm: content.entrypoints.toSorted().map((entrypoint) => ({ entrypoint, module: MODULE })),
    metadata: {
      'agentid-lint': { version: BUNDLE_VERSION, digest, catalogue, examples, builtWith },
    },
  };
  const tables: unknown = JSON.parse(content.tables);
  const entries = new Map<BundleFileName, Uint8Array<ArrayBuffer>>([
    ['policy.wasm', content.wasm],
    ['data.json', jsonFile({ agentid: { tables } })],
    ['.manifest', jsonFile(manifest)],
  ]);
  if (signing !== undefined) {
    const { signEntries } = await import('./signature.ts');
    const signed = await signEntries(entries, signing);
    if (!signed.ok) return signed;
    entries.set('.signatures.json', signed.file);
  }
  const bytes = writeArchive(entries);
  const readable = readBundleFile(bytes, { source: { kind: 'bundle', name: '' }, uri: null });
  return readable.ok ? { ok: true, bytes, digest } : readable;
}

/** Reads a policy bundle that may be anybody's: everything in it is checked, and nothing of it is run. */
export function readBundleFile(bytes: Uint8Array, place: Place): BundleFile | Refused {
  const archive = readArchive(bytes, place.uri);
  return archive.ok ? readEntries(archive.entries, place) : archive;
}

function readEntries(entries: BundleEntries, { source, uri }: Place): BundleFile | Refused {
  const refuse = (code: SourceProblemCode, messages: readonly (string | undefined)[]): Refused => ({
    ok: false,
    problems: messages
      .slice(0, MOST_PROBLEMS)
      .map((message) => sourceProblem(code, message === undefined ? {} : { message }, { uri, range: null })),
  });
  const manifestFile = entries.get('.manifest');
  const dataFile = entries.get('data.json');
  const wasm = entries.get('policy.wasm');
  if (manifestFile === undefined || dataFile === undefined || wasm === undefined) {
    const names: readonly BundleFileName[] = ['.manifest', 'data.json', 'policy.wasm'];
    const missing = names.filter((name) => !entries.has(name));
    return refuse('bundle-entry-missing', [`The bundle has no ${missing.join(' and no ')}.`]);
  }
  const manifestJson = readExactJson(manifestFile);
  if (!manifestJson.ok) return refuse('bundle-json', [`.manifest cannot be read: ${manifestJson.reason}.`]);
  const dataJson = readExactJson(dataFile);
  if (!dataJson.ok) return refuse('bundle-json', [`data.json cannot be read: ${dataJson.reason}.`]);
  if (isOfAnotherVersion(manifestJson.value)) return refuse('bundle-version', [undefined]);
  const inFiles = [
    ...problemsOfManifest(manifestJson.value).map((problem) => `.manifest: ${problem}.`),
    ...problemsOfData(dataJson.value).map((problem) => `data.json: ${problem}.`),
    ...(WASM_HEADER.every((byte, at) => wasm[at] === byte) ? [] : ['policy.wasm is no WebAssembly module.']),
  ];
  if (inFiles.length > 0) return refuse('bundle-content', inFiles);
  const { revision, metadata } = manifestJson.value as BundleManifest;
  const { digest, catalogue, examples, builtWith } = metadata['agentid-lint'];
  const tables = canonicalJson((dataJson.value as BundleData).agentid.tables);
  if (digest !== revision || digest !== contentDigest({ wasm, catalogue, examples, tables })) {
    return refuse('bundle-digest-mismatch', [undefined]);
  }
  const signatures = entries.get('.signatures.json');
  const signature = signatures === undefined ? null : readSignature(signatures);
  if (signature?.ok === false) {
    return refuse('bundle-signature-malformed', [`.signatures.json cannot be read: ${signature.reason}.`]);
  }
  const bundle = { source, digest, wasm, catalogue, tables };
  return { ok: true, bundle, examples, builtWith, isSigned: signature !== null, entries };
}

function jsonFile(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${canonicalJson(plain(value))}\n`);
}
