import { describe, expect, test } from 'vitest';
import { PolicyEngine } from '../../src/policy/engine.ts';
import type { Cache } from '../../src/sources/cache.ts';
import type { CompilerAccess } from '../../src/sources/compile.ts';
import { compileFiles, COMPILER, LIBRARY, problemsOf } from '../support/compile-rules.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { brief, ruleWith, TEAM_TAG, WHOLE } from '../support/own-rules.ts';

/** A cache that counts. */
function memory(): Cache & { readonly entries: Map<string, Uint8Array<ArrayBuffer>>; reads: number } {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const cache = {
    entries,
    reads: 0,
    read: (key: string) => {
      cache.reads += 1;
      return entries.get(key) ?? null;
    },
    write: (key: string, bytes: Uint8Array) => {
      entries.set(key, new Uint8Array(bytes));
    },
    warning: () => null,
  };
  return cache;
}

class Unavailable extends Error {
  override readonly name = 'CompilerUnavailableError';
}

const MISSING: CompilerAccess = {
  identity: () => Promise.reject(new Unavailable('the package @agentid-lint/opa-compiler is not installed')),
  open: () => Promise.reject(new Error('never asked')),
};

test('without the compiler one sentence says what to do', async () => {
  const compiled = await compileFiles(WHOLE, { compiler: MISSING });
  expect(compiled.ok ? [] : brief(compiled.problems)).toEqual([
    ' rules-compiler-missing: Own rules cannot be compiled: the package @agentid-lint/opa-compiler is not installed. | Install it with "npm install @agentid-lint/opa-compiler", or name an opa executable with --opa.',
  ]);
});

test('a layout that is wrong is told without the compiler', async () => {
  const compiled = await compileFiles({ 'notes.rego': '' }, { compiler: MISSING });
  expect(compiled.ok ? [] : brief(compiled.problems)).toEqual([
    expect.stringMatching(/^notes\.rego rules-misplaced-file: /),
  ]);
});

