import type { ControlStatus, ReportedControl, ReportedFramework } from '../../findings/report.ts';
import { CONTROL_WORDS, controlCounts, CONTROLS_CAVEAT, ruleCounts } from '../control-words.ts';
import { lines, markup, type Content, type Markup } from './markup.ts';
import { numberCell, outward, ruleLink, table, type Section } from './parts.ts';
import type { View } from './view.ts';

/** Classes of the style sheet that say how good a status is. */
const TONES = {
  failed: 'found',
  incomplete: 'failed',
  accepted: 'skipped',
  passed: 'passed',
  notEvaluated: 'skipped',
  notCovered: 'skipped',
} as const satisfies Record<ControlStatus, string>;

/** The section with the result by the controls of a framework; none without one. */
export function controlsSections(view: View): readonly Section[] {
  const { framework } = view.report;
  if (framework === null) return [];
  const note = String(framework.controls.length);
  return [{ id: 'controls', title: 'Controls', note, body: controlsBody(view, framework) }];
}

function controlsBody(view: View, framework: ReportedFramework): Content {
  const head = ['Control', 'Status', 'Title', 'Rules passed', 'Failed', 'Skipped', 'Not evaluated'];
  const covered = framework.controls.filter(({ rules }) => rules.length > 0);
  return [
    markup`<p><b>${outward(framework.url, framework.title)}</b>: ${controlCounts(framework)}. ${CONTROLS_CAVEAT}</p>`,
    table(
      { caption: 'Controls and how many rules say what of each', head, shape: 'wide' },
      framework.controls.map(controlRow),
    ),
    covered.length === 0 ? null : markup`<h3>Evidence by control</h3>`,
    lines(covered.map((control) => evidence(view, control))),
  ];
}

function controlRow(control: ReportedControl): Markup {
  const { id, title, url } = control;
  const { passed, failed, skipped, idle } = ruleCounts(control);
  return markup`<tr><th scope="row">${outward(url, id)}</th><td>${statusWords(control.status)}</td><td>${title}</td>
    ${[passed, failed, skipped, idle].map(numberCell)}</tr>`;
}

function evidence(view: View, { id, title, status, rules }: ReportedControl): Markup {
  const head = ['Rule and why', 'Status', 'Judged', 'Passed', 'Failed', 'Skipped', 'Suppressed'];
  return markup`<details class="set control"><summary><b>${id}</b> ${title} <span class="sums">${statusWords(status)}</span></summary>
    ${table(
      { caption: `What rules say of ${id}`, head, shape: 'wide' },
      rules.map((rule) => ruleRow(view, rule)),
    )}</details>`;
}

function ruleRow(view: View, told: ReportedControl['rules'][number]): Markup {
  const { rule, status, source, evaluated, passed, failed, skipped, suppressed, reason } = told;
  return markup`<tr><th scope="row">${ruleLink(view, rule)}<br><span class="quiet">${outward(source, source)}</span></th>
    <td>${statusWords(status)}${reason === null ? null : markup`<br>${reason}`}</td>
    ${[evaluated, passed, failed, skipped, suppressed].map(numberCell)}</tr>`;
}

function statusWords(status: ControlStatus): Markup {
  return markup`<span class="outcome ${TONES[status]}">${CONTROL_WORDS[status]}</span>`;
}
