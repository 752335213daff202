import type { Subject } from './subject.ts';
import { entrypointName, type Target } from './surface.ts';

/** Subjects of one kind and origin that are judged in one call. */
export type Chunk = Target & {
  /** Where the subjects stand among those of the run. */
  readonly indices: readonly number[];
  readonly subjects: readonly Subject[];
};

/** A call holds at most this many resources or characters; beyond, the policy's working set leaves the CPU's cache. */
const MOST = { subjects: 64, characters: 256 * 1024 };

/** Puts subjects of one kind and origin, as they come, into chunks of the size of a call. */
export class ChunkCutter {
  readonly #target: Target;
  #indices: number[] = [];
  #subjects: Subject[] = [];
  #characters = 0;

  constructor({ kind, from }: Target) {
    this.#target = { kind, from };
  }

  /** Takes one more; gives the chunk that is full because of it, which does not hold it yet. */
  add(subject: Subject, index: number): Chunk | null {
    const size = sizeOf(subject);
    const isFull =
      this.#subjects.length === MOST.subjects ||
      (this.#subjects.length > 0 && this.#characters + size > MOST.characters);
    const full = isFull ? this.rest() : null;
    this.#indices.push(index);
    this.#subjects.push(subject);
    this.#characters += size;
    return full;
  }

  /** What is left; `null` when nothing is. */
  rest(): Chunk | null {
    if (this.#subjects.length === 0) return null;
    const chunk = { ...this.#target, indices: this.#indices, subjects: this.#subjects };
    this.#indices = [];
    this.#subjects = [];
    this.#characters = 0;
    return chunk;
  }
}

/** Subjects of one kind and origin together, in their order, cut to the size of a call. */
export function* chunksOf(subjects: readonly Subject[]): Generator<Chunk> {
  const groups = new Map<
    string,
    { readonly target: Target; readonly members: (readonly [Subject, number])[] }
  >();
  for (const [index, subject] of subjects.entries()) {
    const name = entrypointName(subject);
    const group = groups.get(name) ?? { target: subject, members: [] };
    group.members.push([subject, index]);
    groups.set(name, group);
  }
  for (const { target, members } of groups.values()) {
    const cutter = new ChunkCutter(target);
    for (const [subject, index] of members) {
      const chunk = cutter.add(subject, index);
      if (chunk !== null) yield chunk;
    }
    const rest = cutter.rest();
    if (rest !== null) yield rest;
  }
}

function sizeOf({ facts, rest = NO_PARTS }: Subject): number {
  let size = facts.length;
  for (const part of rest) size += part.length;
  return size;
}

const NO_PARTS: readonly string[] = [];

/** What an entrypoint is given: the facts of each subject, as JSON text in parts that follow each other. */
export function documentsOf(subjects: readonly Subject[]): readonly string[] {
  const parts: string[] = [];
  for (const { facts, rest = NO_PARTS } of subjects) {
    parts.push(parts.length === 0 ? '{"docs":[' : ',', facts);
    for (const part of rest) parts.push(part);
  }
  parts.push(parts.length === 0 ? '{"docs":[]}' : ']}');
  return parts;
}

/** The entrypoint that judges by all rules for a target. */
export function targetEntrypoint(target: Target): string {
  return `agentid/main/${entrypointName(target)}`;
}

/** The entrypoint that judges by one rule, by its place in the catalogue. Bundles that are not ours have it. */
export function ruleEntrypoint(rule: number): string {
  return `agentid/main/rule_${rule}`;
}
