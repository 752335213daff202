type CodeText = { readonly title: string; readonly hint: string };

/** Every way in which the work folder of a collection cannot be used. Codes are stable: they are documented. */
export const SPOOL_PROBLEMS = {
  'spool-in-use': {
    title: 'Another run is collecting into this folder.',
    hint: 'Wait until it has ended. If there is no such run any more, delete the file "lock" in the folder.',
  },
  'spool-lock-lost': {
    title: 'Another run has taken over the work folder.',
    hint: 'Give each run an output of its own.',
  },
  'spool-other-run': {
    title: 'The interrupted run was for something else, so it cannot be resumed.',
    hint: 'Resume it with the settings that it was started with, or collect without --resume.',
  },
  'spool-other-version': {
    title: 'The interrupted run was made by another version, so it cannot be resumed.',
    hint: 'Collect again without --resume.',
  },
  'spool-damaged': {
    title: 'What the interrupted run left is damaged, so it cannot be resumed.',
    hint: 'Collect again without --resume.',
  },
  'spool-foreign-folder': {
    title: 'The work folder holds files that no collection made.',
    hint: 'Move them away, or name another output.',
  },
  'spool-unusable': {
    title: 'The work folder cannot be used.',
    hint: 'Check its permissions and its disk. An interrupted run can go on with --resume.',
  },
} as const satisfies { readonly [code: string]: CodeText };

export type SpoolProblemCode = keyof typeof SPOOL_PROBLEMS;

/** The work folder of a collection cannot be used. `message` and `hint` are for people. */
export class SpoolError extends Error {
  override readonly name = 'SpoolError';
  readonly code: SpoolProblemCode;
  readonly hint: string;

  constructor(code: SpoolProblemCode, message?: string, options?: ErrorOptions) {
    super(message ?? SPOOL_PROBLEMS[code].title, options);
    this.code = code;
    this.hint = SPOOL_PROBLEMS[code].hint;
  }
}
