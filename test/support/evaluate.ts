import { chunksOf } from '../../src/policy/chunks.ts';
import type { PolicyEngine } from '../../src/policy/engine.ts';
import { sandboxJudge } from '../../src/policy/evaluate-sandboxed.ts';
import {
  engineJudge,
  Evaluator,
  type ChunkJudge,
  type EvaluatedChunk,
  type OnFault,
  type Totals,
} from '../../src/policy/evaluate.ts';
import type { PolicyBundle } from '../../src/policy/bundle.ts';
import type { PolicySandbox } from '../../src/policy/sandbox.ts';
import type { Subject } from '../../src/policy/subject.ts';
import type { Catalogue } from '../../src/policy/types.ts';

/** What came of all subjects together. */
export type Evaluation = EvaluatedChunk & Totals;

/** Judges all subjects with one engine. */
export function evaluate(
  engine: Pick<PolicyEngine, 'evaluate'>,
  catalogue: Catalogue,
  subjects: readonly Subject[],
  onFault?: OnFault,
): Promise<Evaluation> {
  return evaluateAll(engineJudge(engine), catalogue, subjects, onFault);
}

/** Judges all subjects in one sandbox. */
export function evaluateSandboxed(
  sandbox: Pick<PolicySandbox, 'judge' | 'spent'>,
  bundle: Pick<PolicyBundle, 'source' | 'catalogue'>,
  subjects: readonly Subject[],
  onFault?: OnFault,
): Promise<Evaluation> {
  return evaluateAll(sandboxJudge(sandbox, bundle), bundle.catalogue, subjects, onFault);
}

async function evaluateAll(
  judge: ChunkJudge,
  catalogue: Catalogue,
  subjects: readonly Subject[],
  onFault?: OnFault,
): Promise<Evaluation> {
  const evaluator = new Evaluator(judge, catalogue, onFault);
  const chunks: EvaluatedChunk[] = [];
  for (const chunk of chunksOf(subjects)) chunks.push(await evaluator.judge(chunk));
  return {
    findings: chunks.flatMap(({ findings }) => findings),
    broken: new Map(chunks.flatMap(({ broken }) => [...broken])),
    judged: new Set(chunks.flatMap(({ judged }) => [...judged])),
    ...evaluator.totals(),
  };
}
