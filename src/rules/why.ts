import type { Finding } from '../findings/finding.ts';
import type { LintRun } from '../lint.ts';
import type { BundleSource, PolicyBundle } from '../policy/bundle.ts';
import { dataText, type PolicyData } from '../policy/data.ts';
import { compilerAccess, type OwnedCompiler } from '../sources/compiler-access.ts';
import type { Library } from '../sources/library.ts';
import { readRuleCode, type RuleCode } from '../sources/rule-code.ts';
import { traceSource, type SourceQuestion, type SourceTrace } from './source-trace.ts';

/** Why a rule holds or does not, from its source; or a sentence that says why that cannot be told. */
export type Why =
  | { readonly status: 'traced'; readonly trace: SourceTrace }
  | { readonly status: 'untraced'; readonly reason: string };

/** Whether OPA and the engine that judged do not find the same. */
export function isDisagreement(why: Why): boolean {
  return why.status === 'traced' && why.trace.disagreement !== null;
}

export type TracedRule = {
  readonly id: string;
  readonly source: BundleSource;
  /** Absolute folder that its Rego stands in; `null` when it came compiled. */
  readonly folder: string | null;
};

export type WhyOptions = {
  /** Absolute working directory. */
  readonly cwd: string;
  readonly library: Library;
  /** An `opa` executable to use instead of the compiler that comes along. */
  readonly opa: string | null;
};

export type WhyQuestion = {
  readonly run: LintRun;
  /** What has the rule. */
  readonly bundle: PolicyBundle;
  /** Place of the resource among those of the run. */
  readonly resource: number;
  /** Tell how this finding came about, and no other. */
  readonly only?: Finding;
};

/** Traces the source of one rule, with a compiler that is started when it is needed and stays until `close`. */
export class WhyTracer {
  /** `null` when the source is not known. */
  readonly code: RuleCode | null;
  readonly #rule: TracedRule;
  readonly #access: OwnedCompiler;
  readonly #isNamed: boolean;

  constructor(rule: TracedRule, { cwd, library, opa }: WhyOptions) {
    const { id, folder, source } = rule;
    const isBuiltIn = source.kind === 'built-in';
    this.code = folder === null ? null : readRuleCode({ id, folder, isBuiltIn, cwd }, library);
    this.#rule = rule;
    this.#access = compilerAccess(opa);
    this.#isNamed = opa !== null;
  }

  /** @throws {Error} called `CompilerUnavailableError` when an executable was named that is none */
  async ask(question: WhyQuestion): Promise<Why> {
    if (this.code === null) return untraced(this.#withoutCode());
    try {
      await this.#access.identity();
      const compiler = await this.#access.open();
      const traced = await traceSource(this.code, compiler, this.#toOpa(question, this.code));
      if (traced.ok) return { status: 'traced', trace: traced.trace };
      const [problem] = traced.problems;
      const row = problem?.row ?? null;
      const place = problem?.file === this.code.file.path && row !== null ? ` (line ${row})` : '';
      return untraced(`OPA has no answer: ${asClause(problem?.message ?? 'it says nothing')}${place}.`);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const { name, message } = error;
      if (name === 'CompilerFaultError') return untraced(`OPA gave no answer: ${asClause(message)}.`);
      if (name !== 'CompilerUnavailableError' || this.#isNamed) throw error;
      return untraced(`Which lines hold can only be told with OPA's compiler: ${asClause(message)}.`);
    }
  }

  async close(): Promise<void> {
    await this.#access.close();
  }

  #toOpa({ run, bundle, resource, only }: WhyQuestion, { tables }: RuleCode): SourceQuestion {
    const { subjects, data } = run.prepared;
    const findings = run.evaluation.findings
      .filter((raw) => raw.resource === resource && raw.rule === this.#rule.id)
      .map(({ path, args, related }) => ({ path, args, related }));
    const wanted = findings.find(({ path, args }) => path === only?.path && args === only.args);
    return {
      // Our own text.
      input: JSON.parse(subjects[resource]?.facts ?? 'null') as unknown,
      data: documentOf(bundle, data, tables),
      findings,
      ...(wanted === undefined ? {} : { only: wanted }),
    };
  }

  #withoutCode(): string {
    const { folder, source } = this.#rule;
    if (folder === null) return `The rule came compiled, from ${source.name}: its source is not known.`;
    return source.kind === 'built-in'
      ? 'The source of the built-in rules is not installed.'
      : `The source of the rule cannot be read any more, from ${source.name}.`;
  }
}

/** The policy's `data` as the engine has it, with only those tables that the rule reads. */
function documentOf(bundle: PolicyBundle, data: PolicyData, names: readonly string[]): unknown {
  const { agentid } = JSON.parse(dataText(bundle, data)) as {
    readonly agentid: { readonly tables: { readonly [name: string]: unknown } };
  };
  const tables = Object.entries(agentid.tables).filter(([name]) => names.includes(name));
  return { agentid: { ...agentid, tables: Object.fromEntries(tables) } };
}

function untraced(reason: string): Why {
  return { status: 'untraced', reason };
}

/** Without the full stop and white space that a sentence around it would double. */
function asClause(message: string): string {
  return message.trim().replace(/\.$/, '');
}
