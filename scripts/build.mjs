/** Bundles the command line and the library into `dist/`. `npm run build` compiles the schemas first. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { thirdPartyNotices } from './lib/notices.mjs';
import { projectRoot } from './lib/opa.mjs';

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
const outdir = join(projectRoot, 'dist');
rmSync(outdir, { recursive: true, force: true });

// Two bundles that share nothing: a module that both used would be one more file for the command line to open.
const bundles = [await bundle('cli', 'src/cli/main.ts'), await bundle('index', 'src/index.ts')];
writeFileSync(
  join(outdir, 'THIRD_PARTY_NOTICES.txt'),
  thirdPartyNotices(bundles.map(({ metafile }) => metafile)),
);

/** Parts that are imported dynamically become files of their own, loaded when they are used. */
function bundle(name, entry) {
  return build({
    absWorkingDir: projectRoot,
    entryPoints: { [name]: entry },
    outdir,
    chunkNames: `${name}-[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    define: { __VERSION__: JSON.stringify(version) },
    minify: true,
    legalComments: 'none',
    metafile: true,
    plugins: [withoutHostFunctions(), withoutProcesses(), stableShapes()],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
}

/**
 * The WASM SDK loads YAML and sprintf libraries for built-in functions that our capabilities file excludes;
 * left out, a run starts 15 ms sooner. The engine refuses a policy that needs one.
 */
function withoutHostFunctions() {
  return {
    name: 'without-host-functions',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/builtins\/index$/ }, ({ importer }) =>
        importer.includes('opa-wasm') ? { path: 'no-host-functions', namespace: 'stub' } : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'module.exports = {};' }));
    },
  };
}

/** commander can start programs as sub-commands; ours are all built in, and linting starts nothing. */
function withoutProcesses() {
  return {
    name: 'without-processes',
    setup({ onResolve }) {
      onResolve({ filter: /^(?:node:)?child_process$/ }, ({ importer }) =>
        /[\\/]commander[\\/]/.test(importer) ? { path: 'no-processes', namespace: 'stub' } : undefined,
      );
    },
  };
}

/**
 * js-yaml makes its parser state with an object spread. V8 in Node 20 gives every such object a hidden class of its
 * own, which makes parsing three times as slow; assignments in its place do not.
 */
function stableShapes() {
  return {
    name: 'stable-shapes',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]js-yaml[\\/]dist[\\/]js-yaml\.mjs$/ }, async ({ path }) => {
        const { code } = await transform(readFileSync(path, 'utf8'), {
          supported: { 'object-rest-spread': false },
        });
        return { contents: code };
      });
    },
  };
}
