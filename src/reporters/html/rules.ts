import type { ReportedRule } from '../../findings/report.ts';
import type { RuleOutcome } from '../../policy/types.ts';
import { SKIP_WORDS } from '../skipped-rules.ts';
import { GROUP_WORDS } from '../tenant-words.ts';
import { count } from '../text.ts';
import { controlsByFramework, fact, outward, prose, ruleAnchor } from './parts.ts';
import { type Content, joined, lines, markup, type Markup } from './markup.ts';
import { severityBadge } from './severity.ts';
import type { View } from './view.ts';

/** Every rule: what it asks, what came of it, and what to do. */
export function rulesBody({ report }: View): Content {
  const outcomes = new Map(report.outcomes.map((outcome) => [outcome.rule, outcome]));
  const what = report.tenant === null ? 'files' : 'tenants';
  const here = report.rules.filter(({ judges }) => judges.includes(what));
  const others = report.rules.filter(({ judges }) => !judges.includes(what));
  return [
    lines(here.map((rule) => ruleDetails(rule, outcomes.get(rule.id)))),
    others.length === 0
      ? null
      : markup`<h3>Rules for ${what === 'files' ? 'tenants' : 'files'} only</h3>
        ${lines(others.map((rule) => ruleDetails(rule, undefined)))}`,
  ];
}

function ruleDetails(rule: ReportedRule, outcome: RuleOutcome | undefined): Markup {
  const { id, title, description, severity, remediation, controls, source, url } = rule;
  const { tone, words } = outcomeOf(outcome);
  // The anchor is inside, so that following it unfolds the rule.
  return markup`<details class="set rule"><summary>${severityBadge(severity)} <b>${title}</b> <code>${id}</code> <span class="sums"><span class="outcome ${tone}">${words}</span></span></summary>
    <div class="rule-body" id="${ruleAnchor(id)}">${prose(description)}
    <dl class="facts">${fact('Fix', prose(remediation))}
    ${fact('Outcome', [words, ...skipWords(outcome)])}
    ${controls.length === 0 ? null : fact('Controls', controlsByFramework(controls))}
    ${fact('From', source === 'built-in' ? 'the built-in rules' : source)}
    ${url === null ? null : fact('Docs', outward(url, url))}</dl></div></details>`;
}

function outcomeOf(outcome: RuleOutcome | undefined): { readonly tone: string; readonly words: string } {
  if (outcome === undefined) return { tone: 'skipped', words: 'not asked here' };
  switch (outcome.status) {
    case 'failed':
      return { tone: 'failed', words: `failed: ${outcome.error}` };
    case 'skipped':
      return {
        tone: outcome.reason === 'facts-missing' ? 'failed' : 'skipped',
        words: SKIP_WORDS[outcome.reason],
      };
    case 'evaluated':
      return outcome.failing === 0
        ? { tone: 'passed', words: `${outcome.subjects} judged, none failing` }
        : { tone: 'found', words: `${outcome.failing} failing of ${outcome.subjects} judged` };
  }
}

function skipWords(outcome: RuleOutcome | undefined): Content[] {
  if (outcome === undefined || outcome.status === 'failed') return [];
  if (outcome.status === 'skipped') {
    const { missing = [] } = outcome;
    return missing.length === 0 ? [] : [markup` (${joined(missing.map((group) => GROUP_WORDS[group]))})`];
  }
  return (outcome.skipped ?? []).map(({ reason, subjects, missing = [] }) => {
    const some = subjects === 0 ? 'some resources' : count(subjects, 'resource');
    return markup`<br>${some} not judged: ${SKIP_WORDS[reason]}${missing.length === 0 ? null : markup` (${joined(missing.map((group) => GROUP_WORDS[group]))})`}`;
  });
}
