import { existsSync, readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { CompilerUnavailableError } from './errors.ts';

// This file and the bundled package are both one folder below the package. Also when the sources run, as tests do, the
// worker is the built one: Node 20 runs no TypeScript.
const ARTIFACT = new URL('../dist/opa.wasm.br', import.meta.url);
const RECORD = new URL('../compiler.json', import.meta.url);
export const WORKER = new URL('../dist/worker.js', import.meta.url);

/** What the committed record says about the artifact. */
export type ArtifactRecord = {
  /** Version of OPA. */
  readonly opa: string;
  /** Version of Go that it is built with. */
  readonly go: string;
  /** `sha256:` and the hexadecimal digest of the uncompressed module. */
  readonly digest: string;
  /** Bytes of the uncompressed module. */
  readonly size: number;
};

/** What the artifact is, without loading it. */
export function artifactRecord(): ArtifactRecord {
  return JSON.parse(readFileSync(RECORD, 'utf8')) as ArtifactRecord;
}

/** @throws {CompilerUnavailableError} when the artifact was not built */
export function requireArtifact(): void {
  if (existsSync(ARTIFACT) && existsSync(WORKER)) return;
  throw new CompilerUnavailableError(
    'the Rego compiler is not built here: run "npm run build:compiler", which needs Go',
  );
}

/** The compiler as a module. */
export function loadArtifact(): WebAssembly.Module {
  // In one piece of the right size, so that it is not copied together.
  return new WebAssembly.Module(
    brotliDecompressSync(readFileSync(ARTIFACT), { chunkSize: artifactRecord().size }),
  );
}
