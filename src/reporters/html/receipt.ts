import type { Report, RuleChecks } from '../../findings/report.ts';
import type { Collection } from '../../model/collection.ts';
import { collectionName } from '../collections.ts';
import { SKIP_WORDS } from '../skipped-rules.ts';
import { GROUP_WORDS, STATUS_WORDS } from '../tenant-words.ts';
import { count } from '../text.ts';
import { capital, fact, ruleLink, table } from './parts.ts';
import { problemItem } from './problems.ts';
import { type Content, joined, lines, markup, type Markup } from './markup.ts';
import type { View } from './view.ts';

/** What was read and judged, in numbers that add up, and what was not. */
export function receiptBody(view: View): Content {
  const { report } = view;
  return [
    numbers(report),
    report.problems.length === 0
      ? null
      : markup`<h3 id="problems">Problems</h3><ul class="problems">${report.problems.map((problem) => markup`<li>${problemItem(problem)}</li>`)}</ul>`,
    report.tenant === null ? files(report) : collections(report.tenant.collections),
    checks(view),
    policies(report),
  ];
}

function numbers({ ledger: { inputs, resources, evaluations }, tenant }: Report): Markup {
  return markup`<dl class="facts">
    ${tenant === null ? fact('Files', `${inputs.read} read, ${inputs.failed} could not be read, ${inputs.ignored} with nothing to judge, ${inputs.unmarked.length} without a marker`) : null}
    ${fact('Resources', `${resources.total}: ${resources.judged} judged, ${resources.failed} not judged`)}
    ${fact('Resources × rules', `${evaluations.pairs}: ${evaluations.evaluated} evaluated, ${evaluations.failed} failed, ${evaluations.notApplicable} not applicable, ${evaluations.skipped} skipped`)}</dl>`;
}

function files({ ledger: { inputs } }: Report): Content {
  const { excluded, unmarked } = inputs;
  return [
    excluded.length === 0
      ? null
      : markup`<h3>Left out</h3><ul>${excluded.map(({ by, files: number }) => markup`<li>${count(number, 'file')} by <code>${by}</code></li>`)}</ul>`,
    unmarked.length === 0
      ? null
      : markup`<h3>Without a marker</h3><p>Application JSON that was seen and not judged; say what it is under <code>manifests</code> in the config to have it judged.</p>
        <ul>${unmarked.map((uri) => markup`<li><code class="path">${uri}</code></li>`)}</ul>`,
  ];
}

function collections(all: readonly Collection[]): Markup {
  const head = [
    'Facts',
    'How it ended',
    'Objects',
    'Requests',
    'API',
    'Least permissions',
    'Reason and evidence',
  ];
  return markup`<h3 id="collections">Read in the tenant</h3>
    ${table({ caption: 'Groups of facts and how reading them ended', head, shape: 'wide' }, all.map(collectionRow))}`;
}

function collectionRow(collection: Collection): Markup {
  const { status, by, objects, unread, duplicates, requests, api, permissions } = collection;
  const ending = status === 'notAsked' && by === 'plan' ? 'no rule needed it' : STATUS_WORDS[status];
  const isGap = status !== 'complete' && !(status === 'notAsked' && by === 'plan');
  return markup`<tr><th scope="row">${capital(collectionName(collection))}</th><td><span class="${isGap ? 'bad' : 'quiet'}">${ending}</span></td>
    <td class="number">${objects}${unread > 0 ? markup`<br><span class="bad">${unread} missing</span>` : null}${duplicates > 0 ? markup`<br><span class="quiet">${duplicates} twice</span>` : null}</td>
    <td class="number">${requests}</td><td>${api}</td><td>${joined(permissions.map((name) => markup`<code>${name}</code>`))}</td><td>${evidenceWords(collection)}</td></tr>`;
}

function evidenceWords({ reason, evidence }: Collection): Content {
  if (evidence === null) return reason;
  const { status, code, request, requestId } = evidence;
  const answer = [status, code].filter((part) => part !== null).join(' ');
  return markup`${reason} <span class="quiet">${answer === '' ? 'no answer' : answer} to <code class="path">${request}</code>${requestId === null ? null : markup`, request-id <code class="path">${requestId}</code>`}</span>`;
}

/** What was asked of the objects, for each way that it was: the inventory refers to them. */
function checks(view: View): Content {
  const all = view.report.checks;
  if (all.length === 0) return null;
  return [
    markup`<h3>Rules by object</h3><p>The inventory says which of these holds for which object.</p>`,
    lines(all.map((each, index) => checksDetails(view, each, index))),
  ];
}

function checksDetails(view: View, { evaluated, skipped }: RuleChecks, index: number): Markup {
  return markup`<details class="set"><summary><b>${count(evaluated.length, 'rule')}</b> judged${skipped.length === 0 ? null : markup`, ${skipped.length} skipped`}</summary>
    <div class="rule-body" id="checks-${index}">${skipped.length === 0 ? null : markup`<p>Skipped:</p><ul>${skipped.map(({ rule, reason, missing }) => markup`<li>${ruleLink(view, rule)}: ${SKIP_WORDS[reason]}${missing.length === 0 ? null : markup` (${joined(missing.map((group) => GROUP_WORDS[group]))})`}</li>`)}</ul>`}
    <p>Judged by: ${joined(evaluated.map((rule) => ruleLink(view, rule)))}</p></div></details>`;
}

function policies({ tool }: Report): Markup {
  const rows = tool.policies.map(
    ({ source, digest, rules }) =>
      markup`<tr><th scope="row">${source.name}</th><td>${source.kind}</td><td class="number">${rules}</td><td><code class="path">${digest}</code></td></tr>`,
  );
  return markup`<h3>Policies</h3>
    ${table({ caption: 'Where the rules come from', head: ['Source', 'Kind', 'Rules', 'Digest'], shape: 'wide' }, rows)}
    <p class="quiet">All together: <code class="path">${tool.policyDigest}</code></p>`;
}
