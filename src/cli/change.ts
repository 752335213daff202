import type { ChangeOptions } from '../changes/change.ts';
import type { LintRequest } from '../lint/request.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import type { Flags } from './flags.ts';

type Change = NonNullable<LintRequest['change']>;

/**
 * The request of a run that is to report a change only, as `--changed` and `--since` ask for, with what else there is to be
 * told; as it is when they do not.
 * @throws {UsageError} when git cannot tell
 */
export async function withChange(
  request: LintRequest,
  flags: Flags,
  context: CliContext,
): Promise<{ readonly request: LintRequest; readonly notices: readonly string[] }> {
  const change = await changeOf(flags, context);
  if (change === null) return { request, notices: [] };
  // A change of the settings may change every finding, unless it is not these settings that judge.
  const [changed] = context.trusted === undefined ? changedSettings(request.configFiles ?? [], change) : [];
  if (changed !== undefined) {
    const notice = `${changed} has changed, which may change every finding: all are reported`;
    return { request, notices: [notice] };
  }
  // What comes from an editor is being worked on.
  const edited = request.stdin === undefined ? [] : [request.stdin.uri];
  return {
    request: { ...request, change: { ...change, files: new Set([...change.files, ...edited]) } },
    notices: [],
  };
}

async function changeOf(flags: Flags, { cwd, env }: CliContext): Promise<Change | null> {
  const since = flags.text('--since')?.value;
  if (since === undefined && !flags.isOn('--changed')) return null;
  const options: ChangeOptions = {
    ...(since === undefined ? {} : { since }),
    ignored: flags.isOn('--no-ignore'),
  };
  const { changeSince } = await import('../changes/change.ts');
  try {
    const change = await changeSince(options, { cwd, env });
    return { since: change.since, files: new Set(change.files) };
  } catch (error) {
    throw gitFault(error, since === undefined ? '--changed' : '--since');
  }
}

/** Classes of a part of the program that is loaded apart are not those of this one, so that its errors are known by name. */
function gitFault(error: unknown, flag: string): unknown {
  if (!(error instanceof Error) || error.name !== 'GitError') return error;
  const { hint } = error as Error & { readonly hint?: unknown };
  return usageError(`${flag}: ${error.message}`, typeof hint === 'string' ? hint : null);
}

/** The files of the settings that a change touches; own rules count with their folders. */
function changedSettings(settings: readonly string[], { files }: Change): readonly string[] {
  const changed = [...files];
  return settings.filter((each) => files.has(each) || changed.some((file) => file.startsWith(`${each}/`)));
}
