import { join } from 'node:path';
import { compareReports, type Comparison } from '../findings/compare.ts';
import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import { readResults } from '../results/read.ts';
import { usageError } from '../cli/errors.ts';
import { argvOf, reportFiles, type ReportFile } from './argv.ts';
import type { Base } from './base.ts';
import { newlyBeside } from './beside.ts';
import { runCommand } from './command.ts';
import { readSmallFile, removeFile } from './files.ts';
import type { Inputs } from './inputs.ts';
import type { Places } from './paths.ts';
import type { ActionWorld } from './step.ts';

const REPORT = 'agentid-lint.json';
/** The report that the base of a change has, beside that of the change; and all of that when it is of a part. */
const BASE_REPORT = 'agentid-lint.base.json';
const WHOLE_REPORT = 'agentid-lint.whole.json';
/** Bytes of a saved report at most. */
const MOST_BYTES = 256 * 1024 * 1024;

export type Judged = {
  readonly exitCode: number;
  /** `null` when nothing was judged. */
  readonly report: Report | null;
  /** What was written. */
  readonly files: readonly ReportFile[];
  /** What the command said: why nothing was judged, or what else is to be known. Untrusted text. */
  readonly said: string;
};

type Room = { readonly inputs: Inputs; readonly places: Places; readonly world: ActionWorld };

/** Judges what is checked out, by the settings of the base when a change is proposed, and shows the result in the log. */
export async function judgeCheckout(base: Base | null, { inputs, places, world }: Room): Promise<Judged> {
  const files = reportFiles(inputs, places.reports);
  // What a change brings along is not a report of this run.
  const compared = [BASE_REPORT, WHOLE_REPORT].map((name) => join(places.reports, name));
  for (const path of [...files.map((file) => file.path), ...compared]) removeFile(path);
  const since = inputs.changedOnly ? (base?.commit ?? null) : null;
  const place = { cwd: places.workingDirectory, trusted: base?.cwd ?? null };
  // In a change, what is new is what its base does not have: the Action compares the two itself.
  const failOnNew = inputs.failOnNew && !comparesWith(base, inputs);
  const argv = argvOf(inputs, files, { since, failOnNew });
  const { exitCode, stdout, stderr } = await runCommand(argv, place, world.context);
  await world.log.text(stdout + stderr);
  const report = savedReport(join(places.reports, REPORT));
  return { exitCode, report, files: report === null ? [] : files, said: stderr };
}

/** Whether there is a base whose findings can be had. A tenant is not in a repository. */
export function comparesWith(base: Base | null, { mode }: Pick<Inputs, 'mode'>): base is Base {
  return base !== null && mode === 'lint';
}

/** What a change does to the findings. */
export type BaseComparison = {
  readonly comparison: Comparison;
  /** Findings that the change suppresses beside them. */
  readonly beside: readonly Finding[];
};

/**
 * What a change does to the findings: everything in the base and everything that is checked out, judged by the same
 * settings. What is compared is kept beside the report.
 * @throws {UsageError} when the base could not be judged
 */
export async function compareWithBase(
  base: Base,
  { report, files }: { readonly report: Report; readonly files: readonly ReportFile[] },
  room: Room,
): Promise<BaseComparison & { readonly files: readonly ReportFile[] }> {
  const { now } = report;
  const before = await reportOf('base', { base, now }, room);
  const whole =
    report.change === null ? { report, file: null } : await reportOf('checkout', { base, now }, room);
  return {
    comparison: compareReports(before.report, whole.report),
    beside: newlyBeside(before.report, whole.report),
    files: [...files, before.file, ...(whole.file === null ? [] : [whole.file])],
  };
}

/** A report that another job has saved, and what it was compared with. Everything in them may be anybody's. */
export function savedComparison(folder: string): {
  readonly report: Report;
  readonly comparison: Comparison | null;
  readonly beside: readonly Finding[];
} {
  const report = savedReport(join(folder, REPORT));
  if (report === null) throw usageError(`results: there is no ${REPORT} in the folder`);
  const before = savedReport(join(folder, BASE_REPORT));
  const whole = report.change === null ? report : savedReport(join(folder, WHOLE_REPORT));
  return before === null || whole === null
    ? { report, comparison: null, beside: [] }
    : { report, comparison: compareReports(before, whole), beside: newlyBeside(before, whole) };
}

/** All of one side of a change, as of the same moment as the other side. */
async function reportOf(
  what: 'base' | 'checkout',
  { base, now }: { readonly base: Base; readonly now: string },
  { inputs, places, world }: Room,
): Promise<{ readonly report: Report; readonly file: ReportFile }> {
  const isBase = what === 'base';
  const path = join(places.reports, isBase ? BASE_REPORT : WHOLE_REPORT);
  const file = { format: 'json', path } as const;
  const once = { ...inputs, extraArgs: withoutKept(inputs.extraArgs) };
  const [mode = '', ...options] = argvOf(once, [file], { since: null, failOnNew: false });
  // What is judged may be new: then there is nothing of it in the base.
  const argv = [mode, '--allow-empty', `--now=${now}`, ...options];
  const place = { cwd: isBase ? base.cwd : places.workingDirectory, trusted: base.cwd };
  const { stderr } = await runCommand(argv, place, world.context);
  const report = savedReport(path);
  if (report !== null) return { report, file };
  await world.log.text(stderr);
  throw usageError(`the ${what} could not be judged, so that nothing can be compared with it`);
}

/** Options with a value that are for the run that counts: what it is compared with, and where it is kept. */
const KEPT = ['--previous', '--history'];

function withoutKept(args: readonly string[]): readonly string[] {
  return args.filter((argument, index) => {
    const isOption = KEPT.some((name) => argument === name || argument.startsWith(`${name}=`));
    return !isOption && !KEPT.includes(args[index - 1] ?? '');
  });
}

/** @throws {UsageError} when it is there and cannot be used */
function savedReport(path: string): Report | null {
  const text = readSmallFile(path, MOST_BYTES);
  if (text === null) return null;
  const results = readResults(path, text);
  if (results.ok) return results.report;
  throw usageError(
    `the saved report cannot be used: ${results.problems[0]?.message ?? 'it is damaged'}`,
    null,
  );
}
