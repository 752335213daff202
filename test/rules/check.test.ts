import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { checkRules, type CheckedFolder } from '../../src/rules/check.ts';
import { writeFormatted } from '../../src/rules/check/formatting.ts';
import { DEFAULT_PRODUCTION } from '../../src/rules/example-runner.ts';
import { readRuleFolder } from '../../src/sources/folder.ts';
import { temporaryFolder } from '../sources/temporary.ts';
import { LIBRARY } from '../support/compile-rules.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import {
  brief,
  NOTES_EXAMPLES,
  ruleWith,
  TEAM_TAG,
  TEAM_TAG_TEST,
  WHOLE,
  type RuleFiles,
} from '../support/own-rules.ts';

const RULE = 'ownership/team_tag.rego';
const TEST = 'ownership/team_tag_test.rego';

async function checkIn(cwd: string, options: { readonly fix?: boolean; readonly opa?: string } = {}) {
  const [checked, ...others] = await checkRules([{ name: './rules', path: cwd }], {
    cwd,
    library: LIBRARY,
    opa: options.opa ?? null,
    version: '0.0.0-test',
    fix: options.fix ?? false,
  });
  expect(others).toEqual([]);
  return checked as CheckedFolder;
}

const check = (files: RuleFiles) => checkIn(temporaryFolder(files));
const problemsOf = async (files: RuleFiles) => brief((await check(files)).problems);

/** A text with a piece of it replaced. */
function changed(text: string, piece: string, replacement: string): string {
  expect(text).toContain(piece);
  return text.replace(piece, replacement);
}

const NOTES = ruleWith('\tis_string(input.properties.notes)');

type Parts = { readonly rule?: string; readonly examples?: string };
type Case = readonly [name: string, parts: Parts, ...expected: readonly unknown[]];

/** Every case as a test of its own and a rule of its own, in one folder that is checked once. */
function testEach(codes: RegExp, ...cases: readonly Case[]): void {
  let found: Promise<readonly string[]> | null = null;
  const checkAll = () => {
    const files = cases.flatMap(([, { rule = NOTES, examples = NOTES_EXAMPLES }], index) => [
      [`acme/r${index}.rego`, rule.replace('acme.notes', `acme.r${index}`)] as const,
      [`acme/r${index}.examples.yaml`, examples] as const,
    ]);
    return problemsOf(Object.fromEntries(files));
  };
  test.each(cases.map(([name, , ...expected], index) => [name, index, expected] as const))(
    '%s',
    async (_, index, expected) => {
      found ??= checkAll();
      const own = (await found).filter((line) => line.startsWith(`acme/r${index}.`) && codes.test(line));
      expect(own.map((line) => line.replace(`acme/r${index}.`, ''))).toEqual(expected);
    },
  );
}

test('examples know production as a config does that says nothing about it', () => {
  expect(DEFAULT_PRODUCTION).toEqual(DEFAULTS.production);
});

