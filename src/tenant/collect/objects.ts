import type { SpoolRow } from '../spool/types.ts';
import { ENDPOINTS, type ListName } from './endpoints.ts';
import type { Facet } from './facets.ts';
import { isPartAnswer, listRow, partRow, type BaseFields } from './fragments.ts';
import { ALWAYS } from './fields.ts';
import { againStep, facetsOf, facetStep, repairStep, type AgentKind, type KindPlan } from './kinds.ts';
import { readList } from './list.ts';
import { unlessStopped, type Outcome } from './outcome.ts';
import type { Wanted } from './pairs.ts';
import type { Reading } from './reading.ts';
import { countOf } from './requests.ts';
import { surveyOf, type Joined, type Survey } from './survey.ts';
import { sweep, type Part, type Tallies } from './sweep.ts';
import type { Whole } from './fragments.ts';
import type { Before } from './before.ts';
import { allEnded } from './together.ts';

/** What reading a kind came to. */
export type KindRead = {
  readonly plan: KindPlan;
  readonly list: Outcome;
  readonly passes: { readonly [facet in Facet]?: Outcome };
  /** Of the credentials' own list, where there is one. */
  readonly credentials: Outcome | null;
  readonly facets: Tallies;
  readonly repairs: Tallies;
  readonly again: Outcome | null;
  /** What Graph counts; `null` when it does not say. */
  readonly count: number | null;
  readonly survey: Survey;
};

export type KindOptions = {
  readonly wanted: Wanted;
  readonly beta: boolean;
};

type ListOptions = KindOptions & { readonly before: Before | null };

/** What was read before anything was joined. */
export type KindLists = Omit<KindRead, 'repairs' | 'again' | 'count' | 'survey'>;

/** Reads the lists of a kind, then what is read object by object. */
export async function readKind(
  reading: Reading,
  plan: KindPlan,
  { wanted, before }: ListOptions,
): Promise<KindLists> {
  const facets = facetsOf(plan, wanted);
  const read = (
    name: ListName,
    fields: BaseFields | null,
    inList: readonly Facet[],
    step: string = name,
  ): Promise<Outcome> =>
    readList(reading, ENDPOINTS[name], { step, rowsOf: (item) => listRow(item, fields, inList) });
  const isKnown = before !== null && plan.ids !== null;
  if (isKnown) await before.fill(reading, plan);
  const passing = facets.flatMap((facet) => {
    const name = plan.passes[facet];
    return name === undefined ? [] : [read(name, null, [facet]).then((outcome) => [facet, outcome] as const)];
  });
  const listing = isKnown ? read(plan.ids, null, plan.inList, plan.list) : read(plan.list, plan, plan.inList);
  await allEnded([listing, ...passing]);
  const list = await listing;
  const passes = await Promise.all(passing);
  const lacksCredentials =
    plan.kind === 'agentIdentity' && !isKnown && !(await hasCredentials(reading, plan));
  const credentials = lacksCredentials
    ? await read(
        'agentIdentities.credentials',
        { fields: plan.fields, always: ALWAYS.credentials, partly: true },
        [],
      )
    : null;
  const swept = facets.filter((facet) => plan.passes[facet] === undefined && !plan.inList.includes(facet));
  const tallies = swept.length === 0 ? {} : await sweepFacets(reading, plan, swept);
  return { plan, list, passes: Object.fromEntries(passes), credentials, facets: tallies };
}

/** Whether the list itself tells of credentials. Where it does not, no object would seem to have any. */
async function hasCredentials(reading: Reading, plan: KindPlan): Promise<boolean> {
  const step = reading.spool.step(plan.list);
  if (step.state().rows === 0) return true;
  for await (const rows of step.rows())
    return rows.every(({ value }) => Object.hasOwn(value['base'] ?? {}, 'keyCredentials'));
  return true;
}

