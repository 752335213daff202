type CodeText = { readonly title: string; readonly hint: string };

const COLLECT_AGAIN = 'Collect the tenant again with "agentid-lint collect".';

/** Every way in which a snapshot cannot be read or written. Codes are stable: they are documented. */
export const SNAPSHOT_PROBLEMS = {
  'snapshot-not-found': {
    title: 'There is no such snapshot.',
    hint: 'Check the path, or make one with "agentid-lint collect".',
  },
  'snapshot-unreadable': {
    title: 'The snapshot cannot be read.',
    hint: 'Check the permissions and the disk.',
  },
  'snapshot-not-a-snapshot': {
    title: 'The file is not a snapshot.',
    hint: 'Name a file that "agentid-lint collect" has written.',
  },
  'snapshot-other-version': {
    title: 'The snapshot has a version of the format that this version does not know.',
    hint: 'Use a newer agentid-lint, or collect the tenant again with this one.',
  },
  'snapshot-invalid-header': {
    title: 'The header of the snapshot does not have the form that it should have.',
    hint: COLLECT_AGAIN,
  },
  'snapshot-damaged': { title: 'The snapshot is damaged.', hint: COLLECT_AGAIN },
  'snapshot-digest-mismatch': {
    title: 'The content of the snapshot is not the one that its header names.',
    hint: `Somebody or something has changed it. ${COLLECT_AGAIN}`,
  },
  'snapshot-invalid-record': {
    title: 'A record of the snapshot does not have the form that it should have.',
    hint: COLLECT_AGAIN,
  },
  'snapshot-not-written': {
    title: 'The snapshot could not be written.',
    hint: 'Check the permissions and the space on the disk, or name another output.',
  },
} as const satisfies { readonly [code: string]: CodeText };

export type SnapshotProblemCode = keyof typeof SNAPSHOT_PROBLEMS;

/** A snapshot cannot be read or written. `message` and `hint` are for people; no content of the snapshot is in them. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
  readonly code: SnapshotProblemCode;
  readonly hint: string;

  constructor(code: SnapshotProblemCode, message?: string, options?: ErrorOptions) {
    super(message ?? SNAPSHOT_PROBLEMS[code].title, options);
    this.code = code;
    this.hint = SNAPSHOT_PROBLEMS[code].hint;
  }
}
