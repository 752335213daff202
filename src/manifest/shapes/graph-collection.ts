import type { SourceDocument } from '../../documents/document.ts';
import type { Path } from '../../documents/pointer.ts';
import type { Problem } from '../../documents/problem.ts';
import type { JsonObject } from '../../model/resource.ts';
import { isNamed, own, type Candidate, type Found, type Shape } from '../candidate.ts';
import { isObject } from '../../util/is-object.ts';
import { contextType, mayHold, statedType, type StatedType } from '../odata.ts';
import { MOST_PROBLEMS } from '../problems.ts';
import type { ManifestHints } from '../result.ts';
import { NOTHING, typedCandidate } from '../typed-candidate.ts';

/**
 * A list of objects as Graph answers it, in `value`, or the bare list. Entries of other types are passed over. Where
 * entries do not name their type the context's type counts, and without one the config's.
 */
export const graphCollection: Shape = {
  name: 'graph-collection',
  recognises: (document, hints) => {
    const list = listOf(document.data);
    if (list === null) return false;
    const implied = impliedType(document.data, list.entries, hints);
    return implied.is === 'agent' || list.entries.some((entry) => isAgent(entry));
  },
  read: (document, hints) => {
    const list = listOf(document.data);
    if (list === null) return NOTHING;
    if (isObject(document.data) && Object.hasOwn(document.data, '@odata.deltaLink')) {
      return { candidates: [], problems: [onlyChanges(document)] };
    }
    const implied = impliedType(document.data, list.entries, hints);
    const candidates: Candidate[] = [];
    const problems: Problem[] = [];
    list.entries.forEach((entry, index) => {
      const type = typeOfEntry(entry, implied);
      // Nobody is told more problems, and each place has to be looked up; what can be read is read to the end.
      if (type?.is !== 'agent' && problems.length > MOST_PROBLEMS) return;
      const found = readEntry(document, [...list.path, index], entry, type);
      candidates.push(...found.candidates);
      problems.push(...found.problems);
    });
    return { candidates, problems };
  },
};

type List = { readonly path: Path; readonly entries: readonly unknown[] };

function listOf(data: unknown): List | null {
  if (Array.isArray(data)) return { path: [], entries: data };
  const value = isObject(data) ? own(data, 'value') : undefined;
  return Array.isArray(value) ? { path: ['value'], entries: value } : null;
}

function isAgent(entry: unknown): boolean {
  const type = isObject(entry) ? statedType(entry) : null;
  return type !== null && type.is !== 'other';
}

/** What entries without a type are. Where some have one, the others are of the base type, and not agents. */
function impliedType(data: unknown, entries: readonly unknown[], hints: ManifestHints): StatedType {
  const context = isObject(data) ? contextType(data) : null;
  if (context?.is === 'agent') return context;
  if (hints.as === undefined || !mayHold(context, hints.as)) return { is: 'other' };
  const untyped = entries.every((entry) => isObject(entry) && statedType(entry) === null && isNamed(entry));
  return untyped ? { is: 'agent', kind: hints.as } : { is: 'other' };
}

/** `null` for what is no object. A removed object is none of ours any more. */
function typeOfEntry(entry: unknown, implied: StatedType): StatedType | null {
  if (!isObject(entry)) return null;
  return isRemoved(entry) ? { is: 'other' } : (statedType(entry) ?? implied);
}

function readEntry(document: SourceDocument, path: Path, entry: unknown, type: StatedType | null): Found {
  if (type === null || !isObject(entry)) return { candidates: [], problems: [notAnObject(document, path)] };
  return typedCandidate(document, { path, data: entry, unknownProperties: 'let-through' }, type);
}

function isRemoved(entry: JsonObject): boolean {
  return Object.hasOwn(entry, '@removed');
}

function notAnObject(document: SourceDocument, path: Path): Problem {
  return {
    code: 'wrong-type',
    message: 'Every entry of this list must be an object.',
    uri: document.uri,
    range: document.locate(path).range,
  };
}

function onlyChanges(document: SourceDocument): Problem {
  return {
    code: 'partial-objects',
    message: 'This is the answer of a delta query: its objects have only the properties that changed.',
    hint: 'Export the full list instead.',
    uri: document.uri,
    range: document.locateKey(['@odata.deltaLink']).range,
  };
}
