import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCompiler, type Compiler } from '@agentid-lint/opa-compiler';
import { PolicyEngine } from '../../src/policy/engine.ts';
import { compileFiles } from '../support/compile-rules.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { brief, TEAM_TAG } from '../support/own-rules.ts';
import { capabilities } from './samples.ts';

/** The rule with one line more in its body. */
const withLine = (line: string) => ({
  'ownership/team_tag.rego': TEAM_TAG.replace('\tnot tags', `\t${line}\n\tnot tags`),
});

describe.skipIf(!compilerIsBuilt())('functions that hosts of WebAssembly bring', () => {
  test.each([
    ['P09 sprintf, which every host does in its own way', 'sprintf', 'sprintf("%v", [null]) != ""'],
    [
      'P10 regex.split, which a host does by backtracking',
      'regex.split',
      'regex.split("^(a+)+$", input.name)[0]',
    ],
    ['P13 the clock', 'time.now_ns', 'time.now_ns() > 0'],
    ['P13 chance', 'rand.intn', 'rand.intn("x", 2) > 0'],
    ['P13 the network', 'http.send', 'http.send({"method": "get", "url": "https://x.example"})'],
    ['P13 the machine', 'opa.runtime', 'opa.runtime().env'],
  ])('%s: refused at its line', async (_, name, line) => {
    const compiled = await compileFiles(withLine(line));
    expect(compiled.ok ? [] : brief(compiled.problems)).toEqual([
      expect.stringContaining(`rules-unavailable-function: ${name} is not available to rules.`),
    ]);
    expect(compiled.ok ? null : compiled.problems[0]?.range?.start.line).toBe(23);
  });
});

describe.skipIf(!compilerIsBuilt())('patterns', () => {
  let compiler: Compiler;
  beforeAll(() => {
    compiler = openCompiler();
  });
  afterAll(() => compiler.close());
  const modules = {
    'a.rego': `package a

slow := regex.match("^(a+)+$", input.text)

default told := "no match"

told := "match" if regex.match(input.pattern, "x")

both := {"ran": true, "told": told}
`,
  };
  const entrypoints = ['a/slow', 'a/both'];

  test('P10 that make others backtrack take no time', async () => {
    const built = await compiler.build({ modules, capabilities, entrypoints });
    if (!built.ok) throw new Error(JSON.stringify(built.problems));
    const text = `${'a'.repeat(5000)}!`;
    expect(new PolicyEngine(built.wasm, '{}').evaluate('a/slow', JSON.stringify({ text }))).toBe(false);
  });

  test('P11 that are none leave a rule undefined and not the answer, in OPA as in the engine', async () => {
    const built = await compiler.build({ modules, capabilities, entrypoints });
    if (!built.ok) throw new Error(JSON.stringify(built.problems));
    for (const [pattern, told] of [
      ['(', 'no match'],
      ['x', 'match'],
    ] as const) {
      const answer = { ran: true, told };
      const engine = new PolicyEngine(built.wasm, '{}');
      expect(engine.evaluate('a/both', JSON.stringify({ pattern }))).toEqual(answer);
      expect(await compiler.evaluate({ modules, input: { pattern }, query: 'data.a.both' })).toMatchObject({
        values: [answer],
      });
    }
  });
});
