import { describe, expect, test } from 'vitest';
import { readRuleFolder } from '../../src/sources/folder.ts';
import { COMPILER, LIBRARY, problemsOf } from '../support/compile-rules.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { ruleWith } from '../support/own-rules.ts';

/** Lines of `ruleWith` before its body. */
const FIRST = 13;

type Rule = { readonly body: string; readonly imports?: string };
type Case = readonly [name: string, rule: string | Rule, ...expected: readonly string[]];

/**
 * What is wrong with each rule, by its place: without the file, and with rows that count from the body. One compile
 * for all of them, because it takes a while.
 */
async function problemsOfEach(rules: readonly (string | Rule)[]): Promise<readonly (readonly string[])[]> {
  const parts = rules.map((rule) => (typeof rule === 'string' ? { body: rule } : rule));
  const files = parts.map(({ body, imports = '' }: Rule, index) => {
    return [`acme/r${index}.rego`, ruleWith(body, imports).replace('acme.notes', `acme.r${index}`)] as const;
  });
  const found = await problemsOf(Object.fromEntries(files));
  return parts.map(({ imports = '' }: Rule, index) => {
    const before = FIRST + imports.split('\n').length - 1;
    return found.flatMap((line) => {
      const [, row, rest = ''] = new RegExp(`^acme/r${index}\\.rego:(\\d+)(.*)$`, 's').exec(line) ?? [];
      return row === undefined ? [] : [`${Number(row) - before}${rest}`];
    });
  });
}

/** Every case as a test of its own, over one compile. */
function testEach(...cases: readonly Case[]): void {
  let found: ReturnType<typeof problemsOfEach> | null = null;
  test.each(cases.map(([name, , ...expected], index) => [name, index, expected] as const))(
    '%s',
    async (_, index, expected) => {
      found ??= problemsOfEach(cases.map(([, rule]) => rule));
      expect((await found)[index]).toEqual(expected);
    },
  );
}

describe.skipIf(!compilerIsBuilt())('a misspelt field of the input is told with what was meant', () => {
  testEach(
    [
      'a fact',
      '\tinput.sponsers == 1',
      '1:8-16 rules-unknown-field: input has no field "sponsers". | Did you mean "sponsors"?',
    ],
    [
      'a property',
      '\tinput.properties.displayNmae == "x"',
      '1:19-30 rules-unknown-field: input.properties has no field "displayNmae". | Did you mean "displayName"?',
    ],
    [
      'a property in quotes',
      '\tinput["properties"]["displayNmae"] == "x"',
      '1:22-35 rules-unknown-field: input.properties has no field "displayNmae". | Did you mean "displayName"?',
    ],
    [
      'a field of a list',
      '\tsome s in input.sponsors\n\ts.knd == "user"',
      '2:4-7 rules-unknown-field: s has no field "knd". | Did you mean "kind"?',
    ],
    [
      'a field of a list by its index',
      '\tinput.owners[_].dispayName == "x"',
      '1:18-28 rules-unknown-field: input.owners[_] has no field "dispayName". | Did you mean "displayName"?',
    ],
    [
      'a field inside a property',
      '\tsome r in input.properties.requiredResourceAccess\n\tr.resourceApId == "x"',
      '2:4-16 rules-unknown-field: r has no field "resourceApId". | Did you mean "resourceAppId"?',
    ],
    [
      'deep inside a property',
      '\tinput.properties.web.redirectUrs[_] == "x"',
      '1:23-34 rules-unknown-field: input.properties.web has no field "redirectUrs". | Did you mean "redirectUris"?',
    ],
    [
      'after characters of several bytes',
      '\t"é😀" == input.nme',
      '1:17-20 rules-unknown-field: input has no field "nme". | Did you mean "name"?',
    ],
    [
      'one that nobody knows',
      '\tinput.properties.floor == 13',
      '1:19-24 rules-unknown-field: input.properties has no field "floor". | schemas/facts.schema.json has every field. What may be there and is not known: object.get(input.properties, "floor", null).',
    ],
    [
      'a field of a text',
      '\tinput.name.first == "x"',
      '1:13-18 rules-unknown-field: input.name has no field "first". | It is a single value or a list, not an object.',
    ],
    [
      'a comparison that is refused without any schema too, beside one with null that is not',
      '\tinput.properties.tags == null\n\tupper(input.name) == 5',
      '2:2-7 rules-type: The two sides can never be equal: they are of different types. | Compare values of one type.',
    ],
    [
      'arguments of other types',
      '\tcount(1) == 1',
      '1:2-7 rules-type: The arguments of count are of types that it does not take. | Test the type first, such as with is_string or is_array.',
    ],
  );
});

