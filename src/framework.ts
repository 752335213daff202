import { followPath } from './documents/links.ts';
import type { Problem } from './documents/problem.ts';
import { documentProblem } from './documents/problem-codes.ts';
import { readFileSafely } from './documents/read.ts';
import type { Report } from './findings/report.ts';
import type { Framework } from './frameworks/framework.ts';
import { fileProblem } from './frameworks/problem.ts';
import { readFramework, type ReadFramework } from './frameworks/read.ts';
import { resultBy } from './frameworks/result.ts';
import type { NamedRule } from './frameworks/rule-names.ts';

export { builtInFramework } from './frameworks/built-in.ts';

/** Bytes of a framework; the largest that there are have a tenth of it. */
const MAX_BYTES = 2 * 1024 * 1024;

/** A file with a framework: what problems call it, and its absolute path. */
export type FrameworkFile = { readonly uri: string; readonly path: string };

/** The report with its result by the controls of a framework. */
export function withFramework(report: Report, framework: Framework): Report {
  return { ...report, framework: resultBy(framework, report) };
}

/** The framework in a file. */
export function openFramework({ uri, path }: FrameworkFile, rules: readonly NamedRule[]): ReadFramework {
  const target = followPath(path);
  if (target.kind !== 'file') return refused(notThere(uri, target));
  const read = readFileSafely({ uri, path: target.path }, MAX_BYTES);
  return read.ok ? readFramework(uri, read.text, rules) : refused(read.problem);
}

function notThere(uri: string, target: Exclude<ReturnType<typeof followPath>, { kind: 'file' }>): Problem {
  if (target.kind !== 'failed') return documentProblem('not-a-regular-file', { uri });
  if (target.code !== 'ENOENT')
    return documentProblem('file-unreadable', {
      uri,
      message: `The file cannot be read (${target.code}).`,
    });
  return fileProblem(uri, {
    code: 'framework-not-found',
    message: 'There is no such file.',
    hint: 'The path given to --framework is relative to the working directory.',
  });
}

function refused(problem: Problem): ReadFramework {
  return { ok: false, problems: [problem] };
}
