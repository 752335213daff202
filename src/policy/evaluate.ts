import type { ResourceKind } from '../model/vocabulary.ts';
import type { PolicyEngine } from './engine.ts';
import { OutcomeTally } from './outcomes.ts';
import { PolicyError } from './policy-error.ts';
import { readJudgements, type Judgement } from './receipt.ts';
import type { Subject } from './subject.ts';
import type { Catalogue, RawFinding, RuleOutcome } from './types.ts';

export type Evaluation = {
  readonly findings: readonly RawFinding[];
  /** One for each rule of the catalogue, in its order. */
  readonly outcomes: readonly RuleOutcome[];
  /** Subjects that could not be judged, by index, with the fault. */
  readonly broken: ReadonlyMap<number, PolicyError>;
  readonly pairs: {
    readonly evaluated: number;
    readonly failed: number;
    readonly notApplicable: number;
    readonly skipped: number;
  };
};

/** What judging needs of a `PolicyEngine`. */
type Engine = Pick<PolicyEngine, 'evaluate'>;

/** A call holds at most this many resources or characters; beyond, the policy's working set leaves the CPU's cache. */
const CHUNK = { subjects: 64, characters: 256 * 1024 };

/**
 * Judges every subject with every rule of the catalogue that applies. A subject that breaks the policy is
 * named in `broken` and the others are still judged. Between chunks the event loop runs, so that signals are seen.
 */
export async function evaluate(
  engine: Engine,
  catalogue: Catalogue,
  subjects: readonly Subject[],
): Promise<Evaluation> {
  const tally = new OutcomeTally(catalogue);
  const findings: RawFinding[] = [];
  const broken = new Map<number, PolicyError>();
  for (const chunk of chunksOf(subjects)) {
    const applying = tally.rulesFor(chunk.kind);
    for (const [index, judgement] of judgeChunk(engine, chunk, subjects, applying)) {
      const subject = subjects[index];
      if (subject === undefined) continue;
      if (judgement instanceof PolicyError) broken.set(index, judgement);
      tally.add(subject, judgement, (rule, { path, args, related }) =>
        findings.push({ rule, resource: index, path, args, related }),
      );
    }
    await new Promise((resume) => setImmediate(resume));
  }
  return { findings, outcomes: tally.outcomes(), broken, pairs: tally.pairs(subjects) };
}

type Chunk = { readonly kind: ResourceKind; readonly indices: readonly number[] };

/** Subjects of one kind together, in their order, cut to the size of a call. */
function* chunksOf(subjects: readonly Subject[]): Generator<Chunk> {
  const byKind = new Map<ResourceKind, number[]>();
  subjects.forEach(({ kind }, index) => {
    const indices = byKind.get(kind);
    if (indices === undefined) byKind.set(kind, [index]);
    else indices.push(index);
  });
  for (const [kind, all] of byKind) {
    let indices: number[] = [];
    let characters = 0;
    for (const index of all) {
      const size = subjects[index]?.facts.length ?? 0;
      if (indices.length > 0 && (indices.length === CHUNK.subjects || characters + size > CHUNK.characters)) {
        yield { kind, indices };
        indices = [];
        characters = 0;
      }
      indices.push(index);
      characters += size;
    }
    yield { kind, indices };
  }
}

type Judged = readonly [index: number, judgement: Judgement | PolicyError];

function judgeChunk(
  engine: Engine,
  chunk: Chunk,
  subjects: readonly Subject[],
  applying: readonly number[],
): readonly Judged[] {
  if (applying.length === 0) return chunk.indices.map((index) => [index, { findings: [] }]);
  try {
    const judgements = judge(engine, chunk, subjects, applying);
    return chunk.indices.map((index, place) => [
      index,
      judgements[place] ?? new PolicyError('receipt', 'no judgement'),
    ]);
  } catch (fault) {
    if (!(fault instanceof PolicyError)) throw fault;
    const [only] = chunk.indices;
    if (chunk.indices.length === 1 && only !== undefined) return [[only, fault]];
    // One resource must not take the others of its chunk with it.
    return chunk.indices.flatMap((index) =>
      judgeChunk(engine, { kind: chunk.kind, indices: [index] }, subjects, applying),
    );
  }
}

function judge(
  engine: Engine,
  { kind, indices }: Chunk,
  subjects: readonly Subject[],
  applying: readonly number[],
): readonly Judgement[] {
  const chosen = indices.flatMap((index) => subjects[index] ?? []);
  const answer = engine.evaluate(
    entrypointOf(kind),
    `{"docs":[${chosen.map(({ facts }) => facts).join(',')}]}`,
  );
  return readJudgements(
    answer,
    chosen.map(({ ref }) => ref),
    applying,
  );
}

/** `agentIdentity` → `agentid/main/agent_identity`. */
function entrypointOf(kind: ResourceKind): string {
  return `agentid/main/${kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}
