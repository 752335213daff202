import { Argument, type Command } from 'commander';
import { describeRuleIn } from '../../config/print.ts';
import type { Explained } from '../../rules/explain.ts';
import { count } from '../../reporters/text.ts';
import { builtInLibrary } from '../../rules.ts';
import { wantsColor } from '../color.ts';
import type { CliContext } from '../context.ts';
import { usageError } from '../errors.ts';
import { explanationJson } from '../explain-json.ts';
import { explanationText } from '../explain-text.ts';
import { readFingerprint } from '../fingerprint.ts';
import { readFlags, type Flags } from '../flags.ts';
import { lintRequest } from '../lint-request.ts';
import { loadRuleSet, opaOf } from '../load-config.ts';
import { withNamedOpa } from '../named-opa.ts';
import { noticeWarnings } from '../notices.ts';
import { addOptions, TRACE_OPTIONS } from '../options.ts';
import { reportToStdout } from '../report-to-stdout.ts';
import { ruleNamed } from '../rule-named.ts';
import { ruleOutput } from '../rule-page.ts';
import { shellWord } from '../shell-word.ts';
import { isJson, jsonText, textOrJson, type FormatFlag } from '../text-or-json.ts';

const HELP = `
Examples:
  agentid-lint explain accountability/no-owner          what a rule asks for, and why
  agentid-lint explain v1:3f9a0c1d                      why there is this finding, by its fingerprint in a report
  agentid-lint explain v1:3f9a0c1d agents/ --format json

Exit codes: 0 when it could be told, 2 when there is no such rule or finding,
10 when OPA and the engine that judges do not find the same.`;

/** `explain`: a rule, or why there is a finding. */
export function addExplainCommand(
  program: Command,
  context: CliContext,
  setExitCode: (code: number) => void,
): void {
  const command = program
    .command('explain')
    .addArgument(new Argument('<rule-or-finding>', 'id of a rule, or the fingerprint of a finding'))
    .argument('[paths...]', 'where the finding is looked for; without any, the working directory')
    .summary('explain a rule, or why there is a finding')
    .description(
      'Explains a rule; or lints and explains one finding: the part of the input that it came from, the options that are in effect and where each was set, and line by line why the rule fired.',
    )
    .addOption(textOrJson())
    .addHelpText('after', HELP);
  const given = addOptions(command, [
    ...TRACE_OPTIONS,
    ...(['--color', '--no-color', '--quiet', '--debug'] as const),
  ]);
  command.action(async (what: string, paths: string[], { format }: FormatFlag) => {
    const flags = readFlags(given, context.env);
    const look = {
      asJson: isJson(format),
      color: wantsColor(context, flags.either('--color', '--no-color')),
    };
    const fingerprint = readFingerprint(what);
    if (fingerprint === null) await explainRule(what, paths, flags, context, look);
    else setExitCode(await explainFinding(fingerprint, paths, flags, context, look));
  });
}

type Look = { readonly asJson: boolean; readonly color: boolean };

async function explainRule(
  id: string,
  paths: readonly string[],
  flags: Flags,
  context: CliContext,
  look: Look,
): Promise<void> {
  const { ruleSet, warnings } = await loadRuleSet(flags, context);
  const rule = ruleNamed(id, ruleSet);
  if (paths.length > 0)
    throw usageError(
      'a rule is explained without paths',
      `"agentid-lint rules trace ${rule.id} ${paths.map(shellWord).join(' ')}" shows what it does with them.`,
    );
  if (!flags.isOn('--quiet')) noticeWarnings(warnings, context);
  await reportToStdout(context, ruleOutput(rule, ruleSet, look));
}

async function explainFinding(
  fingerprint: string,
  paths: readonly string[],
  flags: Flags,
  context: CliContext,
  { asJson, color }: Look,
): Promise<number> {
  const { request, warnings, config, ruleSet } = await lintRequest(paths, flags, context);
  if (!flags.isOn('--quiet')) noticeWarnings(warnings, context);
  const { explainFinding: explain } = await import('../../rules/explain.ts');
  const library = await builtInLibrary();
  const explained = await withNamedOpa(flags, () =>
    explain({
      lint: request,
      fingerprint,
      folderOf: ruleSet.folderOf,
      settingsOf: (rule, target) => describeRuleIn(config, rule, target),
      opa: opaOf(flags, context),
      library,
    }),
  );
  if (explained.status !== 'explained') throw notFound(fingerprint, explained);
  const { explanation } = explained;
  await reportToStdout(
    context,
    asJson ? jsonText(explanationJson(explanation)) : explanationText(explanation, { color }),
  );
  return explanation.exitCode;
}

const MOST_SHOWN = 5;

function notFound(
  fingerprint: string,
  explained: Exclude<Explained, { readonly status: 'explained' }>,
): Error {
  if (explained.status === 'ambiguous') {
    const { findings } = explained;
    const shown = findings.slice(0, MOST_SHOWN).map(({ fingerprint: whole, location: { uri, range } }) => {
      const place = range === null ? '' : `:${range.start.line}:${range.start.column}`;
      return `${whole} (${uri}${place})`;
    });
    const more = findings.length > MOST_SHOWN ? ` and ${findings.length - MOST_SHOWN} more` : '';
    return usageError(
      `${findings.length} findings have a fingerprint that begins with ${fingerprint}`,
      `Write more of it: ${shown.join(', ')}${more}`,
    );
  }
  const looked = `${count(explained.findings, 'finding was', 'findings were')} looked at`;
  const unread =
    explained.problems === 0
      ? ''
      : `, and ${count(explained.problems, 'problem')} kept something from being judged`;
  return usageError(
    `no finding has the fingerprint ${fingerprint}`,
    `${looked}${unread}. It may have been fixed, or be in other files.`,
  );
}
