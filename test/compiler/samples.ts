import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Capabilities, Compiler, Modules } from '@agentid-lint/opa-compiler';

const POLICIES = new URL('../../policies/', import.meta.url).pathname;

export const capabilities = JSON.parse(
  readFileSync(join(POLICIES, 'capabilities.json'), 'utf8'),
) as Capabilities;

/** Every Rego file of the built-in rules, tests among them, as the build names them. */
export function builtInModules(): Modules {
  const names = readdirSync(POLICIES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.rego'),
  );
  return Object.fromEntries(
    names.sort().map((name) => [`policies/${name}`, readFileSync(join(POLICIES, name), 'utf8')]),
  );
}

/** A rule with a helper, and tests of which each ends in another way. */
export const ENDINGS: Modules = {
  'acme/naming.rego': `# METADATA
# title: Naming
# custom:
#   severity: low
package agentid.acme.naming

findings contains {"path": ["displayName"], "args": {"name": name}} if {
	name := input.properties.displayName
	startswith(name, "x")
}

broken(1) := 1

broken(n) := 2 if n > 0
`,
  'acme/naming_test.rego': `package agentid.acme.naming_test

import data.agentid.acme.naming

found contains finding if {
	some finding in naming.findings with input as {"properties": {"displayName": "xa"}}
}

test_passes if count(found) == 1

test_differs if {
	some one in found
	one.args == {"name": "xb"}
}

test_differs_under_an_input if {
	naming.findings == set() with input as {"properties": {"displayName": "xa"}}
}

test_constant_first if {
	name := "né"
	1 == count(found) + count(name)
}

test_not if {
	print("found", found)
	not naming.findings
}

test_call if startswith("abc", data.word)

test_every if {
	every n in [1, 2, 3] {
		n < 3
	}
}

test_cases[note] if {
	some note, tc in {"one": 1, "two": 2}
	tc == 1
}

test_conflict if naming.broken(1) == 1

todo_test_later if false
`,
};

const INPUT_SCHEMA = { type: 'object', properties: { sponsors: {}, name: { type: 'string' } } };

/** Requests of every kind, with answers of every kind. */
export const REQUESTS: readonly (readonly [name: string, ask: (compiler: Compiler) => Promise<unknown>])[] = [
  ['builtins', (compiler) => compiler.builtins()],
  ['check of good modules', (compiler) => compiler.check({ modules: ENDINGS, capabilities })],
  [
    'check of an unused import, a wrong argument and a function that is none, in two files',
    (compiler) =>
      compiler.check({
        modules: {
          'b.rego': 'package b\nimport data.x.y\np if foo.bar(1)\n',
          'a.rego': 'package a\np if count(1)\nq if nothing(1)\n',
        },
      }),
  ],
  [
    'check of a misspelt property of the input',
    (compiler) =>
      compiler.check({
        modules: { 'a.rego': 'package a\n\np if count(input.sponsers) == 0\nq if input.name == "x"\n' },
        inputSchema: INPUT_SCHEMA,
      }),
  ],
  [
    'check of a built-in function that the capabilities leave out',
    (compiler) => compiler.check({ modules: { 'a.rego': 'package a\np := time.now_ns()\n' }, capabilities }),
  ],
  [
    'parse errors in several files, one of them empty',
    (compiler) => compiler.parse({ 'a.rego': 'package a\np if {\n', 'b.rego': 'x', 'c.rego': '' }),
  ],
  ['trees', (compiler) => compiler.parse(ENDINGS)],
  ['formatting', (compiler) => compiler.format({ 'a.rego': 'package   a\np if{\n1==1 }', ...ENDINGS })],
  ['formatting of what cannot be parsed', (compiler) => compiler.format({ 'a.rego': 'package a\np if {\n' })],
  [
    'a build',
    (compiler) =>
      compiler.build({ modules: ENDINGS, capabilities, entrypoints: ['agentid/acme/naming/findings'] }),
  ],
  [
    'a build of an entrypoint that is not there',
    (compiler) => compiler.build({ modules: ENDINGS, capabilities, entrypoints: ['agentid/acme/nothing'] }),
  ],
  [
    'a build with a type error',
    (compiler) =>
      compiler.build({
        modules: { 'a.rego': 'package a\np := 1 + "x"\n' },
        capabilities,
        entrypoints: ['a/p'],
      }),
  ],
  [
    'a build with a print and, after it, a variable without a value',
    (compiler) =>
      compiler.build({
        modules: { 'a.rego': 'package a\np if { print("x"); true }\nq if y == 1\n' },
        capabilities,
        entrypoints: ['a/p'],
      }),
  ],
  [
    'two tests of one name, and cases that have cases',
    (compiler) =>
      compiler.test({
        modules: {
          'a_test.rego':
            'package a_test\ntest_x if true\ntest_x if 1 == 2\ntest_n[a][b] if {\n\tsome a, bs in {"x": {"p": 1, "q": 2}}\n\tsome b, n in bs\n\tn == 1\n}\n',
        },
      }),
  ],
  ['tests that end in every way', (compiler) => compiler.test({ modules: ENDINGS, data: { word: 'b' } })],
  ['some of the tests', (compiler) => compiler.test({ modules: ENDINGS, run: 'test_(passes|not)$' })],
  [
    'coverage of tests that pass',
    (compiler) => compiler.test({ modules: ENDINGS, run: 'test_passes$', coverage: true }),
  ],
  ['no test at all', (compiler) => compiler.test({ modules: { 'a.rego': 'package a\np := 1\n' } })],
  [
    'tests that do not compile',
    (compiler) => compiler.test({ modules: { 'a.rego': 'package a\ntest_x if y\n' } }),
  ],
  [
    'a value, under input and data, with large numbers',
    (compiler) =>
      compiler.evaluate({
        modules: { 'a.rego': 'package a\nv := [input.n, data.d, {2, 1}]\nw if input.none\n' },
        data: { d: 1.5 },
        input: { n: 9007199254740991 },
        query: 'data.a.v',
      }),
  ],
  [
    'several values and none',
    async (compiler) => [
      await compiler.evaluate({ modules: {}, input: {}, query: 'x := [1, 2][_]; x' }),
      await compiler.evaluate({ modules: {}, input: {}, query: '1 == 2' }),
      await compiler.evaluate({ modules: {}, input: {}, query: 'data.nothing' }),
    ],
  ],
  [
    'an evaluation with a conflict, and one that cannot be parsed',
    async (compiler) => [
      await compiler.evaluate({
        modules: { 'a.rego': 'package a\np := 1\np := 2\n' },
        input: {},
        query: 'data.a.p',
      }),
      await compiler.evaluate({ modules: {}, input: {}, query: 'data.a.p +' }),
    ],
  ],
];
