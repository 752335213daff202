import type { PolicyModule } from './engine.ts';
import type { PolicyError } from './policy-error.ts';
import type { Judgement } from './receipt.ts';

/** What a worker is started with. */
export type WorkerSetup = {
  /** As bytes it is compiled in the worker. */
  readonly wasm: PolicyModule;
  /** Whether it is ours, so that its answers need no bounds. */
  readonly isOurs: boolean;
  /** Pages of 64 KiB. */
  readonly memory: { readonly initial: number; readonly maximum: number };
  /** The entrypoints that the policy must have. */
  readonly entrypoints: readonly string[];
};

/** What a worker is asked, one thing after the other. */
export type WorkerRequest =
  /** To compile and instantiate the policy. */
  | { readonly ask: 'load' }
  /** To hand it the JSON text of its data; the run has so many resources. */
  | { readonly ask: 'provide'; readonly data: string; readonly resources: number }
  /** For the value of an entrypoint without an input. */
  | { readonly ask: 'value'; readonly entrypoint: string }
  /** To judge documents, given as JSON text or as that in UTF-8, of the resources with these references by these rules. */
  | {
      readonly ask: 'judge';
      readonly entrypoint: string;
      readonly documents: string | Uint8Array;
      readonly refs: readonly string[];
      readonly rules: readonly number[];
    };

/** An answer is checked and read by the worker, so that nothing a module says is parsed anywhere else. */
export type WorkerAnswer = {
  /** Milliseconds that it took. */
  readonly time: number;
  /** Bytes of JSON text that the policy answered with. */
  readonly bytes: number;
} & (
  | { readonly judgements: readonly Judgement[] }
  | { readonly value: unknown }
  | { readonly fault: Pick<PolicyError, 'code' | 'message'> }
);

/** The first message of a worker says that it is there; every other one is an answer. */
export type WorkerMessage = 'ready' | WorkerAnswer;
