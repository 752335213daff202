import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { ruleTester, type TestOptions, type TestWish } from '../../src/rules/test.ts';
import type { Answer, NotCompiled, RuleTest, TestedFolder } from '../../src/rules/test/types.ts';
import { verdictOf } from '../../src/rules/test/verdict.ts';
import { NO_CACHE, type Cache } from '../../src/sources/cache.ts';
import { libraryFor } from '../../src/sources/library.ts';
import { temporaryFolder } from '../sources/temporary.ts';
import { LIBRARY } from '../support/compile-rules.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { brief, TEAM_TAG_EXAMPLES, TEAM_TAG_TEST, WHOLE, type RuleFiles } from '../support/own-rules.ts';

const TEST = 'ownership/team_tag_test.rego';
const EXAMPLES = 'ownership/team_tag.examples.yaml';

const POLICIES = realpathSync(fileURLToPath(new URL('../../policies', import.meta.url)));

/** In memory, as rules of one text are compiled once. */
const kept = new Map<string, Uint8Array<ArrayBuffer>>();
const cache: Cache = {
  ...NO_CACHE,
  read: (key) => kept.get(key) ?? null,
  write: (key, bytes) => void kept.set(key, Uint8Array.from(bytes)),
};

const OPTIONS: TestOptions = {
  cwd: realpathSync(tmpdir()),
  library: LIBRARY,
  opa: null,
  cache,
  version: '0.0.0-test',
  // Loading counts too, on a machine that is busy.
  limits: { call: 2_000 },
};

const EVERYTHING: TestWish = { run: null, coverage: false };

/** One for all tests, so that its compiler starts once. */
const tester = ruleTester(OPTIONS);
afterAll(() => tester.close());

async function tested(files: RuleFiles, wish: Partial<TestWish> = {}): Promise<TestedFolder> {
  const path = temporaryFolder(files);
  const [found] = await tester.test([{ name: './rules', path }], { ...EVERYTHING, ...wish });
  // As if it had run in the folder itself.
  return JSON.parse(JSON.stringify(found).replaceAll(`"${basename(path)}/`, '"')) as TestedFolder;
}

/** Tests in a file of their own, behind those of the rule. */
const withTests = (rego: string): RuleFiles => ({ ...WHOLE, [TEST]: `${TEAM_TAG_TEST}\n${rego}` });

/** `pass`, `fail(false)`, `error(3:5 var assignment conflict)`, `not compiled(17:1 code)`. */
function words(answer: Answer | NotCompiled | null): string {
  if (answer === null) return 'not run';
  const at = (range: RuleTest['place']['range']) =>
    range === null ? '' : `${range.start.line}:${range.start.column} `;
  switch (answer.kind) {
    case 'pass':
      return 'pass';
    case 'fail':
      return answer.value === undefined ? 'fail' : `fail(${JSON.stringify(answer.value)})`;
    case 'error':
      return `error(${at(answer.place?.range ?? null)}${answer.message})`;
    case 'not-compiled':
      return `not compiled(${at(answer.problem.range)}${answer.problem.message})`;
  }
}

function lines({ tests, problems }: TestedFolder): readonly string[] {
  expect(brief(problems)).toEqual([]);
  return tests
    .slice(2)
    .map(
      ({ name, outcome, opa, wasm, differs }) =>
        `${name}: ${outcome}, OPA ${words(opa)}, WebAssembly ${words(wasm)}${differs ? ', differs' : ''}`,
    );
}

