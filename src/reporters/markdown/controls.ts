import type { Report, ReportedControl, ReportedRule } from '../../findings/report.ts';
import { CONTROL_WORDS, controlCounts, CONTROLS_CAVEAT, ruleCounts } from '../control-words.ts';
import { table, type Block } from './block.ts';
import { code, ruleName, sentence } from './inline.ts';

const COLUMNS = ['control', 'title', 'status', 'rules passed', 'failed', 'skipped', 'not evaluated'];
const EVIDENCE = [
  'control',
  'rule',
  'status',
  'judged',
  'passed',
  'failed',
  'skipped',
  'suppressed',
  'not judged because',
  'source',
];

/** The result by the controls of a framework, and what each rule says of them. Nothing without a framework. */
export function controlsTables({ framework, rules }: Report): Block[] {
  if (framework === null) return [];
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const told = ['', `${code(framework.title)}, ${controlCounts(framework)}. ${CONTROLS_CAVEAT}`];
  return [
    ...table('Controls', COLUMNS, framework.controls.map(controlRow)).map((block) => ({
      ...block,
      head: [...block.head.slice(0, 2), ...told, ...block.head.slice(2)],
    })),
    ...table(
      'Evidence by control',
      EVIDENCE,
      framework.controls.flatMap((control) => evidenceRows(control, known)),
    ),
  ];
}

function controlRow(control: ReportedControl): readonly string[] {
  const { passed, failed, skipped, idle } = ruleCounts(control);
  const { id, title, status } = control;
  return [code(id), sentence(title), CONTROL_WORDS[status], ...[passed, failed, skipped, idle].map(String)];
}

function evidenceRows(
  { id, rules }: ReportedControl,
  known: ReadonlyMap<string, ReportedRule>,
): readonly (readonly string[])[] {
  return rules.map(({ rule, status, source, evaluated, passed, failed, skipped, suppressed, reason }) => [
    code(id),
    ruleName(rule, known.get(rule)),
    CONTROL_WORDS[status],
    ...[evaluated, passed, failed, skipped, suppressed].map(String),
    reason === null ? '' : sentence(reason),
    sentence(source),
  ]);
}
