import type { Compiler, CompilerProblem } from '../../packages/opa-compiler/src/types.ts';
import type { RuleCode } from '../sources/rule-code.ts';
import { askOpa, type OpaQuestion } from './ask-opa.ts';
import { areFindings, type BareFinding } from './bare-findings.ts';
import { bodiesOf } from './bodies.ts';
import { outcomesOf } from './candidates.ts';
import type { Probed } from './probe.ts';
import { tracedLines, type TracedBody, type TracedLine } from './traced-lines.ts';

/** What OPA's own evaluator makes of a rule and a resource. */
export type SourceTrace = {
  /** The file of the rule. */
  readonly file: string;
  readonly lines: readonly TracedLine[];
  /** What either found, when OPA and the engine that judged do not agree; else `null`. */
  readonly disagreement: { readonly engine: readonly BareFinding[]; readonly opa: unknown } | null;
};

export type SourceQuestion = Pick<OpaQuestion, 'input' | 'data'> & {
  /** What the engine found. */
  readonly findings: readonly BareFinding[];
  /** Show how this one of them came about, and no other way in which the rule can hold. */
  readonly only?: BareFinding;
};

export type Traced =
  | { readonly ok: true; readonly trace: SourceTrace }
  | { readonly ok: false; readonly problems: readonly CompilerProblem[] };

/** Runs a rule in OPA's own evaluator, and tells line by line how far it held. */
export async function traceSource(
  code: RuleCode,
  compiler: Compiler,
  { input, data, findings, only }: SourceQuestion,
): Promise<Traced> {
  const { file } = code;
  const parsed = await compiler.parse({ [file.path]: file.text });
  if (!parsed.ok) return parsed;
  const tree = parsed.trees[file.path] ?? {};
  const bodies = bodiesOf(tree);
  const answer = await askOpa({ code, tree, bodies, input, data }, compiler);
  if (!answer.ok) return answer;
  const { probed, coverage } = answer;
  const traced = bodies.flatMap((body, index): readonly TracedBody[] => {
    const rows = probed?.filter((row) => row.body === index) ?? null;
    if (rows === null || body.steps === null) return [{ body, outcomes: null }];
    if (only === undefined || body.finding === null)
      return [{ body, outcomes: outcomesOf(body, rows, { input }) }];
    const leading = leadingTo(only, rows);
    return leading.length === 0 ? [] : [{ body, outcomes: outcomesOf(body, rows, { input, leading }) }];
  });
  const isAgreed = areFindings(answer.findings, findings);
  return {
    ok: true,
    trace: {
      file: file.uri,
      lines: tracedLines(file.text, traced, coverage),
      disagreement: isAgreed ? null : { engine: findings, opa: answer.findings ?? null },
    },
  };
}

/** The values with which a body of `findings` adds one finding. */
function leadingTo(finding: BareFinding, rows: readonly Probed[]): readonly Probed['values'][] {
  return rows
    .filter((row) => row.finding !== null && areFindings([row.finding], [finding]))
    .map(({ values }) => values);
}
