import type { Snapshot } from '../snapshot/reader.ts';
import type { SnapshotHeader } from '../snapshot/types.ts';
import type { SpoolRow } from '../spool/types.ts';
import type { ApiVersion, GraphRequest } from '../graph/types.ts';
import { AGENT_KINDS, beforeStep, KIND_PLANS, type KindPlan } from './kinds.ts';
import { unlessStopped } from './outcome.ts';
import type { Wanted } from './pairs.ts';
import type { Reading } from './reading.ts';
import { idOf, pick, textOf } from './values.ts';

/** An earlier snapshot, and what has changed since. */
export type Before = {
  /** Puts what is known of the objects that have not changed into the step of their kind. */
  readonly fill: (reading: Reading, plan: KindPlan) => Promise<void>;
};

/** Where the next delta read begins. */
export type DeltaLinks = SnapshotHeader['deltaLinks'];

/** Delta queries are on all applications and service principals: https://learn.microsoft.com/graph/delta-query-overview */
const SETS = ['applications', 'servicePrincipals'] as const;
type DeltaSet = (typeof SETS)[number];

const API: ApiVersion = 'v1.0';

function deltaRequest(set: DeltaSet): GraphRequest {
  const path = `/${set}/delta?$deltatoken=latest`;
  return { api: API, path, label: `/${set}/delta`, lane: 'directory' };
}

/**
 * Where a later delta read begins: now, before anything is read, so that no change is lost that happens meanwhile. A link
 * that Graph does not give is `null`; nothing else depends on it.
 */
export async function latestLinks(reading: Reading): Promise<DeltaLinks> {
  const step = reading.spool.step('deltaLinks');
  if (!step.state().done) {
    const links = await Promise.all(
      SETS.map(async (set) => {
        const answer = await reading.reader.page(deltaRequest(set));
        if (!answer.ok) unlessStopped(answer.fault);
        return [set, answer.ok ? answer.value.deltaLink : null] as const;
      }),
    );
    await step.done(Object.fromEntries(links));
  }
  return linksIn(step.state().notes);
}

function linksIn(notes: { readonly [key: string]: unknown }): DeltaLinks {
  return {
    applications: textOf(notes['applications']),
    servicePrincipals: textOf(notes['servicePrincipals']),
  };
}

/** Why an earlier snapshot is no use for reading only what has changed; `null` when it is. A clause for a sentence. */
export function unusable(
  header: SnapshotHeader,
  run: { readonly tenantId: string; readonly version: string; readonly wanted: Wanted },
): string | null {
  if (header.tenant.id.toLowerCase() !== run.tenantId.toLowerCase() && header.redacted.length === 0)
    return 'it is of another tenant';
  if (header.redacted.length > 0) return 'it is redacted';
  if (header.tool.version !== run.version) return 'another version of agentid-lint made it';
  if (header.deltaLinks.applications === null || header.deltaLinks.servicePrincipals === null)
    return 'Graph gave it no place to go on from';
  for (const kind of AGENT_KINDS) {
    const { group, ids } = KIND_PLANS[kind];
    if (ids === null || !run.wanted.has(group, kind)) continue;
    const line = header.collections.find((entry) => entry.group === group && entry.of === kind);
    if (line?.status === 'notAsked') return 'it was made for other rules';
    if (line?.status !== 'complete') return 'it is incomplete';
  }
  return null;
}

export type Changes =
  | { readonly ok: true; readonly before: Before; readonly links: DeltaLinks }
  /** A clause for a sentence. */
  | { readonly ok: false; readonly why: string };

const STEP = 'changes';

/** Asks what has changed since a snapshot that is of use. */
export async function changesSince(reading: Reading, snapshot: Snapshot): Promise<Changes> {
  const step = reading.spool.step(STEP);
  if (!step.state().done) {
    if (step.state().rows > 0) await step.restart();
    const links: Record<string, string | null> = {};
    for (const set of SETS) {
      const read = await follow(reading, set, snapshot.header.deltaLinks[set] ?? '');
      if (!read.ok) {
        await step.restart();
        await step.done({ why: read.why });
        break;
      }
      links[set] = read.link;
      await step.append(read.ids.map((id): SpoolRow => ({ id, key: set, value: {} })));
    }
    if (!step.state().done) await step.done(links);
  }
  const { notes } = step.state();
  const why = textOf(notes['why']);
  if (why !== null) return { ok: false, why };
  const changed = new Set<string>();
  for await (const rows of step.rows()) for (const { id } of rows) changed.add(id);
  return {
    ok: true,
    links: linksIn(notes),
    before: { fill: (run, plan) => fill(run, plan, snapshot, changed) },
  };
}

type Followed =
  | { readonly ok: true; readonly ids: readonly string[]; readonly link: string | null }
  | { readonly ok: false; readonly why: string };

/** Ids of everything that has changed, or is new, or is gone. */
async function follow(reading: Reading, set: DeltaSet, from: string): Promise<Followed> {
  const ids: string[] = [];
  let link = from;
  for (;;) {
    const answer = await reading.reader.page(deltaRequest(set), link);
    if (!answer.ok) {
      const fault = unlessStopped(answer.fault);
      return {
        ok: false,
        why:
          fault.kind === 'token-expired'
            ? 'it is too old for that'
            : `Graph does not tell what has changed: ${fault.message}`,
      };
    }
    for (const item of answer.value.items) {
      const id = idOf(item['id']);
      if (id === null) return { ok: false, why: 'Graph names a changed object without its id' };
      ids.push(id);
    }
    if (answer.value.nextLink === null) return { ok: true, ids, link: answer.value.deltaLink };
    link = answer.value.nextLink;
  }
}

async function fill(
  reading: Reading,
  plan: KindPlan,
  snapshot: Snapshot,
  changed: ReadonlySet<string>,
): Promise<void> {
  const step = reading.spool.step(beforeStep(plan));
  if (step.state().done) return;
  if (step.state().rows > 0) await step.restart();
  for await (const batch of snapshot.records(plan.stream)) {
    const rows: SpoolRow[] = [];
    for (const record of batch.records) {
      const { id, properties, unknown } = record;
      if (changed.has(id) || unknown !== undefined) continue;
      rows.push({ id, key: '', value: { base: pick({ id, ...properties }, plan.fields).value } });
    }
    await step.append(rows);
  }
  await step.done({});
}
