import { canonicalText } from '../../model/canonical.ts';
import { FACT_GROUPS } from '../../model/vocabulary.ts';
import { looksSecret } from '../../util/secret-text.ts';
import { ALLOWED } from './allowlist.ts';
import type { Redactor } from './redaction.ts';
import { keep, type TextChange } from './shape.ts';
import type { SnapshotRecord, StreamInfo, StreamName } from './types.ts';

/** Stands in the place of a text that looks like a secret. */
export const SECRET_REMOVED = 'secret removed by agentid-lint';

const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** A record as it is stored: the order of the members is part of the format. */
type StoredLine = { readonly id: string; readonly text: string };

/** Makes lines of records, and counts what it had to replace since it was asked last. */
export type RecordWriter = {
  readonly line: (stream: StreamName, record: SnapshotRecord) => StoredLine;
  readonly replaced: () => StreamInfo['replaced'];
};

/**
 * Takes records as the collector made them: only allowed properties, GUIDs in lower case, no secret, no half characters,
 * and with a redactor no names or ids, come into the line.
 */
export function recordWriter(redactor: Redactor | null): RecordWriter {
  let malformed = 0;
  let secrets = 0;
  const change: TextChange = (given, kind, owner) => {
    let text = canonicalText(given);
    if (LONE_SURROGATE.test(text)) {
      malformed += 1;
      text = text.replaceAll(LONE_SURROGATES, '\ufffd');
    }
    if (looksSecret(text)) {
      secrets += 1;
      return SECRET_REMOVED;
    }
    return redactor === null ? text : redactor.text(text, kind, owner);
  };
  return {
    line: (stream, { id: given, api, properties, unknown }) => {
      if (stream === 'organization') redactor?.learn(properties);
      const id = change(given, 'id', properties);
      const kept = keep(ALLOWED[stream], properties, change);
      const head = `{"id":${JSON.stringify(id)},"api":${JSON.stringify(api)}`;
      return { id, text: `${head}${unknownText(unknown)},"properties":${JSON.stringify(kept)}}` };
    },
    replaced: () => {
      const counts = { malformed, secrets };
      malformed = 0;
      secrets = 0;
      return counts;
    },
  };
}

function unknownText(unknown: SnapshotRecord['unknown']): string {
  if (unknown === undefined) return '';
  const groups = FACT_GROUPS.flatMap((group) => {
    const reason = unknown[group];
    return reason === undefined ? [] : [[group, reason] as const];
  });
  return groups.length === 0 ? '' : `,"unknown":${JSON.stringify(Object.fromEntries(groups))}`;
}
