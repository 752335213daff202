import { ok, type Call, type Reply, type Route } from '../call.ts';
import { rowsOf, text, type Entity, type Rows } from '../entities.ts';
import { badRequest, GraphFailure } from '../errors.ts';
import type { Filter } from '../odata/filter-syntax.ts';
import { openToken, pageOf, sealToken } from '../paging.ts';
import { anyOf } from '../permissions.ts';
import { checkSelect, project } from '../project.ts';
import { BOTH, options } from './build.ts';

type DeltaSet = 'applications' | 'servicePrincipals';

/** What the tokens of a delta query carry: the query itself and how far it has come. */
type State = {
  readonly set: DeltaSet;
  readonly select: readonly string[] | null;
  readonly ids: readonly string[] | null;
  /** Changes up to here are known to the caller; `null` while it reads everything for the first time. */
  readonly after: number | null;
  /** Changes up to here are part of this round. */
  readonly until: number;
  readonly position: number;
  readonly expires: number;
};

const PAGE = 200;
/** Tokens of directory objects live for seven days: https://learn.microsoft.com/graph/delta-query-overview */
const TOKEN_LIFE_MS = 7 * 86_400_000;
const TYPES = { applications: 'application', servicePrincipals: 'servicePrincipal' } as const;

function idsOf(filter: Filter | null): readonly string[] | null {
  if (filter === null) return null;
  if (filter.op === 'or') return [...(idsOf(filter.left) ?? []), ...(idsOf(filter.right) ?? [])];
  if (filter.op === 'compare' && filter.path === 'id' && filter.by === 'eq') return [String(filter.value)];
  throw badRequest('Only filters on id are supported for delta queries.');
}

function stateOf(call: Call, set: DeltaSet): State {
  const { query, tenant, clock } = call;
  const now = clock.now();
  const token = query.skiptoken ?? (query.deltatoken === 'latest' ? null : query.deltatoken);
  if (token === null) {
    checkSelect(query.select, TYPES[set], call.version);
    const until = tenant.sequence();
    const after = query.deltatoken === 'latest' ? until : null;
    const ids = idsOf(query.filter);
    return { set, select: query.select, ids, after, until, position: 0, expires: now + TOKEN_LIFE_MS };
  }
  if (query.select !== null || query.filter !== null) {
    throw badRequest('Query options cannot be combined with a token; the token holds them.');
  }
  const state = openToken(token) as State | null;
  if (state?.set !== set) throw badRequest('Badly formed token.', 'Directory_InvalidDeltaToken');
  if (state.expires <= now) {
    throw new GraphFailure(410, 'syncStateNotFound', 'The delta token has expired; begin again.', {
      Location: `${call.origin}/${call.version}/${set}/delta`,
    });
  }
  if (query.deltatoken === null) return state;
  return { ...state, after: state.until, until: tenant.sequence(), position: 0 };
}

/** The last state of each object that changed: only what changed of it; removed ones without a type. */
function changedRows(call: Call, state: State, after: number): Rows {
  const changes = new Map<string, Set<string> | Entity>();
  for (const { id, properties, restorable, sequence } of call.tenant.changes(state.set, after)) {
    if (sequence > state.until) continue;
    if (properties === null) {
      changes.set(id, { id, '@removed': { reason: restorable ? 'changed' : 'deleted' } });
      continue;
    }
    const before = changes.get(id);
    changes.set(id, new Set([...(before instanceof Set ? before : []), ...properties]));
  }
  return rowsOf(
    [...changes].map(([id, change]) => {
      if (!(change instanceof Set)) return change;
      const entity = call.tenant.object(id);
      const wanted = [...change].filter((name) => state.select === null || state.select.includes(name));
      return entity === undefined || wanted.length === 0 ? undefined : shown(call, entity, wanted, state);
    }),
  );
}

function shown(call: Call, entity: Entity, select: readonly string[] | null, state: State): Entity {
  const { version, roles } = call;
  return project(entity, { declared: TYPES[state.set], version, select, roles, related: false });
}

function answerDelta(call: Call, set: DeltaSet): Reply {
  const state = stateOf(call, set);
  const { after } = state;
  const rows = after === null ? call.tenant.rows(set) : changedRows(call, state, after);
  const included = (row: Entity) => state.ids === null || state.ids.includes(text(row, 'id'));
  const page = pageOf(rows, state.position, PAGE, included);
  const link = (name: string, token: State) => ({
    [`@odata.${name}Link`]: `${call.origin}/${call.version}/${set}/delta?$${name === 'next' ? 'skip' : 'delta'}token=${sealToken(token)}`,
  });
  const expires = call.clock.now() + TOKEN_LIFE_MS;
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#${set}`,
    ...(page.next === null
      ? link('delta', { ...state, expires })
      : link('next', { ...state, position: page.next })),
    value: page.items.map((item) => (after === null ? shown(call, item, state.select, state) : item)),
  });
}

function route(set: DeltaSet): Route {
  return {
    template: `/${set}/delta`,
    versions: BOTH,
    lane: 'directory',
    cost: 1,
    permissions: anyOf('Application.Read.All Application.ReadWrite.All Directory.Read.All'),
    options: [...options('s f'), '$deltatoken'],
    answer: (call) => answerDelta(call, set),
  };
}

/**
 * https://learn.microsoft.com/graph/api/serviceprincipal-delta, https://learn.microsoft.com/graph/api/application-delta.
 * Whether a cast may stand before `delta` is not documented, so none may.
 */
export const DELTA_ROUTES: readonly Route[] = [route('applications'), route('servicePrincipals')];
