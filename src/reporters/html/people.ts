import type { ReportedPrincipal, ReportedResource } from '../../findings/report.ts';
import { compareCodePoints } from '../../util/code-points.ts';
import { count } from '../text.ts';
import { isAble } from './coverage.ts';
import { flowPicture, type FlowLink, type FlowNode } from './flow.ts';
import { grouped } from './grouped.ts';
import { andMore, MOST_ROWS, table } from './parts.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';

const KIND_OF_PRINCIPAL = {
  user: 'person',
  group: 'group',
  servicePrincipal: 'application',
  agentUser: 'agent user',
  unknown: 'not told',
} as const satisfies Record<ReportedPrincipal['kind'], string>;

/** What somebody must answer for. */
const ANSWERED_FOR: ReadonlySet<string> = new Set(['blueprint', 'agentIdentity', 'agentUser']);

const NOBODY = 'nobody';
const UNKNOWN = 'unknown';

/** Somebody, or nobody, with the objects that are on them. */
type Answerer = {
  readonly key: string;
  readonly principal: ReportedPrincipal | null;
  readonly objects: Set<ReportedResource>;
  readonly sponsored: Set<ReportedResource>;
  readonly owned: Set<ReportedResource>;
};

/** Who answers for the agents of which blueprint: a picture, and the same as a table. */
export function people(resources: readonly ReportedResource[]): Content {
  const objects = resources.filter(({ kind }) => ANSWERED_FOR.has(kind));
  const answerers = answerersOf(objects);
  if (answerers.length === 0) return null;
  const families = grouped(objects, familyOf);
  const links = answerers.flatMap((answerer): FlowLink[] =>
    Array.from(grouped([...answerer.objects], familyOf), ([to, these]) => ({
      from: answerer.key,
      to,
      weight: these.length,
      tone: toneOf(answerer),
    })),
  );
  const blueprints = familyNodes(families, answerers);
  return [
    flowPicture({
      label: `Who answers for the agents of which blueprint: ${count(answerers.length, 'row')} of people on the left, ${count(blueprints.length, 'blueprint')} on the right. The table below says the same.`,
      left: { title: 'Sponsors and owners', nodes: answerers.map(personNode), rest: 'people and groups' },
      right: { title: 'Blueprints and their agents', nodes: blueprints, rest: 'blueprints' },
      links,
    }),
    markup`<details class="as-table"><summary>The same as a table</summary>${peopleTable(answerers)}</details>`,
  ];
}

function answerersOf(objects: readonly ReportedResource[]): readonly Answerer[] {
  const all = new Map<string, Answerer>();
  const at = (key: string, principal: ReportedPrincipal | null): Answerer => {
    const known = all.get(key);
    if (known !== undefined) return known;
    const made: Answerer = { key, principal, objects: new Set(), sponsored: new Set(), owned: new Set() };
    all.set(key, made);
    return made;
  };
  for (const object of objects) {
    const { sponsors, owners } = object;
    for (const principal of sponsors ?? []) add(at(keyOf(principal), principal), 'sponsored', object);
    for (const principal of owners ?? []) add(at(keyOf(principal), principal), 'owned', object);
    if ((sponsors ?? []).length + (owners ?? []).length > 0) continue;
    at(sponsors === null ? UNKNOWN : NOBODY, null).objects.add(object);
  }
  return [...all.values()].sort(
    (a, b) =>
      rankOf(a) - rankOf(b) || b.objects.size - a.objects.size || compareCodePoints(nameOf(a), nameOf(b)),
  );
}

function add(answerer: Answerer, role: 'sponsored' | 'owned', object: ReportedResource): void {
  answerer[role].add(object);
  answerer.objects.add(object);
}

/** Two sources may tell the same person by id and by name; who has no id is known by the name. */
function keyOf({ kind, id, name }: ReportedPrincipal): string {
  return id === null ? `name ${kind} ${name ?? ''}` : `id ${id}`;
}

