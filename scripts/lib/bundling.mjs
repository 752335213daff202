import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';

/** Packages that are no ES modules call `require`, which an ES module does not have by itself. */
export const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** What every bundle of the program is built with. */
export function housePlugins() {
  return [withoutHostFunctions(), withoutProcesses(), stableShapes()];
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
