import type { CollectionEvidence } from '../../model/collection.ts';
import type { GraphFault } from '../graph/types.ts';

/** How reading ended; `complete` or why not. */
export type Ending = 'complete' | 'partial' | 'forbidden' | 'unlicensed' | 'failed';

/** What came of reading a list or of one kind of request in a sweep. Kept in the checkpoints. */
export type Outcome = {
  readonly status: Ending;
  readonly reason: string | null;
  readonly evidence: CollectionEvidence | null;
  readonly objects: number;
  readonly requests: number;
  readonly duplicates: number;
};

/** The run was stopped; what was read up to the last checkpoint is kept. */
export class Interrupted extends Error {
  constructor() {
    super('the run was stopped');
    this.name = 'Interrupted';
  }
}

/** How a fault ends the reading of a list of which nothing came. */
export function endingOf(fault: GraphFault): Ending {
  if (fault.kind === 'forbidden' || fault.kind === 'unlicensed') return fault.kind;
  return 'failed';
}

export function evidenceOf(fault: GraphFault): CollectionEvidence {
  const { status, code, request, requestId } = fault;
  return { status, code, request, requestId };
}

/** Throws when a fault means that the run was stopped. */
export function unlessStopped(fault: GraphFault): GraphFault {
  if (fault.kind === 'aborted') throw new Interrupted();
  return fault;
}
