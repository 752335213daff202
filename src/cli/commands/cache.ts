import type { Command } from 'commander';
import type { StoredCache } from '../../cache.ts';
import { bytesInWords } from '../../util/bytes.ts';
import type { CliContext } from '../context.ts';
import { UsageError, usageError } from '../errors.ts';
import { CACHE_VARIABLE } from '../flags.ts';
import { mistakeOf } from '../load-config.ts';
import { noticeVariables } from '../notices.ts';
import { addOptions } from '../options.ts';
import { reportToStdout } from '../report-to-stdout.ts';
import { isJson, jsonText, textOrJson, type FormatFlag } from '../text-or-json.ts';
import { userCache } from '../user-cache.ts';

const ENVIRONMENT = `
Environment:
  ${CACHE_VARIABLE}  the folder to use instead of the user's cache folder, as an absolute path`;

export function addCacheCommands(program: Command, context: CliContext): void {
  const cache = program
    .command('cache')
    .summary('show or clear the cache')
    .description(
      'Compiled own rules and fetched bundles are kept in a folder, so that the next run starts sooner.\nIt can be removed at any time.',
    )
    .addHelpText(
      'after',
      `\nExamples:\n  agentid-lint cache dir\n  agentid-lint cache clear\n${ENVIRONMENT}`,
    );
  addDir(cache, context);
  addClear(cache, context);
}

function addDir(cache: Command, context: CliContext): void {
  const command = cache
    .command('dir')
    .summary('print where the cache is')
    .description('Prints the folder of the cache. It is there once something was kept.')
    .addOption(textOrJson())
    .addHelpText('after', `\nExample:\n  agentid-lint cache dir\n${ENVIRONMENT}`);
  addOptions(command, ['--debug']);
  command.action(async ({ format }: FormatFlag) => {
    const asJson = isJson(format);
    const { folder } = await openCache(context);
    await reportToStdout(context, asJson ? jsonText({ folder }) : `${folder}\n`);
  });
}

function addClear(cache: Command, context: CliContext): void {
  const command = cache
    .command('clear')
    .summary('remove everything from the cache')
    .description('Removes everything from the cache, and says how much that was.')
    .addOption(textOrJson())
    .addHelpText('after', `\nExample:\n  agentid-lint cache clear\n${ENVIRONMENT}`);
  addOptions(command, ['--debug']);
  command.action(async ({ format }: FormatFlag) => {
    const asJson = isJson(format);
    const { folder, clear, warning } = await openCache(context);
    const { files, bytes } = clear();
    const problem = warning();
    if (problem !== null)
      throw new UsageError([{ ...mistakeOf(problem), hint: 'Remove the folder yourself.' }]);
    const amount = `${files} ${files === 1 ? 'file' : 'files'} (${bytesInWords(bytes)})`;
    await reportToStdout(
      context,
      asJson ? jsonText({ folder, files, bytes }) : `removed ${amount} from ${folder}\n`,
    );
  });
}

/** @throws {UsageError} when there is none */
async function openCache(context: CliContext): Promise<StoredCache> {
  noticeVariables(context);
  const cache = await userCache(context);
  if (cache !== null) return cache;
  throw usageError('this user has no folder for caches', `Name one in ${CACHE_VARIABLE}.`);
}