describe.skipIf(!compilerIsBuilt())('the tests of a folder', () => {
  test('end in every way, in both engines', async () => {
    const found = await tested(
      withTests(`
test_passes if true

test_fails if { 1 == 2 }

test_undefined if data.agentid.nothing

test_false := false

test_text := "yes"

test_set contains 1 if true

test_conflict := x if some x in [1, 2]

test_function(x) := x

test_twice if true

test_twice if false

default test_default := false

test_default if true

inner.test_of_a_path if true

todo_test_later if false

test_without_input if not input

test_mocks_a_helper if { count(doubled("a")) == 1 with doubled as single }

test_mocks_a_function if { upper("a") == "b" with upper as shout }

test_prints if { print("hello", input); true }

doubled(x) := [x, x]

single(x) := [x]

shout(_) := "b"
`),
    );
    expect(lines(found)).toEqual([
      'test_passes: pass, OPA pass, WebAssembly pass',
      'test_fails: fail, OPA fail, WebAssembly fail',
      'test_undefined: fail, OPA fail, WebAssembly fail',
      'test_false: fail, OPA fail, WebAssembly fail(false)',
      'test_text: fail, OPA fail, WebAssembly fail("yes")',
      'test_set: fail, OPA fail, WebAssembly fail([1])',
      'test_conflict: fail, OPA error(32:1 complete rules must not produce multiple outputs), WebAssembly error(32:1 var assignment conflict)',
      'test_function: fail, OPA error(it is a function, and tests take no arguments), WebAssembly not run',
      'test_twice: pass, OPA pass, WebAssembly pass',
      'test_twice#01: fail, OPA fail, WebAssembly fail',
      'test_default: fail, OPA fail, WebAssembly fail(false)',
      'test_default#01: pass, OPA pass, WebAssembly pass',
      'inner.test_of_a_path: pass, OPA pass, WebAssembly pass',
      'todo_test_later: skip, OPA not run, WebAssembly not run',
      'test_without_input: pass, OPA pass, WebAssembly pass',
      'test_mocks_a_helper: pass, OPA pass, WebAssembly pass',
      'test_mocks_a_function: pass, OPA pass, WebAssembly pass',
      'test_prints: pass, OPA pass, WebAssembly pass',
    ]);
    expect(found.tests.find(({ name }) => name === 'test_prints')?.output).toBe('hello <undefined>\n');
    expect(verdictOf([found], null)).toEqual({
      exitCode: 1,
      tests: { passed: 10, failed: 9, skipped: 1, differing: 0 },
      examples: { passed: 2, failed: 0 },
      coverage: null,
    });
  });

  test('P03 a disagreement fails and says both answers, one that never ends as well', async () => {
    const found = await tested(
      withTests(`
test_indexof if indexof("abc", "") == 0

test_min if min({null, 3}) == 3

test_div if not 0 / 0

test_replace if replace("abc", "", "x") != "abc"

test_behind if true
`),
    );
    expect(lines(found)).toEqual([
      'test_indexof: fail, OPA fail, WebAssembly pass, differs',
      'test_min: fail, OPA pass, WebAssembly fail, differs',
      'test_div: fail, OPA pass, WebAssembly error(opa_arith_divide: invalid number), differs',
      'test_replace: fail, OPA pass, WebAssembly error(exceeded 2 s), differs',
      'test_behind: pass, OPA pass, WebAssembly pass',
    ]);
    expect(verdictOf([found], null)).toMatchObject({ exitCode: 1, tests: { failed: 4, differing: 4 } });
  });

  test('that only OPA can run are named with the call that is to blame, and the others are run', async () => {
    const found = await tested(
      withTests(`
decoded(text) := json.unmarshal(text)

parsed := decoded("[1]")

test_directly if {
	json.unmarshal("[1]") == [1]
}

test_through_helpers if parsed == [1]

test_same_name if { decoded := [1]; decoded == [1] }

test_clock if time.now_ns() > 0

test_clock if true

test_trace if { print("only print", parsed_elsewhere); parsed_elsewhere == [1] }

parsed_elsewhere := [1]
`),
    );
    const unmarshal = 'json.unmarshal is not available to rules.';
    expect(lines(found)).toEqual([
      `test_directly: fail, OPA pass, WebAssembly not compiled(25:2 ${unmarshal})`,
      `test_through_helpers: fail, OPA pass, WebAssembly not compiled(20:18 ${unmarshal})`,
      'test_same_name: pass, OPA pass, WebAssembly pass',
      'test_clock: fail, OPA pass, WebAssembly not compiled(32:15 time.now_ns is not available to rules.)',
      'test_clock#01: pass, OPA pass, WebAssembly pass',
      'test_trace: pass, OPA pass, WebAssembly pass',
    ]);
  });

  test('over named cases are compared case by case', async () => {
    const found = await tested(
      withTests(`
test_cases[name] if {
	some name, number in {"one": 1, "two": 2}
	number == 1
}

test_nested[outer][inner] if {
	some outer, cases in {"a": {"x": 1, "y": 1}, "b": {"z": 1}}
	some inner, number in cases
	number == 1
}

test_no_case[name] if {
	some name in []
	true
}

test_differing[name] if {
	some name, text in {"empty": "", "text": "a"}
	indexof("abc", text) == 0
}
`),
    );
    expect(
      found.tests.slice(2).map(({ name, outcome, differs, cases }) => [name, outcome, differs, cases]),
    ).toEqual([
      [
        'test_cases',
        'fail',
        false,
        [
          { name: 'one', opa: 'pass', wasm: 'pass' },
          { name: 'two', opa: 'fail', wasm: 'absent' },
        ],
      ],
      [
        'test_nested',
        'pass',
        false,
        [
          { name: 'a / x', opa: 'pass', wasm: 'pass' },
          { name: 'a / y', opa: 'pass', wasm: 'pass' },
          { name: 'b / z', opa: 'pass', wasm: 'pass' },
        ],
      ],
      ['test_no_case', 'pass', false, []],
      [
        'test_differing',
        'fail',
        true,
        [
          { name: 'empty', opa: 'fail', wasm: 'pass' },
          { name: 'text', opa: 'pass', wasm: 'pass' },
        ],
      ],
    ]);
  });

  test('tell what they failed at', async () => {
    const found = await tested(
      withTests(`
test_differs if {
	step := "ééé"; tags := ["team:*"]; judged({}) == {{
		"path": [step],
		"args": {"name": "test", "wanted": tags},
	}}
		with data.agentid.nothing as 1
}
`),
    );
    const [failed] = found.tests.filter(({ outcome }) => outcome === 'fail');
    expect(failed?.failure).toEqual({
      place: {
        uri: TEST,
        range: {
          start: { line: 21, column: 37, offset: 587 },
          end: { line: 25, column: 33, offset: 702 },
        },
        snippet: [{ number: 21, text: '\tstep := "ééé"; tags := ["team:*"]; judged({}) == {{' }],
      },
      expected: '{{"args": {"name": "test", "wanted": ["team:*"]}, "path": ["ééé"]}}',
      got: '{{"args": {"name": "test", "wanted": ["team:*"]}, "path": ["tags"]}}',
      variables: { step: '"ééé"', tags: '["team:*"]' },
    });
  });

  test('are chosen by a pattern, and so are examples', async () => {
    const byName = await tested(WHOLE, { run: /test_passes|^A team/ });
    expect(byName.tests.map(({ name }) => name)).toEqual(['test_passes_with_a_team_tag']);
    expect(byName.examples.map(({ name }) => name)).toEqual(['A team tag']);
  });

  test('cover lines of rules and helpers, not of tests', async () => {
    const files = {
      ...WHOLE,
      'lib/owners.rego':
        'package agentid.lib.owners\n\nnamed(x) := x.name\n\nunused(x) if {\n\tx.a\n\n\tx.b\n}\n',
      'lib/owners_test.rego':
        'package agentid.lib.owners_test\n\nimport data.agentid.lib.owners\n\ntest_named if owners.named({"name": 1}) == 1\n',
    };
    const found = await tested(files, { coverage: true });
    expect(found.coverage).toEqual([
      { uri: 'ownership/team_tag.rego', covered: 3, total: 3, uncovered: [] },
      { uri: 'lib/owners.rego', covered: 1, total: 4, uncovered: [[5, 8]] },
    ]);
    expect(found.tests.map(({ subject }) => subject)).toEqual([
      'lib/owners',
      'ownership/team-tag',
      'ownership/team-tag',
    ]);
  });
});

