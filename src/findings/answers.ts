import { LISTED_KINDS, type ResourceKind } from '../model/vocabulary.ts';
import type { RuleOutcome } from '../policy/types.ts';
import type { Report, ReportedResource, ReportedTenant } from './report.ts';

/** A rule about a resource, that an earlier run found to fail. */
export type Question = {
  readonly rule: string;
  readonly resource: string;
  /** The file that it was found in, relative to the working directory; `null` for an object of a tenant. */
  readonly file: string | null;
};

/**
 * What a run says of a finding that it does not have. `judged`: the rule judged the resource and found nothing. `gone`: the
 * resource is not there, or is one of those without findings that are not listed. `unread`: something could not be read or
 * judged that it may be in. `unasked`: the rule was not asked.
 */
export type Answer = 'judged' | 'gone' | 'unread' | 'unasked';

/** Tells what a report says of findings that it does not have. */
export function answersOf(report: Report): (question: Question) => Answer {
  const settled = new Set(report.outcomes.filter((each) => isSettled(each, report)).map(({ rule }) => rule));
  const unreadable = new Set(report.problems.flatMap(({ uri }) => uri ?? []));
  const resources = new Map<string, ReportedResource>(report.resources.map((entry) => [entry.ref, entry]));
  const isWhole = report.ledger.inputs.failed === 0 && report.ledger.resources.failed === 0;
  const unlistedKinds = kindsNotListed(report.tenant);
  return ({ rule, resource, file }) => {
    if (file !== null && unreadable.has(file)) return 'unread';
    const found = resources.get(resource);
    if (found !== undefined) return answerAbout(found, report, rule);
    // It may have moved to where nothing could be read.
    if (!isWhole || unlistedKinds.has(resource.slice(0, resource.indexOf('/')))) return 'unread';
    return settled.has(rule) ? 'gone' : 'unasked';
  };
}

function answerAbout({ broken, ...resource }: ReportedResource, { checks }: Report, rule: string): Answer {
  const asked = checks[resource.checks];
  if (broken !== null) return 'unread';
  if (asked?.evaluated.includes(rule) === true) return 'judged';
  return asked?.skipped.some((skipped) => skipped.rule === rule) === true ? 'unread' : 'unasked';
}

/** A rule that has nothing left to judge does not apply. Which resources it could not judge is known of listed ones only. */
function isSettled(outcome: RuleOutcome, { unlisted }: Report): boolean {
  if (outcome.status === 'evaluated') return unlisted === 0 || (outcome.skipped ?? []).length === 0;
  return outcome.status === 'skipped' && outcome.reason === 'not-applicable';
}

/** Kinds of which objects may be missing, because their list was not read to its end. */
function kindsNotListed(tenant: ReportedTenant | null): ReadonlySet<string> {
  const lists: readonly [string, ResourceKind][] = Object.entries(LISTED_KINDS);
  const wasRead = (group: string) =>
    tenant?.collections.some((each) => each.group === group && each.status === 'complete') === true;
  return new Set(tenant === null ? [] : lists.filter(([group]) => !wasRead(group)).map(([, kind]) => kind));
}