/** What nobody answers for comes first, then those who cannot act, then those with most. */
function rankOf({ key, principal }: Answerer): number {
  if (principal === null) return key === NOBODY ? 0 : 1;
  return isAble(principal) ? 3 : 2;
}

function toneOf({ key, principal }: Answerer): FlowNode['tone'] {
  if (principal === null) return key === NOBODY ? 'bad' : 'unknown';
  return isAble(principal) ? 'plain' : 'warn';
}

function nameOf({ key, principal }: Answerer): string {
  if (principal === null) return key === NOBODY ? 'Nobody' : 'Not known';
  return principal.name ?? principal.id ?? 'without a name';
}

function personNode(answerer: Answerer): FlowNode {
  const { key, principal, objects } = answerer;
  const state = principal === null || isAble(principal) ? '' : `${principal.state} · `;
  return {
    key,
    name: nameOf(answerer),
    detail: state + objectsInWords([...objects]),
    tone: toneOf(answerer),
  };
}

/** The blueprint that an object belongs to, as a key. */
function familyOf({ kind, ref, blueprint }: ReportedResource): string {
  if (kind === 'blueprint') return ref;
  return blueprint === null ? '' : blueprint.ref;
}

/** Blueprints with most that nobody able answers for first, then the largest. */
function familyNodes(
  families: ReadonlyMap<string, readonly ReportedResource[]>,
  answerers: readonly Answerer[],
): readonly FlowNode[] {
  const answered = new Set(
    answerers.flatMap(({ principal, objects }) =>
      principal !== null && isAble(principal) ? [...objects] : [],
    ),
  );
  return Array.from(families, ([key, objects]) => {
    const first = objects.find(({ kind }) => kind === 'blueprint');
    const name = first?.name ?? objects[0]?.blueprint?.name ?? 'No blueprint known';
    const alone = objects.filter((object) => !answered.has(object)).length;
    return {
      node: { key, name, detail: objectsInWords(objects), tone: 'plain' as const },
      alone,
      all: objects.length,
    };
  })
    .sort((a, b) => b.alone - a.alone || b.all - a.all || compareCodePoints(a.node.name, b.node.name))
    .map(({ node }) => node);
}

/** `the blueprint, 12 agents`. */
function objectsInWords(objects: readonly ReportedResource[]): string {
  const blueprints = objects.filter(({ kind }) => kind === 'blueprint').length;
  const agents = objects.length - blueprints;
  return [
    ...(blueprints > 0 ? [count(blueprints, 'blueprint')] : []),
    ...(agents > 0 ? [count(agents, 'agent')] : []),
  ].join(', ');
}

function peopleTable(answerers: readonly Answerer[]): Markup {
  const rows = answerers.slice(0, MOST_ROWS).map((answerer) => {
    const { principal, objects, sponsored, owned } = answerer;
    const who = principal === null ? ['', ''] : [KIND_OF_PRINCIPAL[principal.kind], principal.state];
    const names = [...grouped([...objects], familyOf).values()].map((these) => familyName(these));
    return markup`<tr><th scope="row">${nameOf(answerer)}</th>${who.map((word) => markup`<td>${word === 'unknown' ? 'not told' : word}</td>`)}
      <td>${principal === null ? objectsInWords([...objects]) : objectsInWords([...sponsored])}</td><td>${objectsInWords([...owned])}</td><td>${joined(names)}</td></tr>`;
  });
  const head = ['Who', 'What they are', 'Account', 'Sponsor of', 'Owner of', 'Of the blueprints'];
  return markup`${table({ caption: 'Who answers for what', head, shape: 'wide' }, rows)}${andMore(answerers.length - MOST_ROWS, 'people and groups')}`;
}

function familyName([object]: readonly ReportedResource[]): string {
  if (object === undefined) return '';
  return object.kind === 'blueprint' ? object.name : (object.blueprint?.name ?? 'no blueprint known');
}
