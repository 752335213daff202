import type { Report } from './findings/report.ts';
import { sortFindings } from './findings/sort.ts';
import { openJudges, type Judges, type RunJudge } from './lint/judges.ts';
import type { RunTotals } from './lint/merge.ts';
import { judgedBy } from './lint/judged-by.ts';
import { rulesOf } from './lint/policies.ts';
import { noRuleApplied, reportOf } from './lint/report.ts';
import { suppress, waivedValues } from './lint/suppress.ts';
import type { FactsContext } from './model/facts-of.ts';
import type { TenantPlace } from './model/tenant-resource.ts';
import { epochSeconds } from './model/timestamps.ts';
import type { ResourceKind } from './model/vocabulary.ts';
import { judgeSnapshot, markKey, type Scanned } from './scan/judge.ts';
import { NamedInTenant } from './scan/named.ts';
import { readKnown, type TenantKnown } from './scan/known.ts';
import type { ScanRequest } from './scan/request.ts';
import { readSettings } from './scan/settings.ts';
import type { SnapshotSource } from './scan/source.ts';
import { AGENT_STREAMS, JUDGED } from './scan/streams.ts';
import { gapsOf, partialGroups, type Gaps } from './scan/unread.ts';
import { CLOUDS } from './tenant/graph/clouds.ts';
import { openSnapshot } from './tenant/snapshot/reader.ts';
import type { SnapshotHeader } from './tenant/snapshot/types.ts';

export type { ScanRequest } from './scan/request.ts';

/** Objects of a tenant for which memory matters more than reading a few thousand of them again. */
const LARGE = 25_000;

/**
 * Judges a snapshot: reads it in flat memory, what all objects are judged with first, and reports. Reads that file only; opens no socket, reads no clock but
 * to stop policies that never end.
 * @throws {SnapshotError} when the snapshot cannot be read or is not what it says that it is; nothing was judged then
 * @throws {PolicyError} when a policy bundle cannot be used at all
 * @throws {TypeError} when `now` is no timestamp; everything else ends in the report
 */
export async function scan(request: ScanRequest): Promise<Report> {
  const snapshot = await openSnapshot(request.snapshot);
  try {
    return await scanSource(snapshot, request);
  } finally {
    await snapshot.close();
  }
}

/** As `scan`, of a snapshot that is open. */
export async function scanSource(source: SnapshotSource, request: ScanRequest): Promise<Report> {
  const judges = await openJudges(request.bundles, request.limits);
  try {
    return await scanWith(judges, source, request);
  } finally {
    judges.close();
  }
}

async function scanWith(judges: Judges, source: SnapshotSource, request: ScanRequest): Promise<Report> {
  const { header } = source;
  const { onProgress = () => undefined } = request;
  const rules = rulesOf(request.bundles);
  const now = request.now ?? header.startedAt;
  const place = placeOf(header);
  const gaps = gapsByKind(header);
  const known = await readKnown(source, place, gaps);
  const count = countOf(known);
  const tenant = { id: place.tenantId, name: request.tenantName ?? null };
  const settings = await readSettings(source, request, { tenant, names: known.names });
  const data = { options: settings.options, known: known.known, now: secondsOf(now) };
  const judge = await judges.prepare({ data, resources: count, isStream: true }, request.onFault);
  const named = namedBy(request);
  const values = await waivedValues(request);
  const scanned = await judgeSnapshot(source, {
    judge,
    known,
    place,
    gaps,
    production: markersOf(request),
    settings,
    rules,
    exempt: request.exemptPrincipals ?? [],
    named,
    values,
    isLarge: count > LARGE,
    onProgress: (judged) => {
      onProgress(judged, count);
    },
  });
  addUnread(judge, { header, gaps, scanned, off: settings.offEverywhere });
  const totals = judge.totals();
  const { problems, ...suppressed } = await suppress(request, {
    findings: sortFindings(scanned.findings),
    rules,
    marks: [],
    now,
    values,
    resources: () => named?.resources(judgedBy(rules, totals.outcomes)) ?? new Map(),
    stateOf: ofNoFile,
  });
  return reportOf(
    { ...request, failOn: request.failOnIn?.(tenant) ?? request.failOn, now },
    {
      ...suppressed,
      rules,
      evaluation: { ...totals, broken: scanned.broken },
      problems: [],
      inputs: { read: 0, failed: 0, ignored: 0, unmarked: [], excluded: [] },
      resources: { read: scanned.read, refused: 0 },
      gaps: tooFew(request, known),
      empty: emptiness(known, header, totals),
      tenant: tenantOf(header),
      inventory: scanned.inventory.result(rules, totals.outcomes),
      change: null,
      mistakes: problems,
    },
  );
}

