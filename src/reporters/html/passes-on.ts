import type { ReportedResource } from '../../findings/report.ts';
import type { EffectivePermission } from '../../model/permissions.ts';
import type { Severity } from '../../model/vocabulary.ts';
import { compareCodePoints } from '../../util/code-points.ts';
import { count } from '../text.ts';
import { flowPicture, type FlowLink, type FlowNode } from './flow.ts';
import { grouped } from './grouped.ts';
import { andMore, MOST_ROWS, table } from './parts.ts';
import {
  apiName,
  comparePermissions,
  consentWords,
  gravityOf,
  permissionKey,
  type Gravity,
} from './permission-words.ts';
import { markup, type Content, type Markup } from './markup.ts';
import { severityBadge } from './severity.ts';
import { unknownNote } from './unknown-facts.ts';
import type { View } from './view.ts';

/** A permission that a blueprint passes on. */
type Passing = { readonly blueprint: ReportedResource; readonly permission: EffectivePermission };

/** Groups of facts without which nobody knows all that is passed on. */
const ABOUT_PASSING_ON = [
  'inheritablePermissions',
  'inheritedPermissions',
  'appRoleAssignments',
  'oauth2PermissionGrants',
] as const;

/** Which blueprint passes which permission to how many agents: a picture, and the same as a table. */
export function passesOnBody({ report }: View): Content {
  const gravity = gravityOf(report.findings);
  const compare = comparePermissions(gravity);
  const passings = report.resources
    .flatMap((blueprint) => blueprint.passesOn.map((permission): Passing => ({ blueprint, permission })))
    .sort((a, b) => compare(a.permission, b.permission) || agentsOf(b) - agentsOf(a) || byName(a, b));
  const unknown = unknownNote(
    report,
    report.resources.filter(({ kind }) => kind === 'blueprint' || kind === 'blueprintPrincipal'),
    ABOUT_PASSING_ON,
  );
  if (passings.length === 0)
    return [
      unknown,
      markup`<p class="quiet">No blueprint here is known to pass a permission on to its agents.</p>`,
    ];
  const blueprints = grouped(passings, ({ blueprint }) => blueprint.ref);
  const permissions = grouped(passings, ({ permission }) => permissionKey(permission));
  return [
    unknown,
    flowPicture({
      label: `Which blueprint passes which permission on: ${count(blueprints.size, 'blueprint')} on the left, ${count(permissions.size, 'permission')} on the right; strokes are as thick as the agents are many. The table below says the same.`,
      left: { title: 'Blueprints', nodes: Array.from(blueprints, blueprintNode), rest: 'blueprints' },
      right: {
        title: 'Permissions that every agent inherits',
        nodes: Array.from(permissions, ([key, these]) => permissionNode(key, these, gravity)),
        rest: 'permissions',
      },
      links: passings.map((passing): FlowLink => ({
        from: passing.blueprint.ref,
        to: permissionKey(passing.permission),
        weight: agentsOf(passing),
        tone: toneOf(passing.permission, gravity),
      })),
    }),
    markup`<p class="legend"><span><i class="swatch bad"></i>critical or high in a finding</span> <span><i class="swatch warn"></i>in another finding</span> <span><i class="swatch plain"></i>application: acts without a user</span> <span><i class="swatch second"></i>delegated: acts for a user</span></p>
    <details class="as-table"><summary>The same as a table</summary>${passingsTable(passings, gravity)}</details>`,
  ];
}

function agentsOf({ blueprint: { agents } }: Passing): number {
  return agents ?? 0;
}

function byName(a: Passing, b: Passing): number {
  return compareCodePoints(a.blueprint.name, b.blueprint.name);
}

const GRAVE: ReadonlySet<Severity> = new Set(['critical', 'high']);

function toneOf(permission: EffectivePermission, gravity: Gravity): FlowNode['tone'] {
  const severity = gravity(permission);
  if (severity !== null) return GRAVE.has(severity) ? 'bad' : 'warn';
  return permission.kind === 'application' ? 'plain' : 'second';
}

function blueprintNode([key, [first]]: readonly [string, readonly Passing[]]): FlowNode {
  const agents = first?.blueprint.agents ?? null;
  const detail = agents === null ? 'agents not counted' : count(agents, 'agent');
  return { key, name: first?.blueprint.name ?? '', detail, tone: 'plain' };
}

function permissionNode(key: string, passings: readonly Passing[], gravity: Gravity): FlowNode {
  const agents = passings.reduce((sum, passing) => sum + agentsOf(passing), 0);
  const [first] = passings;
  if (first === undefined) return { key, name: '', detail: '', tone: 'plain' };
  const { permission } = first;
  const detail = `${count(agents, 'agent')} · ${permission.kind} · ${apiName(permission)}`;
  return { key, name: permission.name, detail, tone: toneOf(permission, gravity) };
}

function passingsTable(passings: readonly Passing[], gravity: Gravity): Markup {
  const rows = passings.slice(0, MOST_ROWS).map(({ blueprint, permission }) => {
    const severity = gravity(permission);
    return markup`<tr><th scope="row">${blueprint.name}</th><td><code>${permission.name}</code>${severity === null ? null : markup` ${severityBadge(severity)}`}</td>
      <td>${apiName(permission)}</td><td>${permission.kind}</td><td>${consentWords(permission)}</td><td class="number">${blueprint.agents ?? 'not counted'}</td></tr>`;
  });
  const head = ['Blueprint', 'Permission', 'API', 'Kind', 'Consent', 'Agents'];
  return markup`${table({ caption: 'What each blueprint passes on', head, shape: 'wide' }, rows)}${andMore(passings.length - MOST_ROWS, 'rows')}`;
}
