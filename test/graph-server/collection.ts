import { isEventual, ok, type Call, type Reply } from './call.ts';
import { everyRow, rowsOf, text, type Entity, type Relation, type Rows } from './entities.ts';
import { badRequest, denied, unsupported } from './errors.ts';
import { checkFilter, passes } from './odata/filter.ts';
import type { Query } from './odata/query.ts';
import { bindingOf, pageOf, positionOf, skipToken } from './paging.ts';
import { checkSelect, project, type Projection } from './project.ts';
import { shape } from './schema.ts';

/** How a list is answered. */
export type Listing = {
  /** Type of its objects, as the path promises it. */
  readonly type: string;
  readonly rows: (call: Call) => Rows;
  /** `$metadata#…` of the list. */
  readonly context: (call: Call) => string;
  /** Whether it is of directory objects, which have advanced queries. */
  readonly directory: boolean;
  readonly related: boolean;
  /** Objects of a page without `$top`, and most that `$top` may ask for; `null` when there is one page. */
  readonly page: { readonly usual: number; readonly most: number } | null;
  /** Relationships that may be expanded, with the type of what they lead to. */
  readonly expand?: { readonly [relation: string]: string };
  /** Whether the path needs an advanced query, as a cast of a relationship does. */
  readonly advanced?: boolean;
};

/** An expanded relationship of a directory object ends there, without a link to more. */
const MOST_EXPANDED = 20;

function isAdvanced(call: Call): boolean {
  return isEventual(call) && call.query.count;
}

function mayUseAdvanced(call: Call, listing: Listing): boolean {
  return listing.directory && isAdvanced(call);
}

