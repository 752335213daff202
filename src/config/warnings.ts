import { toPointer } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import type { Config, ConfigurableRule } from './config.ts';
import type { ConfigFile } from './file.ts';
import type { Layer } from './layers.ts';
import { configProblem, type ProblemPlace } from './problem.ts';
import { ruleNamed } from './rule-problems.ts';
import { keyAt } from './schema-problems.ts';
import { settingsOfRules } from './written.ts';

/** What is allowed in the files of a config and yet is probably not meant, in the order of the layers. */
export function warningsOf(
  layers: readonly Layer<ConfigFile>[],
  config: Config,
  rules: { readonly all: readonly ConfigurableRule[]; readonly builtIn: readonly ConfigurableRule[] },
): readonly Problem[] {
  return layers.flatMap((layer) =>
    layer.kind === 'file'
      ? [
          ...layer.file.warnings,
          ...idleOptions(layer.file, config, rules.all),
          ...idleRules(layer.file, config, rules.builtIn),
        ]
      : [],
  );
}

/** Options that are set for a rule which a profile has off and nothing switches on. */
function idleOptions(file: ConfigFile, config: Config, rules: readonly ConfigurableRule[]): Problem[] {
  const problems: Problem[] = [];
  for (const [name, settings] of settingsOfRules(file.config.rules ?? {})) {
    const id = ruleNamed(name, rules)?.id;
    if (id === undefined || typeof settings === 'string' || settings.severity !== undefined) continue;
    const source = config.sources[toPointer(['rules', id, 'severity'])];
    const isOffByProfile = config.rules[id]?.severity === 'off' && source?.startsWith('profile ') === true;
    const isSwitchedOn = config.overrides.some((override) => override.rules[id]?.severity !== undefined);
    if (!isOffByProfile || isSwitchedOn) continue;
    problems.push(configProblem({ code: 'config-no-effect' }, placeOf(file, name, rules)));
  }
  return problems;
}

/** Settings of built-in rules in the very file that does without them. */
function idleRules(file: ConfigFile, config: Config, builtIn: readonly ConfigurableRule[]): Problem[] {
  const { rules = {} } = file.config;
  if (config.builtIn || rules['builtIn'] !== false) return [];
  const words = {
    code: 'config-no-effect',
    message: 'The settings have no effect, because the built-in rules are off.',
    hint: 'Remove them, or set "builtIn" to true.',
  } as const;
  return settingsOfRules(rules)
    .filter(([name]) => ruleNamed(name, builtIn) !== null)
    .map(([name]) => configProblem(words, placeOf(file, name, builtIn)));
}

function placeOf(
  { document, at }: ConfigFile,
  name: string,
  rules: readonly ConfigurableRule[],
): ProblemPlace {
  return keyAt({ document, at, rules }, ['rules', name]);
}
