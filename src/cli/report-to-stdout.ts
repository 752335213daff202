import type { CliContext } from './context.ts';
import { OutputError } from './errors.ts';
import { reason } from '../util/reason.ts';

/**
 * Writes the report to stdout.
 * @throws {OutputError} when it could not be written whole, except that a reader who has gone is no fault
 */
export async function reportToStdout(context: CliContext, text: string): Promise<void> {
  try {
    await context.writeStdout(text);
  } catch (cause) {
    throw new OutputError(`could not write the report: ${reason(cause)}`, { cause });
  }
}
