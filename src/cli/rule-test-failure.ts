import { codeFrame } from '../reporters/code-frame.ts';
import { visible } from '../reporters/escape.ts';
import { note } from '../reporters/note.ts';
import type { Style } from '../reporters/style.ts';
import { count, positionSuffix } from '../reporters/text.ts';
import type {
  Answer,
  FoundSomething,
  NotCompiled,
  Place,
  RuleTest,
  TestedExample,
} from '../rules/test/types.ts';
import { termDiff } from './term-diff.ts';
import { termOnOneLine } from './term-lines.ts';
import { cut } from '../util/cut.ts';

export type TestLook = {
  readonly style: Style;
  /** Cells of a line. */
  readonly width: number;
};

/** Everything about a test that failed: where, what, what was expected, and what there is to know about it. */
export function failedTest(test: RuleTest, look: TestLook): readonly string[] {
  const { place, title } = headOf(test);
  const { margin, lines } = framed(place, title, look);
  const indent = (line: string) => `${margin}${line}`;
  return [
    ...lines,
    ...comparison(test, look).map(indent),
    ...engineLines(test).flatMap(([label, text]) => note(label, text, margin, look.style)),
    ...casesLine(test).flatMap((text) => note('cases', text, margin, look.style)),
    ...variableLines(test, margin, look),
    ...printedLines(test, margin, look),
    ...helpOf(test).flatMap((text) => note('help', text, margin, look.style)),
  ];
}

type Head = { readonly place: Place; readonly title: string };