describe.skipIf(!compilerIsBuilt())('a folder', () => {
  test('of a rule that is whole has no problem', async () => {
    expect(await check(WHOLE)).toEqual({ name: './rules', rules: 1, problems: [], fixed: [] });
  });

  test('that cannot be read says why', async () => {
    expect(await check({ 'a.txt': '' })).toMatchObject({
      rules: 0,
      problems: [
        { code: 'rules-none', message: 'The folder . yields no rule: it holds a.txt.', snippet: [] },
      ],
    });
  });

  test('without a compiler is refused in one sentence', async () => {
    const checked = await checkIn(temporaryFolder(WHOLE), { opa: '/no/such/opa' });
    expect(brief(checked.problems)).toEqual([
      expect.stringMatching(/^ rules-compiler-missing: Own rules cannot be compiled: /),
    ]);
    expect(checked.rules).toBe(1);
  });

  test('shows the lines that problems are about', async () => {
    const { problems } = await check({
      ...WHOLE,
      [RULE]: changed(TEAM_TAG, 'input.properties', 'input.propreties'),
    });
    expect(problems.map(({ range, snippet }) => [range?.start.line, snippet])).toEqual([
      [23, [{ number: 23, text: '\tnot tags.any_in(object.get(input.propreties, "tags", null), wanted)' }]],
    ]);
  });

  test('is told everything at once, by file and place', async () => {
    expect(
      await problemsOf({
        ...WHOLE,
        [RULE]: changed(TEAM_TAG, 'severity: low', 'severity: lwo'),
        'acme/notes.rego': ruleWith('\tinput.nme == "x"'),
        'acme/notes.examples.yaml': NOTES_EXAMPLES.split('- name: No notes')[0] ?? '',
        'acme/stray.examples.yaml': NOTES_EXAMPLES,
        'acme/stray_test.rego': 'package agentid.acme.stray_test\n\nx := 1\n',
        'lib/acme.rego': 'package agentid.lib.acme\n\nfound(x) if walk(x, [_, 1])\n',
      }),
    ).toEqual([
      'acme/notes.examples.yaml rules-no-examples: No example passes. | Add one with expect: pass.',
      'acme/notes.rego rules-no-test: The rule has no unit test. | Write acme/notes_test.rego; "agentid-lint rules test" runs it.',
      expect.stringMatching(/^acme\/notes\.rego:14:8-11 rules-unknown-field: /),
      'acme/stray.examples.yaml rules-stray-file: The file belongs to a rule that is not there. | Rename it after its rule, or remove it.',
      'acme/stray_test.rego rules-stray-file: The file belongs to a rule that is not there. | Rename it after its rule, or remove it.',
      expect.stringMatching(/^lib\/acme\.rego:3:13-17 rules-forbidden-call: /),
      expect.stringMatching(/^ownership\/team_tag\.rego:5:15-18 rules-metadata-invalid-value: /),
    ]);
  });

  test('without examples says what to write', async () => {
    expect(await problemsOf({ [RULE]: TEAM_TAG, [TEST]: TEAM_TAG_TEST })).toEqual([
      'ownership/team_tag.rego rules-no-examples: The rule has no examples. | Write ownership/team_tag.examples.yaml, with manifests that fail and that pass.',
    ]);
  });
});

describe.skipIf(!compilerIsBuilt())('examples run through the whole pipeline', () => {
  const last = (text: string, piece: string, replacement: string) => {
    const place = text.lastIndexOf(piece);
    return `${text.slice(0, place)}${changed(text.slice(place), piece, replacement)}`;
  };
  const broken = (sentence: string) =>
    `examples.yaml:14:9-17 rules-example-broken: ${sentence} | Its manifest must be one that the rule applies to, without problems of its own.`;
  const differs = (sentence: string, place = '1:9-14') =>
    `examples.yaml:${place} rules-example-differs: ${sentence} | Correct the rule or the example.`;

  testEach(
    /rules-example|rules-message/,
    ['as they should', {}],
    [
      'and find something else',
      { examples: changed(NOTES_EXAMPLES, 'args: { name: invoice-bot }', 'args: { name: bot }') },
      differs('The rule does not find {"path":["notes"],"args":{"name":"bot"}}.'),
      differs(
        'The rule finds {"path":["notes"],"args":{"name":"invoice-bot"}}, and the example does not say so.',
      ),
    ],
    [
      'and pass, fail and stay as they should not',
      { rule: ruleWith('\tnot input.properties.notes') },
      differs('"fixed": The rule still finds {"path":["notes"],"args":{"name":"invoice-bot"}}.'),
      differs('The rule does not find {"path":["notes"],"args":{"name":"invoice-bot"}}.'),
      differs(
        'The rule finds {"path":["notes"],"args":{"name":"invoice-bot"}}, and the example does not say so.',
        '14:9-17',
      ),
    ],
    [
      'with a remedy that is no manifest',
      { examples: changed(NOTES_EXAMPLES, 'fixed: |\n    kind:', 'fixed: |\n    kindly:') },
      differs('"fixed": The text is no manifest that is known.'),
    ],
    [
      'with options of their own, and the defaults otherwise',
      {
        rule: ruleWith(
          '\tinput.properties.notes == options.of("acme/r4").words[_]',
          'import data.agentid.lib.options\n',
        ).replace(
          '#   remediation',
          '#   options:\n#     words: { type: array, items: { type: string }, description: Words to find, default: [draft] }\n#   remediation',
        ),
        examples: `${NOTES_EXAMPLES}    notes: draft\n  config: { words: [other] }\n`,
      },
    ],
    [
      'that are no manifest',
      { examples: last(NOTES_EXAMPLES, 'kind: agentIdentityBlueprint', 'a: 1') },
      broken('The text is no manifest that is known.'),
    ],
    [
      'of another kind',
      { examples: last(NOTES_EXAMPLES, 'agentIdentityBlueprint', 'agentIdentity') },
      broken('The rule does not apply to this kind of resource.'),
    ],
    [
      'with a problem of their own',
      { examples: last(NOTES_EXAMPLES, 'displayName', 'displayNmae') },
      broken(
        'The manifest has a problem: invoice.blueprint.yaml:2:1: "displayNmae" is not a property of a blueprint.',
      ),
    ],
    [
      'where the facts are kept elsewhere, and the rule is skipped',
      {
        rule: changed(NOTES, '#   remediation', '#   requires: [sponsors]\n#   remediation'),
        examples: `${NOTES_EXAMPLES}    notes: draft\n  relationships: elsewhere\n`,
      },
    ],
    [
      'until the rule breaks',
      {
        rule: `${ruleWith('\tlevel(input) != "none"')}\nlevel(_) := "low"\n\nlevel(x) := "high" if x.name != ""\n`,
      },
      expect.stringMatching(
        /^examples\.yaml:1:9-14 rules-example-broken: The rule broke: policy acme\/r9 \(from \.\) broke: acme\/r9\.rego:\d+:1: /,
      ),
      expect.stringMatching(/^examples\.yaml:14:9-17 rules-example-broken: The rule broke: /),
    ],
    [
      'only when their file can be read',
      { examples: changed(NOTES_EXAMPLES, 'expect: pass', 'expects: pass') },
      'examples.yaml:14:3-29 rules-examples-missing-key: Entry 2 needs the key "expect". | Add "expect".',
      'examples.yaml:15:3-10 rules-examples-unknown-key: There is no key "expects" here. | Did you mean "expect"?',
    ],
    [
      'and show a placeholder that no finding has',
      { rule: changed(NOTES, '{"name": input.name}', '{"nmae": input.name}') },
      ...[
        differs('The rule does not find {"path":["notes"],"args":{"name":"invoice-bot"}}.'),
        differs(
          'The rule finds {"path":["notes"],"args":{"nmae":"invoice-bot"}}, and the example does not say so.',
        ),
      ],
      'rego:7:14-44 rules-message-argument: The findings of the example "Notes" have no argument name. | Every {placeholder} of the message is a key of the arguments of every finding.',
      'rego:13:41-61 rules-message-argument: The finding has no argument "name", which the message shows. | Did you mean {nmae} in the message?',
    ],
    [
      'where a helper makes the arguments',
      { rule: `${changed(NOTES, '{"name": input.name}', 'shown')}\nshown := {"name": input.name}\n` },
    ],
  );
});

