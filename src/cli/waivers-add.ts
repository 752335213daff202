import { posix, resolve } from 'node:path';
import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import { epochSeconds } from '../model/timestamps.ts';
import type { WrittenWaiver } from '../suppressions/waiver.ts';
import type { CliContext } from './context.ts';
import { UsageError, usageError } from './errors.ts';
import { count, findingLine } from './finding-line.ts';
import { readFingerprint } from './fingerprint.ts';
import type { Flags } from './flags.ts';
import { answerTo, canAsk } from './interview.ts';
import { mistakeOf } from './load-config.ts';
import { whileLocked } from './lock.ts';
import { nowOf } from './now.ts';
import { writeReportFile } from './output.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { safeText } from './safe-text.ts';
import { suppressionRun, unreliable, type SuppressionRun } from './suppression-run.ts';
import { loadSuppressions, problemsOf, waiversWorld } from './suppressions.ts';
import { waivedObject } from './waived-object.ts';

/** What the command line says about the waiver. */
export type GivenWaiver = {
  readonly fingerprint: string | undefined;
  readonly paths: readonly string[];
  readonly reason?: string;
  readonly approvedBy?: string;
  readonly ticket?: string;
  readonly expires?: string;
  /** A saved JSON report that has the finding. */
  readonly results?: string;
};

const MOST_SHOWN = 5;
const MOST_OFFERED = 50;
const DAY = 86_400;
/** Until when, when somebody who is asked says nothing. */
const USUAL_DAYS = 90;

/**
 * `waivers add`: waives one finding until a day. Gives the exit code.
 * @throws {UsageError} when something is missing or cannot be used; nothing is written then
 * @throws {OutputError} when the file could not be written; the old one is then untouched
 */
export async function addWaiver(given: GivenWaiver, flags: Flags, context: CliContext): Promise<number> {
  refuseIncomplete(given, context);
  const paths = given.results === undefined ? given.paths : [];
  if (given.results !== undefined && given.paths.length > 0)
    throw usageError(
      '--results names a report that has the finding, and paths name files',
      'Keep one of the two.',
    );
  const run = await suppressionRun(paths, flags, context);
  const report = await reportOf(given, run, flags, context);
  const code = unreliable(report, context);
  // What was not judged does not matter to a finding that is there.
  if (code !== 0 && code !== 4) return code;
  const finding = await chosen(given, report, context);
  refuseSuppressed(finding);
  const entry = await waiverOf(given, { finding, report, run, flags, context });
  const { uri, path } = run.places.waivers;
  const world = waiversWorld(flags, run.effective, context, run.places);
  const { NO_WAIVERS, readWaivers, readWaiversFile, withWaiver } = await import('../suppression-files.ts');
  await whileLocked({ name: uri, path }, context, () => {
    const old = context.exists(path) ? readWaiversFile({ uri, path }, world) : null;
    if (old?.ok === false) throw problemsOf(old.problems);
    const text = withWaiver(old?.text ?? NO_WAIVERS, entry);
    if (text === null)
      throw usageError(
        `the list in ${uri} cannot be added to without touching more of it`,
        'Write one waiver under the other, each behind a dash of its own.',
      );
    const read = readWaivers({ uri, text, world });
    if (!read.ok)
      throw new UsageError(read.problems.map((problem) => mistakeOf({ ...problem, uri: null, range: null })));
    writeReportFile({ name: uri, path, what: 'the waivers' }, text);
  });
  await reportToStdout(
    context,
    safeText([`waived until ${entry.expires} in ${uri}:`, `  ${findingLine(finding)}`]),
  );
  return 0;
}

/** Everything that is missing is told at once, before anything is judged. */
function refuseIncomplete(given: GivenWaiver, context: CliContext): void {
  if (canAsk(context)) return;
  const missing = [
    ...(given.fingerprint === undefined ? ['the fingerprint of the finding'] : []),
    ...(given.reason === undefined ? ['--reason'] : []),
    ...(given.approvedBy === undefined ? ['--approved-by'] : []),
    ...(given.expires === undefined ? ['--expires'] : []),
  ];
  if (missing.length === 0) return;
  throw usageError(
    `missing: ${missing.join(', ')}`,
    'For example: agentid-lint waivers add v1:0123abcd --reason "…" --approved-by "…" --expires 2027-01-31',
  );
}

