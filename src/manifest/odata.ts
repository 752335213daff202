import type { JsonObject } from '../model/resource.ts';
import { RESOURCE_KINDS } from '../model/vocabulary.ts';
import { suggest } from '../util/suggest.ts';
import { own } from './candidate.ts';
import type { AgentKind } from './result.ts';

export const AGENT_KINDS = ['blueprint', 'blueprintPrincipal', 'agentIdentity', 'agentUser'] as const;

/** Graph's names of the agent types: the values of `kind` in the native form. */
export const GRAPH_TYPES: readonly string[] = AGENT_KINDS.map((kind) => RESOURCE_KINDS[kind].graphType);

/** What a type name or a `kind` says: one of ours, a slip of one of ours, or something else. */
export type StatedType =
  | { readonly is: 'agent'; readonly kind: AgentKind }
  | { readonly is: 'near-miss'; readonly meant: string }
  | { readonly is: 'other' };

/** Compares without case, with or without `#` and the namespace: `#microsoft.graph.agentUser`, `Microsoft.Graph.AgentUser`, `agentUser`. */
export function typeNamed(name: string): StatedType {
  const local = /^#?(?:microsoft\.graph\.)?([^.]+)$/i.exec(name)?.[1];
  if (local === undefined) return { is: 'other' };
  const kind = AGENT_KINDS.find(
    (each) => RESOURCE_KINDS[each].graphType.toLowerCase() === local.toLowerCase(),
  );
  if (kind !== undefined) return { is: 'agent', kind };
  const meant = suggest(local, GRAPH_TYPES);
  return meant === null ? { is: 'other' } : { is: 'near-miss', meant };
}

/** What `@odata.type` says; `null` when it is not there. */
export function statedType(data: JsonObject): StatedType | null {
  const type = own(data, '@odata.type');
  return typeof type === 'string' ? typeNamed(type) : null;
}

/**
 * What `@odata.context` says a Graph answer holds. `set`: an entity set (`applications`) without a cast to one type.
 * `other`: anything else, such as a relationship's list.
 */
export type ContextType = StatedType | { readonly is: 'set'; readonly name: string };

const CAST = /^microsoft\.graph\.\w+$/i;

/** `null` when there is no context. https://docs.oasis-open.org/odata/odata/v4.01 section 10, "Context URL". */
export function contextType(data: JsonObject): ContextType | null {
  const context = own(data, '@odata.context');
  if (typeof context !== 'string') return null;
  const segments = segmentsOf(context.slice(context.indexOf('#') + 1).replace(/\/\$(?:entity|delta)$/, ''));
  const [set, cast] = segments;
  if (set === undefined || segments.length > 2) return { is: 'other' };
  if (cast === undefined) return { is: 'set', name: set };
  return CAST.test(cast) ? typeNamed(cast) : { is: 'other' };
}

/** The entity set that each type is in. */
const SETS: { readonly [kind in AgentKind]: string } = {
  blueprint: 'applications',
  blueprintPrincipal: 'servicePrincipals',
  agentIdentity: 'servicePrincipals',
  agentUser: 'users',
};

/** Whether an answer with this context may hold objects of a kind: it says nothing, or names the set that they are in. */
export function mayHold(context: ContextType | null, kind: AgentKind): boolean {
  return context === null || (context.is === 'set' && context.name === SETS[kind]);
}

/** Whether the context says that none of our types is in the answer. */
export function isForeign(context: ContextType | null): boolean {
  if (context?.is === 'set') return !Object.values(SETS).includes(context.name);
  return context?.is === 'other';
}

/** Path segments without what stands in parentheses: keys, and the list of selected properties. */
function segmentsOf(path: string): string[] {
  let flat = '';
  let depth = 0;
  for (const character of path) {
    if (character === ')') depth -= 1;
    else if (character === '(') depth += 1;
    else if (depth === 0) flat += character;
  }
  return flat.split('/');
}

/** Whether Graph wrote control information into the object, which nobody does by hand: `@odata.context`, `@odata.id`. */
export function hasResponseAnnotations(data: JsonObject): boolean {
  return Object.keys(data).some((key) => key.startsWith('@odata.') && key !== '@odata.type');
}

/** Whether a relationship is stated as in a create request: `sponsors@odata.bind`. */
export function hasBindings(data: JsonObject): boolean {
  return Object.keys(data).some((key) => key.endsWith('@odata.bind'));
}
