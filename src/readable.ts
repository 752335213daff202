import type { CollectionEvidence } from './model/collection.ts';
import type { FactGroup, ResourceKind } from './model/vocabulary.ts';
import type { RuleMetadata } from './policy/types.ts';
import type { Endpoint, Per } from './tenant/collect/endpoint.ts';
import { ENDPOINTS, endpointsFor } from './tenant/collect/endpoints.ts';
import { evidenceOf } from './tenant/collect/outcome.ts';
import { pairKey, wantedPairs, type Pair } from './tenant/collect/pairs.ts';
import { requestOf } from './tenant/collect/requests.ts';
import type { SignInProblem } from './tenant/graph/sign-in-problem.ts';
import type { Answer, GraphFault, GraphReader } from './tenant/graph/types.ts';
import { isObject } from './util/is-object.ts';
import { wantedFacts } from './wanted.ts';

/** Whether a group of facts can be read, as far as one small request tells. `untried`: there is no object to ask about. */
type GroupStatus = 'readable' | 'forbidden' | 'unlicensed' | 'failed' | 'untried';

/** What one small request has told about a group of facts. */
export type GroupCheck = {
  readonly group: FactGroup;
  readonly of: ResourceKind;
  readonly api: 'v1.0' | 'beta';
  readonly status: GroupStatus;
  /** The least permissions, all of which are needed. */
  readonly permissions: readonly string[];
  /** A sentence without a full stop, when it is not readable. */
  readonly reason: string | null;
  readonly evidence: CollectionEvidence | null;
};

/** Permissions of a token against what is needed. `null` when the token does not tell. */
export type PermissionCheck = {
  readonly needed: readonly string[];
  readonly missing: readonly string[];
} | null;

export type CheckRequest = {
  /** The rules that are on. */
  readonly rules: readonly RuleMetadata[];
  readonly beta: boolean;
};

export type CheckedGroups =
  | { readonly ok: true; readonly groups: readonly GroupCheck[] }
  | { readonly ok: false; readonly problem: SignInProblem };

/**
 * Asks for the tenant itself, and then for one thing of every group of facts that the rules need. In the order of the
 * receipt; not ok when nothing can be asked at all.
 */
export async function checkGroups(
  reader: GraphReader,
  { rules, beta }: CheckRequest,
): Promise<CheckedGroups> {
  const wanted = wantedPairs(wantedFacts(rules), { beta });
  const all = endpointsFor(wanted);
  const endpoints = telling(all);
  const answers = new Map<string, Answer<unknown>>();
  const first = await reader.get(requestOf(ENDPOINTS.organization));
  const problem = first.ok ? null : problemOf(first.fault);
  if (problem !== null) return { ok: false, problem };
  // Lists first; then what is asked for an object of one; then what is asked for whoever that led to.
  for (const round of ROUNDS) {
    const samples = samplesOf(answers);
    await Promise.all(
      endpoints
        .filter(({ feeds, per, path }) => feeds.length > 0 && roundOf(per, path) === round)
        .map(async (endpoint) => {
          const answer = await ask(reader, endpoint, samples);
          if (answer !== null) answers.set(endpoint.name, answer);
        }),
    );
  }
  // What Graph does not take in one way is read in another one.
  const samples = samplesOf(answers);
  await Promise.all(
    endpoints
      .filter(({ name }) => isRefused(answers.get(name)))
      .map(async ({ name, feeds }) => {
        const keys = feeds.map(pairKey);
        const other = all.find(
          (each) => !endpoints.includes(each) && each.feeds.some((pair) => keys.includes(pairKey(pair))),
        );
        const answer = other === undefined ? null : await ask(reader, other, samples);
        if (answer !== null) answers.set(name, answer);
      }),
  );
  return { ok: true, groups: wanted.pairs.map((pair) => checkOf(pair, endpoints, answers)) };
}

/** One small request of an endpoint; `null` when there is no object to ask about. */
async function ask(
  reader: GraphReader,
  endpoint: Endpoint,
  samples: Samples,
): Promise<Answer<unknown> | null> {
  if (!endpoint.path.includes('{id}')) return reader.get(smallest(endpoint));
  const id = samples[endpoint.per];
  return id === undefined ? null : reader.get(requestOf(endpoint, id));
}

function isRefused(answer: Answer<unknown> | undefined): boolean {
  return answer !== undefined && !answer.ok && answer.fault.kind === 'refused';
}

/** What is in the way of every other request, too. */
function problemOf({ kind, message }: GraphFault): SignInProblem | null {
  if (kind === 'unreachable' || kind === 'malformed')
    return {
      code: 'login-unreachable',
      message: `Microsoft Graph cannot be asked: ${message}`,
      hint: 'Check the network, the proxy and --graph-url.',
    };
  if (kind === 'unauthorized' || kind === 'aborted')
    return {
      code: 'sign-in-refused',
      message,
      hint: 'See that the token is for this tenant and this cloud.',
    };
  return null;
}

