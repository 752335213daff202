/**
 * Builds OPA's compiler to WebAssembly: `packages/opa-compiler/go` → `packages/opa-compiler/dist/opa.wasm.br`. Needs Go;
 * the version that `go.mod` pins is fetched when another one is installed. The build is reproducible: its digest stands
 * in `packages/opa-compiler/compiler.json`, and another one is an error.
 *
 *   npm run build:compiler                 build, unless what is there is up to date
 *   npm run build:compiler -- --rebuild    build in any case, and compare
 *   npm run build:compiler -- --record     build and write the digest down, after a change of the sources or of a version
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { projectRoot } from './lib/opa.mjs';

const home = join(projectRoot, 'packages', 'opa-compiler');
const sources = join(home, 'go');
const recordFile = join(home, 'compiler.json');
const artifact = join(home, 'dist', 'opa.wasm.br');
const isRecording = process.argv.includes('--record');
const isForced = isRecording || process.argv.includes('--rebuild');

const versions = pinnedVersions();
const recorded = existsSync(recordFile) ? JSON.parse(readFileSync(recordFile, 'utf8')) : {};
if (
  !isForced &&
  existsSync(artifact) &&
  digestOf(brotliDecompressSync(readFileSync(artifact))) === recorded.digest
) {
  console.log(`up to date: ${recorded.digest}`);
} else {
  build();
}

function build() {
  console.error(`building OPA ${versions.opa} with Go ${versions.go} (a minute or two) …`);
  const wasm = compiled();
  const record = { ...versions, digest: digestOf(wasm), size: wasm.length };
  if (isRecording) writeFileSync(recordFile, `${JSON.stringify(record, null, 2)}\n`);
  else if (record.digest !== recorded.digest) {
    console.error(
      `built ${record.digest}, but compiler.json says ${recorded.digest}. After a change on purpose: npm run build:compiler -- --record`,
    );
    process.exit(1);
  }
  const packed = brotliCompressSync(wasm, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
    },
  });
  mkdirSync(join(home, 'dist'), { recursive: true });
  writeFileSync(`${artifact}.new`, packed);
  renameSync(`${artifact}.new`, artifact);
  console.log(`built: ${wasm.length} bytes, ${packed.length} packed, ${record.digest}`);
}

function compiled() {
  const folder = mkdtempSync(join(tmpdir(), 'opa-compiler-'));
  try {
    const output = join(folder, 'opa.wasm');
    const { status, error } = spawnSync(
      'go',
      [
        'build',
        '-trimpath',
        '-buildvcs=false',
        '-buildmode=c-shared',
        '-ldflags=-s -w -buildid=',
        '-o',
        output,
        '.',
      ],
      {
        cwd: sources,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          ...process.env,
          GOOS: 'wasip1',
          GOARCH: 'wasm',
          CGO_ENABLED: '0',
          GOFLAGS: '-mod=readonly',
          GOEXPERIMENT: '',
          GOWASM: '',
          GOTOOLCHAIN: `go${versions.go}`,
        },
      },
    );
    if (error) throw new Error(`cannot run go: ${error.message}. Install Go (https://go.dev).`);
    if (status !== 0) throw new Error('go build failed');
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pinnedVersions() {
  const text = readFileSync(join(sources, 'go.mod'), 'utf8');
  return {
    opa: /^\s*(?:require )?github\.com\/open-policy-agent\/opa v(\S+)/m.exec(text)[1],
    go: /^toolchain go(\S+)/m.exec(text)[1],
  };
}

function digestOf(bytes) {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
