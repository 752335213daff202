import { Argument, type Command } from 'commander';
import { describeRuleIn } from '../../config/print.ts';
import { builtInLibrary } from '../../rules.ts';
import { wantsColor } from '../color.ts';
import type { CliContext } from '../context.ts';
import { readFlags } from '../flags.ts';
import { lintRequest } from '../lint-request.ts';
import { opaOf } from '../load-config.ts';
import { withNamedOpa } from '../named-opa.ts';
import { noticeWarnings } from '../notices.ts';
import { addOptions, TRACE_OPTIONS } from '../options.ts';
import { reportToStdout } from '../report-to-stdout.ts';
import { ruleNamed } from '../rule-named.ts';
import { isJson, jsonText, textOrJson, type FormatFlag } from '../text-or-json.ts';
import { traceJson } from '../trace-json.ts';
import { traceText } from '../trace-text.ts';

const HELP = `
Examples:
  agentid-lint rules trace accountability/no-owner agents/invoice.yaml
  agentid-lint rules trace credentials/secret-lifetime agents/invoice.yaml --format json
  agentid-lint rules trace ownership/team-tag agents/invoice.yaml --rules ./rules

Exit codes: 0 when it could be told, 4 when something could not be read, 3 when there is nothing to judge,
10 when the rule breaks, or when OPA and the engine that judges do not find the same.`;

/** `rules trace`: what one rule does with the resources in files, and why. */
export function addRulesTrace(
  rules: Command,
  context: CliContext,
  setExitCode: (code: number) => void,
): void {
  const command = rules
    .command('trace')
    .addArgument(new Argument('<rule>', 'id or former id of the rule'))
    .argument('<paths...>', 'files, folders, patterns, or "-" for stdin')
    .summary('show what a rule does with a file, and why')
    .description(
      'Runs one rule and shows for every resource what the rule is given, which options are in effect and where each was set, what came of it, and line by line why.',
    )
    .addOption(textOrJson())
    .addHelpText('after', HELP);
  const given = addOptions(command, [
    ...TRACE_OPTIONS,
    ...(['--color', '--no-color', '--quiet', '--debug'] as const),
  ]);
  command.action(async (id: string, paths: string[], { format }: FormatFlag) => {
    const flags = readFlags(given, context.env);
    const asJson = isJson(format);
    const color = wantsColor(context, flags.either('--color', '--no-color'));
    const { request, warnings, config, ruleSet } = await lintRequest(paths, flags, context);
    if (!flags.isOn('--quiet')) noticeWarnings(warnings, context);
    const rule = ruleNamed(id, ruleSet);
    const { traceRule } = await import('../../rules/trace.ts');
    const library = await builtInLibrary();
    const trace = await withNamedOpa(flags, () =>
      traceRule({
        lint: request,
        rule,
        source: ruleSet.sourceOf(rule),
        folder: ruleSet.folderOf(rule),
        settingsOf: (target) => describeRuleIn(config, rule, target),
        opa: opaOf(flags, context),
        library,
      }),
    );
    await reportToStdout(context, asJson ? jsonText(traceJson(trace)) : traceText(trace, { color }));
    setExitCode(trace.exitCode);
  });
}