function headOf({ name, place, failure, opa, wasm, differs }: RuleTest): Head {
  if (differs) return { place: failure?.place ?? place, title: `${name}: OPA and WebAssembly disagree` };
  if (wasm?.kind === 'not-compiled') {
    const { problem } = wasm;
    const isPlaced = problem.uri !== null && problem.range !== null;
    const where = isPlaced ? { uri: problem.uri, range: problem.range, snippet: problem.snippet } : place;
    return { place: where, title: `${name} cannot run in WebAssembly: ${withoutStop(problem.message)}` };
  }
  if (opa?.kind === 'error') return { place: opa.place ?? place, title: `${name}: ${opa.message}` };
  return { place: failure?.place ?? place, title: name };
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** The place first, as editors and CI logs know it, then the source underlined. */
function framed(place: Place, title: string, { style }: TestLook) {
  const { margin, lines } = codeFrame(place, 'problem', style);
  const where = `${visible(place.uri)}${positionSuffix(place.range)}`;
  const head = `${where}: ${style.paint('problem', 'FAIL')} ${style.paint('bold', visible(title))}`;
  // Its first line says the place once more.
  return { margin, lines: [head, ...lines.slice(1)] };
}

function comparison({ failure }: RuleTest, { style, width }: TestLook): readonly string[] {
  if (failure === null || failure.got === null) return [];
  const { expected, got } = failure;
  if (expected !== null) return termDiff({ expected, got }, { style, width });
  return [`${style.paint('bold', 'got:')} ${style.paint('problem', short(termOnOneLine(got)))}`];
}

type Labelled = readonly [label: string, text: string];

function engineLines({ opa, wasm, failure, differs }: RuleTest): readonly Labelled[] {
  if (opa === null) return [];
  if (differs) {
    return [
      ['OPA', answerText(opa)],
      ['WebAssembly', wasm === null ? 'not run' : answerText(wasm)],
    ];
  }
  if (wasm?.kind === 'not-compiled') return opa.kind === 'pass' ? [] : [['OPA', answerText(opa)]];
  if (opa.kind === 'fail' && failure === null && wasm?.kind === 'fail') return [['value', valueText(wasm)]];
  return [];
}

function answerText(answer: Answer | NotCompiled): string {
  switch (answer.kind) {
    case 'pass':
      return 'passes';
    case 'fail':
      return answer.value === undefined ? 'fails' : `fails; its value is ${jsonOf(answer.value)}`;
    case 'error':
      return `breaks: ${answer.message}${answer.place === null ? '' : ` (${answer.place.uri}${positionSuffix(answer.place.range)})`}`;
    case 'not-compiled':
      return 'not compiled';
  }
}

function valueText({ value }: Extract<Answer, { readonly kind: 'fail' }>): string {
  return value === undefined
    ? 'none; something in it is undefined or false'
    : `${jsonOf(value)}, and not true`;
}

function casesLine({ cases, differs }: RuleTest): readonly string[] {
  if (cases.length === 0) return [];
  if (differs) {
    const differing = cases.filter(({ opa, wasm }) => opa !== wasm && !(opa === 'fail' && wasm === 'absent'));
    return differing.map(({ name, opa, wasm }) => `${name}: ${opa} in OPA, ${wasm} in WebAssembly`);
  }
  const failed = cases.filter(({ opa }) => opa !== 'pass').map(({ name }) => name);
  const passed = cases.length - failed.length;
  return [`${count(passed, 'case')} ${passed === 1 ? 'passes' : 'pass'}, failing: ${failed.join(', ')}`];
}

/** `where tag = "a"`, each variable below the other. */
function variableLines({ failure }: RuleTest, margin: string, { style }: TestLook): readonly string[] {
  const variables = Object.entries(failure?.variables ?? {});
  const width = Math.max(0, ...variables.map(([name]) => visible(name).length));
  return variables.map(([name, term], index) => {
    const label = index === 0 ? style.paint('bold', 'where') : ' '.repeat('where'.length);
    return `${margin}${label} ${visible(name).padEnd(width)} = ${short(termOnOneLine(term))}`;
  });
}

const MOST_PRINTED = 20;

/** What the test printed, line by line. */
function printedLines({ output }: RuleTest, margin: string, { style }: TestLook): readonly string[] {
  const lines = output.split('\n').filter((line) => line !== '');
  const more = lines.length - MOST_PRINTED;
  const shown = [...lines.slice(0, MOST_PRINTED), ...(more > 0 ? [`… ${more} more lines`] : [])];
  return shown.map((line, index) => {
    const label = index === 0 ? style.paint('bold', 'print') : ' '.repeat('print'.length);
    return `${margin}${label} ${short(visible(line))}`;
  });
}

const DIFFERENCE_HELP =
  'Rules run in WebAssembly, so what it says is what users get. docs/writing-rules.md lists the calls that differ, and what to write instead.';
const NOT_COMPILED_HELP =
  'Rules run in WebAssembly, and so do their tests. Write the value itself into the test, or mock the function with "with".';

function helpOf({ differs, wasm }: RuleTest): readonly string[] {
  if (differs) return [DIFFERENCE_HELP];
  return wasm?.kind === 'not-compiled' ? [NOT_COMPILED_HELP] : [];
}

/** Everything about an example that is not as it says. */
export function failedExample(example: TestedExample, look: TestLook): readonly string[] {
  const { margin, lines } = framed(example.place, `example "${example.name}" of ${example.id}`, look);
  const { difference } = example;
  const diff =
    difference === null
      ? []
      : termDiff({ expected: findingsTerm(difference.expected), got: findingsTerm(difference.got) }, look);
  return [
    ...lines,
    ...diff.map((line) => `${margin}${line}`),
    ...example.problems.flatMap((text) => note('why', text, margin, look.style)),
  ];
}

/** Findings in an order of their own, so that only what is in them counts. */
function findingsTerm(findings: readonly FoundSomething[]): string {
  const texts = findings.map(({ path, args }) => JSON.stringify({ path, args: sorted(args) }));
  return `[${texts.sort().join(',')}]`;
}

function sorted(args: FoundSomething['args']): FoundSomething['args'] {
  return Object.fromEntries(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const LONGEST = 300;

function short(text: string): string {
  return cut(text, LONGEST);
}

function jsonOf(value: unknown): string {
  return short(JSON.stringify(value));
}
