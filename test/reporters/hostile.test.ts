import { describe, expect, test } from 'vitest';
import { compact } from '../../src/reporters/compact.ts';
import { json } from '../../src/reporters/json.ts';
import { pretty } from '../../src/reporters/pretty.ts';
import { HOSTILE } from './hostile.ts';
import {
  aFailingReport,
  aFinding,
  aLocation,
  aProblem,
  aRange,
  aTool,
  NO_SPONSOR,
  type ReportParts,
} from './report-builder.ts';

/** Every place of a report that text from outside can reach. */
const FIELDS: Readonly<Record<string, (text: string) => ReportParts>> = {
  'problem code': (code) => ({ problems: [aProblem({ code })] }),
  'problem message': (message) => ({ problems: [aProblem({ message })] }),
  'problem hint': (hint) => ({ problems: [aProblem({ hint })] }),
  'problem path': (uri) => ({ problems: [aProblem({ uri })] }),
  'related problem message': (message) => ({
    problems: [aProblem({ related: [{ message, range: aRange('1:1-1:2') }] })],
  }),
  'rule id': (rule) => ({ findings: [aFinding({ rule })] }),
  message: (message) => ({ findings: [aFinding({ message })] }),
  remediation: (remediation) => ({ findings: [aFinding({ remediation })] }),
  'resource name': (name) => ({
    findings: [aFinding({ resource: { kind: 'blueprint', ref: `blueprint/${name}`, name } })],
  }),
  path: (uri) => ({ findings: [aFinding({ location: aLocation({ uri }) })] }),
  pointer: (pointer) => ({
    findings: [aFinding({ location: aLocation({ pointer, range: null, snippet: [] }) })],
  }),
  'source line': (text) => ({
    findings: [aFinding({ location: aLocation({ snippet: [{ number: 7, text }] }) })],
  }),
  'source behind tabs': (text) => ({
    findings: [aFinding({ location: aLocation({ snippet: [{ number: 7, text: `\t#${text}` }] }) })],
  }),
  args: (text) => ({ findings: [aFinding({ args: { text, list: [text] } })] }),
  'name of an arg': (name) => ({ findings: [aFinding({ args: { [name]: 1 } })] }),
  'related message': (message) => ({
    findings: [aFinding({ related: [{ message, location: aLocation() }] })],
  }),
  'related path': (uri) => ({
    findings: [aFinding({ related: [{ message: 'm', location: aLocation({ uri }) }] })],
  }),
  'error of a rule': (error) => ({ outcomes: [{ rule: 'a/b', status: 'failed', error }] }),
  'address of a rule': (text) => ({ rules: [{ ...NO_SPONSOR, url: `https://example.org/${text}` }] }),
  framework: (framework) => ({ rules: [{ ...NO_SPONSOR, controls: [{ framework, id: '1' }] }] }),
  control: (id) => ({ rules: [{ ...NO_SPONSOR, controls: [{ framework: 'f', id }] }] }),
  'exit reason': (reason) => ({
    exitReasons: [
      { code: 1, reason },
      { code: 4, reason },
    ],
  }),
  'unmarked path': (text) => ({ ledger: { inputs: { unmarked: [text] } } }),
  'exclude pattern': (by) => ({ ledger: { inputs: { excluded: [{ by, files: 1 }] } } }),
  version: (version) => ({ tool: { ...aTool(), version, policyDigest: version } }),
  'name of a source': (name) => ({
    tool: aTool([{ source: { kind: 'folder', name }, digest: name, rules: 1 }]),
  }),
};

describe.each([
  ['pretty', pretty, { color: false }],
  ['pretty in colour', pretty, { color: true }],
  ['compact', compact, { color: false }],
  ['json', json, { color: false }],
] as const)('O01 O02 O03 O04 %s keeps hostile text dead', (_format, reporter, options) => {
  test.each(Object.entries(FIELDS))('in the %s', (_field, parts) => {
    const alive = HOSTILE.filter((text) => harmOf(reporter(aFailingReport(parts(text)), options)) !== null);
    expect(alive.map((text) => JSON.stringify(text))).toEqual([]);
  });
});

test('hostile text adds no line to a screen', () => {
  const quiet = pretty(aFailingReport(), { color: false }).split('\n').length;
  const loud = HOSTILE.map((message) => {
    return pretty(aFailingReport({ findings: [aFinding({ message })] }), { color: false }).split('\n').length;
  });
  expect(new Set(loud)).toEqual(new Set([quiet]));
});

test('JSON gives every value back as it was, lone surrogates as U+FFFD', () => {
  for (const text of HOSTILE) {
    const location = aLocation({ uri: text, pointer: text });
    const report = aFailingReport({
      problems: [aProblem({ message: text, hint: text, uri: text })],
      findings: [
        aFinding({
          message: text,
          args: { [`_${text}`]: text },
          location,
          related: [{ message: text, location }],
        }),
      ],
      ledger: { inputs: { unmarked: [text] } },
    });
    const value = text.replaceAll(/\p{Cs}/gu, '\ufffd');
    expect(JSON.parse(json(report, { color: false }))).toMatchObject({
      problems: [{ message: value, hint: value, location: { uri: value } }],
      findings: [
        {
          message: value,
          args: { [`_${value}`]: value },
          location: { uri: value, pointer: value },
          related: [{ message: value, location: { uri: value, pointer: value } }],
        },
      ],
      ledger: { inputs: { unmarked: [value] } },
    });
  }
});

test.each([
  ['a command behind white space', 'x\n \u00a0::error::x'],
  ['a command anywhere', 'x ##[error] y'],
  ['a control', 'x\u001b[31m'],
  ['a bidirectional control', 'x\u202e'],
  ['a carriage return', 'x\ry'],
])('the judge of this test sees %s', (_what, text) => {
  expect(harmOf(text)).not.toBeNull();
});

test('the judge of this test lets our own colours and links pass', () => {
  expect(
    harmOf('\u001b[1;31mhigh\u001b[0m \u001b]8;;https://example.org\u001b\\x\u001b]8;;\u001b\\\n'),
  ).toBeNull();
});

const OUR_OWN = /\u001b\[(?:0|1|2|1;3[1-6])m|\u001b\]8;;(?:https:\/\/[!-~]*)?\u001b\\/g;
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;

/** What a terminal, a runner or a reader would fall for; `null` when there is nothing. */
function harmOf(output: string): string | null {
  const text = output.replaceAll(OUR_OWN, '');
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (isRunnerCommand(line)) {
      return 'a runner would obey';
    }
  }
  return UNSEEN.test(text.replaceAll(/[\n -~]+/g, '')) ? 'something cannot be seen' : null;
}

/**
 * The two parsers of GitHub's runner (actions/runner, src/Runner.Common/ActionCommand.cs), without their tables of
 * known commands: version 2 at the start of a line, version 1 anywhere in it; and the one of Azure Pipelines.
 */
function isRunnerCommand(line: string): boolean {
  const startsCommand = line.replace(/^[\s\u0085\u180e]+/, '').startsWith('::');
  return startsCommand || line.includes('##[') || line.toLowerCase().includes('##vso[');
}