describe.skipIf(!compilerIsBuilt())('the examples of a folder', () => {
  test('fail where findings, arguments or the remedy are not as they say', async () => {
    const wrong = TEAM_TAG_EXAMPLES.replace('name: claims-triage,', 'name: claims,')
      .replace('expect: pass', 'expect: fail\n  findings: [{ path: [tags], args: {} }]')
      .replace('    tags: [team:claims]\n- name', '    tags: [other]\n- name');
    const { examples, tests } = await tested({ ...WHOLE, [EXAMPLES]: wrong }, { run: /tag/ });
    expect(tests).toHaveLength(2);
    const got = [{ path: ['tags'], args: { name: 'claims-triage', wanted: ['team:*'] } }];
    expect(examples).toMatchObject([
      {
        id: 'ownership/team-tag',
        name: 'No tags at all',
        outcome: 'fail',
        place: { uri: EXAMPLES, range: { start: { line: 1, column: 9 } } },
        problems: [
          '"fixed": The rule still finds {"path":["tags"],"args":{"name":"claims-triage","wanted":["team:*"]}}.',
        ],
        difference: { expected: [{ path: ['tags'], args: { name: 'claims', wanted: ['team:*'] } }], got },
      },
      {
        name: 'A team tag',
        outcome: 'fail',
        problems: [],
        difference: { expected: [{ path: ['tags'], args: {} }], got: [] },
      },
    ]);
  });

  test('that cannot be judged say why', async () => {
    const broken = TEAM_TAG_EXAMPLES.replaceAll('kind: agentIdentityBlueprint', 'kind: agentIdentity');
    const { examples } = await tested({ ...WHOLE, [EXAMPLES]: broken }, { run: /^A team tag$/ });
    expect(examples).toMatchObject([{ outcome: 'fail', difference: null }]);
    expect(examples[0]?.problems).toHaveLength(1);
  });
});

