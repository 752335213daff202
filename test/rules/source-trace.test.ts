import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCompiler } from '../../packages/opa-compiler/src/index.ts';
import type { Compiler } from '../../packages/opa-compiler/src/types.ts';
import { traceSource, type SourceQuestion, type SourceTrace } from '../../src/rules/source-trace.ts';
import type { RuleCode } from '../../src/sources/rule-code.ts';
import { compilerIsBuilt } from '../support/compiler.ts';

const SIGNS = { holds: '✓', fails: '✗', evaluated: '○', unasked: '·' } as const;

/** The body of a rule in `acme/stock.rego`, which begins at line 3. */
function codeOf(text: string): RuleCode {
  const file = {
    path: 'acme/stock.rego',
    uri: 'rules/acme/stock.rego',
    package: 'agentid.acme.stock',
    text: `package agentid.acme.stock\n\n${text}`,
  };
  return { file, modules: { [file.path]: file.text }, tables: [], needs: { libs: [], tables: [] } };
}

/** `✓ 4 some item in input.items` and below it what it was asked with. */
function shown({ lines }: SourceTrace): readonly string[] {
  return lines.flatMap(({ number, text, mark, candidates }) => [
    `${mark === null ? ' ' : SIGNS[mark]} ${number} ${text.trim()}`,
    ...candidates.map(
      ({ holds, times, operands }) =>
        `    ${SIGNS[holds ? 'holds' : 'fails']} ${times} ${operands.map((operand) => `${operand.name}=${'value' in operand ? JSON.stringify(operand.value) : 'nothing'}`).join(' ')}`,
    ),
  ]);
}