function check(call: Call, listing: Listing): void {
  const { query, version } = call;
  checkSelect(query.select, listing.type, version);
  const { filter } = shape(listing.type, version);
  const needs = query.filter === null ? false : checkFilter(query.filter, filter, listing.directory).advanced;
  const ordered = query.orderby !== null && listing.directory;
  if ((needs || ordered || listing.advanced === true) && !mayUseAdvanced(call, listing)) {
    throw unsupported(
      'Request with this query only works with the header ConsistencyLevel: eventual and $count=true.',
    );
  }
  if (query.search !== null && !isEventual(call)) {
    throw unsupported(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  if (query.expand !== null) checkExpand(call, listing);
  if (query.top !== null && listing.page !== null && (query.top < 1 || query.top > listing.page.most)) {
    throw badRequest(
      `Invalid page size specified: '${query.top}'. Must be between 1 and ${listing.page.most} inclusive.`,
      'Request_UnsupportedQuery',
    );
  }
}

function checkExpand(call: Call, listing: Listing): void {
  const { expand } = call.query;
  if (expand === null) return;
  const target = listing.expand?.[expand.relation];
  if (target === undefined) {
    throw badRequest(
      `Could not find a property named '${expand.relation}' on type 'microsoft.graph.${listing.type}'.`,
    );
  }
  if (mayUseAdvanced(call, listing)) throw unsupported('$expand is not supported with advanced queries.');
  checkSelect(expand.select, target, call.version);
}

/** Refuses properties that need a permission of their own. */
function checkPermission(call: Call): void {
  const { select, expand } = call.query;
  const has = (...roles: readonly string[]) => roles.some((role) => call.roles.has(role));
  if (
    expand?.relation.startsWith('appRoleAssign') === true &&
    !has('Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All')
  ) {
    throw denied();
  }
  if (
    select?.includes('customSecurityAttributes') === true &&
    !has('CustomSecAttributeAssignment.Read.All', 'CustomSecAttributeAssignment.ReadWrite.All')
  ) {
    throw denied();
  }
  if (select?.includes('signInActivity') === true && !has('AuditLog.Read.All')) throw denied();
}

function projectionOf(call: Call, declared: string, related: boolean): Projection {
  return { declared, version: call.version, select: call.query.select, roles: call.roles, related };
}

/** One object with the relationship that was asked for. */
function withExpanded(
  call: Call,
  entity: Entity,
  shown: Entity,
  targets: { readonly [relation: string]: string },
): Entity {
  const { expand } = call.query;
  if (expand === null) return shown;
  const target = targets[expand.relation] ?? 'directoryObject';
  const projection: Projection = {
    declared: target,
    version: call.version,
    select: expand.select,
    roles: call.roles,
    related: target === 'directoryObject',
  };
  if (expand.relation === 'roleDefinition') {
    const id = text(entity, 'roleDefinitionId');
    const found = [...everyRow(call.tenant.rows('roleDefinitions'))].find((role) => role['id'] === id);
    return { ...shown, roleDefinition: found === undefined ? null : project(found, projection) };
  }
  if (expand.relation === 'principal') {
    const found = call.tenant.object(text(entity, 'principalId'));
    return { ...shown, principal: found === undefined ? null : project(found, projection) };
  }
  const all = [...everyRow(call.tenant.related(expand.relation as Relation, text(entity, 'id')))];
  return {
    ...shown,
    [expand.relation]: all.slice(0, MOST_EXPANDED).map((item) => project(item, projection)),
  };
}

function counter(call: Call, entity: Entity): (relation: string) => number {
  return (relation) => [...everyRow(call.tenant.related(relation as Relation, text(entity, 'id')))].length;
}

function test(call: Call): (row: Entity) => boolean {
  const { filter, search } = call.query;
  return (row) =>
    (filter === null || passes(filter, row, counter(call, row))) &&
    (search === null || text(row, search.property).toLowerCase().includes(search.value.toLowerCase()));
}

function sorted(rows: Rows, order: NonNullable<Query['orderby']>): Rows {
  const key = (row: Entity) => text(row, order.property);
  const list = [...everyRow(rows)].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return rowsOf(order.descending ? list.reverse() : list);
}

function contextOf(call: Call, listing: Listing): string {
  const { select, expand } = call.query;
  const inner = expand?.select === null || expand === null ? '' : expand.select.join(',');
  const names = [...(select ?? []), ...(expand === null ? [] : [`${expand.relation}(${inner})`])];
  const list = names.length === 0 ? '' : `(${names.join(',')})`;
  return `${call.origin}/${call.version}/$metadata#${listing.context(call)}${list}`;
}

function optionsOf(call: Call): string {
  const options = JSON.parse(call.query.identity) as readonly (readonly [string, string])[];
  return options.map(([name, value]) => `${name}=${encodeURIComponent(value)}&`).join('');
}

/** Answers a request for a list: one page of it. */
export function answerList(call: Call, listing: Listing): Reply {
  check(call, listing);
  checkPermission(call);
  const { query, clock, origin, version, path } = call;
  const rows = query.orderby === null ? listing.rows(call) : sorted(listing.rows(call), query.orderby);
  const binding = bindingOf(version, path, query.identity);
  const from = positionOf(query.skiptoken, binding, clock.now());
  // https://learn.microsoft.com/graph/api/user-list: smaller pages when sign-in activity is among the properties
  const most = query.select?.includes('signInActivity') === true ? 500 : Number.MAX_SAFE_INTEGER;
  const wanted = query.top ?? listing.page?.usual ?? rows.length;
  const page = pageOf(rows, from, listing.page === null ? rows.length : Math.min(wanted, most), test(call));
  const projection = projectionOf(call, listing.type, listing.related);
  const value = page.items.map((item) =>
    withExpanded(call, item, project(item, projection), listing.expand ?? {}),
  );
  const counted = query.count && (!listing.directory || isEventual(call)) && query.skiptoken === null;
  const next =
    page.next === null
      ? {}
      : {
          '@odata.nextLink': `${origin}/${version}${encodeURI(path)}?${optionsOf(call)}$skiptoken=${skipToken(page.next, binding, clock.now())}`,
        };
  return ok({
    '@odata.context': contextOf(call, listing),
    ...(counted ? { '@odata.count': countRows(call, rows) } : {}),
    ...next,
    value,
  });
}

function countRows(call: Call, rows: Rows): number {
  const { filter, search } = call.query;
  if (filter === null && search === null && rows.size !== undefined) return rows.size;
  const included = test(call);
  let count = 0;
  for (const row of everyRow(rows)) if (included(row)) count += 1;
  return count;
}

/** Answers `…/$count`: a bare number. */
export function answerCount(call: Call, listing: Listing): Reply {
  if (!isEventual(call)) throw badRequest('$count is not currently supported.');
  const { filter } = call.query;
  if (filter !== null) checkFilter(filter, shape(listing.type, call.version).filter, listing.directory);
  return ok(countRows(call, listing.rows(call)), { 'Content-Type': 'text/plain' });
}

/** Answers a request for one object. */
export function answerOne(
  call: Call,
  entity: Entity,
  listing: Pick<Listing, 'type' | 'related' | 'expand' | 'directory' | 'context'>,
): Reply {
  checkSelect(call.query.select, listing.type, call.version);
  checkPermission(call);
  checkExpand(call, { ...listing, rows: () => rowsOf([]), page: null });
  const shown = project(entity, projectionOf(call, listing.type, listing.related));
  const names = call.query.select === null ? '' : `(${call.query.select.join(',')})`;
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#${listing.context(call)}${names}/$entity`,
    ...withExpanded(call, entity, shown, listing.expand ?? {}),
  });
}