describe.skipIf(!compilerIsBuilt())('nothing is run', () => {
  test.each<readonly [string, RuleFiles, string]>([
    [
      'when the rules do not compile',
      { ...WHOLE, 'acme/x.rego': 'package agentid.acme.x\n\nfindings if {' },
      'acme/x.rego:3:13-14 rules-syntax: ',
    ],
    [
      'when the tests do not compile',
      { ...WHOLE, [TEST]: 'package agentid.ownership.team_tag_test\n\ntest_x if nothing(1)\n' },
      `${TEST}:3:11-18 rules-unknown-function: There is no function nothing.`,
    ],
    [
      'when an example file cannot be read',
      { ...WHOLE, [EXAMPLES]: TEAM_TAG_EXAMPLES.replace('expect: fail', 'expect: fail\n  nmae: x') },
      `${EXAMPLES}:3:3-7 rules-examples-unknown-key: `,
    ],
    [
      'when examples belong to no rule',
      { ...WHOLE, 'ownership/other.examples.yaml': TEAM_TAG_EXAMPLES },
      'ownership/other.examples.yaml rules-stray-file: ',
    ],
    ['when there is no rule', { 'a.txt': '' }, ' rules-none: '],
  ])('%s', async (_, files, problem) => {
    const found = await tested(files);
    expect(brief(found.problems)[0]).toContain(problem);
    expect(found).toMatchObject({ tests: [], examples: [], coverage: null });
    expect(verdictOf([found], null).exitCode).toBe(2);
  });
});

test('without a compiler nothing is run, in one sentence', async () => {
  const other = ruleTester({ ...OPTIONS, opa: '/no/such/opa' });
  const [found] = await other.test([{ name: './rules', path: temporaryFolder(WHOLE) }], EVERYTHING);
  await other.close();
  expect(brief(found?.problems ?? [])).toEqual([
    expect.stringMatching(/^ rules-compiler-missing: Own rules cannot be compiled: /),
  ]);
});

test('the folder of the built-in rules stands on nothing but itself', () => {
  expect(libraryFor({ root: POLICIES }, LIBRARY)).toMatchObject({
    libs: new Map(),
    tables: new Map(),
    ids: new Set(),
    capabilities: LIBRARY.capabilities,
  });
  expect(libraryFor({ root: dirname(POLICIES) }, LIBRARY)).toBe(LIBRARY);
});
