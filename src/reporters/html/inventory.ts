import type { ReportedPrincipal, ReportedResource, RuleChecks } from '../../findings/report.ts';
import { KIND_WORDS } from '../tenant-words.ts';
import { count } from '../text.ts';
import { isAble } from './coverage.ts';
import { grouped } from './grouped.ts';
import { capital, outward, table } from './parts.ts';
import { type Content, joined, lines, markup, type Markup } from './markup.ts';
import type { View } from './view.ts';

/** Every object that was judged: who answers for it, what was found in it, and by how many rules it was judged. */
export function inventoryBody(view: View): Content {
  const { resources, unlisted } = view.report;
  const kinds = [...grouped(resources, ({ kind }) => kind).values()];
  return [
    kinds.length === 0 ? markup`<p class="quiet">No object was judged.</p>` : null,
    lines(kinds.map((these) => kindDetails(view, these))),
    unlisted > 0
      ? markup`<p class="warned">${count(unlisted, 'more object was', 'more objects were')} judged and ${unlisted === 1 ? 'is' : 'are'} not listed here: nothing was found in ${unlisted === 1 ? 'it' : 'them'}.</p>`
      : null,
  ];
}

function kindDetails(view: View, resources: readonly ReportedResource[]): Markup | null {
  const [first] = resources;
  if (first === undefined) return null;
  const title = capital(KIND_WORDS[first.kind][resources.length === 1 ? 0 : 1]);
  const findings = resources.reduce((sum, resource) => sum + view.findingsIn(resource), 0);
  const columns = columnsOf(view, first);
  const rows = resources.map((resource) => markup`<tr>${columns.map(({ cell }) => cell(resource))}</tr>`);
  return markup`<details class="set"><summary><b>${resources.length}</b> ${title} <span class="sums"><span class="sum">${count(findings, 'finding')}</span></span></summary>
    ${table({ caption: title, head: columns.map(({ title: name }) => name), shape: 'wide' }, rows)}</details>`;
}

type Column = { readonly title: string; readonly cell: (resource: ReportedResource) => Markup };

/** What there is to say of each kind; others have no people and no blueprint. */
function columnsOf(view: View, { kind }: ReportedResource): readonly Column[] {
  const isBlueprint = kind === 'blueprint';
  const isAgent = kind === 'agentIdentity' || kind === 'agentUser';
  return [
    { title: 'Name', cell: nameCell },
    ...(isAgent ? [{ title: 'Blueprint', cell: blueprintCell }] : []),
    ...(isBlueprint ? [{ title: 'Agents', cell: agentsCell }] : []),
    ...(isBlueprint || isAgent
      ? [{ title: 'Sponsors', cell: ({ sponsors }: ReportedResource) => principalsCell(sponsors) }]
      : []),
    ...(isBlueprint || (isAgent && kind !== 'agentUser')
      ? [{ title: 'Owners', cell: ({ owners }: ReportedResource) => principalsCell(owners) }]
      : []),
    { title: 'Findings', cell: (resource) => markup`<td class="number">${view.findingsIn(resource)}</td>` },
    {
      title: 'Judged by',
      cell: ({ checks, broken }) => judgedCell(view.report.checks[checks], checks, broken),
    },
  ];
}

function nameCell({ name, id, location, portalUrl }: ReportedResource): Markup {
  const detail =
    location.kind === 'file'
      ? `${location.uri}${location.pointer === '' ? '' : `#${location.pointer}`}`
      : (id ?? location.uri);
  return markup`<th scope="row">${outward(portalUrl, name)}<br><code class="path">${detail}</code></th>`;
}

function blueprintCell({ blueprint }: ReportedResource): Markup {
  return markup`<td>${blueprint === null ? markup`<span class="quiet">none known</span>` : blueprint.name}</td>`;
}

function agentsCell({ agents }: ReportedResource): Markup {
  return markup`<td class="number">${agents ?? markup`<span class="quiet">not known</span>`}</td>`;
}

function principalsCell(principals: readonly ReportedPrincipal[] | null): Markup {
  if (principals === null) return markup`<td class="quiet">not known</td>`;
  if (principals.length === 0) return markup`<td><span class="bad">nobody</span></td>`;
  return markup`<td>${joined(principals.map(principalWords))}</td>`;
}

function principalWords(principal: ReportedPrincipal): Markup {
  const { id, name, state } = principal;
  const words = name ?? id ?? 'without a name';
  return isAble(principal) ? markup`${words}` : markup`${words} <span class="bad">(${state})</span>`;
}

function judgedCell(checks: RuleChecks | undefined, index: number, broken: string | null): Markup {
  if (broken !== null) return markup`<td><span class="bad">not judged</span>: ${broken}</td>`;
  if (checks === undefined) return markup`<td class="quiet">not told</td>`;
  const skipped = checks.skipped.length;
  return markup`<td>${count(checks.evaluated.length, 'rule')}${skipped === 0 ? null : markup`, <a href="#checks-${index}">${skipped} skipped</a>`}</td>`;
}