describe.skipIf(!compilerIsBuilt())('a folder of own rules', () => {
  test('becomes a bundle that the engine runs', async () => {
    const compiled = await compileFiles(WHOLE);
    if (!compiled.ok) throw new Error(brief(compiled.problems).join('\n'));
    const { bundle, examples } = compiled;
    expect(bundle.source).toEqual({ kind: 'folder', name: './rules' });
    expect(bundle.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(bundle.catalogue.rules.map(({ id }) => id)).toEqual(['ownership/team-tag']);
    expect(Object.keys(examples)).toEqual(['ownership/team-tag']);
    const data = `{"agentid":{"tables":${bundle.tables},"options":{"0":{"ownership/team-tag":{"tags":["team:*"]}}}}}`;
    const engine = new PolicyEngine(bundle.wasm, data);
    const facts = { ref: 'blueprint/x', name: 'x', settings: '0', properties: {} };
    const expected = [
      {
        ref: 'blueprint/x',
        ran: 1,
        findings: [[0, { path: ['tags'], args: { name: 'x', wanted: ['team:*'] } }]],
      },
    ];
    for (const entrypoint of ['agentid/main/blueprint', 'agentid/main/rule_0'])
      expect(engine.evaluate(entrypoint, JSON.stringify({ docs: [facts] }))).toEqual(expected);
  });

  test('carries only the tables that its modules read', async () => {
    const compiled = await compileFiles({
      'acme/notes.rego': ruleWith('\tacme.center(input.name) == 1', 'import data.agentid.lib.acme\n'),
      'lib/acme.rego': 'package agentid.lib.acme\n\ncenter(name) := data.agentid.tables.costs[name]\n',
      'data/costs.json': '{ "a": 1 }',
      'data/others.json': '{ "b": 2 }',
    });
    expect(compiled.ok ? compiled.bundle.tables : brief(compiled.problems)).toBe('{"costs":{"a":1}}');
  });

  test('is the same bundle wherever the folder stands', async () => {
    const [one, other] = [await compileFiles(WHOLE), await compileFiles(WHOLE)];
    expect(one.ok && other.ok ? one.bundle.digest : null).toBe(other.ok ? other.bundle.digest : '');
  });

  test('may have rules of one name in two domains', async () => {
    const compiled = await compileFiles({
      'acme/notes.rego': ruleWith('\tinput.properties.notes == "a"'),
      'blueprint/notes.rego': ruleWith('\tinput.properties.notes == "b"').replace(
        'agentid.acme',
        'agentid.blueprint',
      ),
      'blueprint/blueprint.rego': ruleWith('\tinput.properties.notes == "c"').replace(
        'agentid.acme.notes',
        'agentid.blueprint.blueprint',
      ),
    });
    expect(
      compiled.ok ? compiled.bundle.catalogue.rules.map(({ id }) => id) : brief(compiled.problems),
    ).toEqual(['acme/notes', 'blueprint/blueprint', 'blueprint/notes']);
  });
});

describe.skipIf(!compilerIsBuilt())('the cache', () => {
  test('is asked before the compiler is started, and gives the same bundle', async () => {
    const cache = memory();
    const first = await compileFiles(WHOLE, { cache });
    const idle = { identity: COMPILER.identity, open: () => Promise.reject(new Error('it was started')) };
    const second = await compileFiles(WHOLE, { cache, compiler: idle });
    expect(second).toEqual(first);
    expect(cache.entries.size).toBe(1);
    expect(cache.reads).toBe(2);
  });

  test('does not stand for other sources, another compiler or another version', async () => {
    const cache = memory();
    await compileFiles(WHOLE, { cache });
    await compileFiles({ ...WHOLE, 'ownership/team_tag.rego': `${TEAM_TAG}\n` }, { cache });
    await compileFiles({ ...WHOLE, 'ownership/team_tag.examples.yaml': '[]' }, { cache });
    await compileFiles(WHOLE, { cache, version: '0.0.1-test' });
    const other = { identity: () => Promise.resolve('opa 9.9.9'), open: COMPILER.open };
    await compileFiles(WHOLE, { cache, compiler: other });
    expect(cache.entries.size).toBe(5);
  });

  test('does not depend on helpers and tables that are not needed', async () => {
    const cache = memory();
    await compileFiles(WHOLE, { cache });
    const libs = new Map([...LIBRARY.libs, ['uris', 'package agentid.lib.uris\n']]);
    await compileFiles(WHOLE, { cache, library: { ...LIBRARY, libs } });
    expect(cache.entries.size).toBe(1);
  });

  test('that is damaged is as good as empty', async () => {
    const cache = memory();
    const first = await compileFiles(WHOLE, { cache });
    for (const key of cache.entries.keys()) cache.entries.set(key, new Uint8Array([1, 2, 3]));
    expect(await compileFiles(WHOLE, { cache })).toEqual(first);
  });

  test('keeps no rules with problems', async () => {
    const cache = memory();
    await compileFiles({ 'acme/notes.rego': ruleWith('\tinput.nme == "x"') }, { cache });
    expect(cache.entries.size).toBe(0);
  });
});

describe.skipIf(!compilerIsBuilt())('names that are taken', () => {
  test('by built-in rules, helpers and tables', async () => {
    expect(
      await problemsOf({
        'accountability/no_owner.rego': TEAM_TAG.replace(
          'agentid.ownership.team_tag',
          'agentid.accountability.no_owner',
        ),
        'lib/finding.rego': 'package agentid.lib.finding\n',
        'data/limits.json': '{}',
      }),
    ).toEqual([
      'accountability/no_owner.rego rules-name-taken: The id accountability/no-owner is that of a built-in rule. | Choose another name; built-in rules are changed in the config, not replaced.',
      'data/limits.json rules-name-taken: The table limits is built in. | Choose another name; built-in rules are changed in the config, not replaced.',
      'lib/finding.rego rules-name-taken: The package agentid.lib.finding is one of the built-in helpers. | Choose another name; built-in rules are changed in the config, not replaced.',
    ]);
  });

  test('by former names', async () => {
    const withAliases = (aliases: string) =>
      ruleWith('\tinput.properties.notes == "x"').replace(
        '#   remediation',
        `#   aliases: [${aliases}]\n#   remediation`,
      );
    expect(
      await problemsOf({
        'acme/notes.rego': withAliases('accountability/no-owner, acme/other, acme/old, acme/old'),
        'acme/other.rego': withAliases('acme/old').replace('acme.notes', 'acme.other'),
      }),
    ).toEqual([
      expect.stringMatching(
        /acme\/notes\.rego:8:62-70 rules-metadata-invalid-value: "aliases\.3" stands here a second time/,
      ),
    ]);
    expect(
      await problemsOf({
        'acme/notes.rego': withAliases('accountability/no-owner, acme/other'),
        'acme/other.rego': withAliases('acme/notes').replace('acme.notes', 'acme.other'),
      }),
    ).toEqual([
      'acme/notes.rego:8:15-38 rules-name-taken: accountability/no-owner is the id of a built-in rule. | Remove the alias.',
      'acme/notes.rego:8:40-50 rules-name-taken: acme/other is a name of acme/other already. | Remove the alias.',
      'acme/other.rego:8:15-25 rules-name-taken: acme/notes is a name of acme/notes already. | Remove the alias.',
    ]);
  });
});
