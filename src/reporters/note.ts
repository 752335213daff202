import type { Range } from '../documents/range.ts';
import type { ReportedRule } from '../findings/report.ts';
import { visible } from './escape.ts';
import type { Style } from './style.ts';
import { positionSuffix, wrapWords } from './text.ts';

/** Cells that a note is wrapped to, its margin aside. */
const NOTE_WIDTH = 96;

/** `= docs: …` below a frame with the given margin; the text is safe already. */
export function noteLine(label: string, text: string, margin: string, style: Style): string {
  return `${margin}${style.paint('dim', '=')} ${style.paint('bold', `${label}:`)} ${text}`;
}

/** `= fix: …`, wrapped, below a frame with the given margin. */
export function note(label: string, text: string, margin: string, style: Style): string[] {
  const words = text.split(/[ \n]+/).filter((word) => word !== '');
  const [first = '', ...rest] = wrapWords(words.map(visible), NOTE_WIDTH);
  const indent = ' '.repeat(`= ${label}: `.length);
  return [noteLine(label, first, margin, style), ...rest.map((line) => `${margin}${indent}${line}`)];
}

/** `├─ path:3:1 message`: another place that belongs to the one above. */
export function relatedPlace(
  place: { readonly uri: string; readonly range: Range | null; readonly message: string },
  margin: string,
  style: Style,
): string {
  const where = `${visible(place.uri)}${positionSuffix(place.range)}`;
  return `${margin}${style.paint('dim', '├─')} ${where} ${visible(place.message)}`;
}

/** How to fix what a rule found, where the rule is explained, and the controls that it maps to. */
export function advice(remediation: string, rule: ReportedRule, margin: string, style: Style): string[] {
  return [
    ...note('fix', remediation, margin, style),
    ...(rule.url === null ? [] : [noteLine('docs', style.link(visible(rule.url)), margin, style)]),
    ...(rule.controls.length === 0 ? [] : note('controls', controlsByFramework(rule), margin, style)),
  ];
}

/** `OWASP-NHI NHI1, NHI7 · NIST-800-53 IA-5`, frameworks in the rule's order. */
function controlsByFramework({ controls }: ReportedRule): string {
  const ids = new Map<string, string[]>();
  for (const { framework, id } of controls) {
    ids.set(framework, [...(ids.get(framework) ?? []), id]);
  }
  return Array.from(ids, ([framework, these]) => `${framework} ${these.join(', ')}`).join(' · ');
}
