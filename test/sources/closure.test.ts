import { describe, expect, test } from 'vitest';
import { closureOf } from '../../src/sources/closure.ts';
import { readRuleFolder } from '../../src/sources/folder.ts';
import { dataReferences } from '../../src/sources/references.ts';
import { COMPILER, LIBRARY } from '../support/compile-rules.ts';
import { compilerIsBuilt } from '../support/compiler.ts';

const LIBS = new Map([
  ['finding', 'package agentid.lib.finding\n'],
  ['text', 'package agentid.lib.text\nmarks := data.agentid.tables.placeholders.marks\n'],
  ['tags', 'package agentid.lib.tags\nimport data.agentid.lib.text\n'],
  ['round', 'package agentid.lib.round\nimport data.agentid.lib.trip\n'],
  ['trip', 'package agentid.lib.trip\nimport data.agentid.lib.round\n'],
]);
const TABLES = ['costs', 'limits', 'placeholders'];

const closure = (...texts: string[]) => closureOf(texts, { libs: LIBS, tables: TABLES });

describe('what texts need of data.agentid', () => {
  test.each([
    ['nothing', 'package agentid.acme.notes', [], []],
    ['a helper', 'import data.agentid.lib.finding', ['finding'], []],
    [
      'helpers of helpers with their tables',
      'import data.agentid.lib.tags as t',
      ['tags', 'text'],
      ['placeholders'],
    ],
    ['helpers that need each other', 'import data.agentid.lib.round', ['round', 'trip'], []],
    ['a table', 'x := data.agentid.tables.costs[y]', [], ['costs']],
    ['names with blanks between', 'x := data . agentid\n\t.tables. limits', [], ['limits']],
    ['what the host gives', 'x := data.agentid.run.now', [], []],
    ['another document', 'x := data.acme.tables.costs', [], []],
    ['a name that is not there', 'import data.agentid.lib.findng', [], []],
    ['text', 'x := "data.agentid.tables.costs" # data.agentid.lib.text', [], []],
    ['raw text over lines', 'x := `a\ndata.agentid.lib.text\n`', [], []],
    ['a field called data', 'x := input.data.agentid.tables.costs', [], []],
    ['code after a template string', 'x := $"{a} # \\" {b}"; y := data.agentid.tables.costs', [], ['costs']],
    ['code after a hash in a template string', 'x := $"#{data.agentid.tables.costs.a}"', [], ['costs']],
    ['code in a raw template string', 'x := $`a\n# {data.agentid.tables.costs}\\`', [], ['costs']],
    [
      'code with braces and strings in a template string',
      'x := $"{{"a}": "`"}} data.agentid.lib.text {data.agentid.tables.limits}"; y := data.agentid.tables.costs',
      [],
      ['costs', 'limits'],
    ],
    ['escapes in template strings', 'x := $"\\{data.agentid.tables.costs}"', [], []],
    ['strings that do not end', 'x := "data.agentid.tables.costs', [], []],
    ['code in a template string', 'x := $"{data.agentid.tables.costs.a}"', [], ['costs']],
  ] as const)('%s', (_, text, libs, tables) => {
    expect(closure(text)).toEqual({ libs, tables });
  });

  test.each([
    ['all tables for a computed name', 'x := data.agentid.tables[name]', [], TABLES],
    ['all tables for the whole', 'import data.agentid.tables', [], TABLES],
    [
      'all helpers for a computed name',
      'x := data.agentid.lib[name].y',
      [...LIBS.keys()].sort(),
      ['placeholders'],
    ],
    ['everything for the root', 'x := data.agentid', [...LIBS.keys()].sort(), TABLES],
    ['everything for data itself', 'some key, value in data', [...LIBS.keys()].sort(), TABLES],
    ['everything for a name in quotes', 'x := data["agentid"].tables.costs', [...LIBS.keys()].sort(), TABLES],
  ] as const)('%s', (_, text, libs, tables) => {
    expect(closure(text)).toEqual({ libs, tables });
  });

  test('of several texts together', () => {
    expect(closure('import data.agentid.lib.finding', 'x := data.agentid.tables.costs')).toEqual({
      libs: ['finding'],
      tables: ['costs'],
    });
  });
});

test('findings alone need no table of ours', () => {
  const { libs, tables } = LIBRARY;
  expect(closureOf(['import data.agentid.lib.finding'], { libs, tables: [...tables.keys()] })).toEqual({
    libs: ['finding'],
    tables: [],
  });
});

test.skipIf(!compilerIsBuilt())(
  'takes at least what the syntax trees of the built-in rules refer to',
  async () => {
    const { libs, tables } = LIBRARY;
    const read = readRuleFolder('policies', { cwd: process.cwd() });
    const rules = read.ok ? read.folder.rules : [];
    const parsed = await (
      await COMPILER.open()
    ).parse(Object.fromEntries(rules.map(({ path, text }) => [path, text])));
    expect(parsed.ok && rules.length).toBeGreaterThanOrEqual(39);
    for (const { path, text } of rules) {
      const tree = parsed.ok ? parsed.trees[path] : undefined;
      const mentioned = [...dataReferences(tree ?? {})].flatMap(({ steps: [, section, name] }) =>
        section === 'lib' && typeof name === 'string' ? [name] : [],
      );
      const found = closureOf([text], { libs, tables: [...tables.keys()] });
      expect(found.libs, path).toEqual(expect.arrayContaining(mentioned));
    }
  },
);
