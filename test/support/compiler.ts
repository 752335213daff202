import { existsSync } from 'node:fs';

const ARTIFACT = new URL('../../packages/opa-compiler/dist/opa.wasm.br', import.meta.url);

/**
 * Whether `npm run build:compiler` has run here. Where the environment says that it must have (CI), its absence is an
 * error and not a reason to skip tests.
 */
export function compilerIsBuilt(): boolean {
  const isBuilt = existsSync(ARTIFACT);
  if (!isBuilt && process.env['AGENTID_LINT_REQUIRE_COMPILER'] === '1')
    throw new Error('the compiler is not built: run npm run build:compiler');
  return isBuilt;
}
