import type { ReportedPrincipal, ReportedResource } from '../../findings/report.ts';
import type { ResourceKind } from '../../model/vocabulary.ts';
import { KIND_WORDS } from '../tenant-words.ts';
import { bar } from './bars.ts';
import { capital, numberCell, table } from './parts.ts';
import { markup, type Markup } from './markup.ts';

const STATES = ['answered', 'inactive', 'nobody', 'unknown'] as const;

type State = (typeof STATES)[number];

const STATE_WORDS = {
  answered: 'somebody who can act',
  inactive: 'only disabled or deleted',
  nobody: 'nobody',
  unknown: 'not known',
} as const satisfies Record<State, string>;

const WITH_SPONSORS = ['blueprint', 'agentIdentity', 'agentUser'] as const;
/** The user account of an agent has no owners. */
const WITH_OWNERS = ['blueprint', 'agentIdentity'] as const;

/** Whether somebody can still act: what no source tells is taken as able. */
export function isAble({ state }: ReportedPrincipal): boolean {
  return state === 'enabled' || state === 'unknown';
}

/** How many objects of each kind have a sponsor, and an owner: bars with their numbers. */
export function coverage(resources: readonly ReportedResource[]): Markup {
  return markup`<div class="pair">${coverageTable('Sponsors', 'sponsors', WITH_SPONSORS, resources)}
    ${coverageTable('Owners', 'owners', WITH_OWNERS, resources)}</div>
    <p class="legend">${STATES.map((state) => markup`<span><i class="swatch ${state}"></i>${STATE_WORDS[state]}</span> `)}</p>`;
}

function coverageTable(
  title: string,
  role: 'sponsors' | 'owners',
  kinds: readonly ResourceKind[],
  resources: readonly ReportedResource[],
): Markup {
  const rows = kinds.flatMap((kind) => {
    const states = resources
      .filter((resource) => resource.kind === kind)
      .map((resource) => stateOf(resource[role]));
    if (states.length === 0) return [];
    const sizes = STATES.map((state) => ({
      tone: state,
      size: states.filter((each) => each === state).length,
    }));
    return markup`<tr><th scope="row">${capital(KIND_WORDS[kind][1])}</th>
      <td class="drawn">${bar(sizes, states.length)}</td>
      ${sizes.map(({ size }) => numberCell(size))}</tr>`;
  });
  const head = STATES.map(
    (state) => markup`<i class="swatch ${state}"></i><span class="unseen">${STATE_WORDS[state]}</span>`,
  );
  return table(
    {
      caption: title,
      head: [markup`<span class="unseen">Kind</span>`, markup`<span class="unseen">Drawn</span>`, ...head],
    },
    rows,
  );
}

function stateOf(principals: readonly ReportedPrincipal[] | null): State {
  if (principals === null) return 'unknown';
  if (principals.length === 0) return 'nobody';
  return principals.some(isAble) ? 'answered' : 'inactive';
}