describe.skipIf(!compilerIsBuilt())('what a manifest may have is no mistake', () => {
  testEach(
    ['a test for null', '\tinput.properties.tags == null'],
    ['a test for null in a list', '\tsome s in input.sponsors\n\ts.id == null'],
    ['null among other values', '\tinput.properties.displayName in {null, ""}'],
    ['a test of the type', '\tnot is_array(input.properties.tags)\n\tnot is_object(input.properties.web)'],
    ['a wrong type with object.get', '\tobject.get(input.properties, "tags", []) == "none"'],
    ['an object that has null in it', '\t{"uris": null} == input.properties.web'],
    ['names of one’s own', '\tinput.properties["x-cost-center"] == 1'],
    ['annotations of OData', '\tinput.properties["@odata.context"] == "x"'],
    ['types of OData inside', '\tinput.properties.web["@odata.type"] == "x"'],
    ['properties that are not known, by object.get', '\tobject.get(input.properties, ["a", "b"], 1) == 1'],
    ['a computed name', '\tsome name in ["a", "b"]\n\tinput.properties[name] == 1'],
    ['every entry of a list', '\tevery tag in input.properties.tags { tag != "x" }'],
  );

  test('files of others may hold more than we know, but no slips of what we know', async () => {
    const rule = (name: string, field: string) =>
      ruleWith(`\tinput.properties.${field} == "x"`)
        .replace('[blueprint]', '[appPackageManifest]')
        .replace('acme.notes', `acme.${name}`);
    const files = { 'acme/more.rego': rule('more', 'developer.websiteUrl') };
    expect(await problemsOf({ ...files, 'acme/slip.rego': rule('slip', 'manifestVersoin') })).toEqual([
      expect.stringMatching(
        /^acme\/slip\.rego:\S+ rules-unknown-field: .* Did you mean "manifestVersion"\?$/,
      ),
    ]);
  });
});

describe.skipIf(!compilerIsBuilt())('the built-in rules', () => {
  test('fit the schema of the input, and so do their unit tests', async () => {
    const read = readRuleFolder('policies', { cwd: process.cwd() });
    if (!read.ok) throw new Error('policies/ is no folder of rules');
    const { rules, libs, tests } = read.folder;
    const textsOf = (files: typeof libs) => Object.fromEntries(files.map(({ path, text }) => [path, text]));
    const compiler = await COMPILER.open();
    const { capabilities, inputSchema } = LIBRARY;
    const modules = textsOf([...rules, ...libs]);
    expect(await compiler.check({ modules, capabilities, inputSchema })).toEqual({ ok: true });
    expect(await compiler.check({ modules: { ...modules, ...textsOf(tests) }, inputSchema })).toEqual({
      ok: true,
    });
  });
});

