import type { GraphReader } from '../graph/types.ts';
import { openSnapshot, type Snapshot } from '../snapshot/reader.ts';
import { STREAMS, type SnapshotHeader, type SnapshotRecord } from '../snapshot/types.ts';
import { SnapshotError } from '../snapshot/problem.ts';
import { openSpool } from '../spool/spool.ts';
import type { Spool, SpoolOptions } from '../spool/types.ts';
import { changesSince, latestLinks, unusable, type Before, type DeltaLinks } from './before.ts';
import { ENDPOINTS } from './endpoints.ts';
import { ORGANIZATION_FIELDS } from './fields.ts';
import { Interrupted } from './outcome.ts';
import { pairKey, type Wanted } from './pairs.ts';
import { sizesFrom, type Sizes } from './plan.ts';
import { openReading, type Reading, type StepProgress } from './reading.ts';
import { countOf, requestOf } from './requests.ts';
import { idOf, pick, without } from './values.ts';

export type BeginOptions = {
  readonly reader: GraphReader;
  readonly wanted: Wanted;
  /** Of the token; `null` when it does not say. */
  readonly tokenTenant: string | null;
  readonly cloud: string;
  readonly folder: string;
  readonly namedGroups: readonly string[];
  readonly beta: boolean;
  readonly resume: boolean;
  readonly since: string | null;
  readonly version: string;
  readonly owner: SpoolOptions['owner'];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onStep: (progress: StepProgress, sizes: Sizes) => void;
};

/** A run that may begin to read: the tenant is known, and so is what is not to be read again. */
export type Run = {
  readonly reading: Reading;
  readonly organization: SnapshotRecord;
  readonly before: Before | null;
  readonly deltaLinks: DeltaLinks;
  readonly basis: SnapshotHeader['basis'];
  readonly startedAt: string;
  /** Now, by Graph's clock. */
  readonly graphTime: () => string;
  /** Ends the use of the work folder, which is kept for a later run or removed. */
  readonly end: (folder: 'keep' | 'remove') => Promise<void>;
};

type BeginProblem = {
  readonly kind: 'unreachable' | 'sign-in' | 'setting';
  readonly code: string;
  readonly message: string;
  readonly hint: string;
};

export type Begun =
  { readonly ok: true; readonly run: Run } | { readonly ok: false; readonly problem: BeginProblem };

/** Asks which tenant this is, opens the work folder, and finds out what has to be read. */
export async function beginRun(options: BeginOptions): Promise<Begun> {
  const { reader, now } = options;
  const tenant = await organizationOf(options);
  if (!tenant.ok) return tenant;
  const { organization } = tenant;
  const snapshot = options.since === null ? null : await opened(options.since);
  if (snapshot instanceof SnapshotError)
    return problem('setting', snapshot.code, snapshot.message, snapshot.hint);
  const graphTime = (): string => {
    const skew = reader.stats().clockSkew ?? 0;
    return `${new Date(now() + skew * 1000).toISOString().slice(0, 19)}Z`;
  };
  try {
    const spool = await openSpool(options.folder, {
      identity: identityOf(options, organization.id, snapshot),
      resume: options.resume,
      owner: options.owner,
    });
    try {
      const run = await openRun(options, { spool, snapshot, organization, graphTime });
      return { ok: true, run };
    } catch (error) {
      await spool.close();
      throw error;
    }
  } catch (error) {
    await snapshot?.close();
    throw error;
  }
}

type Opened = {
  readonly spool: Spool;
  readonly snapshot: Snapshot | null;
  readonly organization: SnapshotRecord;
  readonly graphTime: () => string;
};

async function openRun(
  options: BeginOptions,
  { spool, snapshot, organization, graphTime }: Opened,
): Promise<Run> {
  const { reader, wanted, version, onStep } = options;
  let sizes: Sizes = {};
  const reading = openReading(reader, spool, (progress) => {
    sizes = sizesFrom(sizes, progress);
    onStep(progress, sizes);
  });
  const startedAt = await startOf(spool, graphTime);
  const refusal =
    snapshot === null ? null : unusable(snapshot.header, { tenantId: organization.id, version, wanted });
  const changes = snapshot === null || refusal !== null ? null : await changesSince(reading, snapshot);
  const why = refusal ?? (changes !== null && !changes.ok ? changes.why : null);
  const isDelta = changes?.ok === true;
  const deltaLinks = isDelta ? changes.links : await latestLinks(reading);
  sizes = { ...sizes, ...(await sizesOf(reader, wanted)) };
  return {
    reading,
    organization,
    before: isDelta ? changes.before : null,
    deltaLinks,
    basis: {
      kind: isDelta ? 'delta' : 'full',
      digest: snapshot?.digest ?? null,
      note: why === null ? null : `The earlier snapshot was not used: ${why}.`,
    },
    startedAt,
    graphTime,
    end: async (folder) => {
      await snapshot?.close();
      await (folder === 'keep' ? spool.close() : spool.remove());
    },
  };
}

