import { ENDPOINTS, endpointsFor, type EndpointName } from './endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import type { Wanted } from './pairs.ts';
import type { StepProgress } from './reading.ts';

/** How many objects there are, by the name of the list that has them, and of what the parts of batches are sent for. */
export type Sizes = { readonly [name: string]: number };

/** What reading an endpoint will take. */
type ExpectedStep = {
  readonly name: string;
  readonly path: string;
  readonly api: Endpoint['api'];
  readonly requests: number;
  /** HTTP round trips: parts of one batch count as one together. */
  readonly roundTrips: number;
};

export type Expected = {
  readonly steps: readonly ExpectedStep[];
  readonly requests: number;
  readonly roundTrips: number;
  /** Round trips that the sizes of Graph's pages and batches leave no way around, for the objects themselves read once. */
  readonly floor: number;
};

/** https://learn.microsoft.com/graph/json-batching */
const BATCH = 20;

/** Read in special cases only: a log when a report is empty, credentials when a list leaves them out, repairs. */
const SPECIAL: ReadonlySet<EndpointName> = new Set<EndpointName>([
  'signIns',
  'agentIdentities.credentials',
  'blueprints.ids',
  'blueprintPrincipals.ids',
  'agentIdentities.ids',
  'blueprint.object',
  'blueprintPrincipal.object',
  'agentIdentity.object',
  'agentUser.object',
  'blueprint.claimsMatchingExpressions',
  'agentIdentity.sponsors',
  'agentIdentity.owners',
  'agentIdentity.appRoleAssignments',
  'agentIdentity.customSecurityAttributes',
  'agentUser.sponsors',
  'agentUser.signInActivity',
  'group.object',
]);

/** The size that the number of requests of an endpoint depends on. */
const SIZE_OF: { readonly [per in Endpoint['per']]: string } = {
  tenant: '',
  blueprint: 'blueprints',
  blueprintPrincipal: 'blueprintPrincipals',
  agentIdentity: 'agentIdentities',
  agentUser: 'agentUsers',
  person: 'people',
  group: 'groups',
  application: 'applications',
  sampledAgent: 'blueprints',
};

/** What reading will take for a tenant of such sizes: pages for lists, batches of 20 for the rest. */
export function expectedRequests(wanted: Wanted, sizes: Sizes): Expected {
  const steps = endpointsFor(wanted)
    .filter(({ name }) => !SPECIAL.has(name as EndpointName))
    .map((endpoint) => expectedStep(endpoint, sizes));
  const sum = (key: 'requests' | 'roundTrips'): number => steps.reduce((total, step) => total + step[key], 0);
  return { steps, requests: sum('requests'), roundTrips: sum('roundTrips'), floor: floorOf(wanted, sizes) };
}

function expectedStep(endpoint: Endpoint, sizes: Sizes): ExpectedStep {
  const { name, path, api, batched, pageSize, per } = endpoint;
  const size = sizes[per === 'tenant' ? name : SIZE_OF[per]] ?? sizes[name] ?? 0;
  const pages = Math.max(1, Math.ceil(size / (pageSize ?? 100)));
  const requests = batched ? size : pages;
  return { name, path, api, requests, roundTrips: batched ? Math.ceil(size / BATCH) : pages };
}

function floorOf(wanted: Wanted, sizes: Sizes): number {
  return endpointsFor(wanted)
    .filter(
      ({ name, batched, counted }) => !batched && counted === 'segment' && !SPECIAL.has(name as EndpointName),
    )
    .reduce(
      (total, { name, pageSize }) => total + Math.max(1, Math.ceil((sizes[name] ?? 0) / (pageSize ?? 100))),
      0,
    );
}

/** Sizes as a list that has been read shows them. */
export function sizesFrom(sizes: Sizes, { step, objects, done }: StepProgress): Sizes {
  const isList = Object.hasOwn(ENDPOINTS, step) && !ENDPOINTS[step as EndpointName].batched;
  if (done && step === 'principals') return { ...sizes, people: objects };
  if (done && step === 'resources') return { ...sizes, applications: objects };
  return isList && (done || objects > (sizes[step] ?? 0)) ? { ...sizes, [step]: objects } : sizes;
}
