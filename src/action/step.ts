import type { CliContext } from '../cli/context.ts';
import type { Base } from './base.ts';
import type { WorkflowEvent } from './event.ts';
import type { Environment } from './input-names.ts';
import type { Inputs } from './inputs.ts';
import type { Log } from './log.ts';
import type { Places } from './paths.ts';

/** The outside world of the Action, so that only `main.ts` touches `process`. */
export type ActionWorld = {
  /** The variables that the runner passes inputs in. They are in no other environment: the token is among them. */
  readonly inputs: Environment;
  readonly context: CliContext;
  readonly log: Log;
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** What a run is given. */
export type Step = {
  readonly inputs: Inputs;
  readonly places: Places;
  readonly event: WorkflowEvent;
  readonly world: ActionWorld;
};

/** A run, and what there is to say beside its report. */
export type Telling = Step & {
  /** `null` when no change is judged. */
  readonly base: Base | null;
  /** What is to be said of settings that the change touches; `null` when there is nothing. */
  readonly settings: string | null;
};
