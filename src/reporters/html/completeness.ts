import type { Report, ReportedResource } from '../../findings/report.ts';
import type { RuleOutcome } from '../../policy/types.ts';
import { unreadLines } from '../collections.ts';
import { gapsOf, incompleteNotice } from '../tally.ts';
import { GROUP_WORDS, KIND_WORDS } from '../tenant-words.ts';
import { capital, ruleLink } from './parts.ts';
import { problemItem } from './problems.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import type { View } from './view.ts';

/** Entries of each list before the reader is sent to the whole of it. */
const MOST_SHOWN = 12;

/** What could not be read or judged, in full view; one calm line when nothing is missing. */
export function completeness(view: View): Markup {
  const { report } = view;
  if (incompleteNotice(report) === null) {
    return markup`<p class="complete"><b>Complete.</b> Everything that was meant to be read and judged was.</p>`;
  }
  return markup`<section class="incomplete" aria-labelledby="incomplete-title">
    <h2 id="incomplete-title">Not the whole answer</h2>
    <p class="lead">${capital(`${gapWords(report)}.`)} What is missing may hide findings.</p>
    ${missing('Not read', report.problems.map(problemItem), '#problems')}
    ${missing('Not read in the tenant', report.tenant === null ? [] : unreadLines(report.tenant), '#collections')}
    ${missing('Not judged', report.resources.flatMap(brokenResource), '#inventory')}
    ${missing(
      'Rules that failed',
      report.outcomes.flatMap((outcome) => failedRule(view, outcome)),
      '#rules',
    )}
    ${missing(
      'Rules that lack facts',
      report.outcomes.flatMap((outcome) => blindRule(view, outcome)),
      '#rules',
    )}
    </section>`;
}

function gapWords(report: Report): string {
  const gaps = gapsOf(report).map(({ words }) => words);
  return gaps.length > 0 ? gaps.join(', ') : withoutFrame(incompleteNotice(report) ?? '');
}

/** The reason alone. */
function withoutFrame(notice: string): string {
  return notice.replace(/^incomplete: /, '').replace(/; this is not the whole answer$/, '');
}

function missing(title: string, items: readonly Content[], rest: string): Markup | null {
  if (items.length === 0) return null;
  const more = items.length - MOST_SHOWN;
  return markup`<h3>${title}</h3>
    <ul>${items.slice(0, MOST_SHOWN).map((item) => markup`<li>${item}</li>`)}
    ${more > 0 ? markup`<li><a href="${rest}">and ${more} more</a></li>` : null}</ul>`;
}

function brokenResource({ kind, name, broken }: ReportedResource): Markup[] {
  return broken === null ? [] : [markup`${KIND_WORDS[kind][0]} <q>${name}</q>: ${broken}`];
}

function failedRule(view: View, outcome: RuleOutcome): Markup[] {
  return outcome.status === 'failed' ? [markup`${ruleLink(view, outcome.rule)}: ${outcome.error}`] : [];
}

function blindRule(view: View, outcome: RuleOutcome): Markup[] {
  const skips =
    outcome.status === 'skipped' ? [outcome] : outcome.status === 'evaluated' ? (outcome.skipped ?? []) : [];
  const blind = skips.filter(({ reason }) => reason === 'facts-missing');
  if (blind.length === 0) return [];
  const groups = new Set(blind.flatMap(({ missing: groups = [] }) => groups));
  const told = [...groups].map((group) => GROUP_WORDS[group]);
  const some = outcome.status === 'evaluated' ? ', for some resources' : '';
  return [
    markup`${ruleLink(view, outcome.rule)}${told.length > 0 ? markup`: ${joined(told)}` : null}${some}`,
  ];
}