/** What the token has of what the rules need. */
export function checkPermissions(
  held: readonly string[] | null,
  { rules, beta }: CheckRequest,
): PermissionCheck {
  if (held === null) return null;
  const needs = endpointsFor(wantedPairs(wantedFacts(rules), { beta })).flatMap((endpoint) => endpoint.needs);
  const names = (some: typeof needs) => [...new Set(some.map(({ least }) => least))].sort();
  const missing = needs.filter(
    ({ least, instead }) => ![least, ...instead].some((name) => held.includes(name)),
  );
  return { needed: names(needs), missing: names(missing) };
}

/** Endpoints without those that would only tell what an earlier one tells: other ways to the same with the same permissions. */
function telling(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const told = new Set<string>();
  return endpoints.filter(({ feeds, needs, api }) => {
    const keys = feeds.flatMap((pair) => needs.map(({ least }) => `${pairKey(pair)} ${api} ${least}`));
    const isNews = keys.length === 0 || keys.some((key) => !told.has(key));
    for (const key of keys) told.add(key);
    return isNews;
  });
}

/** The same list with one object, where Graph takes a size of pages. */
function smallest(endpoint: Endpoint) {
  const request = requestOf(endpoint);
  return { ...request, path: request.path.replace(/([?&])\$top=\d+/, '$1$top=1') };
}

const ROUNDS = ['list', 'object', 'reference'] as const;

function roundOf(per: Per, path: string): (typeof ROUNDS)[number] {
  if (!path.includes('{id}')) return 'list';
  return per === 'person' || per === 'group' || per === 'application' ? 'reference' : 'object';
}

type Samples = { [per in Per]?: string | undefined };

/** Kinds of what agents refer to, by the type that Graph writes beside it. */
const REFERENCES: { readonly [type: string]: Per } = {
  '#microsoft.graph.user': 'person',
  '#microsoft.graph.group': 'group',
  '#microsoft.graph.servicePrincipal': 'application',
};

const OBJECTS: { readonly [name: string]: readonly Per[] } = {
  blueprints: ['blueprint'],
  blueprintPrincipals: ['blueprintPrincipal'],
  agentIdentities: ['agentIdentity', 'sampledAgent'],
  agentUsers: ['agentUser'],
  groups: ['group'],
};

/** An id to ask about, by what requests are for, from the answers so far. */
function samplesOf(answers: ReadonlyMap<string, Answer<unknown>>): Samples {
  const samples: Samples = {};
  for (const [name, answer] of answers) {
    if (!answer.ok) continue;
    for (const item of itemsOf(answer.value)) {
      for (const per of OBJECTS[name] ?? []) samples[per] ??= idOf(item, 'id');
      samples.application ??= idOf(item, 'resourceId');
      for (const reference of [item, ...listIn(item, 'sponsors'), ...listIn(item, 'owners')]) {
        const per = REFERENCES[String(reference['@odata.type'])];
        if (per !== undefined) samples[per] ??= idOf(reference, 'id');
      }
    }
  }
  return samples;
}

type Item = { readonly [key: string]: unknown };

function itemsOf(value: unknown): readonly Item[] {
  return isObject(value) ? listIn(value, 'value') : [];
}

function listIn(item: Item, key: string): readonly Item[] {
  const list = item[key];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function idOf(item: Item, key: string): string | undefined {
  const id = item[key];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** Worst first; a group can be read when everything of it that was tried can be. */
const WORST: readonly GroupStatus[] = ['forbidden', 'failed', 'unlicensed', 'readable', 'untried'];

function checkOf(
  { group, of }: Pair,
  endpoints: readonly Endpoint[],
  answers: ReadonlyMap<string, Answer<unknown>>,
): GroupCheck {
  const feeding = endpoints.filter(({ feeds }) =>
    feeds.some((pair) => pairKey(pair) === pairKey({ group, of })),
  );
  const tried = feeding.map((endpoint) => ({ endpoint, ...statusOf(answers.get(endpoint.name)) }));
  const status = WORST.find((each) => tried.some((one) => one.status === each)) ?? 'untried';
  const worst = tried.find((one) => one.status === status);
  const needs = feeding.flatMap(({ needs: some }) => some.map(({ least }) => least));
  const fault = worst?.fault ?? null;
  return {
    group,
    of,
    api: feeding.some(({ api }) => api === 'v1.0') ? 'v1.0' : 'beta',
    status,
    permissions: [...new Set(needs)].sort(),
    reason: fault?.message ?? (status === 'untried' ? 'there is no object in the tenant to ask about' : null),
    evidence: fault === null ? null : evidenceOf(fault),
  };
}

function statusOf(answer: Answer<unknown> | undefined): { status: GroupStatus; fault: GraphFault | null } {
  if (answer === undefined) return { status: 'untried', fault: null };
  if (answer.ok) return { status: 'readable', fault: null };
  const { fault } = answer;
  const { kind } = fault;
  if (kind === 'forbidden' || kind === 'unlicensed') return { status: kind, fault };
  // It was there a moment ago, so that the path is right.
  if (kind === 'not-found') return { status: 'untried', fault: null };
  return { status: 'failed', fault };
}
