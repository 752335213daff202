import { afterAll, describe, expect, test } from 'vitest';
import { openCompiler } from '@agentid-lint/opa-compiler';
import { executable } from '../../scripts/lib/opa.mjs';
import { builtInModules, capabilities, REQUESTS } from '../compiler/samples.ts';
import { compilerIsBuilt } from '../support/compiler.ts';

/** The compiler as WebAssembly and as an executable are one and the same OPA. */
describe.skipIf(!compilerIsBuilt())('the two ways to run OPA', () => {
  const wasm = openCompiler();
  const opa = openCompiler({ opa: executable('opa') });
  afterAll(() => wasm.close());

  test.each(REQUESTS)('give the same answer: %s', async (_, ask) => {
    expect(await ask(wasm)).toEqual(await ask(opa));
  });

  test('build the same bytes out of all built-in rules', async () => {
    const modules = Object.fromEntries(
      Object.entries(builtInModules()).filter(([name]) => !name.endsWith('_test.rego')),
    );
    const kinds = /^(\w+) := \[judgement/gm;
    const entrypoints = [...(modules['policies/main.rego'] ?? '').matchAll(kinds)].map(
      ([, kind = '']) => `agentid/main/${kind}`,
    );
    expect(entrypoints.length).toBeGreaterThan(8);
    const request = { modules, capabilities, entrypoints };
    const ours = await wasm.build(request);
    expect(ours.ok).toBe(true);
    expect(ours).toEqual(await opa.build(request));
  });

  test('run all tests of the built-in rules alike', async () => {
    const { readTables } = await import('../../scripts/lib/tables.mjs');
    const request = {
      modules: builtInModules(),
      data: { agentid: { tables: readTables() } },
      coverage: true,
    };
    const ours = await wasm.test(request);
    expect(ours.ok && ours.results.length).toBeGreaterThan(400);
    expect(ours).toEqual(await opa.test(request));
  }, 180_000);
});
