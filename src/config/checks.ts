import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import type { ConfigurableRule } from './config.ts';
import { GlobError, parseGlob } from '../documents/glob.ts';
import { configProblem, type ProblemWords } from './problem.ts';
import { keyAt, unknownRule, type ConfigPlace } from './schema-problems.ts';
import { globsIn, rulesIn, type WrittenConfig, type WrittenRules } from './written.ts';

export type Checked = { readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] };

/** What a schema cannot say about a config that fits it: globs, rule names, settings that contradict each other. */
export function checkConfig(config: WrittenConfig, place: ConfigPlace): Checked {
  const checked = rulesIn(config).map(({ path, rules }) => checkRules(rules, path, place));
  return {
    problems: [...globProblems(config, place), ...checked.flatMap(({ problems }) => problems)],
    warnings: checked.flatMap(({ warnings }) => warnings),
  };
}

function globProblems(config: WrittenConfig, { document, at }: ConfigPlace): Problem[] {
  const problems: Problem[] = [];
  for (const { path, glob } of globsIn(config)) {
    try {
      parseGlob(glob);
    } catch (error) {
      if (!(error instanceof GlobError)) throw error;
      const words = {
        code: 'config-invalid-glob',
        message: `The pattern ${error.message}.`,
        hint: error.hint,
      } as const;
      const { range } = document.locate([...at, ...path]);
      problems.push(configProblem(words, { uri: document.uri, range }));
    }
  }
  return problems;
}

function checkRules(written: WrittenRules, path: Path, place: ConfigPlace): Checked {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const seen = new Map<string, string>();
  for (const [name, settings] of Object.entries(written)) {
    const where = keyAt(place, [...path, name]);
    const rule = ruleNamed(name, place.rules);
    if (rule === null) {
      problems.push(configProblem(unknownRule(name, place.rules), where));
      continue;
    }
    if (name !== rule.id) warnings.push(configProblem(renamed(name, rule.id), where));
    const other = seen.get(rule.id);
    seen.set(rule.id, name);
    if (other !== undefined) {
      const { range } = keyAt(place, [...path, other]);
      const words = {
        code: 'config-duplicate-rule',
        message: `${name} and ${other} are the same rule.`,
        hint: `Keep ${rule.id}.`,
      } as const;
      problems.push(
        configProblem(words, where, range === null ? [] : [{ message: 'The other one.', range }]),
      );
    }
    if (
      typeof settings === 'object' &&
      settings.severity === 'off' &&
      settings.severityInProduction !== undefined
    ) {
      problems.push(
        configProblem(
          { code: 'config-contradiction' },
          keyAt(place, [...path, name, 'severityInProduction']),
        ),
      );
    }
  }
  return { problems, warnings };
}

function renamed(name: string, id: string): ProblemWords {
  return {
    code: 'config-rule-renamed',
    message: `The rule ${name} is now called ${id}.`,
    hint: `Write ${id}.`,
  };
}

/** The rule of that id or old name, or `null`. An id wins over another rule's old name. */
export function ruleNamed(name: string, rules: readonly ConfigurableRule[]): ConfigurableRule | null {
  return rules.find(({ id }) => id === name) ?? rules.find(({ aliases }) => aliases.includes(name)) ?? null;
}