describe.skipIf(!compilerIsBuilt())('house rules', () => {
  const body = (line: string, imports = '') => ({
    rule: ruleWith(`\tis_string(input.properties.notes)\n${line}`, imports),
  });

  testEach(
    /rules-(?!example|no-)/,
    [
      'no walk',
      body('\twalk(input.properties, [_, "x"])'),
      'rego:15:2-6 rules-forbidden-call: Rules do not call walk. | It visits every value of a manifest, however large. Name the properties: object.get, or some … in.',
    ],
    [
      'what the host gives comes through helpers',
      body('\tdata.agentid.run.now > 0'),
      'rego:15:15-18 rules-direct-data: Rules do not read data.agentid.run directly. | Use run.now of data.agentid.lib.run.',
    ],
    [
      'and so do tables',
      body('\tlimits.x > 0', 'import data.agentid.tables.limits\n'),
      'rego:12:21-27 rules-direct-data: Rules do not read data.agentid.tables directly. | Read it in a helper of your own, lib/<name>.rego, and use that.',
    ],
    [
      'facts that may be unknown are required',
      body('\tcount(input.sponsors) >= 0\n\tcount(input.sponsors) >= 1'),
      'rego:15:8-22 rules-missing-requires: The rule reads sponsors, which may be unknown, and "requires" does not name it. | Write requires: [sponsors]. Where it is unknown the rule is skipped, visibly.',
    ],
    [
      'also when they are read through object.get or an import',
      body(
        '\tobject.get(input, ["properties", "owners"], []) == []\n\tall.inheritablePermissions',
        'import input.properties as all\n',
      ),
      'rego:16:2-12 rules-missing-requires: The rule reads owners, which may be unknown, and "requires" does not name it. | Write requires: [owners]. Where it is unknown the rule is skipped, visibly.',
      'rego:17:2-28 rules-missing-requires: The rule reads inheritablePermissions, which may be unknown, and "requires" does not name it. | Write requires: [inheritablePermissions]. Where it is unknown the rule is skipped, visibly.',
    ],
    [
      'unless the rule itself looks at what is unknown',
      body('\tcount(input.sponsors) >= 0\n\tnot "sponsors" in input.unknown'),
    ],
    [
      'options are declared',
      body('\toptions.of("acme/r6").word == 1', 'import data.agentid.lib.options\n'),
      'rego:16:24-28 rules-unknown-option: acme/r6 has no option "word". | Options are declared in custom.options of the METADATA.',
    ],
    [
      'and are those of a rule that is there',
      body('\toptions.of("acme/r77").word == 1', 'import data.agentid.lib.options\n'),
      'rego:16:13-23 rules-unknown-option: There is no rule "acme/r77" with options. | Did you mean "acme/r7"?',
    ],
    [
      'findings are made by the helper',
      {
        rule: changed(
          NOTES,
          'finding.at(["notes"], {"name": input.name})',
          '{"path": [], "args": finding.at([], {"name": 1}).args}',
        ),
      },
      'rego:13:19-73 rules-built-by-hand: A finding is built by hand. | Use finding.at(path, args) or finding.at_with_related(path, args, related).',
    ],
  );
});