describe.skipIf(!compilerIsBuilt())(
  'a function that rules do not have is named, with what to do instead',
  () => {
    testEach(
      [
        'the clock',
        '\ttime.now_ns() > 1',
        '1:2-13 rules-unavailable-function: time.now_ns is not available to rules. | Policies have no clock: import data.agentid.lib.run and compare with run.now, in seconds since 1970.',
      ],
      [
        'the network',
        '\thttp.send({"url": "https://acme.example", "method": "get"}).status_code == 200',
        '1:2-11 rules-unavailable-function: http.send is not available to rules. | Rules reach no network and see nothing of the machine: put the facts into a table, data/<name>.json.',
      ],
      [
        'prose',
        '\tsprintf("%s", ["x"]) == "x"',
        '1:2-9 rules-unavailable-function: sprintf is not available to rules. | Findings have no prose: put the values into the arguments, and words and {placeholders} into custom.message. A template string joins text: $"{a}-{b}".',
      ],
      [
        'printing',
        '\tprint(input.name)',
        '1:2-7 rules-unavailable-function: print is not available to rules. | A rule answers with findings and writes nothing. Remove the call; unit tests may print.',
      ],
      [
        'one that no group is known of',
        '\tsemver.is_valid(input.name)',
        `1:2-17 rules-unavailable-function: semver.is_valid is not available to rules. | It is not part of OPA's WebAssembly, in which rules run.`,
      ],
      [
        'a slip',
        '\tcounnt(input.name) > 1',
        '1:2-8 rules-unknown-function: There is no function counnt. | Did you mean "count"?',
      ],
      [
        'a slip in a group',
        '\tregex.mach("a", input.name)',
        '1:2-12 rules-unknown-function: There is no function regex.mach. | Did you mean "regex.match"?',
      ],
      [
        'nothing like any',
        '\tfrobnicate(input.name)',
        '1:2-12 rules-unknown-function: There is no function frobnicate. | Check the spelling, and that its package is imported.',
      ],
      [
        'a helper that is not imported',
        '\ttags.any_in(input.properties.tags, ["x"])',
        '1:2-13 rules-unknown-function: tags is not imported. | Import it: import data.agentid.lib.tags',
      ],
      [
        'too many arguments',
        '\tcount([], 1) == 1',
        '1:2-7 rules-type: count takes another number of arguments. | https://www.openpolicyagent.org/docs/policy-reference/builtins lists the arguments.',
      ],
      [
        'a package, a member and a table that would be undefined for ever',
        {
          imports:
            'import data.agentid.lib.findng\nimport data.agentid.lib.tags\nimport data.agentid.tables.limts\n',
          body: '\tfindng.x\n\ttags.any_inn(limts.a, [])\n\tdata.acme.x',
        },
        '-4:25-31 rules-unknown-import: There is no package data.agentid.lib.findng. | Did you mean "finding"?',
        '-2:28-33 rules-unknown-import: There is no table "limts". | Did you mean "limits"?',
        '2:7-14 rules-unknown-import: data.agentid.lib.tags has no "any_inn". | Did you mean "any_in"?',
        '3:7-13 rules-unknown-import: There is no data.acme: rules see data.agentid only. | Rules import data.agentid.lib.<name> and what stands in their own folder.',
      ],
      [
        'another rule of the folder, which has something else',
        { imports: 'import data.agentid.acme.r0\n', body: '\tcount(r0.findings) > 0\n\tr0.nothing' },
        '2:5-12 rules-unknown-import: data.agentid.acme.r0 has no "nothing". | Rules import data.agentid.lib.<name> and what stands in their own folder.',
      ],
    );
  },
);

// OPA looks at these one after the other, and goes on only when there is nothing.
describe.skipIf(!compilerIsBuilt())('what is not used stands at its place', () => {
  testEach([
    'a variable',
    '\tx := input.name',
    '1:2-3 rules-compile: The variable x is never used. | Remove it, or write _ in its place.',
  ]);
  testEach([
    'an import',
    { body: '\tinput.name == "x"', imports: 'import data.agentid.lib.tags\n' },
    '-2:1-7 rules-compile: The import data.agentid.lib.tags is never used. | Remove the line.',
  ]);
});

