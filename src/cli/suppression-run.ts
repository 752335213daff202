import type { Report } from '../findings/report.ts';
import { lint } from '../lint.ts';
import type { SuppressionSources } from '../suppressions/types.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { lintRequest } from './lint-request.ts';
import { loadEffectiveConfig, type EffectiveConfig } from './load-config.ts';
import { noticeWarnings } from './notices.ts';
import { safeText } from './safe-text.ts';
import { judgedAt, judgeNamed } from './scan-tenant.ts';
import { suppressionPlaces, type SuppressionPlaces } from './suppressions.ts';

/** What a command about a baseline or waivers works with. */
export type SuppressionRun = {
  readonly effective: EffectiveConfig;
  readonly places: SuppressionPlaces;
  /** Judges what the command line names. Findings fail no such run. */
  readonly judge: (suppressions: SuppressionSources) => Promise<Report>;
};

/**
 * Prepares to judge files, or a snapshot when one is named.
 * @throws {UsageError} when the command line or the config is wrong
 */
export async function suppressionRun(
  paths: readonly string[],
  flags: Flags,
  context: CliContext,
): Promise<SuppressionRun> {
  refuseTrusted(context);
  const snapshot = flags.text('--snapshot')?.value ?? null;
  if (snapshot !== null && paths.length > 0)
    throw usageError('--snapshot judges a tenant, and paths name files', 'Keep one of the two.');
  const run =
    snapshot === null ? await overFiles(paths, flags, context) : await overSnapshot(snapshot, flags, context);
  if (!flags.isOn('--quiet')) noticeWarnings(run.effective.warnings, context);
  return { ...run, places: suppressionPlaces(flags, run.effective.config, context) };
}

/** What is read elsewhere must not be written here. */
function refuseTrusted({ trusted }: CliContext): void {
  if (trusted !== undefined)
    throw usageError('suppressions are not changed where settings are read from elsewhere');
}

type JudgedRun = Pick<SuppressionRun, 'effective' | 'judge'>;

async function overFiles(paths: readonly string[], flags: Flags, context: CliContext): Promise<JudgedRun> {
  const { request, config, ruleSet, warnings } = await lintRequest(paths, flags, context);
  const effective = { config, ruleSet, warnings, files: request.configFiles ?? [] };
  return { effective, judge: (suppressions) => lint({ ...request, suppressions }) };
}

async function overSnapshot(name: string, flags: Flags, context: CliContext): Promise<JudgedRun> {
  const effective = await loadEffectiveConfig(flags, context);
  const asked = { maxFindings: {}, failOnNew: false, configFiles: effective.files };
  const world = { flags, context, effective, stats: null, expectMin: null, now: judgedAt(flags, context) };
  return {
    effective,
    judge: (suppressions) => judgeNamed(name, { ...world, judgement: { ...asked, suppressions } }),
  };
}

const MOST_PROBLEMS = 20;

/**
 * Why a run cannot be relied on, as an exit code: suppressions contradict each other, a rule broke, nothing was there, or
 * something could not be read. Said on stderr; 0 when it can.
 */
export function unreliable(report: Report, context: CliContext): number {
  const reasons = report.exitReasons.filter(({ code }) => code !== 1);
  const [worst] = reasons;
  if (worst === undefined) return 0;
  const problems = report.problems.slice(0, MOST_PROBLEMS).flatMap(({ uri, range, code, message, hint }) => {
    const place = range === null ? '' : `:${range.start.line}:${range.start.column}`;
    const where = uri === null ? '' : `${uri}${place}: `;
    return [`error: ${where}${code}: ${message}`, ...(hint === undefined ? [] : [`  ${hint}`])];
  });
  const more = report.problems.length - MOST_PROBLEMS;
  context.writeStderr(
    safeText([
      ...problems,
      ...(more > 0 ? [`  and ${more} more problems`] : []),
      ...reasons.map(({ reason }) => `error: ${reason}`),
    ]),
  );
  return worst.code;
}
