import type { PolicyBundle } from './bundle.ts';
import { ruleEntrypoint, targetEntrypoint, type Chunk } from './chunks.ts';
import { NO_FAULTS, type ChunkJudge } from './evaluate.ts';
import { skipOf, type Judged } from './outcomes.ts';
import { PolicyError } from './policy-error.ts';
import type { Judgement, PolicyFinding } from './receipt.ts';
import type { PolicySandbox } from './sandbox.ts';
import type { Subject } from './subject.ts';
import type { RuleMetadata } from './types.ts';

/** What judging needs of a `PolicySandbox`. */
type Sandbox = Pick<PolicySandbox, 'judge' | 'spent'>;

/**
 * Judges by the rules of a bundle that is not ours. A rule that breaks is told from the others, which still judge: it
 * fails for the resources that it breaks on, or from then on when it takes too much.
 */
export function sandboxJudge(
  sandbox: Sandbox,
  { source, catalogue }: Pick<PolicyBundle, 'source' | 'catalogue'>,
): ChunkJudge {
  const finder = new CulpritFinder(sandbox, source.name, catalogue.rules);
  return (chunk, rules) => finder.judge(chunk, rules);
}

/** A judgement in the making. */
type Draft = { readonly findings: PolicyFinding[]; readonly faults: Map<number, PolicyError> };

class CulpritFinder {
  readonly #sandbox: Sandbox;
  readonly #source: string;
  readonly #rules: readonly RuleMetadata[];
  /** Rules that took too much, with the fault: they are not run again. */
  readonly #stopped = new Map<number, PolicyError>();
  /** Whether rules are asked one by one from the start, as all together took too much before. */
  #isApart = false;

  constructor(sandbox: Sandbox, source: string, rules: readonly RuleMetadata[]) {
    this.#sandbox = sandbox;
    this.#source = source;
    this.#rules = rules;
  }

  async judge(chunk: Chunk, rules: readonly number[]): Promise<readonly Judged[]> {
    let fault: PolicyError | null = null;
    if (!this.#isApart) {
      const whole = await this.#attempt(targetEntrypoint(chunk), chunk.subjects, rules);
      if (!(whole instanceof PolicyError))
        return whole.map(({ findings }) => ({ findings, faults: NO_FAULTS }));
      fault = whole;
      this.#isApart = whole.code === 'limit';
    }
    const drafts = new Map(
      chunk.subjects.map((subject): [Subject, Draft] => [subject, { findings: [], faults: new Map() }]),
    );
    // One that is alone has broken already.
    const known = rules.length === 1 ? fault : null;
    for (const rule of rules) await this.#judgeBy(rule, drafts, known);
    return [...drafts.values()];
  }

  async #judgeBy(
    rule: number,
    drafts: ReadonlyMap<Subject, Draft>,
    known: PolicyError | null,
  ): Promise<void> {
    const asked = new Map([...drafts].filter(([subject]) => this.#isAsked(rule, subject)));
    if (asked.size === 0) return;
    const stopped = this.#stopped.get(rule);
    if (stopped !== undefined) {
      blame(rule, stopped, asked);
      return;
    }
    const subjects = [...asked.keys()];
    const isKnown = known !== null && asked.size === drafts.size;
    const answer = isKnown ? known : await this.#attempt(ruleEntrypoint(rule), subjects, [rule]);
    if (!(answer instanceof PolicyError)) {
      for (const [place, { findings }] of [...asked.values()].entries())
        findings.push(...(answer[place]?.findings ?? []));
    } else if (answer.code !== 'limit' && asked.size > 1) {
      for (const one of asked) await this.#judgeBy(rule, new Map([one]), null);
    } else {
      const fault = this.#sandbox.spent ?? this.#named(answer, rule);
      if (fault.code === 'limit') this.#stopped.set(rule, fault);
      blame(rule, fault, asked);
    }
  }

  async #attempt(
    entrypoint: string,
    subjects: readonly Subject[],
    rules: readonly number[],
  ): Promise<readonly Judgement[] | PolicyError> {
    try {
      return await this.#sandbox.judge(entrypoint, subjects, rules);
    } catch (fault) {
      if (fault instanceof PolicyError) return fault;
      throw fault;
    }
  }

  #isAsked(rule: number, subject: Subject): boolean {
    const metadata = this.#rules[rule];
    return metadata !== undefined && skipOf(metadata, subject) === null;
  }

  /** `the policy exceeded 10 s` → `policy acme/loop (from ./rules) exceeded 10 s`. */
  #named({ code, message }: PolicyError, rule: number): PolicyError {
    const policy = `policy ${this.#rules[rule]?.id ?? rule} (from ${this.#source})`;
    const what = /^the policy (.*)$/s.exec(message)?.[1];
    return new PolicyError(code, what === undefined ? `${policy}: ${message}` : `${policy} ${what}`);
  }
}

function blame(rule: number, fault: PolicyError, drafts: ReadonlyMap<Subject, Draft>): void {
  for (const { faults } of drafts.values()) faults.set(rule, fault);
}
