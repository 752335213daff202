import { ok, type Call, type Reply, type Route } from '../call.ts';
import { answerCount, answerList, answerOne, type Listing } from '../collection.ts';
import {
  derivesFrom,
  everyRow,
  text,
  typeOf,
  type Entity,
  type Relation,
  type SetName,
} from '../entities.ts';
import { notFound } from '../errors.ts';
import { anyOf } from '../permissions.ts';
import type { Version } from '../schema.ts';
import type { Lane } from '../throttle.ts';

/** Query options by their first letters, as the tables of routes write them. */
const OPTION_NAMES: { readonly [short: string]: string } = {
  s: '$select',
  e: '$expand',
  f: '$filter',
  t: '$top',
  c: '$count',
  o: '$orderby',
  q: '$search',
};

/** `'s f t'` in words: `$select`, `$filter`, `$top`. */
export function options(short: string): readonly string[] {
  return short
    .split(' ')
    .filter((letter) => letter !== '')
    .map((letter) => {
      const name = OPTION_NAMES[letter];
      if (name === undefined) throw new Error(`There is no query option ${letter}.`);
      return name;
    });
}

/** Everything that lists of directory objects take. */
export const ADVANCED_LIST = 'c e f o q s t';

export const BOTH: readonly Version[] = ['v1.0', 'beta'];
export const BETA: readonly Version[] = ['beta'];

export type Common = {
  readonly template: string;
  readonly versions?: readonly Version[];
  readonly lane?: Lane;
  readonly cost?: number;
  /** `'A B'`: either. `'A&B'`: both. */
  readonly permissions: string;
  readonly options: string;
};

function route(common: Common, answer: Route['answer']): Route {
  return {
    template: common.template,
    versions: common.versions ?? BOTH,
    lane: common.lane ?? 'directory',
    cost: common.cost ?? 1,
    permissions: anyOf(common.permissions),
    options: options(common.options),
    answer,
  };
}

function counting(common: Common, listing: Listing): Route {
  return route({ ...common, template: `${common.template}/$count`, options: 'f q' }, (call) =>
    answerCount(call, listing),
  );
}

/** A list at the top of a path, with its `$count`. */
export function list(
  common: Common & { readonly set: SetName; readonly type: string; readonly of?: string },
  listing: Partial<Listing> = {},
): readonly Route[] {
  const whole: Listing = {
    type: common.type,
    rows: (call) => call.tenant.rows(common.set, common.of),
    context: () => common.template.slice(1),
    directory: true,
    related: false,
    page: { usual: 100, most: 999 },
    ...listing,
  };
  return [route(common, (call) => answerList(call, whole)), counting(common, whole)];
}

/** The object that a path is about: by id or `appId`, of the type that a cast names. */
function subject(call: Call, set: SetName, type: string): Entity {
  const { id, appId } = call.parameters;
  const found =
    appId === undefined
      ? call.tenant.object(id ?? '')
      : call.tenant.byAppId(set === 'applications' ? set : 'servicePrincipals', appId);
  if (
    found === undefined ||
    !derivesFrom(typeOf(found), type) ||
    (found['deletedDateTime'] ?? null) !== null
  ) {
    throw notFound(appId ?? id ?? '');
  }
  return found;
}

/** One object by its id. */
export function one(
  common: Common & { readonly set: SetName; readonly type: string },
  expand: Listing['expand'] = {},
): Route {
  return route(common, (call) =>
    answerOne(call, subject(call, common.set, common.type), {
      type: common.type,
      related: false,
      directory: true,
      expand,
      context: () => common.set,
    }),
  );
}

/** What the context of a list names: the set of its objects, or the path within the object that has them. */
function contextOf({ set, relation: name, type }: RelationSource, call: Call): string {
  if (type === 'appRoleAssignment') return 'appRoleAssignments';
  if (type === 'oAuth2PermissionGrant') return 'oauth2PermissionGrants';
  return `${set}('${call.parameters['id'] ?? call.parameters['appId'] ?? ''}')/${name}`;
}

export type RelationSource = Common & {
  readonly set: SetName;
  /** Type of the object that has the relationship. */
  readonly on: string;
  readonly relation: Relation;
  /** Type of what it leads to. */
  readonly type: string;
};

/** A relationship of an object. Those to directory objects have a `$count`; `casts` adds narrowing by type. */
export function relation(
  source: RelationSource,
  listing: Partial<Listing> & { readonly casts?: boolean } = {},
): readonly Route[] {
  const { casts, ...given } = listing;
  const directory = source.type === 'directoryObject';
  const whole: Listing = {
    type: source.type,
    rows: (call) => call.tenant.related(source.relation, text(subject(call, source.set, source.on), 'id')),
    context: (call) => (directory ? 'directoryObjects' : contextOf(source, call)),
    directory,
    related: directory,
    page: directory ? { usual: 100, most: 999 } : null,
    ...given,
  };
  const plain = route(source, (call) => answerList(call, whole));
  if (!directory) return [plain];
  const routes = [plain, counting(source, whole)];
  if (casts !== true) return routes;
  const cast: Common = {
    ...source,
    template: `${source.template}/microsoft.graph.{cast}`,
    options: 'c f o q s t',
  };
  const narrowed = (call: Call): Listing => {
    const type = call.parameters['cast'] ?? '';
    const rows = whole.rows(call);
    const only = (entity: Entity | undefined) =>
      entity !== undefined && derivesFrom(typeOf(entity), type) ? entity : undefined;
    return {
      ...whole,
      type,
      advanced: true,
      context: () => `${type}s`,
      rows: () => ({ length: rows.length, at: (position) => only(rows.at(position)) }),
    };
  };
  return [
    ...routes,
    route(cast, (call) => answerList(call, narrowed(call))),
    route({ ...cast, template: `${cast.template}/$count`, options: 'f q' }, (call) =>
      answerCount(call, narrowed(call)),
    ),
  ];
}

/** A relationship that leads to one object. */
export function single(source: RelationSource): Route {
  return route(source, (call): Reply => {
    const owner = subject(call, source.set, source.on);
    const [found] = [...everyRow(call.tenant.related(source.relation, text(owner, 'id')))];
    if (found === undefined) throw notFound(text(owner, 'id'));
    return answerOne(call, found, {
      type: source.type,
      related: source.type === 'directoryObject',
      directory: true,
      context: () => source.relation,
    });
  });
}

/** Any other answer. */
export function plain(common: Common, body: (call: Call) => Entity): Route {
  return route(common, (call) => ok(body(call)));
}