describe.skipIf(!compilerIsBuilt())('unit tests', () => {
  const withTest = (test: string) =>
    problemsOf({
      ...WHOLE,
      [TEST]: `${test}\ntest_more if {\n\tprint("x")\n\tsprintf("%d", [1]) == "1"\n}\n`,
    });

  test('may print, and call every function of OPA', async () => {
    expect(await withTest(TEAM_TAG_TEST)).toEqual([]);
  });

  test('that do not compile are told', async () => {
    expect(await withTest(changed(TEAM_TAG_TEST, '\tjudged({}) ==', '\tx := 1\n\tjudged({}) =='))).toEqual([
      expect.stringMatching(
        /^ownership\/team_tag_test\.rego:12:2-3 rules-compile: The variable x is never used\./,
      ),
    ]);
  });

  test('that import what is not there are told', async () => {
    expect(await withTest(TEAM_TAG_TEST.replaceAll('testing', 'testng'))).toEqual([
      expect.stringMatching(
        /^ownership\/team_tag_test\.rego:3:25-31 rules-unknown-import: There is no package data\.agentid\.lib\.testng\. \| Did you mean "testing"\?$/,
      ),
    ]);
  });
});

describe.skipIf(!compilerIsBuilt())('formatting', () => {
  const crlf = (text: string) => text.replaceAll('\n', '\r\n');
  const untidy = TEAM_TAG.replace('wanted := options', 'wanted    := options');

  test('is told at the first line that would be another; how lines end is no matter', async () => {
    expect(await problemsOf({ ...WHOLE, [RULE]: untidy, [TEST]: crlf(TEAM_TAG_TEST) })).toEqual([
      `${RULE}:22:2-52 rules-not-formatted: The file is not formatted. | "agentid-lint rules check --fix" formats it.`,
    ]);
  });

  test('is put right on demand, and what else is wrong is told of the new text', async () => {
    const slip = (text: string) => text.replace('input.properties', 'input.propreties');
    const cwd = temporaryFolder({
      ...WHOLE,
      [RULE]: crlf(slip(untidy).replace('\n\nfindings', '\n\n\n\nfindings')),
    });
    const checked = await checkIn(cwd, { fix: true });
    expect(checked.fixed).toEqual([RULE]);
    expect(brief(checked.problems)).toEqual([
      expect.stringMatching(/^ownership\/team_tag\.rego:23:35-45 rules-unknown-field: /),
    ]);
    expect(readFileSync(join(cwd, RULE), 'utf8')).toBe(crlf(slip(TEAM_TAG)));
  });

  test('that cannot be written is told', () => {
    const cwd = temporaryFolder(WHOLE);
    const read = readRuleFolder('.', { cwd });
    if (!read.ok) throw new Error(brief(read.problems).join('\n'));
    const [file] = read.folder.rules;
    rmSync(cwd, { recursive: true });
    expect(brief(writeFormatted(read.folder, file === undefined ? [] : [{ file, formatted: 'x' }]))).toEqual([
      `${RULE} rules-not-written: The file cannot be written: its folder does not exist (ENOENT). | Check its permissions and those of its folder.`,
    ]);
  });
});
