import type { ReportedResource } from '../../findings/report.ts';
import type { EffectivePermission } from '../../model/permissions.ts';
import type { FactGroup } from '../../model/vocabulary.ts';
import { compareCodePoints } from '../../util/code-points.ts';
import { KIND_WORDS } from '../tenant-words.ts';
import { count } from '../text.ts';
import { grouped } from './grouped.ts';
import { andMore, table } from './parts.ts';
import { apiName, comparePermissions, consentWords, gravityOf, type Gravity } from './permission-words.ts';
import { type Content, joined, lines, markup, type Markup } from './markup.ts';
import { severityRank } from '../severity-order.ts';
import { severityBadge } from './severity.ts';
import { unknownGroups, unknownNote } from './unknown-facts.ts';
import type { View } from './view.ts';

/** Sets of permissions that are listed. */
const MOST_SETS = 500;

const AGENTS: ReadonlySet<string> = new Set(['agentIdentity', 'agentUser', 'blueprintPrincipal']);

/** Groups of facts without which permissions are not all known. */
const ABOUT_PERMISSIONS: readonly FactGroup[] = [
  'appRoleAssignments',
  'oauth2PermissionGrants',
  'inheritedPermissions',
];

/** What every agent may do and how it came by it; agents that hold the same are told of together. */
export function permissionsBody({ report }: View): Content {
  const agents = report.resources.filter(({ kind }) => AGENTS.has(kind));
  const holders = agents.filter(({ permissions }) => permissions.length > 0);
  const gravity = gravityOf(report.findings);
  const sets = [...grouped(holders, setKey).values()].sort(compareSets(gravity));
  const known = agents.filter(
    ({ permissions, checks }) =>
      permissions.length === 0 && unknownGroups(report.checks[checks], ABOUT_PERMISSIONS).length === 0,
  );
  const without = agents.length - holders.length - known.length;
  return [
    markup`<p class="quiet">Agents that hold the same permissions, by the same ways, stand together.</p>`,
    unknownNote(report, agents, ABOUT_PERMISSIONS),
    sets.length === 0 ? markup`<p class="quiet">No agent here is known to hold a permission.</p>` : null,
    lines(sets.slice(0, MOST_SETS).map((set) => setDetails(set, gravity))),
    andMore(sets.length - MOST_SETS, 'sets of permissions'),
    known.length > 0
      ? markup`<p class="quiet">${count(known.length, 'more object')} of these kinds ${known.length === 1 ? 'holds' : 'hold'} no permission.</p>`
      : null,
    without > 0
      ? markup`<p class="warned">Of ${count(without, 'more object')} it is not known whether ${without === 1 ? 'it holds' : 'they hold'} any.</p>`
      : null,
  ];
}

/** The same for agents of one kind and blueprint that hold the same permissions by the same ways. */
function setKey({ kind, ref, blueprint, permissions }: ReportedResource): string {
  const family = kind === 'blueprintPrincipal' ? ref : (blueprint?.ref ?? '');
  return JSON.stringify([kind, family, permissions]);
}

/** The gravest first, then what can do most without a user, then by name. */
function compareSets(
  gravity: Gravity,
): (a: readonly ReportedResource[], b: readonly ReportedResource[]) => number {
  const rank = ({ permissions }: ReportedResource) =>
    Math.min(...permissions.map((permission) => severityRank(gravity(permission))));
  return ([a], [b]) =>
    a === undefined || b === undefined
      ? 0
      : rank(a) - rank(b) ||
        applications(b) - applications(a) ||
        b.permissions.length - a.permissions.length ||
        compareCodePoints(a.blueprint?.name ?? a.name, b.blueprint?.name ?? b.name) ||
        compareCodePoints(a.name, b.name);
}

function applications({ permissions }: ReportedResource): number {
  return permissions.filter(({ kind }) => kind === 'application').length;
}

function setDetails(agents: readonly ReportedResource[], gravity: Gravity): Markup | null {
  const [first] = agents;
  if (first === undefined) return null;
  const { permissions, kind, blueprint, name } = first;
  const isOne = agents.length === 1;
  const [one, many] = KIND_WORDS[kind];
  const sorted = permissions.toSorted(comparePermissions(gravity));
  const worst = sorted[0] === undefined ? null : gravity(sorted[0]);
  const head = ['Permission', 'API', 'Kind', 'Came by', 'Consent'];
  return markup`<details class="set"><summary><b>${isOne ? name : count(agents.length, one, many)}</b>
    <span class="quiet">${isOne ? one : null}${blueprint === null ? null : ` of ${blueprint.name}`}</span>
    <span class="sums">${worst === null ? null : severityBadge(worst)} ${sums(first)}</span></summary>
    ${isOne ? null : markup`<p>${joined(agents.map((agent) => agent.name))}</p>`}
    ${table(
      { caption: isOne ? `What ${name} may do` : 'What each of them may do', head, shape: 'wide' },
      sorted.map((permission) => permissionRow(permission, gravity)),
    )}</details>`;
}

/** `2 application, 6 delegated, 4 of them inherited`. */
function sums(agent: ReportedResource): Markup {
  const all = agent.permissions.length;
  const alone = applications(agent);
  const inherited = agent.permissions.filter(({ origin }) => origin.by === 'inherited').length;
  const parts = [
    alone === 0 ? [] : `${alone} application`,
    alone === all ? [] : `${all - alone} delegated`,
    inherited === 0 ? [] : inherited === all ? 'all inherited' : `${inherited} of them inherited`,
  ];
  return markup`<span class="sum">${parts.flat().join(', ')}</span>`;
}

function permissionRow(permission: EffectivePermission, gravity: Gravity): Markup {
  const { name, kind, origin } = permission;
  const severity = gravity(permission);
  const way = origin.by === 'direct' ? 'granted directly' : markup`inherited from <b>${origin.name}</b>`;
  return markup`<tr><th scope="row"><code>${name}</code>${severity === null ? null : markup` ${severityBadge(severity)}`}</th>
    <td>${apiName(permission)}</td><td>${kind}</td><td>${way}</td><td>${consentWords(permission)}</td></tr>`;
}