async function reportOf(
  { results }: GivenWaiver,
  run: SuppressionRun,
  flags: Flags,
  context: CliContext,
): Promise<Report> {
  if (results === undefined) {
    const { sources } = await loadSuppressions(flags, run.effective, context);
    return run.judge(sources);
  }
  const { openReport } = await import('../report.ts');
  const saved = openReport({ kind: 'file', name: results, path: resolve(context.cwd, results) });
  if (!saved.ok) throw problemsOf(saved.problems);
  return saved.report;
}

async function chosen(
  { fingerprint }: GivenWaiver,
  { findings }: Report,
  context: CliContext,
): Promise<Finding> {
  if (fingerprint !== undefined) return named(fingerprint, findings);
  const open = findings.filter(({ suppressed }) => suppressed === null);
  if (open.length === 0) throw usageError('there is no finding to waive');
  const offered = open.slice(0, MOST_OFFERED);
  const more = open.length - offered.length;
  const lines = [
    ...offered.map((finding, index) => `${String(index + 1).padStart(3)}  ${findingLine(finding)}`),
    ...(more > 0 ? [`     and ${more} more: name one by its fingerprint`] : []),
  ];
  context.writeStderr(safeText(lines));
  return answerTo(
    {
      text: `Which finding (1 to ${offered.length})`,
      usual: '',
      read: (answer) => {
        const finding = /^\d+$/.test(answer) ? offered[Number(answer) - 1] : named(answer, findings);
        if (finding !== undefined) return finding;
        throw usageError(`there is no finding ${answer}`, `Write a number from 1 to ${offered.length}.`);
      },
    },
    context,
  );
}

function named(text: string, findings: readonly Finding[]): Finding {
  const start = readFingerprint(text);
  if (start === null)
    throw usageError(
      `${JSON.stringify(text)} is no fingerprint`,
      'Write v1: and at least 8 of its 32 hexadecimal digits, as "baseline check" and JSON reports show them.',
    );
  const [found, ...others] = findings.filter(({ fingerprint }) => fingerprint.startsWith(start));
  if (found === undefined)
    throw usageError(
      `no finding has the fingerprint ${start}`,
      `${count(findings.length, 'finding was', 'findings were')} looked at. It may have been fixed, or be in other files.`,
    );
  if (others.length === 0) return found;
  const shown = [found, ...others].slice(0, MOST_SHOWN).map(({ fingerprint }) => fingerprint);
  throw usageError(
    `${others.length + 1} findings have a fingerprint that begins with ${start}`,
    `Write more of it: ${shown.join(', ')}`,
  );
}

/** What a baseline knows may be waived all the same: then it has an end. */
function refuseSuppressed({ suppressed, fingerprint }: Finding): void {
  if (suppressed === null || suppressed.kind === 'baseline') return;
  const { location } = suppressed;
  const line = location?.range?.start.line;
  const place = location === null ? '' : ` by ${location.uri}${line === undefined ? '' : `:${line}`}`;
  throw usageError(
    `${fingerprint} does not count already: ${suppressed.kind}${place}`,
    'Change what is written there.',
  );
}

type Known = {
  readonly finding: Finding;
  readonly report: Report;
  readonly run: SuppressionRun;
  readonly flags: Flags;
  readonly context: CliContext;
};

async function waiverOf(
  given: GivenWaiver,
  { finding, report, run, flags, context }: Known,
): Promise<WrittenWaiver> {
  const answer = (known: string | undefined, text: string, usual = ''): Promise<string> | string =>
    known === undefined
      ? answerTo({ text, usual, read: (said) => wordsOf(said, text) }, context)
      : wordsOf(known, text);
  const now = epochSeconds(nowOf(flags.text('--now'), context)) ?? 0;
  const days = Math.min(run.effective.config.waivers.maxDays ?? USUAL_DAYS, USUAL_DAYS);
  const reason = await answer(given.reason, 'Reason');
  const approvedBy = await answer(given.approvedBy, 'Approved by');
  const expires = await answer(given.expires, 'Expires, the last day', dateOf(now + days * DAY));
  const object = waivedObject(finding, report, (uri) => posix.normalize(posix.join(run.places.base, uri)));
  const { ticket } = given;
  return {
    rule: finding.rule,
    object,
    fingerprint: finding.fingerprint,
    reason,
    approvedBy,
    ...(ticket === undefined ? {} : { ticket: wordsOf(ticket, 'Ticket') }),
    created: dateOf(now),
    expires,
  };
}

/** RFC 3339: the day in UTC. */
function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function wordsOf(text: string, what: string): string {
  const words = text.trim();
  if (words !== '') return words;
  throw usageError(`${what.toLowerCase()}: the value is empty`, 'Say something that a reviewer understands.');
}
