import type { Finding } from '../../findings/finding.ts';
import type { ReportedResource } from '../../findings/report.ts';
import { compareCodePoints } from '../../util/code-points.ts';
import { KIND_WORDS } from '../tenant-words.ts';
import { grouped } from './grouped.ts';
import { severityRank, SEVERITIES } from '../severity-order.ts';
import type { NumberedFinding, View } from './view.ts';

/** What findings are told of together: a blueprint with its agents, a file, or objects that have no blueprint. */
export type FindingGroup = {
  readonly of: 'blueprint' | 'file' | 'kind';
  readonly name: string;
  /** The blueprint, when it was judged. */
  readonly resource: ReportedResource | undefined;
  readonly findings: readonly NumberedFinding[];
  /** Of the same rule and severity, in the order of severity and rule. */
  readonly byRule: readonly (readonly NumberedFinding[])[];
  /** How many findings that count it has of each severity, the worst first. */
  readonly ranks: readonly number[];
};

/** Findings by blueprint, the group with the gravest finding first, then the one with most. */
export function findingGroups(view: View): readonly FindingGroup[] {
  const blueprints = new Map<string, ReportedResource>(
    view.report.resources
      .filter(({ kind }) => kind === 'blueprint')
      .map((resource) => [resource.ref, resource]),
  );
  const places = new Map(view.findings.map((entry) => [entry, placeOf(view, entry.finding)]));
  const keyOf = (entry: NumberedFinding) => places.get(entry)?.key ?? '';
  return [...grouped(view.findings, keyOf).values()]
    .flatMap((findings) => {
      const place = findings[0] === undefined ? undefined : places.get(findings[0]);
      if (place === undefined) return [];
      const { of, name, ref } = place;
      return [
        {
          of,
          name,
          findings,
          resource: blueprints.get(ref),
          byRule: byRule(findings),
          ranks: ranksOf(findings),
        },
      ];
    })
    .sort((a, b) => compareRanks(a.ranks, b.ranks) || compareCodePoints(a.name, b.name));
}

type Place = Pick<FindingGroup, 'of' | 'name'> & { readonly key: string; readonly ref: string };

function placeOf(view: View, finding: Finding): Place {
  const { resource, location } = finding;
  if (resource.kind === 'blueprint') return blueprintPlace(resource);
  const blueprint = view.resourceOf(finding)?.blueprint ?? null;
  if (blueprint !== null) return blueprintPlace(blueprint);
  return location.kind === 'file'
    ? { of: 'file', name: location.uri, key: `file ${location.uri}`, ref: '' }
    : { of: 'kind', name: KIND_WORDS[resource.kind][1], key: `kind ${resource.kind}`, ref: '' };
}

function blueprintPlace({ ref, name }: { readonly ref: string; readonly name: string }): Place {
  return { of: 'blueprint', name, key: `blueprint ${ref}`, ref };
}

function byRule(findings: readonly NumberedFinding[]): readonly (readonly NumberedFinding[])[] {
  const blocks = grouped(findings, ({ finding: { severity, rule, remediation } }) =>
    JSON.stringify([severity, rule, remediation]),
  );
  return [...blocks.values()].sort(([a], [b]) =>
    a === undefined || b === undefined
      ? 0
      : severityRank(a.finding.severity) - severityRank(b.finding.severity) ||
        compareCodePoints(a.finding.rule, b.finding.rule),
  );
}

function ranksOf(findings: readonly NumberedFinding[]): readonly number[] {
  const ranks = SEVERITIES.map(() => 0);
  for (const { finding } of findings) {
    const rank = severityRank(finding.severity);
    if (finding.suppressed === null) ranks[rank] = (ranks[rank] ?? 0) + 1;
  }
  return ranks;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const first = a.findIndex((number, rank) => number !== b[rank]);
  return first === -1 ? 0 : (b[first] ?? 0) - (a[first] ?? 0);
}
