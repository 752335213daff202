import type { ResourceKind } from '../model/vocabulary.ts';
import type { Subject } from './subject.ts';

/** Subjects of one kind that are judged in one call. */
export type Chunk = {
  readonly kind: ResourceKind;
  /** Where the subjects stand among those of the run. */
  readonly indices: readonly number[];
  readonly subjects: readonly Subject[];
};

/** A call holds at most this many resources or characters; beyond, the policy's working set leaves the CPU's cache. */
const MOST = { subjects: 64, characters: 256 * 1024 };

/** Subjects of one kind together, in their order, cut to the size of a call. */
export function* chunksOf(subjects: readonly Subject[]): Generator<Chunk> {
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
      if (indices.length > 0 && (indices.length === MOST.subjects || characters + size > MOST.characters)) {
        yield chunkOf(kind, indices, subjects);
        indices = [];
        characters = 0;
      }
      indices.push(index);
      characters += size;
    }
    yield chunkOf(kind, indices, subjects);
  }
}

function chunkOf(kind: ResourceKind, indices: readonly number[], subjects: readonly Subject[]): Chunk {
  return { kind, indices, subjects: indices.flatMap((index) => subjects[index] ?? []) };
}

/** What an entrypoint is given: the facts of each subject. */
export function documentsOf(subjects: readonly Subject[]): string {
  return `{"docs":[${subjects.map(({ facts }) => facts).join(',')}]}`;
}

/** The entrypoint that judges by all rules of a kind: `agentIdentity` → `agentid/main/agent_identity`. */
export function kindEntrypoint(kind: ResourceKind): string {
  return `agentid/main/${kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

/** The entrypoint that judges by one rule, by its place in the catalogue. Bundles that are not ours have it. */
export function ruleEntrypoint(rule: number): string {
  return `agentid/main/rule_${rule}`;
}
