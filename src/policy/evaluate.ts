import { chunksOf, documentsOf, kindEntrypoint, type Chunk } from './chunks.ts';
import type { PolicyEngine } from './engine.ts';
import { OutcomeTally, type Judged } from './outcomes.ts';
import { PolicyError } from './policy-error.ts';
import { readJudgements, type Judgement } from './receipt.ts';
import type { Subject } from './subject.ts';
import type { Catalogue, RawFinding, RuleOutcome } from './types.ts';

export type Evaluation = {
  readonly findings: readonly RawFinding[];
  /** One for each rule of the catalogue, in its order. */
  readonly outcomes: readonly RuleOutcome[];
  /** Subjects that no rule could judge because the policy broke, by index, with the fault. */
  readonly broken: ReadonlyMap<number, PolicyError>;
  /** Subjects that at least one rule judged. */
  readonly judged: ReadonlySet<number>;
  readonly pairs: {
    readonly evaluated: number;
    readonly failed: number;
    readonly notApplicable: number;
    readonly skipped: number;
  };
};

/** What judging needs of a `PolicyEngine`. */
type Engine = Pick<PolicyEngine, 'evaluate'>;

/** Judges the subjects of a chunk, in their order, by the rules with these catalogue numbers: all that apply to its kind. */
export type ChunkJudge = (
  chunk: Chunk,
  rules: readonly number[],
) => readonly Judged[] | Promise<readonly Judged[]>;

/** Told of each resource, by its place among the subjects, that a rule broke on. */
export type OnFault = (rule: string, resource: number, fault: PolicyError) => void;

export const NO_FAULTS: ReadonlyMap<number, PolicyError> = new Map();

/**
 * Judges every subject with every rule of the catalogue that applies, on this thread. A subject that breaks the
 * policy is named in `broken` and the others are still judged.
 */
export function evaluate(
  engine: Engine,
  catalogue: Catalogue,
  subjects: readonly Subject[],
  onFault?: OnFault,
): Promise<Evaluation> {
  return evaluateChunks((chunk, rules) => judgeOrBlame(engine, chunk, rules), catalogue, subjects, onFault);
}

/** Judges chunk by chunk and counts what happened. Between chunks the event loop runs, so that signals are seen. */
export async function evaluateChunks(
  judge: ChunkJudge,
  catalogue: Catalogue,
  subjects: readonly Subject[],
  onFault: OnFault = () => undefined,
): Promise<Evaluation> {
  const tally = new OutcomeTally(catalogue);
  const findings: RawFinding[] = [];
  const broken = new Map<number, PolicyError>();
  const judged = new Set<number>();
  for (const chunk of chunksOf(subjects)) {
    const applying = tally.rulesFor(chunk.kind);
    const judgements = applying.length === 0 ? chunk.subjects.map(nothing) : await judge(chunk, applying);
    for (const [place, index] of chunk.indices.entries()) {
      const subject = chunk.subjects[place];
      const judgement = judgements[place];
      if (subject === undefined || judgement === undefined) throw new RangeError('a chunk has gaps');
      const isJudged = tally.add(subject, judgement, (rule, { path, args, related }) =>
        findings.push({ rule, resource: index, path, args, related }),
      );
      if (isJudged) judged.add(index);
      for (const [rule, fault] of judgement.faults) onFault(catalogue.rules[rule]?.id ?? '', index, fault);
      const [fault] = judgement.faults.values();
      if (!isJudged && fault !== undefined) broken.set(index, fault);
    }
    await new Promise((resume) => setImmediate(resume));
  }
  return { findings, outcomes: tally.outcomes(), broken, judged, pairs: tally.pairs(subjects) };
}

function nothing(): Judged {
  return { findings: [], faults: NO_FAULTS };
}

function judgeOrBlame(engine: Engine, chunk: Chunk, rules: readonly number[]): readonly Judged[] {
  try {
    return judge(engine, chunk, rules).map(({ findings }) => ({ findings, faults: NO_FAULTS }));
  } catch (fault) {
    if (!(fault instanceof PolicyError)) throw fault;
    if (chunk.subjects.length === 1)
      return [{ findings: [], faults: new Map(rules.map((rule) => [rule, fault])) }];
    // One resource must not take the others of its chunk with it.
    return chunk.subjects.flatMap((subject) =>
      judgeOrBlame(engine, { ...chunk, subjects: [subject] }, rules),
    );
  }
}

function judge(engine: Engine, { kind, subjects }: Chunk, rules: readonly number[]): readonly Judgement[] {
  const answer = engine.evaluate(kindEntrypoint(kind), documentsOf(subjects));
  return readJudgements(
    answer,
    subjects.map(({ ref }) => ref),
    rules,
  );
}
