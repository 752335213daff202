import type { SourceDocument } from '../documents/document.ts';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { canonicalText } from '../model/canonical.ts';
import type { ResourceKind } from '../model/vocabulary.ts';
import { looksSecret } from '../util/secret-text.ts';
import { DAY, readMoment, type Moment } from './moment.ts';
import { suppressionProblem, type SuppressionProblemCode } from './problem.ts';
import { fromWorkingDirectory } from './relative-uri.ts';
import type { RuleNames } from './rule-names.ts';
import type { SuppressionPolicy, WaivedObject, Waiver } from './types.ts';

type WrittenObject = {
  readonly file?: string;
  readonly document?: number;
  readonly pointer?: string;
  readonly id?: string;
  readonly appId?: string;
  readonly uniqueName?: string;
};

/** An entry as its schema has it. */
export type WrittenWaiver = {
  readonly rule: string;
  readonly object: WrittenObject;
  readonly kind?: ResourceKind;
  readonly value?: unknown;
  readonly fingerprint?: string;
  readonly reason: string;
  readonly approvedBy: string;
  readonly ticket?: string;
  readonly created: string;
  readonly expires: string;
};

/** What entries are read with. */
export type Reading = {
  readonly document: SourceDocument;
  readonly rules: RuleNames;
  readonly isWaivable: (rule: string) => boolean;
  readonly policy: SuppressionPolicy;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** The working directory seen from the folder that `file` is relative to. */
  readonly base: string;
};

/** What decides what a waiver is about: a file that was cut in front of one of these would waive more. */
const NARROWING = ['object', 'kind', 'value', 'fingerprint'] as const;

export type WaiverRead = { readonly waiver: Waiver | null; readonly problems: readonly Problem[] };

/** One entry; `null` when there is anything wrong with it. */
export function readWaiver(written: WrittenWaiver, path: Path, reading: Reading): WaiverRead {
  const { document, rules } = reading;
  const problems: Problem[] = [];
  const complain = (
    key: string,
    code: SuppressionProblemCode,
    words: { message?: string; hint?: string } = {},
  ) => {
    const { range } = document.locate([...path, key]);
    problems.push(suppressionProblem(code, { uri: document.uri, range, ...words }));
  };
  const rule = rules.idOf(written.rule);
  if (rule === null) complain('rule', 'waiver-unknown-rule', rules.unknown(written.rule));
  else if (!reading.isWaivable(rule))
    complain('rule', 'waiver-rule-not-waivable', { message: `Findings of ${rule} may not be waived.` });
  for (const key of ['reason', 'approvedBy', 'ticket'] as const)
    if (looksSecret(written[key] ?? '')) complain(key, 'waiver-secret');
  const keys = Object.keys(written);
  const late = NARROWING.filter((key) => keys.indexOf(key) > keys.indexOf('expires'));
  for (const key of late)
    problems.push(
      suppressionProblem('waiver-after-expires', {
        uri: document.uri,
        range: document.locateKey([...path, key]).range,
        message: `"${key}" must stand before "expires".`,
      }),
    );
  const created = momentAt('created', written, complain);
  const expires = momentAt('expires', written, complain);
  if (created !== null && expires !== null) checkSpan(created, expires, reading, complain);
  if (problems.length > 0 || rule === null || created === null || expires === null)
    return { waiver: null, problems };
  const { kind = null, fingerprint = null, reason, approvedBy, ticket = null } = written;
  return {
    waiver: {
      rule,
      object: waivedObject(written.object, reading.base),
      kind,
      value: Object.hasOwn(written, 'value') ? { json: written.value } : null,
      fingerprint,
      suppression: {
        kind: 'waiver',
        reason,
        approvedBy,
        ticket,
        created: created.text,
        expires: expires.text,
        location: { uri: document.uri, range: document.locate(path).range },
      },
      ends: expires.ends,
    },
    problems,
  };
}

type Complain = (key: string, code: SuppressionProblemCode, words?: { message?: string }) => void;

function momentAt(key: 'created' | 'expires', written: WrittenWaiver, complain: Complain): Moment | null {
  const read = readMoment(written[key]);
  if (read.ok) return read.moment;
  complain(key, 'waiver-invalid-date', { message: `"${key}" ${read.why}.` });
  return null;
}

/** Somebody to the east writes the day before it has begun in UTC. */
const AHEAD = DAY;

function checkSpan(created: Moment, expires: Moment, { policy, now }: Reading, complain: Complain): void {
  if (created.starts > now + AHEAD) complain('created', 'waiver-not-yet');
  if (expires.ends <= created.starts) {
    complain('expires', 'waiver-ends-before-it-begins');
    return;
  }
  const { maxDays } = policy;
  if (maxDays === null || expires.starts - created.starts <= maxDays * DAY) return;
  const days = Math.ceil((expires.starts - created.starts) / DAY);
  complain('expires', 'waiver-too-long', {
    message: `The waiver is for ${days} days; the config allows ${maxDays}.`,
  });
}

function waivedObject(
  { file, document = 1, pointer = '', id, appId, uniqueName }: WrittenObject,
  base: string,
): WaivedObject {
  if (file !== undefined)
    return { by: 'file', uri: fromWorkingDirectory(file, base), index: document - 1, pointer };
  if (id !== undefined) return { by: 'id', value: canonicalText(id) };
  if (appId !== undefined) return { by: 'appId', value: canonicalText(appId) };
  return { by: 'uniqueName', value: uniqueName ?? '' };
}