describe.skipIf(!compilerIsBuilt())('what has no value stands at its name', () => {
  testEach(
    [
      'a variable',
      '\tinput.name == x',
      '1:16-17 rules-compile: The variable x has no value here. | Give it one with := or "some … in", outside of "not", or import what it stands for.',
    ],
    [
      'a helper that is not imported',
      '\tinput.credentials[_].end < run.now',
      '1:29-32 rules-compile: The variable run has no value here. | Import it: import data.agentid.lib.run',
    ],
  );
});

describe.skipIf(!compilerIsBuilt())('what is no rule', () => {
  test('because it is no Rego, in every file, and METADATA of the others all the same', async () => {
    expect(
      await problemsOf({
        'acme/more.rego': ruleWith('\tinput.name ==').replace('acme.notes', 'acme.more'),
        'acme/notes.rego': ruleWith('\tinput.name == }'),
        'acme/other.rego': ruleWith('\tinput.nme == 1')
          .replace('acme.notes', 'acme.other')
          .replace('low', 'lwo'),
        'acme/yaml.rego': ruleWith('')
          .replace('acme.notes', 'acme.yaml')
          .replace('severity: low', 'severity: [low'),
      }),
    ).toEqual([
      expect.stringMatching(/^acme\/more\.rego:15:1-2 rules-syntax: Unexpected } token\./),
      expect.stringMatching(/^acme\/notes\.rego:14:16-17 rules-syntax: Unexpected } token\./),
      expect.stringMatching(/^acme\/other\.rego:5:15-18 rules-metadata-invalid-value: "severity" must be /),
      expect.stringMatching(
        /^acme\/yaml\.rego:\d+:1-\d+ rules-metadata-invalid-value: METADATA is not valid YAML: /,
      ),
    ]);
  });

  test('because its findings are no set, it asks itself, or its package is hidden', async () => {
    const head = ruleWith('').split('import data')[0] ?? '';
    const named = (name: string, text: string) => text.replace('acme.notes', `acme.${name}`);
    expect(
      await problemsOf({
        'acme/again.rego': named('again', `${ruleWith('\tagain')}\nagain if findings\n`),
        'acme/hidden.rego': ruleWith('\tinput.name == "x"').replace(
          'agentid.acme.notes',
          'agentid["acme"].hidden',
        ),
        'acme/list.rego': named('list', `${head}findings := []\n`),
        'acme/none.rego': named('none', `${head}deny if input.name == "x"\n`),
      }),
    ).toEqual([
      'acme/hidden.rego:9:9-31 rules-wrong-package: The package of acme/hidden.rego is agentid.acme.hidden, not agentid["acme"].hidden. | The file <domain>/<rule>.rego is package agentid.<domain>.<rule>. Change one of the two.',
    ]);
    expect(
      await problemsOf({
        'acme/again.rego': named('again', `${ruleWith('\tagain')}\nagain if findings\n`),
        'acme/hidden.rego': ruleWith('\tinput.name == "x"').replace(
          'package agentid.acme.notes',
          'package\n\tagentid["acme"].hidden',
        ),
        'acme/list.rego': named('list', `${head}findings := []\n`),
        'acme/none.rego': named('none', `${head}deny if input.name == "x"\n`),
      }),
    ).toEqual([
      expect.stringMatching(
        /^acme\/again\.rego:13:1-9 rules-compile: data\.agentid\.acme\.again\.findings refers to itself/,
      ),
      expect.stringMatching(
        /^acme\/again\.rego:17:1-6 rules-compile: data\.agentid\.acme\.again\.again refers to itself/,
      ),
      'acme/list.rego:11:1-9 rules-no-findings: "findings" is not a set that each finding is added to. | Write: findings contains finding.at(path, args) if { … }',
      'acme/none.rego:9:1-26 rules-no-findings: The rule has no set of findings. | Write: findings contains finding.at(path, args) if { … }',
    ]);
  });
});
