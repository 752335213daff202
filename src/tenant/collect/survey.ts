import type { JsonObject } from '../../model/resource.ts';
import type { SpoolRow } from '../spool/types.ts';
import type { Ref } from './facets.ts';
import type { Facet } from './facets.ts';
import { wholeOf, type Whole } from './fragments.ts';
import { beforeStep, facetsOf, stepsOf, type KindPlan } from './kinds.ts';
import type { Wanted } from './pairs.ts';
import type { Reading } from './reading.ts';
import type { Part } from './sweep.ts';
import { isObject } from '../../util/is-object.ts';
import { textOf } from './values.ts';

/** Lists of the whole tenant whose rows are joined to objects by id. */
const JOINED = [
  'oauth2PermissionGrants',
  'roleAssignments',
  'groupMembers',
  'signInReport',
  'signIns',
] as const;

export type Joined = { readonly [name in (typeof JOINED)[number]]: readonly SpoolRow[] };

export type WithRows = { readonly whole: Whole; readonly joined: Joined };

/** Every object of a kind that something was read of, in the order of ids, with the rows of the tenant's lists about it. */
export async function* objectsOf(
  reading: Reading,
  plan: KindPlan,
  counted?: { duplicates: number },
): AsyncIterable<readonly WithRows[]> {
  const own = stepsOf(plan);
  for await (const batch of reading.join([...own, ...JOINED])) {
    for (const [name, number] of Object.entries(batch.duplicates))
      if (name === plan.list && counted !== undefined) counted.duplicates += number;
    const found: WithRows[] = [];
    for (const { id, rows } of batch.joined) {
      const about = own.flatMap((name) => rows[name] ?? []);
      // An object that only the snapshot before has is not there any more.
      if (about.length === (rows[beforeStep(plan)]?.length ?? 0)) continue;
      const joined = Object.fromEntries(JOINED.map((name) => [name, rows[name] ?? []])) as Joined;
      found.push({ whole: wholeOf(id, about), joined });
    }
    yield found;
  }
}

/** What is learnt of all objects of a kind together. */
export type Survey = {
  /** Objects that are there. */
  objects: number;
  duplicates: number;
  /** Objects of which some property had another type than Graph documents. */
  bad: number;
  /** Objects that were there and are not any more. */
  gone: number;
  /** Objects for which a facet is known. */
  readonly read: Map<Facet, number>;
  /** Requests that may tell what is still open. */
  readonly repairs: Part[];
  /** Everyone behind sponsors and owners, by id. */
  readonly refs: Map<string, Ref>;
  readonly sponsors: Set<string>;
  /** Ids of the service principals of APIs that permissions are granted for. */
  readonly resources: Set<string>;
};

export type SurveyOptions = {
  readonly wanted: Wanted;
  readonly beta: boolean;
  /** Facets of which one more request makes sense: those whose list was read to its end. */
  readonly repairable: (facet: Facet | 'object') => boolean;
  readonly visit?: (whole: Whole, joined: Joined) => void;
};

export async function surveyOf(reading: Reading, plan: KindPlan, options: SurveyOptions): Promise<Survey> {
  const survey: Survey = {
    objects: 0,
    duplicates: 0,
    bad: 0,
    gone: 0,
    read: new Map(),
    repairs: [],
    refs: new Map(),
    sponsors: new Set(),
    resources: new Set(),
  };
  const facets = facetsOf(plan, options.wanted);
  for await (const batch of objectsOf(reading, plan, survey)) {
    for (const { whole, joined } of batch) {
      survey.repairs.push(...repairsOf(whole, plan, facets, options));
      if (whole.gone) survey.gone += 1;
      if (whole.base === null || whole.gone) continue;
      survey.objects += 1;
      if (whole.bad.length > 0) survey.bad += 1;
      note(survey, whole, joined, facets);
      options.visit?.(whole, joined);
    }
  }
  return survey;
}

/** Requests that may tell what is missing of an object, each asked once. */
function repairsOf(
  whole: Whole,
  plan: KindPlan,
  facets: readonly Facet[],
  { repairable, beta }: SurveyOptions,
): readonly Part[] {
  const { id, base, gone, tried, missing } = whole;
  if (gone) return [];
  if (base === null || missing || lacksCredentials(plan, base)) {
    if (repairable('object') && !tried.has(plan.object)) return [{ part: plan.object, id }];
    if (base === null) return [];
  }
  const repairs: Part[] = [];
  for (const facet of facets) {
    const part = plan.parts[facet];
    const known = whole.facets.get(facet);
    if (part === undefined || tried.has(part) || (known !== undefined && !known.cut)) continue;
    if (known?.cut === true || repairable(facet)) repairs.push({ part, id });
  }
  const claims = 'blueprint.claimsMatchingExpressions';
  if (beta && hasNoSubject(whole) && !tried.has(claims)) repairs.push({ part: claims, id });
  return repairs;
}

/** Agents' credentials may come with a list of their own, which may not have every agent. */
function lacksCredentials({ kind }: KindPlan, base: JsonObject): boolean {
  return kind === 'agentIdentity' && !Object.hasOwn(base, 'keyCredentials');
}

/** Whether a federated credential matches on something else than a subject, which v1.0 does not tell. */
export function hasNoSubject(whole: Whole): boolean {
  const list = whole.facets.get('federatedIdentityCredentials')?.value;
  return Array.isArray(list) && list.some((item) => isObject(item) && typeof item['subject'] !== 'string');
}

function note(survey: Survey, whole: Whole, joined: Joined, facets: readonly Facet[]): void {
  for (const facet of facets) {
    const known = whole.facets.get(facet);
    if (known === undefined || known.cut) continue;
    survey.read.set(facet, (survey.read.get(facet) ?? 0) + 1);
    if (facet === 'sponsors' || facet === 'owners') noteRefs(survey, facet, refsOf(whole, facet));
    if (facet === 'appRoleAssignments')
      for (const { resourceId } of listOf(known.value)) noteId(survey.resources, resourceId);
  }
  for (const { value } of joined.oauth2PermissionGrants) noteId(survey.resources, value['resourceId']);
}

function noteRefs(survey: Survey, facet: Facet, refs: readonly Ref[]): void {
  for (const ref of refs) {
    survey.refs.set(ref.id, ref);
    if (facet === 'sponsors') survey.sponsors.add(ref.id);
  }
}

function noteId(ids: Set<string>, id: unknown): void {
  const text = textOf(id);
  if (text !== null) ids.add(text);
}

export function refsOf(whole: Whole, facet: 'sponsors' | 'owners'): readonly Ref[] {
  return (whole.facets.get(facet)?.value ?? []) as readonly Ref[];
}

export function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
