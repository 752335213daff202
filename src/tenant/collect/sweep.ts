import type { BatchPart, GraphFault } from '../graph/types.ts';
import type { SpoolData, SpoolRow, SpoolStep } from '../spool/types.ts';
import { isObject } from '../../util/is-object.ts';
import type { JsonObject } from '../../model/resource.ts';
import { ENDPOINTS, type PartName } from './endpoints.ts';
import { endingOf, evidenceOf, unlessStopped, type Outcome } from './outcome.ts';
import type { Reading } from './reading.ts';
import { requestOf } from './requests.ts';

/** One request of a sweep: an endpoint and the id that it is for. */
export type Part = { readonly part: PartName; readonly id: string };

/** What came of one request. */
export type PartResult =
  | { readonly result: 'read'; readonly value: unknown }
  /** 404: the object is not there, or the path is not. */
  | { readonly result: 'missing' }
  | { readonly result: 'failed' };

/** How the requests of one endpoint went; every request is in one of the first three numbers. */
export type Tally = {
  readonly read: number;
  readonly missing: number;
  readonly failed: number;
  /** GETs, pages after the first included. */
  readonly requests: number;
  /** The first fault, of those that say most. */
  readonly fault: Pick<Outcome, 'status' | 'reason' | 'evidence'> | null;
};

export type Tallies = { readonly [part in PartName]?: Tally };

export type SweepOptions = {
  readonly step: string;
  readonly parts: Iterable<Part>;
  /** The rows of an answer. Each must have the key that `rowKey` gives among them, so that it is not asked for again. */
  readonly rowsOf: (part: Part, result: PartResult) => readonly SpoolRow[];
  /** Whether an answer is what Graph documents. What is not has failed. */
  readonly accepts?: (part: Part, value: unknown) => boolean;
  /** Whether further parts may come to this step later. */
  readonly open?: boolean;
};

const NONE: Tally = { read: 0, missing: 0, failed: 0, requests: 0, fault: null };
/** Answers between two checkpoints. */
const CHECKPOINT_EVERY = 500;

/**
 * Sends many small requests in batches and keeps what comes of each. An endpoint that is refused altogether is not asked
 * again. A resumed sweep sends what has not been answered.
 */
export async function sweep(reading: Reading, options: SweepOptions): Promise<Tallies> {
  const step = reading.spool.step(options.step);
  const state = step.state();
  const run: Run = {
    reading,
    options,
    step,
    tallies: new Map(Object.entries(talliesIn(state.notes)) as [PartName, Tally][]),
    missing: [...missingIn(state.notes)],
    rows: [],
  };
  if (state.done) return Object.fromEntries(run.tallies);
  const answered = await answeredIn(step);
  await send(run, requests(options.parts, answered, run.tallies), 'first');
  // An object that was there a moment ago may be missing for a moment only: directories agree late.
  const again = run.missing.splice(0);
  await send(run, requests(again, new Set(), run.tallies), 'again');
  if (options.open !== true) await step.done({ tallies: Object.fromEntries(run.tallies) });
  report(reading, step, run.tallies);
  return Object.fromEntries(run.tallies);
}

type Run = {
  readonly reading: Reading;
  readonly options: SweepOptions;
  readonly step: SpoolStep;
  readonly tallies: Map<PartName, Tally>;
  /** Requests that were answered with 404 and are asked once more. */
  readonly missing: Part[];
  rows: SpoolRow[];
};

async function send(run: Run, parts: Iterable<BatchPart<Part>>, turn: 'first' | 'again'): Promise<void> {
  const { reading, options, tallies } = run;
  let waiting = 0;
  for await (const { key, answer } of reading.reader.batch(parts)) {
    const whole = answer.ok ? await restOf(reading, key, answer.value) : null;
    const ended = whole ?? answer;
    const found = resultOf(ended.ok ? ended.value : null, ended.ok ? null : ended.fault);
    const result = found.result === 'missing' && turn === 'again' ? absent(key.part) : found;
    const isOdd = result.result === 'read' && options.accepts?.(key, result.value) === false;
    const told: PartResult = isOdd ? { result: 'failed' } : result;
    const before = tallies.get(key.part) ?? NONE;
    const settled = turn === 'again' ? { ...before, missing: before.missing - 1 } : before;
    const fault = ended.ok ? (isOdd ? ODD : null) : faultOf(ended.fault);
    tallies.set(key.part, counted(settled, told, fault, whole?.pages ?? 1));
    if (told.result === 'missing' && turn === 'first' && isAskedAgain(key.part)) run.missing.push(key);
    run.rows.push(...options.rowsOf(key, told));
    waiting += 1;
    if (waiting % CHECKPOINT_EVERY === 0) await save(run);
  }
  await save(run);
}

