/** Bundles the command line and the library into `dist/`. `npm run build` compiles the schemas first. */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build } from 'esbuild';
import { housePlugins, requireBanner } from './lib/bundling.mjs';
import { thirdPartyNotices } from './lib/notices.mjs';
import { projectRoot } from './lib/opa.mjs';

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
const dist = join(projectRoot, 'dist');
// Built beside it and put in place at once: whoever runs the program meanwhile has the old one whole.
const outdir = mkdtempSync(join(projectRoot, 'dist-'));
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));

/** Parts of the program that most runs have none of: a pattern of the modules that are imported dynamically. */
const PARTS = {
  'own-rules': /^src\/((?:sources|rules)\/.*|config\/own-settings|cache)\.ts$/,
  tenant: /^src\/(tenant\/.*|scan|collect|permissions|doctor|sign-in)\.ts$/,
  saved: /^src\/(report|previous)\.ts$/,
  changes: /^src\/(changes\/.*)\.ts$/,
  history: /^src\/(history|reporters\/trend)\.ts$/,
  frameworks: /^src\/(framework)\.ts$/,
  suppressions: /^src\/(suppression-files|suppressions\/(?:apply|inline|marks|values))\.ts$/,
  // All formats but the one that most runs write.
  formats: /^src\/reporters\/(?!pretty\.)([\w-]+)\.ts$/,
};
/** Those modules by the name of the file that they become, part by part. */
const apart = Object.fromEntries(Object.keys(PARTS).map((part) => [part, new Map()]));

// Bundles that share nothing: a module that two used would be one more file for the command line to open.
const bundles = [
  await bundle('cli', { cli: 'src/cli/main.ts' }),
  await bundle('index', { index: 'src/index.ts' }),
  await bundle('policy-worker', { 'policy-worker': 'src/policy/worker.ts' }),
];
// It may name modules of own rules itself.
if (apart.tenant.size > 0)
  bundles.push(await bundle('tenant', Object.fromEntries(apart.tenant), ['own-rules']));
bundles.push(
  await bundle('saved', Object.fromEntries(apart.saved)),
  await bundle('suppressions', Object.fromEntries(apart.suppressions)),
  await bundle('changes', Object.fromEntries(apart.changes)),
  await bundle('history', Object.fromEntries(apart.history)),
  await bundle('frameworks', Object.fromEntries(apart.frameworks)),
  await bundle('formats', Object.fromEntries(apart.formats)),
);
// A run that lints with own rules opens files of the first only.
const forAuthors = ([name]) => /^own-rules-(?:rules-|sources-library)/.test(name);
const entries = [...apart['own-rules']];
bundles.push(
  await bundle('own-rules', Object.fromEntries(entries.filter((entry) => !forAuthors(entry))), []),
  await bundle('authors', Object.fromEntries(entries.filter(forAuthors)), []),
);
writeFileSync(
  join(outdir, 'THIRD_PARTY_NOTICES.txt'),
  thirdPartyNotices(bundles.map(({ metafile }) => metafile)),
);

await bundleCompiler();

rmSync(dist, { recursive: true, force: true });
// A temporary folder is for its owner alone.
chmodSync(outdir, 0o755);
renameSync(outdir, dist);

/** The workspace package of the Rego compiler. Its WebAssembly, which `npm run build:compiler` puts beside, stays. */
async function bundleCompiler() {
  const home = join(projectRoot, 'packages', 'opa-compiler');
  for (const name of existsSync(join(home, 'dist')) ? readdirSync(join(home, 'dist')) : [])
    if (name.endsWith('.js')) rmSync(join(home, 'dist', name));
  await build({
    absWorkingDir: home,
    entryPoints: { index: 'src/index.ts', worker: 'src/wasm/worker.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
  });
}

/** Parts that are imported dynamically become files of their own, loaded when they are used. */
function bundle(name, entryPoints, without = Object.keys(PARTS)) {
  return build({
    absWorkingDir: projectRoot,
    entryPoints,
    outdir,
    chunkNames: `${name}-[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['@agentid-lint/opa-compiler'],
    define: { __VERSION__: JSON.stringify(version) },
    minify: true,
    legalComments: 'none',
    metafile: true,
    plugins: [...housePlugins(), ...without.map(partApart)],
    banner: { js: requireBanner },
  });
}

/**
 * Compiling, fetching and testing own rules is half of the program, reading a tenant another, and most runs have none of
 * it. Each becomes a bundle of its own: otherwise every module that it has in common with the rest would be a file of its
 * own for every run to open. What crosses over is plain values: a class would be there twice, and `instanceof` would fail.
 */
function partApart(part) {
  return {
    name: `${part}-apart`,
    setup({ onResolve }) {
      onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ kind, path, resolveDir }) => {
        const module = relative(projectRoot, resolve(resolveDir, path)).replaceAll(sep, '/');
        const name = PARTS[part].exec(module)?.[1]?.replaceAll('/', '-');
        if (kind !== 'dynamic-import' || name === undefined) return undefined;
        apart[part].set(`${part}-${name}`, module);
        return { path: `./${part}-${name}.js`, external: true };
      });
    },
  };
}
