import type { GraphFault, GraphPage } from '../graph/types.ts';
import type { SpoolData, SpoolRow, SpoolStep } from '../spool/types.ts';
import type { Endpoint } from './endpoint.ts';
import { endingOf, evidenceOf, unlessStopped, type Outcome } from './outcome.ts';
import { countIds, type Reading } from './reading.ts';
import { requestOf } from './requests.ts';
import type { JsonObject } from '../../model/resource.ts';

export type ListOptions = {
  /** The rows of an object; `null` when it is not what Graph documents, such as one without an id. */
  readonly rowsOf: (item: JsonObject) => readonly SpoolRow[] | null;
  /** Another name for the rows than the endpoint's, when a list is read once more. */
  readonly step?: string;
  /** Pages after which reading ends with what there is. */
  readonly mostPages?: number;
};

/** A skip token may become too old; a list that is always too old is given up. */
const MOST_RESTARTS = 2;
/** Passes over a list that Graph does not count; the last has to bring nothing new. */
const MOST_PASSES = 3;

type Counters = {
  requests: number;
  pages: number;
  /** Pages of this pass. */
  passPages: number;
  pass: number;
  /** Whether a pass brought nothing new. */
  stable: boolean;
  /** Whether this pass has come to its end. */
  ended: boolean;
  restarts: number;
  /** Objects without an id and the like. */
  bad: number;
  /** What Graph counts; `null` when it does not say. */
  count: number | null;
  /** Different objects, and rows that came twice, as of the end of the pass before. */
  known: number;
  duplicates: number;
};

const START: Counters = {
  requests: 0,
  pages: 0,
  passPages: 0,
  pass: 1,
  stable: false,
  ended: false,
  restarts: 0,
  bad: 0,
  count: null,
  known: 0,
  duplicates: 0,
};

/**
 * Reads a list to its end, page by page, each kept before the next is asked for. Objects that paging left out are
 * noticed where the endpoint says how, and looked for in another pass. How it ended is kept, so that a resumed run does
 * not ask again.
 */
export async function readList(reading: Reading, endpoint: Endpoint, options: ListOptions): Promise<Outcome> {
  const step = reading.spool.step(options.step ?? endpoint.name);
  const state = step.state();
  if (state.done) return outcomeIn(state.notes);
  const counters: Counters = { ...START, ...state.notes };
  const list: Run = { reading, endpoint, options, step, counters, nextLink: state.nextLink };
  for (;;) {
    const fault = counters.ended ? null : await readPages(list);
    if (fault === null) {
      if (await isWhole(list)) return finish(list, null);
      continue;
    }
    if (fault.kind !== 'token-expired' || counters.restarts >= MOST_RESTARTS) return finish(list, fault);
    await step.restart();
    const { requests, restarts } = counters;
    Object.assign(counters, START, { requests, restarts: restarts + 1 });
    list.nextLink = null;
  }
}

type Run = {
  readonly reading: Reading;
  readonly endpoint: Endpoint;
  readonly options: ListOptions;
  readonly step: SpoolStep;
  readonly counters: Counters;
  nextLink: string | null;
};

/** One pass, or the rest of it; the fault that ended it early. */
async function readPages(list: Run): Promise<GraphFault | null> {
  const { reading, endpoint, counters, step } = list;
  const request = requestOf(endpoint);
  do {
    const answer = await reading.reader.page(request, list.nextLink ?? undefined);
    counters.requests += 1;
    if (!answer.ok) return unlessStopped(answer.fault);
    await keep(list, answer.value);
    reading.onStep({
      step: step.name,
      objects: step.state().rows,
      requests: counters.requests,
      done: false,
    });
  } while (!counters.ended);
  return null;
}

async function keep(list: Run, page: GraphPage): Promise<void> {
  const { counters, step, options } = list;
  const rows: SpoolRow[] = [];
  for (const item of page.items) {
    const made = options.rowsOf(item);
    if (made === null) counters.bad += 1;
    else rows.push(...made);
  }
  await step.append(rows);
  counters.pages += 1;
  counters.passPages += 1;
  counters.count = page.count ?? counters.count;
  list.nextLink = page.nextLink;
  counters.ended = page.nextLink === null || counters.passPages >= (options.mostPages ?? Infinity);
  await step.checkpoint({ nextLink: page.nextLink, notes: { ...counters } });
}

/** After a pass: whether everything is there; when not, the next pass is set up. */
async function isWhole(list: Run): Promise<boolean> {
  const { counters, endpoint, step, reading } = list;
  if (endpoint.counted === 'no' || endpoint.counted === 'segment') return true;
  const { rows, duplicates } = await countIds(reading, [step.name]);
  if (counters.pass === 1) counters.duplicates = duplicates;
  counters.stable = counters.pass > 1 && rows === counters.known;
  counters.known = rows;
  if (endpoint.counted === 'inline' && rows + counters.bad >= (counters.count ?? 0)) return true;
  if (endpoint.counted === 'twice' && counters.stable) return true;
  if (counters.pass >= (endpoint.counted === 'inline' ? 2 : MOST_PASSES)) return true;
  counters.pass += 1;
  counters.passPages = 0;
  counters.ended = false;
  list.nextLink = null;
  return false;
}

async function finish(list: Run, fault: GraphFault | null): Promise<Outcome> {
  const { step, counters, reading, options } = list;
  const { rows, duplicates } =
    counters.pass > 1
      ? { rows: counters.known, duplicates: counters.duplicates }
      : await countIds(reading, [step.name]);
  const outcome: Outcome = {
    ...(fault === null ? ending(list, rows) : ended(fault, rows)),
    objects: rows,
    requests: counters.requests,
    duplicates,
  };
  await step.done({ outcome });
  reading.onStep({ step: options.step ?? step.name, objects: rows, requests: counters.requests, done: true });
  return outcome;
}

type End = Pick<Outcome, 'status' | 'reason' | 'evidence'>;

function ended(fault: GraphFault, rows: number): End {
  return {
    status: rows > 0 ? 'partial' : endingOf(fault),
    reason: rows > 0 ? `${fault.message}, after ${rows} objects` : fault.message,
    evidence: evidenceOf(fault),
  };
}

function ending(list: Run, rows: number): End {
  const { counters, endpoint } = list;
  const partial = (reason: string): End => ({ status: 'partial', reason, evidence: null });
  if (counters.bad > 0) return partial(`${counters.bad} of its objects are not what Graph documents`);
  if (endpoint.counted === 'inline' && counters.count !== null && rows < counters.count)
    return partial(`Graph counts ${counters.count} objects, and ${rows} came in two passes`);
  if (endpoint.counted === 'twice' && !counters.stable)
    return partial(`it brought other objects in each of ${MOST_PASSES} passes`);
  if (list.nextLink !== null) return partial(`it was read up to ${counters.passPages} pages only`);
  return { status: 'complete', reason: null, evidence: null };
}

/** What a finished step noted. Only `finish` writes it. */
function outcomeIn(notes: SpoolData): Outcome {
  return notes['outcome'] as Outcome;
}
