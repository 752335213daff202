/** A JSON object that the spool keeps as it is. Never a token, nor anything that the allow-list of snapshots leaves out. */
export type SpoolData = { readonly [key: string]: unknown };

/** Something that was read about the object `id`. */
export type SpoolRow = {
  /** What rows are joined by; GUIDs in lower case. */
  readonly id: string;
  /**
   * Tells rows of one id and step apart, such as the id of a grant. Of rows with the same id and key the one that was
   * appended last is kept. `''` for steps that have one row for each id.
   */
  readonly key: string;
  readonly value: SpoolData;
};

/** Where a step has come to. */
export type StepState = {
  readonly done: boolean;
  /** Rows appended before the last checkpoint. */
  readonly rows: number;
  /** Where reading goes on; `null` at the beginning and at the end. */
  readonly nextLink: string | null;
  /** What the collector gave with the last checkpoint: counters, statuses, evidence. `{}` at the beginning. */
  readonly notes: SpoolData;
};

/** One list or sweep of requests, and the rows that came of it. */
export type SpoolStep = {
  readonly name: string;
  /** As of the last checkpoint; of an interrupted run when it was resumed. */
  readonly state: () => StepState;
  /** Rows stay only when a checkpoint follows. Throws when the step is done. Calls are written in their order. */
  readonly append: (rows: readonly SpoolRow[]) => Promise<void>;
  /** Everything appended before is kept from here on. */
  readonly checkpoint: (position: {
    readonly nextLink: string | null;
    readonly notes: SpoolData;
  }) => Promise<void>;
  /** The last checkpoint of the step. */
  readonly done: (notes: SpoolData) => Promise<void>;
  /** Drops every row and begins again, as when a skip token is too old. */
  readonly restart: () => Promise<void>;
  /** Rows as of now in the order that they were appended in, duplicates too, in batches. */
  readonly rows: () => AsyncIterable<readonly SpoolRow[]>;
};

/** One id and all its rows. */
export type JoinedRows<Step extends string> = {
  readonly id: string;
  /** For each step that was joined, its rows in the order of `key`, one for each key; `[]` when there are none. */
  readonly rows: { readonly [name in Step]: readonly SpoolRow[] };
};

export type JoinBatch<Step extends string> = {
  /** In the order of `id`, code point by code point, over all batches; each id once. */
  readonly joined: readonly JoinedRows<Step>[];
  /** Rows of these ids that another row of the same id and key replaced, by step. */
  readonly duplicates: { readonly [name in Step]: number };
};

export type Spool = {
  /** Whether this run goes on from an interrupted one. */
  readonly resumed: boolean;
  /** Absolute. */
  readonly folder: string;
  /** The step of this name: letters, digits, `-` and `.`; the same object each time. */
  readonly step: (name: string) => SpoolStep;
  /** Names of all steps that were begun, in code point order. */
  readonly steps: () => readonly string[];
  /**
   * Joins the rows of several steps by id, in flat memory: they are sorted on disk. An id comes when any of the steps has
   * it. May be called several times, one after the other.
   */
  readonly join: <Step extends string>(steps: readonly Step[]) => AsyncIterable<JoinBatch<Step>>;
  /** Ends the use of the folder and keeps it, so that a later run can resume. */
  readonly close: () => Promise<void>;
  /** Ends the use of the folder and removes it with everything in it. */
  readonly remove: () => Promise<void>;
};

export type SpoolOptions = {
  /**
   * What the rows were read for: tenant, cloud, tool version, plan, options. An interrupted run is only resumed when all
   * of it is the same. Shown in messages: nothing secret.
   */
  readonly identity: { readonly [name: string]: string };
  /** `true`: go on from an interrupted run if there is one. `false`: remove what such a run left, and begin. */
  readonly resume: boolean;
  /** This process, so that two runs do not use one folder. */
  readonly owner: {
    readonly pid: number;
    /** RFC 3339. */
    readonly startedAt: string;
    /** Whether a process with this number runs, as `process.kill(pid, 0)` tells. */
    readonly isRunning: (pid: number) => boolean;
  };
};

/** `openSpool(folder, options)` in ./spool.ts; `folder` is `<output>.partial`. Throws `SpoolError`. */
export type OpenSpool = (folder: string, options: SpoolOptions) => Promise<Spool>;
