import type { SourceDocument } from '../documents/document.ts';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { FACT_GROUPS, RESOURCE_KINDS } from '../model/vocabulary.ts';
import type { JsonReport } from '../reporters/json-v1.ts';
import { resultsProblem, runAgain } from './problem.ts';

type Word = { readonly path: Path; readonly word: string };

const GROUPS: ReadonlySet<string> = new Set(FACT_GROUPS);

/**
 * The first word of each vocabulary that is left open in the schema, so that it may grow, and that this version does not
 * know: there would be nothing to call it in a report.
 */
export function unknownWords(report: JsonReport, document: SourceDocument): readonly Problem[] {
  const kind = kindsIn(report).find(({ word }) => !Object.hasOwn(RESOURCE_KINDS, word));
  const group = groupsIn(report).find(({ word }) => !GROUPS.has(word));
  return [
    ...(kind === undefined ? [] : [unknown('a kind of resource', kind, document)]),
    ...(group === undefined ? [] : [unknown('a group of facts', group, document)]),
  ];
}

function unknown(what: string, { path, word }: Word, document: SourceDocument): Problem {
  return resultsProblem(document, path, {
    code: 'results-unknown-word',
    message: `${JSON.stringify(word)} is not ${what} that this version knows.`,
    hint: runAgain(document),
  });
}

function kindsIn({ findings, resources, tenant }: JsonReport): readonly Word[] {
  return [
    ...findings.flatMap(({ resource }, index) => kindsOf(resource, ['findings', index, 'resource'])),
    ...resources.flatMap((resource, index) => kindsOf(resource, ['resources', index])),
    ...(tenant?.collections ?? []).map(({ of }, index) => ({
      path: ['tenant', 'collections', index, 'of'],
      word: of,
    })),
  ];
}

/** The kind of a resource, and that which its reference begins with. */
function kindsOf({ kind, ref }: { readonly kind: string; readonly ref: string }, at: Path): readonly Word[] {
  return [
    { path: [...at, 'kind'], word: kind },
    { path: [...at, 'ref'], word: ref.split('/', 1)[0] ?? '' },
  ];
}

function groupsIn({ outcomes, checks, tenant }: JsonReport): readonly Word[] {
  return [
    ...outcomes.flatMap((outcome, index) => {
      const at = ['outcomes', index];
      if (outcome.status === 'failed') return [];
      return outcome.status === 'skipped' ? missing(at, outcome) : skippedIn(at, outcome.skipped);
    }),
    ...checks.flatMap(({ skipped }, index) => skippedIn(['checks', index], skipped)),
    ...(tenant?.collections ?? []).map(({ group }, index) => ({
      path: ['tenant', 'collections', index, 'group'],
      word: group,
    })),
  ];
}

type Missing = { readonly missing: readonly string[] };

function skippedIn(at: Path, skipped: readonly Missing[]): readonly Word[] {
  return skipped.flatMap((each, index) => missing([...at, 'skipped', index], each));
}

function missing(at: Path, { missing: groups }: Missing): readonly Word[] {
  return groups.map((word, index) => ({ path: [...at, 'missing', index], word }));
}
