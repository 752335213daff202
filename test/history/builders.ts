import type { Finding } from '../../src/findings/finding.ts';
import type { Report } from '../../src/findings/report.ts';
import type { Suppression } from '../../src/findings/suppression.ts';
import type { Scope } from '../../src/history/changes.ts';
import { parseHistoryFile } from '../../src/history/parse.ts';
import { newFile } from '../../src/history/run.ts';
import type { HistoryFile } from '../../src/history/types.ts';
import { aManifest } from '../reporters/cases.ts';
import { aFinding, aLocation, aReport, NO_SPONSOR, type ReportParts } from '../reporters/report-builder.ts';

/** A run of everything, whose files are all there. */
export const WHOLE: Scope = {
  partial: false,
  reports: () => true,
  covers: () => true,
  isThere: () => true,
  renamed: new Map(),
};

export function fingerprintOf(letter: string): string {
  return `v1:${letter.repeat(32)}`;
}

/** The finding of a rule in the blueprint of a file, all named by a letter. */
export function found(letter: string, parts: Partial<Finding> = {}): Finding {
  return aFinding({
    fingerprint: fingerprintOf(letter),
    resource: { kind: 'blueprint', ref: `blueprint/${letter}`, name: letter },
    location: aLocation({ uri: `${letter}.yaml` }),
    ...parts,
  });
}

export function suppressedBy(kind: Suppression['kind']): Suppression {
  const none = { approvedBy: null, ticket: null, created: null, expires: null, location: null };
  return { kind, reason: 'until the move', ...none };
}

/** A day in November 2026, at noon. */
export function day(number: number): string {
  return `2026-11-${String(number).padStart(2, '0')}T12:00:00Z`;
}

/** A run that judged the blueprints of these letters, and found these. */
export function aRun(
  now: string,
  judged: string,
  findings: readonly Finding[],
  parts: ReportParts = {},
): Report {
  return aReport({
    now,
    findings,
    resources: Array.from(judged, (letter) =>
      aManifest({
        ref: `blueprint/${letter}`,
        location: { kind: 'file', uri: `${letter}.yaml`, pointer: '' },
      }),
    ),
    checks: [{ evaluated: [NO_SPONSOR.id], skipped: [] }],
    ...parts,
  });
}

/** The files with that of one more run, read from its text. */
export function withRun(
  files: readonly HistoryFile[],
  report: Report,
  scope: Partial<Scope> = {},
): readonly HistoryFile[] {
  const { name, text } = newFile(report, files, { ...WHOLE, ...scope });
  const parsed = parseHistoryFile(name, name, text);
  if (!parsed.ok) throw new Error(`${parsed.problem.code}: ${parsed.problem.message}`);
  return [...files.filter((file) => file.name !== name), parsed.file];
}

/** The files of runs, one after the other. */
export function historyOf(reports: readonly Report[]): readonly HistoryFile[] {
  return reports.reduce((files: readonly HistoryFile[], report) => withRun(files, report), []);
}

/** What the last run has written: each state and the letter of its finding. */
export function lastStates(files: readonly HistoryFile[]): string {
  return (files.at(-1)?.states ?? [])
    .map(({ fingerprint, state, kind }) => `${fingerprint.at(-1) ?? ''} ${kind ?? state}`)
    .join(', ');
}
