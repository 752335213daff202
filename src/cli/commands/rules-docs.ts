import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { readFlags } from '../flags.ts';
import { noticeVariables } from '../notices.ts';
import { addOptions } from '../options.ts';
import { reportToStdout } from '../report-to-stdout.ts';
import type { DocsFlags } from '../rule-docs.ts';
import { FOLDER_OPTIONS } from '../rule-folders.ts';

/** `rules docs`: with `--check` it ends with code 1 when pages are out of date. */
export function addRulesDocs(rules: Command, context: CliContext, setExitCode: (code: number) => void): void {
  const command = rules
    .command('docs')
    .argument('[path]', 'folder of own rules; without one, that of the config, or ./rules')
    .summary('write Markdown pages about own rules')
    .description(
      'Writes a Markdown page for each rule and an index, from METADATA and examples. Removes pages of rules that are\ngone. Touches no file that it has not written.',
    )
    .requiredOption('-o, --output <folder>', 'write the pages into this folder')
    .option('--check', 'write nothing; fail when a page is out of date')
    .addHelpText(
      'after',
      '\nExamples:\n  agentid-lint rules docs -o docs/rules\n  agentid-lint rules docs ./rules -o docs/rules --check',
    );
  const given = addOptions(command, [...FOLDER_OPTIONS, '--opa', '--quiet', '--debug']);
  command.action(async (path: string | undefined, options: DocsFlags) => {
    const flags = readFlags(given, context.env);
    if (!flags.isOn('--quiet')) noticeVariables(context);
    const { documentedFolder } = await import('../other-commands.ts');
    const { text, isCurrent } = await documentedFolder(path, options, { flags, context });
    await reportToStdout(context, text);
    if (!isCurrent) setExitCode(1);
  });
}
