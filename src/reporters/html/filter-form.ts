import { compareCodePoints } from '../../util/code-points.ts';
import { KIND_WORDS } from '../tenant-words.ts';
import { count } from '../text.ts';
import { domainOf } from './counts.ts';
import { capital } from './parts.ts';
import { markup, type Content, type Markup } from './markup.ts';
import { SEVERITIES } from '../severity-order.ts';
import type { View } from './view.ts';

/** Search and filters over the findings. They need the script, which shows them. */
export function filterForm({ findings }: View): Markup {
  const all = findings.map(({ finding }) => finding);
  const rules = sorted(all.map(({ rule }) => rule));
  const severities = new Set(all.map(({ severity }) => severity));
  const kinds = [...new Set(all.map(({ resource: { kind } }) => kind))].sort(compareCodePoints);
  const hasSuppressed = all.some(({ suppressed }) => suppressed !== null);
  return markup`<form id="filters" role="search" aria-label="Findings" hidden>
    <div class="field grow"><label for="filter-text">Search</label><input id="filter-text" type="search" autocomplete="off" spellcheck="false" placeholder="Any word: a name, a rule, a path"></div>
    ${choice('domain', 'Domain', sorted(all.map(({ rule }) => domainOf(rule))).map(option))}
    ${choice('rule', 'Rule', rules.map(option))}
    ${choice(
      'kind',
      'Kind',
      kinds.map((kind) => markup`<option value="${kind}">${capital(KIND_WORDS[kind][0])}</option>`),
    )}
    ${hasSuppressed ? choice('state', 'Suppressed', [markup`<option value="counts">Only those that count</option>`, markup`<option value="suppressed">Only suppressed</option>`]) : null}
    <fieldset><legend>Severity</legend>${SEVERITIES.filter((severity) => severities.has(severity)).map((severity) => markup`<label class="check"><input type="checkbox" name="severity" value="${severity}"> <span class="sev ${severity}">${severity}</span></label> `)}</fieldset>
    <div class="buttons"><button type="button" id="fold">Fold all</button> <button type="reset">Show all</button></div>
    <p id="filter-result" role="status" aria-live="polite">${count(all.length, 'finding')}</p>
    </form>`;
}

function choice(name: string, label: string, options: readonly Content[]): Markup {
  return markup`<div class="field"><label for="filter-${name}">${label}</label><select id="filter-${name}"><option value="">All</option>${options}</select></div>`;
}

function option(text: string): Markup {
  return markup`<option value="${text}">${text}</option>`;
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareCodePoints);
}