describe.skipIf(!compilerIsBuilt())('the source of a rule', () => {
  let compiler: Compiler;
  beforeAll(() => {
    compiler = openCompiler();
  });
  afterAll(() => compiler.close());

  const trace = async (text: string, question: Partial<SourceQuestion> = {}): Promise<SourceTrace> => {
    const asked = { input: {}, data: {}, findings: [], ...question };
    const traced = await traceSource(codeOf(text), compiler, asked);
    if (!traced.ok) throw new Error(traced.problems.map(({ message }) => message).join());
    return traced.trace;
  };

  const ITEMS = `findings contains {"path": ["items", i], "args": {"size": item.size}} if {
  limit := 10
  some i, item in input.items
  item.kind == "box"
  item.size > limit
}
`;
  const boxes = {
    items: [
      { kind: 'box', size: 40 },
      { kind: 'bag', size: 50 },
      { kind: 'box', size: 5 },
    ],
  };
  const found = { path: ['items', 0], args: { size: 40 }, related: [] };

  test('shows with which values every line held, and which it dropped', async () => {
    const traced = await trace(ITEMS, { input: boxes, findings: [found] });
    expect(traced.disagreement).toBeNull();
    expect(traced.file).toBe('rules/acme/stock.rego');
    expect(shown(traced)).toEqual([
      '✓ 3 findings contains {"path": ["items", i], "args": {"size": item.size}} if {',
      '✓ 4 limit := 10',
      '    ✓ 1 limit=10',
      '✓ 5 some i, item in input.items',
      '    ✓ 1 i=0 item={"kind":"box","size":40}',
      '    ✓ 1 i=1 item={"kind":"bag","size":50}',
      '    ✓ 1 i=2 item={"kind":"box","size":5}',
      '✓ 6 item.kind == "box"',
      '    ✓ 2 item.kind="box"',
      '    ✗ 1 item.kind="bag"',
      '✓ 7 item.size > limit',
      '    ✓ 1 item.size=40 limit=10',
      '    ✗ 1 item.size=5 limit=10',
      '  8 }',
    ]);
  });

  test('shows where a body stopped, and what was not reached', async () => {
    const traced = await trace(ITEMS, { input: { items: [{ kind: 'bag' }] } });
    expect(shown(traced).slice(0, 8)).toEqual([
      '  3 findings contains {"path": ["items", i], "args": {"size": item.size}} if {',
      '✓ 4 limit := 10',
      '    ✓ 1 limit=10',
      '✓ 5 some i, item in input.items',
      '    ✓ 1 i=0 item={"kind":"bag"}',
      '✗ 6 item.kind == "box"',
      '    ✗ 1 item.kind="bag"',
      '· 7 item.size > limit',
    ]);
  });

  test('says that something is not there', async () => {
    const traced = await trace(ITEMS);
    expect(shown(traced).slice(3, 5)).toEqual([
      '✗ 5 some i, item in input.items',
      '    ✗ 1 input.items=nothing',
    ]);
  });

  test('shows one finding alone when it is explained', async () => {
    const other = { path: ['items', 3], args: { size: 11 }, related: [] };
    const input = { items: [...boxes.items, { kind: 'box', size: 11 }] };
    const both = `${ITEMS}\nfindings contains {"path": [], "args": {}} if input.items\n`;
    const whole = { path: [], args: {}, related: [] };
    const traced = await trace(both, { input, findings: [found, other, whole], only: other });
    expect(traced.disagreement).toBeNull();
    expect(shown(traced)).toEqual([
      '✓ 3 findings contains {"path": ["items", i], "args": {"size": item.size}} if {',
      '✓ 4 limit := 10',
      '    ✓ 1 limit=10',
      '✓ 5 some i, item in input.items',
      '    ✓ 1 i=3 item={"kind":"box","size":11}',
      '✓ 6 item.kind == "box"',
      '    ✓ 1 item.kind="box"',
      '✓ 7 item.size > limit',
      '    ✓ 1 item.size=11 limit=10',
      '  8 }',
    ]);
  });

  test('tells of functions, defaults and else what OPA came to', async () => {
    const traced = await trace(
      `findings contains {"path": [], "args": {"size": size}} if {
  size := size_of(input.kind)
  is_large(size)
}

default size_of(_) := 1

size_of(kind) := 7 if {
  kind != "bag"
  kind == "box"
} else := 9 if kind == "crate"

is_large(size) if {
  size > 5
  size < input.most
}

unused(_) := 3
`,
      { input: { kind: 'box', most: 6 } },
    );
    expect(shown(traced)).toEqual([
      '  3 findings contains {"path": [], "args": {"size": size}} if {',
      '✓ 4 size := size_of(input.kind)',
      '    ✓ 1 size=7',
      '✗ 5 is_large(size)',
      '    ✗ 1 size=7',
      '  6 }',
      '· 8 default size_of(_) := 1',
      '✓ 10 size_of(kind) := 7 if {',
      '✓ 11 kind != "bag"',
      '✓ 12 kind == "box"',
      '  13 } else := 9 if kind == "crate"',
      '  15 is_large(size) if {',
      '○ 16 size > 5',
      '○ 17 size < input.most',
      '  18 }',
      '· 20 unused(_) := 3',
    ]);
  });

  test('takes statements together that only make sense so', async () => {
    const traced = await trace(
      `findings contains {"path": [], "args": {}} if {
  not input.taken[name]
  name = input.name
  some j
  input.list[j] == name
}
`,
      { input: { name: 'a', taken: {}, list: ['b', 'a'] }, findings: [{ path: [], args: {}, related: [] }] },
    );
    expect(shown(traced)).toEqual([
      '✓ 3 findings contains {"path": [], "args": {}} if {',
      '✓ 4 not input.taken[name]',
      '✓ 5 name = input.name',
      '    ✓ 1 name="a"',
      '✓ 6 some j',
      '✓ 7 input.list[j] == name',
      '    ✓ 1 j=1',
      '  8 }',
    ]);
  });

  test('falls back to what OPA came to when the parts of a body cannot be asked', async () => {
    const traced = await trace(
      `findings contains {"path": [], "args": {}} if {
  some name
  not input.taken[name]
  input.names[name]
  count(input.names) > 5
}
`,
      { input: { names: { a: 1 }, taken: {} } },
    );
    expect(shown(traced)).toEqual([
      '  3 findings contains {"path": [], "args": {}} if {',
      '  4 some name',
      '· 5 not input.taken[name]',
      '○ 6 input.names[name]',
      '○ 7 count(input.names) > 5',
      '  8 }',
    ]);
  });

  test('keeps `every` and comprehensions to themselves', async () => {
    const traced = await trace(
      `findings contains {"path": [], "args": {}} if {
  names := {item.name | some item in input.items}
  every item in input.items {
    item.size > 3
  }
  count(names) == 2
}
`,
      {
        input: {
          items: [
            { name: 'a', size: 4 },
            { name: 'b', size: 3 },
          ],
        },
      },
    );
    expect(shown(traced)).toEqual([
      '  3 findings contains {"path": [], "args": {}} if {',
      '✓ 4 names := {item.name | some item in input.items}',
      '    ✓ 1 names=["a","b"]',
      '✗ 5 every item in input.items {',
      '✗ 6 item.size > 3',
      '✗ 7 }',
      '    ✗ 1 input.items=[{"name":"a","size":4},{"name":"b","size":3}]',
      '· 8 count(names) == 2',
      '  9 }',
    ]);
  });

  test('says when OPA does not find what the engine found', async () => {
    const engine = [{ path: ['size'], args: {}, related: [] }];
    const text = 'findings contains {"path": [], "args": {}} if input.on\n';
    const { disagreement } = await trace(text, { input: { on: true }, findings: engine });
    expect(disagreement).toEqual({ engine, opa: [{ path: [], args: {} }] });
  });

  test('compares sets, and other places with their resources', async () => {
    const text = `findings contains {"path": [], "args": {}, "related": [{"message": "m", "path": ["x"], "resource": 2}]}
findings contains {"path": ["a"], "args": {"n": 1}}
`;
    const related = [{ message: 'm', path: ['x'], resource: 2 }];
    const one = { path: ['a'], args: { n: 1 }, related: [] };
    const agreed = await trace(text, { findings: [one, { path: [], args: {}, related }] });
    expect(agreed.disagreement).toBeNull();
    const other = await trace(text, {
      findings: [one, { path: [], args: {}, related: [{ message: 'm', path: ['x'], resource: 3 }] }],
    });
    expect(other.disagreement).not.toBeNull();
  });

  test('gives what OPA has against a rule that it cannot answer for', async () => {
    const text = 'findings contains {"path": [], "args": {}} if value\n\nvalue := 1\n\nvalue := 2 if input\n';
    const question = { input: {}, data: {}, findings: [] };
    expect(await traceSource(codeOf(text), compiler, question)).toMatchObject({
      ok: false,
      problems: [{ code: 'eval_conflict_error', file: 'acme/stock.rego' }],
    });
  });
});