/** The moment that the run began at, also when it was interrupted since. */
async function startOf(spool: Spool, graphTime: () => string): Promise<string> {
  const step = spool.step('run');
  const { startedAt } = step.state().notes;
  if (typeof startedAt === 'string') return startedAt;
  const moment = graphTime();
  await step.checkpoint({ nextLink: null, notes: { startedAt: moment } });
  return moment;
}

/** Everything that a resumed run has to have in common with the one that it goes on from. */
function identityOf(
  { cloud, version, wanted, namedGroups, beta }: BeginOptions,
  tenant: string,
  snapshot: Snapshot | null,
): SpoolOptions['identity'] {
  return {
    tenant,
    cloud,
    version,
    facts: wanted.pairs.map(pairKey).join(' '),
    groups: [...namedGroups].sort().join(' '),
    beta: String(beta),
    since: snapshot?.digest ?? '',
  };
}

type Organization =
  | { readonly ok: true; readonly organization: SnapshotRecord }
  | { readonly ok: false; readonly problem: BeginProblem };

/** The tenant's own id and name. When they may not be read, the token tells the id. */
async function organizationOf({ reader, tokenTenant }: BeginOptions): Promise<Organization> {
  const answer = await reader.page(requestOf(ENDPOINTS.organization));
  const own = tokenTenant?.toLowerCase() ?? null;
  if (!answer.ok) {
    const { kind, message } = answer.fault;
    if (kind === 'aborted') throw new Interrupted();
    if (kind === 'forbidden' && own !== null)
      return { ok: true, organization: { id: own, api: 'v1.0', properties: { displayName: null } } };
    if (kind === 'unauthorized')
      return problem(
        'sign-in',
        'token-refused',
        `${message}.`,
        'Check that the token is for this cloud and tenant.',
      );
    if (kind === 'forbidden')
      return problem(
        'sign-in',
        'tenant-unknown',
        'Which tenant this is cannot be read.',
        'Give the permission Organization.Read.All.',
      );
    return problem(
      'unreachable',
      'graph-unreachable',
      `Graph does not tell which tenant this is: ${message}.`,
      'Check the network, the proxy and --graph-url.',
    );
  }
  const [item] = answer.value.items;
  const id = item === undefined ? null : idOf(item['id']);
  if (item === undefined || id === null)
    return problem(
      'unreachable',
      'graph-malformed',
      'Graph does not tell which tenant this is.',
      'Check --graph-url.',
    );
  if (own !== null && own !== id)
    return problem(
      'sign-in',
      'wrong-tenant',
      `Graph answers for the tenant ${id}, and the token is of ${own}.`,
      'Check --graph-url and --tenant.',
    );
  const properties = without(pick(item, ORGANIZATION_FIELDS).value, 'id');
  return { ok: true, organization: { id, api: 'v1.0', properties } };
}

function problem(
  kind: BeginProblem['kind'],
  code: string,
  message: string,
  hint: string,
): { readonly ok: false; readonly problem: BeginProblem } {
  return { ok: false, problem: { kind, code, message, hint } };
}

/** An earlier snapshot, read through once so that no damage shows up later. */
async function opened(path: string): Promise<Snapshot | SnapshotError> {
  try {
    const snapshot = await openSnapshot(path);
    for (const stream of STREAMS) await readThrough(snapshot.lines(stream));
    return snapshot;
  } catch (error) {
    if (error instanceof SnapshotError) return error;
    throw error;
  }
}

async function readThrough(lines: AsyncIterable<unknown>): Promise<void> {
  const iterator = lines[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

/** How many objects there are, as Graph counts them, to say how far a run has come. It does not matter when it is not told. */
async function sizesOf(reader: GraphReader, wanted: Wanted): Promise<Sizes> {
  const names = (['blueprints', 'blueprintPrincipals', 'agentIdentities', 'agentUsers'] as const).filter(
    (name) => ENDPOINTS[name].feeds.some(({ group, of }) => wanted.has(group, of)),
  );
  const sizes: Record<string, number> = {};
  const parts = names.map((name) => ({ key: name, request: countOf(ENDPOINTS[name]) }));
  for await (const { key, answer } of reader.batch(parts)) {
    if (!answer.ok && answer.fault.kind === 'aborted') throw new Interrupted();
    const count = answer.ok ? Number(answer.value) : NaN;
    if (Number.isSafeInteger(count)) sizes[key] = count;
  }
  return sizes;
}
