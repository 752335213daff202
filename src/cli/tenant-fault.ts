import { sep } from 'node:path';
import type { CliContext } from './context.ts';
import { OutputError, usageError } from './errors.ts';

/** Errors of the bundle that reads tenants: its classes are not those of this one, so that they are known by name. */
const KNOWN = ['SnapshotError', 'SpoolError'];

/** What a fault of a snapshot, or of the folder that a collection is kept in, means for the command; others as they are. */
export function tenantFault(error: unknown, { cwd }: Pick<CliContext, 'cwd'>): unknown {
  if (!(error instanceof Error) || !KNOWN.includes(error.name)) return error;
  const { hint, code } = error as Error & { readonly hint?: unknown; readonly code?: unknown };
  const words = typeof hint === 'string' ? hint : null;
  const message = error.message.replaceAll(cwd + sep, '').replace(/\.$/, '');
  if (String(code).endsWith('not-written'))
    return new OutputError(words === null ? message : `${message}. ${words}`, { cause: error });
  return usageError(message, words);
}
