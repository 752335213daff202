import { joinLines, visible } from '../reporters/escape.ts';
import { builtInRules } from '../rules.ts';
import { freeName, writeRule, type NewRulePlace, type RuleDraft } from '../rules/new.ts';
import { reason } from '../util/reason.ts';
import type { CliContext } from './context.ts';
import { OutputError } from './errors.ts';
import type { Flags } from './flags.ts';
import { ruleDraft, type GivenRule } from './new-rule-draft.ts';
import { newRuleFolder, type NewRuleFolder } from './new-rule-folder.ts';
import { shellWord } from './shell-word.ts';

/**
 * Writes a new rule. Gives the text that tells what was written and, unless it is to be quiet, what comes next.
 * @throws {UsageError} when something that is given or answered cannot be used
 * @throws {OutputError} when the files could not be written; then there is none of them
 */
export async function newRule(
  { dir, ...given }: GivenRule & { readonly dir?: string },
  flags: Flags,
  context: CliContext,
): Promise<string> {
  const folder = await newRuleFolder(dir, flags, context);
  const known = builtInRules().catalogue.rules.flatMap((rule) => [rule.id, ...rule.aliases]);
  const place = { cwd: context.cwd, folder: folder.path, ids: new Set(known) };
  const draft = await ruleDraft(given, { context, isFree: (id) => freeName(id, place) });
  const files = written(draft, place);
  const lines = files.map((file) => `wrote ${file}`);
  return joinLines([...lines, ...(flags.isOn('--quiet') ? [] : nextLines(files, folder))].map(visible));
}

function written(draft: RuleDraft, place: NewRulePlace): readonly string[] {
  try {
    return writeRule(draft, place);
  } catch (cause) {
    throw new OutputError(`could not write the rule: ${reason(cause)}`, { cause });
  }
}

function nextLines([rule = '']: readonly string[], { name, config }: NewRuleFolder): readonly string[] {
  const folder = shellWord(name);
  return [
    '',
    `Say in ${rule} what the rule finds. Then:`,
    `  agentid-lint rules check ${folder}`,
    `  agentid-lint rules test ${folder} --coverage`,
    config === 'named' ? '  agentid-lint lint' : `  agentid-lint lint --rules ${folder}`,
    ...(config === 'named' ? [] : ['', ...configLines(config)]),
  ];
}

/** How every run finds the rule. */
function configLines({ file, entry }: Exclude<NewRuleFolder['config'], 'named'>): readonly string[] {
  const source = /^[\w./-]+$/.test(entry) ? entry : JSON.stringify(entry);
  return file === null
    ? ['For every run, write agentid-lint.config.yaml:', '  version: 1', `  rules: { sources: [${source}] }`]
    : [`For every run, add to "rules" in ${file}:`, `  sources: [${source}]`];
}
