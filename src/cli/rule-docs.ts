import { resolve } from 'node:path';
import { joinLines, visible } from '../reporters/escape.ts';
import { count } from '../reporters/text.ts';
import { builtInLibrary } from '../rules.ts';
import { documentRules } from '../rules/docs.ts';
import { differenceIn, writePages, type Difference } from '../rules/docs/folder.ts';
import type { Pages } from '../rules/docs/pages.ts';
import { reason } from '../util/reason.ts';
import type { CliContext } from './context.ts';
import { OutputError, UsageError, usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { mistakeOf, opaOf } from './load-config.ts';
import { oneRuleFolder } from './rule-folders.ts';

export type DocsFlags = { readonly output: string; readonly check?: true };

/**
 * Writes the pages of a folder of own rules, or looks at whether they are current.
 * @throws {UsageError} with everything that is wrong with the rules, or when other files stand where pages belong
 * @throws {OutputError} when a page could not be read or written
 */
export async function documentedFolder(
  path: string | undefined,
  { output, check }: DocsFlags,
  { flags, context }: { readonly flags: Flags; readonly context: CliContext },
): Promise<{ readonly text: string; readonly isCurrent: boolean }> {
  if (output.trim() === '') throw usageError('--output: the value is empty', 'Name a folder.');
  const folder = await oneRuleFolder(path, flags, context);
  const documented = await documentRules(folder.path, {
    cwd: context.cwd,
    library: await builtInLibrary(),
    opa: opaOf(flags, context),
  });
  if (!documented.ok) throw new UsageError(documented.problems.map(mistakeOf));
  const { pages } = documented;
  const target = resolve(context.cwd, output);
  try {
    const difference = differenceIn(target, pages);
    if (difference.foreign.length > 0) throw notOurs(output, difference.foreign);
    if (check === undefined) writePages(target, pages, difference);
    const lines =
      check === undefined ? writtenLines(output, pages, difference) : checkedLines(output, pages, difference);
    const { outdated, leftover } = difference;
    return {
      text: joinLines(lines.map(visible)),
      isCurrent: check === undefined || outdated.length + leftover.length === 0,
    };
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new OutputError(`could not write the pages to ${output}: ${reason(cause)}`, { cause });
  }
}

function notOurs(output: string, foreign: readonly string[]): Error {
  return usageError(
    `in ${output} stands what this command has not written: ${foreign.join(', ')}`,
    'Move it, or name another folder. Nothing was written.',
  );
}

function writtenLines(output: string, pages: Pages, { outdated, leftover }: Difference): readonly string[] {
  const same = pages.size - outdated.length;
  return [
    ...outdated.map((path) => `wrote ${inside(output, path)}`),
    ...leftover.map((path) => `removed ${inside(output, path)}`),
    `${count(pages.size, 'page')} in ${output}: ${outdated.length} written, ${same} unchanged, ${leftover.length} removed`,
  ];
}

function checkedLines(output: string, pages: Pages, { outdated, leftover }: Difference): readonly string[] {
  return [
    ...outdated.map((path) => `out of date: ${inside(output, path)}`),
    ...leftover.map((path) => `left over: ${inside(output, path)}`),
    outdated.length + leftover.length === 0
      ? `${count(pages.size, 'page')} in ${output}: current`
      : `${count(pages.size, 'page')} in ${output}: not current; write them with "agentid-lint rules docs"`,
  ];
}

function inside(output: string, path: string): string {
  return `${output.replace(/[/\\]+$/, '')}/${path}`;
}
