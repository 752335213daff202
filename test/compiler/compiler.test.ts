import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CompilerFaultError,
  CompilerUnavailableError,
  compilerIdentity,
  openCompiler,
  type Compiler,
} from '@agentid-lint/opa-compiler';
import { compilerIsBuilt } from '../support/compiler.ts';
import { ENDINGS, capabilities } from './samples.ts';

describe.skipIf(!compilerIsBuilt())('the compiler', () => {
  let compiler: Compiler;
  beforeAll(() => {
    compiler = openCompiler();
  });
  afterAll(() => compiler.close());

  test('says what it is without being started', () => {
    expect(compiler.identity).toMatch(/^opa \d+\.\d+\.\d+ \(wasm sha256:[0-9a-f]{64}\)$/);
    expect(compilerIdentity()).toBe(compiler.identity);
  });

  test('names the place of a misspelt property and what is there', async () => {
    const answer = await compiler.check({
      modules: { 'a.rego': 'package a\n\np if count(input.sponsers) == 0\n' },
      inputSchema: { type: 'object', properties: { sponsors: {} } },
    });
    expect(answer).toEqual({
      ok: false,
      problems: [
        {
          file: 'a.rego',
          row: 3,
          column: 12,
          code: 'rego_type_error',
          message: 'undefined ref: input.sponsers',
          candidates: ['sponsors'],
        },
      ],
    });
  });

  test('builds a module, with the functions and the METADATA in it', async () => {
    const built = await compiler.build({
      modules: ENDINGS,
      capabilities,
      entrypoints: ['agentid/acme/naming/findings'],
    });
    expect(built).toMatchObject({
      ok: true,
      builtins: ['count', 'equal', 'gt', 'lt', 'plus', 'print', 'startswith'],
      annotations: [
        {
          annotations: { title: 'Naming', custom: { severity: 'low' }, scope: 'package' },
          location: { file: 'acme/naming.rego', row: 5 },
        },
      ],
    });
    expect(built.ok && [...built.wasm.subarray(0, 4)]).toEqual([0, 0x61, 0x73, 0x6d]);
  });

  test('tells for each failing test what it compared', async () => {
    const tested = await compiler.test({ modules: ENDINGS, data: { word: 'b' } });
    const told = tested.ok
      ? tested.results.map(({ row, name, outcome, cases, failure }) => {
          const { row: line, column, text, got, expected, variables } = failure ?? {};
          return {
            row,
            name,
            outcome,
            cases,
            failure: failure && { line, column, text, got, expected, variables },
          };
        })
      : tested.problems;
    expect(told).toMatchSnapshot();
  });

  test('ends what does not end, and answers the next request', async () => {
    const impatient = openCompiler({ timeout: 5000 });
    const endless = impatient.evaluate({
      modules: {},
      input: {},
      query: 'x := [1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a == b]; x',
    });
    await expect(endless).rejects.toThrow(
      new CompilerFaultError('the Rego compiler did not answer within 5 s'),
    );
    expect(await impatient.check({ modules: {} })).toEqual({ ok: true });
    await impatient.close();
  });

  test('answers requests in their order', async () => {
    const order: number[] = [];
    await Promise.all(
      [3, 1, 2].map(async (number) => {
        await compiler.evaluate({ modules: {}, input: {}, query: 'true' });
        order.push(number);
      }),
    );
    expect(order).toEqual([3, 1, 2]);
  });

  test('sees a text that changed under the same name', async () => {
    const value = async (text: string) => {
      const answer = await compiler.evaluate({ modules: { 'a.rego': text }, input: {}, query: 'data.a.p' });
      return answer.ok ? answer.values : answer.problems;
    };
    expect(await value('package a\np := 1\n')).toEqual([1]);
    expect(await value('package a\np := 2\n')).toEqual([2]);
  });
});

test('an executable that is none is told at once', () => {
  expect(() => openCompiler({ opa: '/nonexistent/opa' })).toThrow(
    new CompilerUnavailableError('/nonexistent/opa cannot be run as an opa executable'),
  );
  expect(() => openCompiler({ opa: process.execPath })).toThrow(CompilerUnavailableError);
});
