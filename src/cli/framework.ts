import { relative, resolve, sep } from 'node:path';
import type { Report } from '../findings/report.ts';
import { FRAMEWORK_NAMES } from '../frameworks/framework.ts';
import type { NamedRule } from '../frameworks/rule-names.ts';
import { builtInRules } from '../rules.ts';
import { suggest } from '../util/suggest.ts';
import type { CliContext } from './context.ts';
import { UsageError, usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { mistakeOf } from './load-config.ts';
import { settingsPlace } from './settings-place.ts';

/**
 * What `--framework` does to a report: it is told by the controls of the framework. Without the option nothing is done.
 * @param rules that controls may be about, besides the built-in ones
 * @throws {UsageError} when there is no such framework, or something is wrong with it
 */
export async function chosenFramework(
  flags: Flags,
  context: CliContext,
  rules: readonly NamedRule[],
): Promise<(report: Report) => Report> {
  const named = flags.text('--framework');
  if (named === undefined) return (report) => report;
  const { builtInFramework, openFramework, withFramework } = await import('../framework.ts');
  const builtIn = builtInFramework(named.value);
  if (builtIn !== null) return (report) => withFramework(report, builtIn);
  if (!/[/\\]|\.(?:ya?ml|json)$/i.test(named.value)) throw unknownFramework(named);
  const place = settingsPlace(context);
  const uri = relative(context.cwd, resolve(context.cwd, named.value)).replaceAll(sep, '/');
  const path = resolve(place.cwd, place.typed(named.value));
  const read = openFramework({ uri, path }, withBuiltIn(rules));
  if (!read.ok) throw new UsageError(read.problems.map(mistakeOf));
  return (report) => withFramework(withFile(report, uri), read.framework);
}

function withFile(report: Report, uri: string): Report {
  const { files } = report.config;
  return files.includes(uri) ? report : { ...report, config: { files: [...files, uri] } };
}

function unknownFramework({
  value,
  source,
}: {
  readonly value: string;
  readonly source: string;
}): UsageError {
  const near = suggest(value, FRAMEWORK_NAMES);
  return usageError(
    `${source}: there is no framework ${JSON.stringify(value)}`,
    near === null
      ? `Name one of ${FRAMEWORK_NAMES.join(', ')}, or a file such as ./framework.yaml.`
      : `Did you mean ${JSON.stringify(near)}?`,
  );
}

/** A control may be about a rule that is not there in this run, and says so. */
function withBuiltIn(rules: readonly NamedRule[]): readonly NamedRule[] {
  const builtIn = builtInRules().catalogue.rules;
  const known = new Set(builtIn.map(({ id }) => id));
  return [...builtIn, ...rules.filter(({ id }) => !known.has(id))];
}
