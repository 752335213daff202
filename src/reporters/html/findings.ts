import type { Finding, Location, TenantLocation } from '../../findings/finding.ts';
import { countBySeverity } from '../tally.ts';
import { KIND_WORDS } from '../tenant-words.ts';
import { count, shortFingerprint } from '../text.ts';
import { filterForm } from './filter-form.ts';
import { findingGroups, type FindingGroup } from './finding-groups.ts';
import { expiredNote } from './living.ts';
import { capital, controlsByFramework, fileAt, outward, ruleLink, sentence } from './parts.ts';
import { type Content, lines, markup, type Markup } from './markup.ts';
import { severityBadge, severityCounts } from './severity.ts';
import { sourceLines } from './source.ts';
import { suppressionNote } from './suppressions.ts';
import type { NumberedFinding, View } from './view.ts';

/** Every finding: by blueprint, then by rule, with what to do about it said once. */
export function findingsBody(view: View): Content {
  if (view.findings.length === 0) return markup`<p class="quiet">There are no findings.</p>`;
  return [
    filterForm(view),
    markup`<div id="findings-list">
    ${lines(findingGroups(view).map((group) => groupSection(view, group)))}</div>`,
  ];
}

/** Objects of one kind need no other word. */
const GROUP_WORDS = { blueprint: 'Blueprint', file: 'File', kind: null } as const;

function groupSection(view: View, { of, name, resource, findings, byRule }: FindingGroup): Markup {
  const counts = severityCounts(countBySeverity(findings.map(({ finding }) => finding)));
  const suppressed = findings.filter(({ finding }) => finding.suppressed !== null).length;
  const agents = resource?.agents ?? null;
  const word = GROUP_WORDS[of];
  return markup`<details open class="group"><summary><h3>${word === null ? capital(name) : markup`<span class="of">${word}</span> ${name}`}</h3>
    <span class="sums">${counts}${suppressed > 0 ? markup`<span class="sev none">${suppressed} suppressed</span>` : null}</span>
    ${agents === null ? null : markup`<span class="quiet">${count(agents, 'agent')}</span>`}</summary>
    ${lines(byRule.map((entries) => ruleBlock(view, entries)))}</details>`;
}

function ruleBlock(view: View, entries: readonly NumberedFinding[]): Markup | null {
  const [first] = entries;
  if (first === undefined) return null;
  const { rule: id, severity, remediation } = first.finding;
  const rule = view.rules.get(id);
  return markup`<section class="block ${severity}" data-severity="${severity}" data-rule="${id}"><h4>${severityBadge(severity)} ${ruleLink(view, id, rule?.title ?? id)}</h4>
    <p class="fix"><b>Fix:</b> ${sentence(remediation)}</p>
    <p class="ids"><code>${id}</code>${rule === undefined || rule.controls.length === 0 ? null : markup` · ${controlsByFramework(rule.controls)}`}</p>
    <ul class="findings">${entries.map((entry) => findingItem(view, entry))}</ul></section>`;
}

function findingItem({ report: { now } }: View, { number, finding }: NumberedFinding): Markup {
  const { resource, message, location, related, suppressed, expired } = finding;
  const state = suppressed === null ? 'counts' : 'suppressed';
  return markup`
    <li id="f-${number}" class="${state}" data-kind="${resource.kind}"><p class="message">${message}</p>
    <p class="place">${place(finding)} <span class="print" title="${finding.fingerprint}">${shortFingerprint(finding)}</span></p>
    ${location.kind === 'file' ? sourceLines(location) : null}
    ${related.length === 0 ? null : markup`<ul class="related">${related.map((other) => markup`<li>${other.message}: ${locationWords(other.location)}</li>`)}</ul>`}
    ${suppressed === null ? null : suppressionNote(suppressed, now)}${expired === null ? null : expiredNote(expired)}</li>`;
}

function place({ resource: { kind, name }, location }: Finding): Markup {
  const who = markup`${capital(KIND_WORDS[kind][0])} <b>${name}</b>`;
  return location.kind === 'file'
    ? markup`${fileAt(location.uri, location.range)}${location.range === null && location.pointer !== '' ? markup` at <code>${location.pointer}</code>` : null} · ${who}`
    : markup`${who}${objectWords(location)}`;
}

function objectWords({ uri, pointer, portalUrl }: TenantLocation): Content {
  return [
    pointer === '' ? null : markup` at <code>${pointer}</code>`,
    markup` · <code class="path">${uri}</code>`,
    portalUrl === null ? null : markup` · ${outward(portalUrl, 'portal')}`,
  ];
}

function locationWords(location: Location): Markup {
  if (location.kind === 'file') return fileAt(location.uri, location.range);
  const { uri, pointer, portalUrl } = location;
  return markup`<code class="path">${uri}${pointer}</code>${portalUrl === null ? null : markup` · ${outward(portalUrl, 'portal')}`}`;
}
