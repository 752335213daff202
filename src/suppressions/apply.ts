import type { Problem } from '../documents/problem.ts';
import type { Finding } from '../findings/finding.ts';
import type { SuppressionNotice } from '../findings/suppression.ts';
import { BaselineMatcher, type Known } from './baseline-matcher.ts';
import { InlineIndex } from './inline-index.ts';
import { clock } from './moment.ts';
import { noticesOf } from './notices.ts';
import { suppressionProblem, type SuppressionProblemCode } from './problem.ts';
import { Staleness } from './stale.ts';
import type { InlineEntry, NamedResource, SuppressibleRule, SuppressionSources, Waiver } from './types.ts';
import { Uses } from './uses.ts';
import type { WaivedValues } from './values.ts';
import { WaiverIndex } from './waiver-index.ts';

export type SuppressionInput = {
  /** All of the run, those about exempt principals suppressed already. */
  readonly findings: readonly Finding[];
  readonly sources: SuppressionSources;
  /** What stands beside findings in the files that were read; none when that is not honoured. */
  readonly inline: readonly InlineEntry[];
  /** RFC 3339: the clock of the run. */
  readonly now: string;
  readonly rules: readonly SuppressibleRule[];
  /** The resources that a suppression may be about, by their places in the run. */
  readonly resources: ReadonlyMap<number, NamedResource>;
  /** Which findings have a value that a waiver names; `null` when none names any. */
  readonly values: WaivedValues | null;
  /**
   * What is known of a file, relative to the working directory. `read`: to its end, without a problem. `gone`: certainly not
   * there.
   */
  readonly stateOf: (uri: string) => 'read' | 'gone' | 'unknown';
  /** The working directory seen from the root of its repository; empty when it is the root. */
  readonly base: string;
};

export type Suppressed = {
  readonly findings: readonly Finding[];
  readonly notices: readonly SuppressionNotice[];
  /** What makes suppressions contradict each other or the config: nothing is suppressed then. */
  readonly problems: readonly Problem[];
};

/**
 * Tells which findings count. Of what is about one finding an exemption holds before a waiver, that before what stands beside
 * it, and that before the baseline. Nothing holds that has expired, and nothing at all while there is a problem.
 */
export function applySuppressions(input: SuppressionInput): Suppressed {
  const { findings, sources, inline } = input;
  if (sources.waivers === null && sources.baseline === null && inline.length === 0)
    return { findings, notices: [], problems: [] };
  const now = clock(input.now);
  const waivers = new WaiverIndex(sources.waivers);
  const beside = new InlineIndex(inline);
  const baseline = new BaselineMatcher(input);
  const uses = new Uses();
  const problems = new Problems();
  for (const entry of inline) problems.aboutInline(entry, input.resources);
  const judged = findings.map((finding) => {
    const resource = input.resources.get(finding.owner);
    const found: Found = {
      waivers: resource === undefined ? [] : waiversFor(finding, waivers.of(resource), input.values),
      inline: resource === undefined ? [] : beside.for(finding, resource),
      known: baseline.for(finding),
    };
    problems.aboutFinding(finding, found, resource);
    return withSuppression(finding, { found, now, uses });
  });
  if (problems.all.length > 0) return { findings, notices: [], problems: problems.all };
  const staleness = new Staleness({ ...input, waivers });
  return { findings: judged, notices: noticesOf({ sources, inline, now, uses, staleness }), problems: [] };
}

type Found = {
  readonly waivers: readonly Waiver[];
  readonly inline: readonly InlineEntry[];
  readonly known: Known | null;
};

function waiversFor(
  finding: Finding,
  waivers: readonly Waiver[],
  values: WaivedValues | null,
): readonly Waiver[] {
  const known = [finding.fingerprint, ...finding.formerFingerprints];
  return waivers.filter(
    (waiver) =>
      waiver.rule === finding.rule &&
      (waiver.fingerprint === null || known.includes(waiver.fingerprint)) &&
      (waiver.value === null || values?.fits(finding, waiver) === true),
  );
}

type Judging = { readonly found: Found; readonly now: number; readonly uses: Uses };

function withSuppression(finding: Finding, { found, now, uses }: Judging): Finding {
  const { waivers, inline, known } = found;
  const dated = [...waivers, ...inline];
  const holds = dated.find(({ ends }) => now < ends);
  const suppressed = finding.suppressed ?? holds?.suppression ?? known?.suppression ?? null;
  const over = suppressed === null ? dated.find(({ ends }) => ends <= now) : undefined;
  for (const one of dated) uses.take(one, { isBack: one === over });
  if (known !== null) uses.take(known.entry, { isBack: false });
  if (suppressed === finding.suppressed && over === undefined) return finding;
  return { ...finding, suppressed, expired: over?.suppression ?? null };
}

/** Collects what is wrong, each once. */
class Problems {
  readonly #all = new Map<string, Problem>();

  get all(): readonly Problem[] {
    return [...this.#all.values()];
  }

  /** What the resources that it stands in say of it. */
  aboutInline(entry: InlineEntry, resources: ReadonlyMap<number, NamedResource>): void {
    for (const owner of entry.owners) this.#mayInline(entry, resources.get(owner));
  }

  aboutFinding({ rule }: Finding, { waivers, inline }: Found, resource: NamedResource | undefined): void {
    const [first, second] = waivers.toSorted((a, b) => placeOf(a) - placeOf(b));
    if (first !== undefined && second !== undefined) {
      const range = first.suppression.location?.range ?? null;
      const related = range === null ? {} : { related: [{ message: 'the other one is here', range }] };
      this.#add('waiver-overlap', second, `Two waivers are about the same finding of ${rule}.`, related);
    }
    const setting = resource?.settings.rules[rule];
    if (setting?.waivable === false)
      for (const waiver of waivers)
        this.#add('waiver-rule-not-waivable', waiver, `Findings of ${rule} may not be waived here.`);
    for (const entry of inline) this.#mayInline(entry, resource);
  }

  #mayInline(entry: InlineEntry, resource: NamedResource | undefined): void {
    const { rule } = entry;
    const setting = resource?.settings.rules[rule];
    if (setting?.waivable === false)
      this.#add('inline-rule-not-waivable', entry, `Findings of ${rule} may not be suppressed.`);
    else if (setting?.allowInline === false)
      this.#add('inline-not-allowed', entry, `Findings of ${rule} may not be suppressed beside them.`);
  }

  #add(
    code: SuppressionProblemCode,
    { suppression }: Pick<Waiver, 'suppression'>,
    message: string,
    more: Pick<Problem, 'related'> = {},
  ): void {
    const { uri = '', range = null } = suppression.location ?? {};
    const key = JSON.stringify([code, uri, range]);
    if (!this.#all.has(key)) this.#all.set(key, suppressionProblem(code, { uri, range, message, ...more }));
  }
}

function placeOf({ suppression }: Waiver): number {
  return suppression.location?.range?.start.offset ?? 0;
}
