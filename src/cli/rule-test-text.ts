import { joinLines, visible } from '../reporters/escape.ts';
import { styleFor, type Style } from '../reporters/style.ts';
import { count, positionSuffix } from '../reporters/text.ts';
import { percentText, type Threshold } from '../rules/test/threshold.ts';
import type { RuleTest, TestedFolder } from '../rules/test/types.ts';
import type { TestVerdict } from '../rules/test/verdict.ts';
import { coverageTable } from './coverage-table.ts';
import { problemLines } from './problem-text.ts';
import { failedExample, failedTest } from './rule-test-failure.ts';

export type TestReport = {
  readonly folders: readonly TestedFolder[];
  readonly verdict: TestVerdict;
  readonly wantsCoverage: boolean;
  readonly threshold: Threshold | null;
  /** The pattern of `--run`. */
  readonly pattern: string | null;
};

const WIDEST = 100;
const WITHOUT_TERMINAL = 100;

/** What `rules test` prints for people: what failed, coverage, and one line in the end. */
export function ruleTestText(
  report: TestReport,
  { color, columns = WITHOUT_TERMINAL }: { readonly color: boolean; readonly columns: number | undefined },
): string {
  const { folders } = report;
  const style = styleFor({ color });
  // What is compared is indented.
  const look = { style, width: Math.min(WIDEST, columns) - 8 };
  const failures = folders.flatMap(({ problems, tests, examples }) => [
    ...problems.map((problem) => problemLines(problem, style)),
    ...tests.filter(({ outcome }) => outcome === 'fail').map((test) => failedTest(test, look)),
    ...examples.filter(({ outcome }) => outcome === 'fail').map((example) => failedExample(example, look)),
  ]);
  const skipped = folders.flatMap(({ tests }) => tests.filter(({ outcome }) => outcome === 'skip'));
  return joinLines([
    ...failures.flatMap((lines) => [...lines, '']),
    ...skipped.map((test) => skippedLine(test, style)),
    ...(skipped.length > 0 && report.wantsCoverage ? [''] : []),
    ...coverageLines(report, style),
    ...closingLines(report, style),
  ]);
}

function skippedLine({ name, place }: RuleTest, style: Style): string {
  return style.paint('dim', `${visible(place.uri)}${positionSuffix(place.range)}: skipped ${visible(name)}`);
}

function coverageLines({ folders, wantsCoverage, verdict }: TestReport, style: Style): readonly string[] {
  if (!wantsCoverage || verdict.exitCode === 2) return [];
  if (verdict.coverage === null)
    return ['There is no coverage: an opa executable gives none while tests fail.', ''];
  return [
    ...coverageTable(
      folders.flatMap(({ coverage }) => coverage ?? []),
      style,
    ),
    '',
  ];
}

function closingLines({ folders, verdict, threshold, pattern }: TestReport, style: Style): readonly string[] {
  const { exitCode, tests, examples, coverage } = verdict;
  const names = folders.map(({ name }) => visible(name)).join(', ');
  if (exitCode === 2) {
    const problems = folders.reduce((sum, folder) => sum + folder.problems.length, 0);
    return [`${names}: ${style.paint('problem', count(problems, 'problem'))}, nothing was tested`];
  }
  if (exitCode === 3)
    return [
      pattern === null
        ? `${names}: no test and no example`
        : `${names}: nothing fits --run ${visible(pattern)}`,
    ];
  const parts = [testsText(verdict, style), examplesText(examples, style)].filter((part) => part !== null);
  if (coverage !== null) {
    const percent = `coverage ${percentText(coverage, threshold)} %`;
    const missed = style.paint('problem', `${percent} < ${threshold?.text ?? ''} %`);
    parts.push(coverage.isReached ? percent : missed);
  }
  const differing = tests.differing === 0 ? [] : [differingLine(tests.differing, style)];
  return [...differing, parts.join(' · ')];
}

function differingLine(differing: number, style: Style): string {
  const line = `OPA and WebAssembly disagree about ${count(differing, 'test')}`;
  return style.paint('problem', line);
}

function testsText({ tests }: TestVerdict, style: Style): string | null {
  const { passed, failed, skipped } = tests;
  if (passed + failed + skipped === 0) return null;
  const counts = [
    failed === 0 ? style.paint('good', `${count(passed, 'test')} passed`) : `${count(passed, 'test')} passed`,
    ...(failed === 0 ? [] : [style.paint('problem', `${failed} failed`)]),
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
  ];
  return `${counts.join(', ')} in OPA and in WebAssembly`;
}

function examplesText({ passed, failed }: TestVerdict['examples'], style: Style): string | null {
  if (passed + failed === 0) return null;
  const counts = count(passed, 'example');
  return failed === 0 ? counts : `${counts} passed, ${style.paint('problem', `${failed} failed`)}`;
}
