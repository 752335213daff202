import type { SchemaError } from '../../schemas/generated/types.d.mts';
import type { Path } from '../documents/pointer.ts';
import { toPointer } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { isObject } from '../util/is-object.ts';
import { suggest } from '../util/suggest.ts';
import type { ConfigurableRule } from './config.ts';
import type { ReadFile } from './file.ts';
import { configProblem, quoted, type ProblemWords } from './problem.ts';
import { settingsIn, SOURCE_KEYS } from './rule-settings.ts';
import { keyAt, schemaProblems, unknownRule, type ConfigPlace } from './schema-problems.ts';

/** The rules that a config may name. */
export type KnownRules = {
  /** Built-in ones and own ones. */
  readonly all: readonly ConfigurableRule[];
  readonly own: readonly ConfigurableRule[];
  /** Whether there can be no others: every source of own rules was loaded. */
  readonly isComplete: boolean;
  /** What is wrong with the settings of an own rule. */
  readonly settingsErrors: (rule: ConfigurableRule, settings: unknown) => readonly SchemaError[];
};

export type Checked = { readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] };

type Checking = { readonly problems: Problem[]; readonly warnings: Problem[] };

/** What is wrong with the names of rules in a file and with the settings of own rules. */
export function checkRules({ document, at, written }: ReadFile, known: KnownRules): Checked {
  const found: Checking = { problems: [], warnings: [] };
  const place = { document, at, rules: known.all };
  for (const { path, settings } of settingsIn(written)) checkNames(settings, path, place, known, found);
  return found;
}

function checkNames(
  settings: { readonly [name: string]: unknown },
  path: Path,
  place: ConfigPlace,
  known: KnownRules,
  { problems, warnings }: Checking,
): void {
  const seen = new Map<string, string>();
  for (const [name, value] of Object.entries(settings)) {
    const where = keyAt(place, [...path, name]);
    if (SOURCE_KEYS.includes(name)) {
      if (path.length > 1) problems.push(configProblem(notInOverride(name), where));
      continue;
    }
    const rule = ruleNamed(name, known.all);
    if (rule === null) {
      if (known.isComplete) problems.push(configProblem(unknownName(name, path, known.all), where));
      continue;
    }
    if (name !== rule.id) warnings.push(configProblem(renamed(name, rule.id), where));
    const other = seen.get(rule.id);
    seen.set(rule.id, name);
    if (other !== undefined) {
      const { range } = keyAt(place, [...path, other]);
      const related = range === null ? [] : [{ message: 'The other one.', range }];
      problems.push(configProblem(twice(name, other, rule.id), where, related));
    }
    if (isContradiction(value)) {
      const inProduction = keyAt(place, [...path, name, 'severityInProduction']);
      problems.push(configProblem({ code: 'config-contradiction' }, inProduction));
    }
    if (known.own.includes(rule))
      problems.push(...settingsProblems(known.settingsErrors(rule, value), [...path, name], place));
  }
}

function settingsProblems(
  errors: readonly SchemaError[],
  path: Path,
  place: ConfigPlace,
): readonly Problem[] {
  const prefix = toPointer(path);
  return schemaProblems(
    errors.map((error) => ({ ...error, instancePath: prefix + error.instancePath })),
    place,
  );
}

function isContradiction(settings: unknown): boolean {
  return (
    isObject(settings) && settings['severity'] === 'off' && settings['severityInProduction'] !== undefined
  );
}

/** Ids have a slash, so that a name without one may be a slip of one of the other keys. */
function unknownName(name: string, path: Path, rules: readonly ConfigurableRule[]): ProblemWords {
  const near = path.length > 1 || name.includes('/') ? null : suggest(name, SOURCE_KEYS);
  if (near === null) return unknownRule(name, rules);
  const message = `There is no key ${quoted(name)} here.`;
  return { code: 'config-unknown-key', message, hint: `Did you mean ${quoted(near)}?` };
}

function notInOverride(name: string): ProblemWords {
  return {
    code: 'config-not-in-override',
    message: `${quoted(name)} cannot be set for some files only.`,
  };
}

function twice(name: string, other: string, id: string): ProblemWords {
  return {
    code: 'config-duplicate-rule',
    message: `${name} and ${other} are the same rule.`,
    hint: `Keep ${id}.`,
  };
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
