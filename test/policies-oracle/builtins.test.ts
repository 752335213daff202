import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { answersOf, type Answer } from './engines.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { casesOf, moduleOf, type Builtin, type Case } from './module.ts';

const ROOT = new URL('../../', import.meta.url);
const CAPABILITIES = fileURLToPath(new URL('policies/capabilities.json', ROOT));

const { builtins } = JSON.parse(readFileSync(CAPABILITIES, 'utf8')) as { builtins: readonly Builtin[] };
const cases = builtins.flatMap(casesOf);
let opa: readonly Answer[] = [];
let wasm: readonly Answer[] = [];

beforeAll(async () => {
  const tools = new URL('scripts/lib/opa.mjs', ROOT).href;
  const { executable } = (await import(tools)) as { executable: (tool: string) => string };
  const module = moduleOf(cases, new Map(builtins.map((builtin) => [builtin.name, builtin])));
  const endless = cases.map((item) => differenceOf(item)?.endless === true);
  ({ opa, wasm } = answersOf({ opa: executable('opa'), capabilities: CAPABILITIES, module, endless }));
}, 120_000);

describe.each(builtins.map(({ name }) => name))('%s', (name) => {
  const own = cases.flatMap((item, index) => (item.builtin === name ? [{ ...item, index }] : []));

  test('answers as OPA does, where it is undefined too', () => {
    const compared = own.filter((item) => differenceOf(item) === undefined);
    const answers = (all: readonly Answer[]) =>
      Object.fromEntries(compared.map(({ text, index }) => [text, comparable(all[index])]));
    expect(answers(wasm)).toEqual(answers(opa));
  });

  test('has a case with a result', () => {
    expect(own.some(({ index }) => Array.isArray(opa[index]))).toBe(true);
  });
});

test.each(KNOWN_DIFFERENCES)('$builtin still differs: $reason', (difference) => {
  const own = cases.flatMap((item, index) => (differenceOf(item) === difference ? [index] : []));
  expect(own.some((index) => JSON.stringify(wasm[index]) !== JSON.stringify(opa[index]))).toBe(true);
});

function differenceOf({ builtin, args }: Case) {
  return KNOWN_DIFFERENCES.find((known) => known.builtin === builtin && known.concerns(args));
}

/**
 * Sets come as arrays in the order of either engine, so the order of a set's elements is taken away. As JSON
 * text, so that -0 and 0 are one number, as they are in Rego.
 */
function comparable(answer: Answer | undefined): unknown {
  if (!Array.isArray(answer)) return answer;
  const [type, value] = JSON.parse(JSON.stringify(answer)) as [string, unknown];
  return type === 'set' && Array.isArray(value)
    ? [type, ...value.map((item) => JSON.stringify(item)).sort()]
    : [type, value];
}
