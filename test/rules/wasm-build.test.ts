import { expect, test } from 'vitest';
import type { Compiler, TestResult } from '../../packages/opa-compiler/src/types.ts';
import { compileTests } from '../../src/rules/test/wasm-build.ts';
import { testWorld } from '../../src/rules/test/world.ts';
import { LIBRARY } from '../support/compile-rules.ts';

const WORLD = testWorld(
  { uri: 'rules', root: '/rules', rules: [], libs: [], tests: [], examples: [], tables: [] },
  LIBRARY,
);

const TESTS = ['a', 'b', 'c', 'd', 'e'].map((name): TestResult => {
  const told = { error: null, output: '', cases: {}, failure: null };
  return {
    file: 'a.rego',
    row: 1,
    package: 'data.agentid.a_test',
    name: `test_${name}`,
    outcome: 'pass',
    ...told,
  };
});

/** Refuses some tests without saying where, as OPA's planner does. */
function compilerRefusing(...names: readonly string[]) {
  const builds: number[] = [];
  const compiler: Pick<Compiler, 'build' | 'parse' | 'builtins'> = {
    builtins: () => Promise.resolve([]),
    parse: () => Promise.resolve({ ok: true, trees: {} }),
    build: ({ modules, entrypoints }) => {
      builds.push(entrypoints.length);
      const main = modules['built-in/tests.rego'] ?? '';
      const refused = names.filter((name) => main.includes(name));
      const problem = { file: null, row: null, column: null, code: 'opa_error', candidates: [] };
      return Promise.resolve(
        refused.length > 0
          ? { ok: false, problems: [{ ...problem, message: `cannot plan ${refused.join()}` }] }
          : { ok: true, wasm: new Uint8Array([1]), builtins: [], annotations: [] },
      );
    },
  };
  return { compiler: compiler as Compiler, builds };
}

async function compiled(...names: readonly string[]) {
  const { compiler, builds } = compilerRefusing(...names);
  const { capabilities } = LIBRARY;
  const { wasm, entrypoints, refused } = await compileTests(TESTS, WORLD, { compiler, capabilities });
  const name = (key: string) => key.replace('data.agentid.a_test.', '');
  return {
    wasm: wasm?.length ?? null,
    entrypoints: [...entrypoints].map(([key, entrypoint]) => `${name(key)} ${entrypoint}`),
    refused: [...refused].map(([key, { message }]) => `${name(key)} ${message}`),
    builds: builds.length,
  };
}

test('tests that nobody refuses are built at once', async () => {
  expect(await compiled()).toMatchObject({ wasm: 1, refused: [], builds: 1 });
});

test('those that are refused without a place are found, and the others are built', async () => {
  expect(await compiled('test_b', 'test_e')).toMatchObject({
    wasm: 1,
    entrypoints: ['test_a agentid/main/test_0', 'test_c agentid/main/test_1', 'test_d agentid/main/test_2'],
    refused: ['test_b Cannot plan test_b.', 'test_e Cannot plan test_e.'],
  });
});

test('when it is not about the tests, all of them are refused without trying each', async () => {
  const everything = 'package agentid.main';
  const { wasm, refused, builds } = await compiled(everything);
  expect({ wasm, refused: refused.length, builds }).toEqual({ wasm: null, refused: 5, builds: 2 });
});
