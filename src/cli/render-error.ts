import { PolicyBundleFault } from '../rules.ts';
import { InterruptedError, OutputError, TenantError, UsageError, type Mistake } from './errors.ts';
import { internalErrorText } from './internal-error.ts';
import { safeText } from './safe-text.ts';

/** What a person reads when a command ends by an error, and the exit code. Stack traces only with `--debug`, and never for a mistake of the user. */
export function renderError(
  error: unknown,
  { debug }: { readonly debug: boolean },
): { text: string; exitCode: number } {
  if (error instanceof UsageError)
    return { text: safeText(error.mistakes.flatMap(mistakeLines)), exitCode: 2 };
  if (error instanceof InterruptedError) return { text: '', exitCode: error.exitCode };
  if (error instanceof TenantError) return { text: safeText(mistakeLines(error.mistake)), exitCode: 5 };
  const trace = debug && error instanceof Error ? safeText((error.stack ?? '').split('\n')) : '';
  if (error instanceof PolicyBundleFault)
    return { text: safeText([`error: ${error.message}`]) + trace, exitCode: 2 };
  const isOutput = error instanceof OutputError;
  const text = isOutput ? safeText([`error: ${error.message}`]) : internalErrorText(error);
  return { text: text + trace, exitCode: 10 };
}

function mistakeLines({ message, hint }: Mistake): readonly string[] {
  return hint === null ? [`error: ${message}`] : [`error: ${message}`, `  ${hint}`];
}
