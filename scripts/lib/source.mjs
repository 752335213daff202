import { join } from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from './opa.mjs';

/**
 * The exports of a TypeScript file of the program, for scripts that make what the program makes. Node 20 runs none.
 * @param {string} path relative to the top of the repository
 */
export async function importSource(path) {
  const { outputFiles } = await build({
    entryPoints: [join(projectRoot, path)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}
