import { documentsOf, targetEntrypoint, type Chunk } from './chunks.ts';
import type { PolicyEngine } from './engine.ts';
import { OutcomeTally, type Judged, type Pairs, type Unread } from './outcomes.ts';
import { PolicyError } from './policy-error.ts';
import { readJudgements, type Judgement } from './receipt.ts';
import type { Catalogue, RawFinding, RuleOutcome } from './types.ts';

/** What judging needs of a `PolicyEngine`. */
type Engine = Pick<PolicyEngine, 'evaluate'>;

/** Judges the subjects of a chunk, in their order, by the rules with these catalogue numbers: all that apply to them. */
export type ChunkJudge = (
  chunk: Chunk,
  rules: readonly number[],
) => readonly Judged[] | Promise<readonly Judged[]>;

/** Told of each resource, by its place among the subjects, that a rule broke on. */
export type OnFault = (rule: string, resource: number, fault: PolicyError) => void;

export const NO_FAULTS: ReadonlyMap<number, PolicyError> = new Map();

/** What came of the subjects of a chunk, which are known by their places among those of the run. */
export type EvaluatedChunk = {
  /** Subject by subject, in their order. */
  readonly findings: readonly RawFinding[];
  /** Subjects that no rule could judge because the policy broke, with the fault. */
  readonly broken: ReadonlyMap<number, PolicyError>;
  /** Subjects that at least one rule judged. */
  readonly judged: ReadonlySet<number>;
};

/** What came of all chunks. */
export type Totals = {
  /** One for each rule of the catalogue, in its order. */
  readonly outcomes: readonly RuleOutcome[];
  readonly pairs: Pairs;
};

/**
 * Judges chunk after chunk with every rule of a catalogue that applies, and counts what happened. Nothing of a chunk is
 * kept. A subject that breaks the policy is told, and the others are still judged.
 */
export class Evaluator {
  /** How many chunks may be given before the first of them is judged. */
  readonly atOnce: number;
  readonly #judge: ChunkJudge;
  readonly #catalogue: Catalogue;
  readonly #onFault: OnFault;
  readonly #tally: OutcomeTally;
  /** When the last chunk that was given is booked. */
  #booked: Promise<unknown> = Promise.resolve();

  constructor(judge: ChunkJudge, catalogue: Catalogue, onFault: OnFault = () => undefined, atOnce = 1) {
    this.atOnce = atOnce;
    this.#judge = judge;
    this.#catalogue = catalogue;
    this.#onFault = onFault;
    this.#tally = new OutcomeTally(catalogue);
  }

  /** Chunks are booked in the order that they are given in, whichever of them is judged first. */
  judge(chunk: Chunk): Promise<EvaluatedChunk> {
    const booked = this.#judgeAfter(this.#booked, chunk);
    // Whoever asked is told; those that come after are booked all the same.
    this.#booked = booked.catch(() => undefined);
    return booked;
  }

  async #judgeAfter(before: Promise<unknown>, chunk: Chunk): Promise<EvaluatedChunk> {
    const applying = this.#tally.rulesFor(chunk);
    const judgements =
      applying.length === 0 ? chunk.subjects.map(nothing) : await this.#judge(chunk, applying);
    await before;
    return this.#book(chunk, judgements);
  }

  #book(chunk: Chunk, judgements: readonly Judged[]): EvaluatedChunk {
    const findings: RawFinding[] = [];
    const broken = new Map<number, PolicyError>();
    const judged = new Set<number>();
    for (const [place, index] of chunk.indices.entries()) {
      const subject = chunk.subjects[place];
      const judgement = judgements[place];
      if (subject === undefined || judgement === undefined) throw new RangeError('a chunk has gaps');
      const isJudged = this.#tally.add(subject, judgement, (rule, { path, args, related }) =>
        findings.push({ rule, resource: index, path, args, related }),
      );
      if (isJudged) judged.add(index);
      for (const [rule, fault] of judgement.faults)
        this.#onFault(this.#catalogue.rules[rule]?.id ?? '', index, fault);
      const [fault] = judgement.faults.values();
      if (!isJudged && fault !== undefined) broken.set(index, fault);
    }
    return { findings, broken, judged };
  }

  /** Books resources that could not be read. */
  addUnread(unread: Unread): void {
    this.#tally.addUnread(unread);
  }

  totals(): Totals {
    return { outcomes: this.#tally.outcomes(), pairs: this.#tally.pairs() };
  }
}

/** Judges on this thread. */
export function engineJudge(engine: Engine): ChunkJudge {
  return (chunk, rules) => judgeOrBlame(engine, chunk, rules);
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

function judge(engine: Engine, chunk: Chunk, rules: readonly number[]): readonly Judgement[] {
  const { subjects } = chunk;
  const answer = engine.evaluate(targetEntrypoint(chunk), documentsOf(subjects));
  return readJudgements(
    answer,
    subjects.map(({ ref }) => ref),
    rules,
  );
}
