import { RESOURCE_KINDS } from '../model/vocabulary.ts';
import type { RuleMetadata } from '../policy/types.ts';
import { findingBlock, problemBlock } from '../reporters/blocks.ts';
import { joinLines, visible } from '../reporters/escape.ts';
import { styleFor, type Style } from '../reporters/style.ts';
import { count, positionSuffix } from '../reporters/text.ts';
import type { ResourceTrace, TraceOutcome } from '../rules/resource-trace.ts';
import type { RuleTrace } from '../rules/trace.ts';
import { renderConfigText } from './render-config.ts';
import { sections, type Section } from './sections.ts';
import { skipText } from './skip-text.ts';
import { sourceTraceLines } from './source-trace-text.ts';
import { valueLines } from './value-lines.ts';

const WIDTH = 96;

/** What `rules trace` prints for people. */
export function traceText(trace: RuleTrace, look: { readonly color: boolean }): string {
  const style = styleFor(look);
  const { rule, source, resources, problems, empty } = trace;
  const origin = source.kind === 'built-in' ? '' : style.paint('dim', `  (${visible(source.name)})`);
  return joinLines([
    `${style.paint('bold', rule.id)}  ${visible(rule.title)}${origin}`,
    ...problems.flatMap((problem) => ['', ...problemBlock(problem, style)]),
    ...resources.flatMap((resource) => ['', ...resourceLines(resource, trace, style, look)]),
    ...(empty === null ? [] : ['', visible(`nothing was judged: ${empty}`)]),
  ]);
}

function resourceLines(
  traced: ResourceTrace,
  { rule, needs }: RuleTrace,
  style: Style,
  look: { readonly color: boolean },
): readonly string[] {
  const { resource, location, settings, outcome, input, lookUps, why } = traced;
  const where = `${visible(location.uri)}${positionSuffix(location.range)}`;
  const who = `${RESOURCE_KINDS[resource.kind].label} "${visible(resource.name)}"`;
  const findings = outcome.status === 'found' ? outcome.findings : [];
  const heading = [`${style.paint('bold', who)}  ${where}`, outcomeText(traced, rule, style)];
  // Nothing about it matters to a rule that is for other things.
  if (outcome.status === 'skipped' && outcome.reason === 'not-applicable') return heading;
  const all: readonly Section[] = [
    { title: 'In effect', lines: renderConfigText(settings, look).trimEnd().split('\n') },
    { title: 'Input', lines: valueLines(input, { width: WIDTH, depth: Infinity }) },
    { title: 'Looks up', lines: lookUpLines(lookUps, needs?.tables ?? []) },
    { title: whyTitle(traced), lines: why === null ? [] : sourceTraceLines(why, style) },
  ];
  return [
    ...heading,
    ...findings.flatMap((finding) => ['', ...findingBlock(finding, undefined, style)]),
    ...sections(all, style),
  ];
}

function outcomeText(
  { outcome, severity, resource }: ResourceTrace,
  rule: RuleMetadata,
  style: Style,
): string {
  switch (outcome.status) {
    case 'found': {
      const tone = severity === 'off' ? 'problem' : severity;
      return style.paint(tone, count(outcome.findings.length, 'finding'));
    }
    case 'passed':
      return style.paint('good', 'passed');
    case 'skipped':
      return `${style.paint('medium', 'skipped')}: ${visible(skipText(outcome, rule, resource.kind))}`;
    case 'failed':
      return `${style.paint('problem', 'failed')}: ${visible(outcome.error)}`;
  }
}

const WHY = {
  found: 'Why it fired',
  passed: 'Why it did not fire',
  skipped: 'Why it was skipped',
  failed: 'What OPA makes of it',
} as const satisfies Record<TraceOutcome['status'], string>;

function whyTitle({ why, outcome }: ResourceTrace): string {
  const title = WHY[outcome.status];
  return why?.status === 'traced' ? `${title}: ${visible(why.trace.file)}` : title;
}

function lookUpLines(lookUps: ResourceTrace['lookUps'], tables: readonly string[]): readonly string[] {
  const found = Object.entries(lookUps ?? {}).filter(([, entries]) => Object.keys(entries).length > 0);
  return [
    ...(tables.length === 0 ? [] : [`tables: ${tables.join(', ')}`]),
    ...(lookUps === null
      ? []
      : found.length === 0
        ? ['other resources: none that have to do with this one']
        : []),
    ...found.flatMap(([name, entries]) => [
      `${name}:`,
      ...valueLines(entries, { width: WIDTH - 2, depth: Infinity }).map((line) => `  ${line}`),
    ]),
  ];
}
