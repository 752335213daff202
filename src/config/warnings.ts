import { toPointer } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { ruleNamed } from './checks.ts';
import type { Config, ConfigurableRule } from './config.ts';
import type { ConfigFile } from './file.ts';
import type { Layer } from './layers.ts';
import { configProblem } from './problem.ts';
import { keyAt } from './schema-problems.ts';

/** What is allowed in the files of a config and yet is probably not meant, in the order of the layers. */
export function warningsOf(
  layers: readonly Layer[],
  config: Config,
  rules: readonly ConfigurableRule[],
): readonly Problem[] {
  return layers.flatMap((layer) =>
    layer.kind === 'file' ? [...layer.file.warnings, ...idleOptions(layer.file, config, rules)] : [],
  );
}

/** Options that are set for a rule which a profile has off and nothing switches on. */
function idleOptions(file: ConfigFile, config: Config, rules: readonly ConfigurableRule[]): Problem[] {
  const problems: Problem[] = [];
  for (const [name, settings] of Object.entries(file.config.rules ?? {})) {
    const id = ruleNamed(name, rules)?.id;
    if (id === undefined || typeof settings === 'string' || settings.severity !== undefined) continue;
    const source = config.sources[toPointer(['rules', id, 'severity'])];
    const isOffByProfile = config.rules[id]?.severity === 'off' && source?.startsWith('profile ') === true;
    const isSwitchedOn = config.overrides.some((override) => override.rules[id]?.severity !== undefined);
    if (!isOffByProfile || isSwitchedOn) continue;
    const place = { document: file.document, at: file.at, rules };
    problems.push(configProblem({ code: 'config-no-effect' }, keyAt(place, ['rules', name])));
  }
  return problems;
}
