/**
 * Bundles the GitHub Action into `action/`, which is committed: a step that uses it installs nothing. The same sources give
 * the same bytes.
 *
 *   npm run build:action              write the folder
 *   npm run build:action -- --check   fail when the committed folder is out of date
 */
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { housePlugins, requireBanner } from './lib/bundling.mjs';
import { thirdPartyNotices } from './lib/notices.mjs';
import { projectRoot } from './lib/opa.mjs';

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
const committed = join(projectRoot, 'action');
const compiler = join(projectRoot, 'packages', 'opa-compiler');
const WASM = 'opa-compiler/opa.wasm.br';
/** Where sources name what the package has in its folders, the Action has it in its own. */
const PLACES = [
  { file: /[\\/]src[\\/]policy-worker\.ts$/, from: "'../dist/policy-worker.js'", to: "'./policy-worker.js'" },
  {
    file: /[\\/]opa-compiler[\\/]src[\\/]artifact\.ts$/,
    from: "'../dist/opa.wasm.br'",
    to: "'./opa.wasm.br'",
  },
  { file: /[\\/]opa-compiler[\\/]src[\\/]artifact\.ts$/, from: "'../dist/worker.js'", to: "'./worker.js'" },
  {
    file: /[\\/]opa-compiler[\\/]src[\\/]artifact\.ts$/,
    from: "'../compiler.json'",
    to: "'./compiler.json'",
  },
];

const check = process.argv.includes('--check');

// Built beside it and put in place at once: tests that run it meanwhile have the old one whole.
const outdir = mkdtempSync(join(projectRoot, 'dist-'));
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));

// Files that share nothing: each has a name of its own that no change of another one changes.
const bundles = [
  await bundle({ index: 'src/action/main.ts' }, [beside('artifact-client'), inThisFolder()]),
  await bundle({ 'artifact-client': 'src/action/artifact-client.ts' }),
  await bundle({ 'policy-worker': 'src/policy/worker.ts' }),
  await bundle({ 'opa-compiler/index': 'packages/opa-compiler/src/index.ts' }, [inThisFolder()]),
  await bundle({ 'opa-compiler/worker': 'packages/opa-compiler/src/wasm/worker.ts' }, [inThisFolder()]),
];
writeFileSync(
  join(outdir, 'THIRD_PARTY_NOTICES.txt'),
  thirdPartyNotices(bundles.map(({ metafile }) => metafile)),
);
addCompiler();

if (check) failOnDrift();
else {
  rmSync(committed, { recursive: true, force: true });
  // A temporary folder is for its owner alone.
  chmodSync(outdir, 0o755);
  renameSync(outdir, committed);
}

function bundle(entryPoints, plugins = []) {
  return build({
    absWorkingDir: projectRoot,
    entryPoints,
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    define: { __VERSION__: JSON.stringify(version) },
    minify: true,
    legalComments: 'none',
    metafile: true,
    plugins: [...housePlugins(), ...plugins],
    banner: { js: requireBanner },
  });
}

/** A module that is large and seldom used stays a file of its own. */
function beside(name) {
  return {
    name: `${name}-beside`,
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`/${name}\\.ts$`) }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: `./${name}.js`, external: true } : undefined,
      );
    },
  };
}

function inThisFolder() {
  return {
    name: 'in-this-folder',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^@agentid-lint\/opa-compiler$/ }, () => ({
        path: './opa-compiler/index.js',
        external: true,
      }));
      onLoad({ filter: /[\\/](?:policy-worker|artifact)\.ts$/ }, ({ path }) => {
        const places = PLACES.filter(({ file }) => file.test(path));
        let contents = readFileSync(path, 'utf8');
        for (const { from, to } of places) {
          if (!contents.includes(from)) throw new Error(`${path} does not name ${from} any more`);
          contents = contents.replace(from, to);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** `npm run build:compiler` makes it; without Go, what is committed stays. */
function addCompiler() {
  const record = join(compiler, 'compiler.json');
  copyFileSync(record, join(outdir, 'opa-compiler', 'compiler.json'));
  const { digest } = JSON.parse(readFileSync(record, 'utf8'));
  const built = join(compiler, 'dist', 'opa.wasm.br');
  // Packing differs between versions of Node, and what is in it counts.
  const source = [join(committed, WASM), built].find((path) => existsSync(path) && digestOf(path) === digest);
  if (source === undefined) throw new Error('the Rego compiler is not built: npm run build:compiler');
  copyFileSync(source, join(outdir, WASM));
}

function digestOf(path) {
  return `sha256:${createHash('sha256')
    .update(brotliDecompressSync(readFileSync(path)))
    .digest('hex')}`;
}

function failOnDrift() {
  const [now, then] = [filesOf(outdir), existsSync(committed) ? filesOf(committed) : []];
  const names = [...new Set([...now, ...then])].sort();
  const other = names.filter(
    (name) =>
      !now.includes(name) ||
      !then.includes(name) ||
      !readFileSync(join(outdir, name)).equals(readFileSync(join(committed, name))),
  );
  if (other.length === 0) return;
  for (const name of other) console.error(`out of date: action/${name}`);
  console.error('Run npm run build:action and commit the result.');
  process.exit(1);
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
}