function secondsOf(now: string): number {
  const seconds = epochSeconds(now);
  if (seconds === null) throw new TypeError('`now` must be an RFC 3339 timestamp with a zone');
  return seconds;
}

/** How many objects are judged. */
function countOf({ counts }: TenantKnown): number {
  return JUDGED.reduce((sum, { stream }) => sum + (counts[stream] ?? 0), 0);
}

/** What a scan judges stands in no file. */
function ofNoFile() {
  return 'unknown' as const;
}

/** Who keeps the resources that a waiver or a baseline names; `null` when there is neither. */
function namedBy({ suppressions }: ScanRequest): NamedInTenant | null {
  const { waivers = null, baseline = null } = suppressions ?? {};
  return waivers === null && baseline === null ? null : new NamedInTenant({ waivers, baseline });
}

function placeOf({ tenant, redacted }: SnapshotHeader): TenantPlace {
  const cloud = Object.entries(CLOUDS).find(([name]) => name === tenant.cloud)?.[1];
  return { tenantId: tenant.id, portal: redacted.includes('ids') ? null : (cloud?.portal ?? null) };
}

function gapsByKind({ collections, redacted }: SnapshotHeader): (kind: ResourceKind) => Gaps {
  const known = new Map<ResourceKind, Gaps>();
  return (kind) => {
    const gaps = known.get(kind) ?? withoutNames(gapsOf(collections, kind), redacted.includes('names'));
    known.set(kind, gaps);
    return gaps;
  };
}

/** Stand-ins say nothing of how well something was named. */
function withoutNames(gaps: Gaps, areHidden: boolean): Gaps {
  return areHidden ? { ...gaps, all: { ...gaps.all, names: 'not-asked' } } : gaps;
}

function markersOf({ production }: ScanRequest): FactsContext['production'] {
  return {
    environments: new Set(production.environments.map((name) => name.toLowerCase())),
    tags: new Set(production.tags.map((tag) => tag.toLowerCase())),
  };
}

type ReadSoFar = {
  readonly header: SnapshotHeader;
  readonly gaps: (kind: ResourceKind) => Gaps;
  readonly scanned: Scanned;
  /** Ids of the rules that are off for whatever is missing. */
  readonly off: ReadonlySet<string>;
};

/** Books what is missing and that no resource says: whole lists, and parts that nobody is marked with. */
function addUnread(judge: RunJudge, { header, gaps, scanned, off }: ReadSoFar): void {
  for (const { kind } of JUDGED) {
    const target = { kind, from: 'tenant' } as const;
    const { list } = gaps(kind);
    if (list !== null) judge.addUnread({ target, ...list, needing: 'any', off });
    for (const { group, unread } of partialGroups(header.collections, kind)) {
      const marked = scanned.marked.get(markKey(kind, group)) ?? 0;
      if (marked === 0 || marked < unread)
        judge.addUnread({ target, group, reason: 'facts-missing', needing: 'group', off });
    }
  }
}

/** Why there was nothing to judge; `null` when there was something, or when something unread may hide it. */
function emptiness(
  { counts }: TenantKnown,
  { collections }: SnapshotHeader,
  totals: RunTotals,
): string | null {
  const agents = AGENT_STREAMS.reduce((sum, stream) => sum + (counts[stream] ?? 0), 0);
  if (agents > 0) return noRuleApplied(totals);
  // What no rule asked for is not hidden.
  const mayHide = collections.some(
    ({ group, status }) =>
      AGENT_STREAMS.some((each) => each === group) && status !== 'complete' && status !== 'notAsked',
  );
  return mayHide ? null : '0 agents found: the tenant has no blueprint, agent identity or agent user';
}

function tooFew({ expectMin }: ScanRequest, { counts }: TenantKnown): readonly string[] {
  const agents = counts.agentIdentities ?? 0;
  if (expectMin === null || agents >= expectMin) return [];
  const found = `${agents} agent ${agents === 1 ? 'identity was' : 'identities were'} read`;
  return [`${found}, at least ${expectMin} expected`];
}

function tenantOf(header: SnapshotHeader): Report['tenant'] {
  const { tenant, startedAt, finishedAt, complete, collections, redacted } = header;
  const { id, displayName, cloud } = tenant;
  return { id, displayName, cloud, startedAt, finishedAt, complete, collections, redacted };
}
