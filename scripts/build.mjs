/** Bundles the command line and the library into `dist/`. `npm run build` compiles the schemas first. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { thirdPartyNotices } from './lib/notices.mjs';
import { projectRoot } from './lib/opa.mjs';

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
const outdir = join(projectRoot, 'dist');
rmSync(outdir, { recursive: true, force: true });

const result = await build({
  absWorkingDir: projectRoot,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // jsonc-parser's UMD build cannot be bundled.
  mainFields: ['module', 'main'],
  define: { __VERSION__: JSON.stringify(version) },
  minify: true,
  legalComments: 'none',
  metafile: true,
  plugins: [withoutHostFunctions(), stableShapes()],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
writeFileSync(join(outdir, 'THIRD_PARTY_NOTICES.txt'), thirdPartyNotices(result.metafile));

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

/**
 * js-yaml makes its parser state with an object spread. V8 in Node 20 gives every such object a hidden class of its
 * own, which makes parsing three times as slow; assignments in its place do not.
 */
function stableShapes() {
  return {
    name: 'stable-shapes',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]js-yaml[\\/]dist[\\/]js-yaml\.mjs$/ }, async ({ path }) => {
        const { code } = await transform(readFileSync(path, 'utf8'), { supported: { 'object-rest-spread': false } });
        return { contents: code };
      });
    },
  };
}
