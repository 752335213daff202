import type {
  Compiler,
  CompilerProblem,
  Coverage,
  SyntaxTree,
} from '../../packages/opa-compiler/src/types.ts';
import type { RuleCode } from '../sources/rule-code.ts';
import { packageOf } from '../sources/tree.ts';
import { isObject } from '../util/is-object.ts';
import type { Body } from './bodies.ts';
import { probeModule, probeReference, readProbe, type Probed } from './probe.ts';

export type OpaQuestion = {
  readonly code: RuleCode;
  readonly tree: SyntaxTree;
  readonly bodies: readonly Body[];
  /** The policy's `input` and `data`. */
  readonly input: unknown;
  readonly data: unknown;
};

export type OpaAnswer =
  | {
      readonly ok: true;
      /** The value of `findings`, sets as lists; `undefined` when OPA has none. */
      readonly findings: unknown;
      /** How far each body holds; `null` when OPA does not take the parts of this rule by themselves. */
      readonly probed: readonly Probed[] | null;
      /** Of the rule's file. */
      readonly coverage: Coverage['files'][string] | undefined;
    }
  | { readonly ok: false; readonly problems: readonly CompilerProblem[] };

const PROBE_FILE = 'built-in/probe.rego';

/** Runs a rule in OPA's own evaluator. */
export async function askOpa(
  { code, tree, bodies, input, data }: OpaQuestion,
  compiler: Compiler,
): Promise<OpaAnswer> {
  const { modules, file } = code;
  const findings = `data.${packageOf(tree) ?? ''}.findings`;
  const probe = probeModule(tree, bodies);
  if (probe !== null) {
    const query = `{"findings": ${findings}, "probed": ${probeReference(tree)}}`;
    const both = await compiler.evaluate({
      modules: { ...modules, [PROBE_FILE]: probe },
      query,
      input,
      data,
    });
    const value = both.ok ? both.values[0] : null;
    if (both.ok && isObject(value)) {
      const coverage = both.coverage.files[file.path];
      return { ok: true, findings: value['findings'], probed: readProbe(value['probed']), coverage };
    }
  }
  const answer = await compiler.evaluate({ modules, input, data, query: findings });
  if (!answer.ok) return answer;
  const [value] = answer.values;
  return { ok: true, findings: value, probed: null, coverage: answer.coverage.files[file.path] };
}