async function sweepFacets(reading: Reading, plan: KindPlan, facets: readonly Facet[]): Promise<Tallies> {
  const ids = new Set<string>();
  for await (const rows of reading.spool.step(plan.list).rows()) for (const { id } of rows) ids.add(id);
  const parts = function* (): Iterable<Part> {
    for (const id of ids) {
      for (const facet of facets) {
        const part = plan.parts[facet];
        if (part !== undefined) yield { part, id };
      }
    }
  };
  return sweep(reading, {
    step: facetStep(plan),
    parts: parts(),
    accepts: isPartAnswer,
    rowsOf: (part, result) => partRow(part, result, plan),
  });
}

/** A repair may show that another one is needed, as when an object is gone. */
const MOST_ROUNDS = 4;

/**
 * Looks at all objects of a kind together, and asks one by one for what the lists left open: relationships that were cut
 * short, objects that one list has and another one does not. When Graph counts more objects than came, the list is read
 * once more.
 */
export async function completeKind(
  reading: Reading,
  lists: KindLists,
  options: KindOptions & {
    readonly visit?: (whole: Whole, joined: Joined) => void;
    readonly reset?: () => void;
  },
): Promise<KindRead> {
  const { plan, list } = lists;
  let again: Outcome | null = null;
  const repaired = await repair(reading, lists, options);
  let { survey, tallies } = repaired;
  let count = list.status === 'complete' ? await countObjects(reading, plan) : null;
  if (count !== null && count > survey.objects) {
    again = await readList(reading, ENDPOINTS[plan.list], {
      step: againStep(plan),
      rowsOf: (item): readonly SpoolRow[] | null => listRow(item, plan, plan.inList),
    });
    ({ survey, tallies } = await repair(reading, lists, options));
    count = await countObjects(reading, plan);
  }
  const step = reading.spool.step(repairStep(plan));
  if (!step.state().done) await step.done({ tallies });
  return { ...lists, repairs: tallies, again, count, survey };
}

type RepairOptions = Parameters<typeof completeKind>[2];

async function repair(
  reading: Reading,
  { plan, list, passes, credentials }: KindLists,
  options: RepairOptions,
): Promise<{ readonly survey: Survey; readonly tallies: Tallies }> {
  const repairable = (facet: Facet | 'object'): boolean => {
    if (facet === 'object')
      return list.status === 'complete' && (credentials === null || credentials.status === 'complete');
    return plan.inList.includes(facet) || isAskedOneByOne(passes[facet]);
  };
  let tallies: Tallies = {};
  for (let round = 1; ; round += 1) {
    options.reset?.();
    const survey = await surveyOf(reading, plan, { ...options, repairable });
    if (
      survey.repairs.length === 0 ||
      round > MOST_ROUNDS ||
      reading.spool.step(repairStep(plan)).state().done
    )
      return { survey, tallies };
    tallies = await sweep(reading, {
      step: repairStep(plan),
      parts: survey.repairs,
      accepts: isPartAnswer,
      rowsOf: (part, result) => partRow(part, result, plan),
      open: true,
    });
  }
}

/** Whether what a list did not tell is asked for object by object: gaps in it, or all of it when Graph does not expand it there. */
function isAskedOneByOne(pass: Outcome | undefined): boolean {
  return pass?.status === 'complete' || (pass?.status === 'failed' && pass.evidence?.status === 400);
}

/** How many objects of the kind Graph counts; `null` when it does not say. */
async function countObjects(reading: Reading, plan: KindPlan): Promise<number | null> {
  const endpoint = ENDPOINTS[plan.list];
  for await (const { answer } of reading.reader.batch([{ key: plan.kind, request: countOf(endpoint) }])) {
    if (!answer.ok) {
      unlessStopped(answer.fault);
      return null;
    }
    const count = Number(answer.value);
    return Number.isSafeInteger(count) && count >= 0 ? count : null;
  }
  return null;
}

/** The kinds in the order that they are completed in: each may need what the ones before tell. */
export const KIND_ORDER: readonly AgentKind[] = [
  'agentUser',
  'blueprint',
  'blueprintPrincipal',
  'agentIdentity',
];