async function save(run: Run): Promise<void> {
  const { step, rows, tallies, missing } = run;
  await step.append(rows);
  run.rows = [];
  await step.checkpoint({
    nextLink: null,
    notes: { tallies: Object.fromEntries(tallies), missing: [...missing] },
  });
}

const ODD: Tally['fault'] = {
  status: 'failed',
  reason: 'The answer is not what Graph documents',
  evidence: null,
};

function faultOf(fault: GraphFault): Tally['fault'] {
  if (fault.kind === 'not-found') return null;
  return { status: endingOf(fault), reason: fault.message, evidence: evidenceOf(fault) };
}

/** The key of the row that says that a part has been answered. */
export function rowKey({ part }: Part): string {
  return part;
}

function* requests(
  parts: Iterable<Part>,
  answered: ReadonlySet<string>,
  tallies: ReadonlyMap<PartName, Tally>,
): Iterable<BatchPart<Part>> {
  for (const part of parts) {
    if (answered.has(`${part.id} ${rowKey(part)}`) || isHopeless(tallies.get(part.part))) continue;
    yield { key: part, request: requestOf(ENDPOINTS[part.part], part.id) };
  }
}

/** Refused for reasons that are the same for every object. */
function isHopeless(tally: Tally | undefined): boolean {
  if (tally?.fault === undefined || tally.fault === null || tally.read > 0) return false;
  return tally.fault.status === 'forbidden' || tally.fault.status === 'unlicensed';
}

async function answeredIn(step: SpoolStep): Promise<ReadonlySet<string>> {
  const answered = new Set<string>();
  if (step.state().rows === 0) return answered;
  for await (const batch of step.rows()) for (const { id, key } of batch) answered.add(`${id} ${key}`);
  return answered;
}

type Whole =
  | { readonly ok: true; readonly value: unknown; readonly pages: number }
  | { readonly ok: false; readonly fault: GraphFault; readonly pages: number };

/** A list that goes on after what a batch holds of it, read to its end. */
async function restOf(reading: Reading, { part, id }: Part, value: unknown): Promise<Whole> {
  let pages = 1;
  if (!isObject(value) || !Array.isArray(value['value'])) return { ok: true, value, pages };
  const items: unknown[] = [...(value['value'] as readonly unknown[])];
  let next = value['@odata.nextLink'];
  while (typeof next === 'string') {
    const answer = await reading.reader.page(requestOf(ENDPOINTS[part], id), next);
    pages += 1;
    if (!answer.ok) return { ok: false, fault: unlessStopped(answer.fault), pages };
    items.push(...answer.value.items);
    next = answer.value.nextLink;
  }
  return { ok: true, value: { ...value, value: items }, pages };
}

/** What an object may be without: then there is nothing to read of it, and nothing is missing. */
const MAY_BE_ABSENT: ReadonlySet<PartName> = new Set(['agentIdentity.lifecycle']);

function isAskedAgain(part: PartName): boolean {
  return ENDPOINTS[part].api === 'v1.0' || MAY_BE_ABSENT.has(part);
}

function absent(part: PartName): PartResult {
  return MAY_BE_ABSENT.has(part) ? { result: 'read', value: null } : { result: 'missing' };
}

function resultOf(value: unknown, fault: GraphFault | null): PartResult {
  if (fault === null) return { result: 'read', value };
  return unlessStopped(fault).kind === 'not-found' ? { result: 'missing' } : { result: 'failed' };
}

function counted(before: Tally, result: PartResult, fault: Tally['fault'], requests: number): Tally {
  return {
    read: before.read + (result.result === 'read' ? 1 : 0),
    missing: before.missing + (result.result === 'missing' ? 1 : 0),
    failed: before.failed + (result.result === 'failed' ? 1 : 0),
    requests: before.requests + requests,
    fault: before.fault ?? fault,
  };
}

/** What a sweep noted. Only `sweep` writes it. */
function talliesIn(notes: SpoolData): Tallies {
  return notes['tallies'] ?? {};
}

function missingIn(notes: SpoolData): readonly Part[] {
  return (notes['missing'] ?? []) as readonly Part[];
}

function report(reading: Reading, step: SpoolStep, tallies: ReadonlyMap<PartName, Tally>): void {
  let [objects, requests] = [0, 0];
  for (const tally of tallies.values()) {
    objects += tally.read;
    requests += tally.requests;
  }
  reading.onStep({ step: step.name, objects, requests, done: true });
}

/** Items of a list as it stands in an answer; `null` when it is none. */
export function itemsOf(value: unknown): readonly JsonObject[] | null {
  if (!isObject(value) || !Array.isArray(value['value'])) return null;
  const items: readonly unknown[] = value['value'];
  return items.every(isObject) ? items : null;
}
