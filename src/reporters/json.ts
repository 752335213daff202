import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import type { Finding, Location } from '../findings/finding.ts';
import type { Ledger, Report, ReportedResource, ReportedTenant } from '../findings/report.ts';
import type { Collection } from '../model/collection.ts';
import type { RuleOutcome, SkippedSubjects } from '../policy/types.ts';
import { visibleJson } from './escape.ts';
import type {
  JsonFinding,
  JsonFindingLocation,
  JsonLedger,
  JsonOutcome,
  JsonProblem,
  JsonRange,
  JsonReport,
  JsonResource,
  JsonSkippedSubjects,
  JsonTenant,
} from './json-v1.ts';
import type { Reporter } from './reporter.ts';
import { countBySeverity } from './tally.ts';

/** The report for programs, as `schemas/report.schema.json` describes it: UTF-8 that every JSON reader takes. */
export const json: Reporter = (report) => `${visibleJson(JSON.stringify(toJsonReport(report), null, 2))}\n`;

function toJsonReport(report: Report): JsonReport {
  const { tool, ledger } = report;
  return {
    format: 'json-v1',
    tool: {
      name: tool.name,
      version: tool.version,
      policyDigest: tool.policyDigest,
      policies: tool.policies.map(({ source, digest, rules }) => ({
        source: { kind: source.kind, name: source.name },
        digest,
        rules,
      })),
    },
    now: report.now,
    verdict: report.verdict,
    exitCode: report.exitCode,
    exitReasons: report.exitReasons.map(({ code, reason }) => ({ code, reason })),
    failOn: report.failOn,
    summary: {
      ...countBySeverity(report.findings),
      suppressed: 0,
      resources: ledger.resources.total,
      files: ledger.inputs.read,
    },
    findings: report.findings.map(toJsonFinding),
    outcomes: report.outcomes.map(toJsonOutcome),
    problems: report.problems.map(toJsonProblem),
    ledger: toJsonLedger(ledger),
    ...(report.tenant === null
      ? {}
      : { tenant: toJsonTenant(report.tenant), resources: report.resources.map(toJsonResource) }),
  };
}

function toJsonTenant(tenant: ReportedTenant): JsonTenant {
  const { id, displayName, cloud, startedAt, finishedAt, complete, redacted } = tenant;
  const collections = tenant.collections.map(toJsonCollection);
  return { id, displayName, cloud, startedAt, finishedAt, complete, redacted, collections };
}

function toJsonCollection(collection: Collection): JsonTenant['collections'][number] {
  const { group, of, status, api, objects, unread, requests, duplicates } = collection;
  const { permissions, reason, by, evidence } = collection;
  return {
    ...{ group, of, status, api, objects, unread, requests, duplicates, permissions, reason, by },
    evidence:
      evidence === null
        ? null
        : {
            status: evidence.status,
            code: evidence.code,
            request: evidence.request,
            requestId: evidence.requestId,
          },
  };
}

function toJsonResource(resource: ReportedResource): JsonResource {
  const { ref, kind, name, id, appId, portalUrl, blueprint, permissions } = resource;
  return {
    ...{ ref, kind, name, id, appId, portalUrl },
    blueprint: blueprint === null ? null : { ref: blueprint.ref, name: blueprint.name },
    permissions: permissions.map((permission) => ({
      kind: permission.kind,
      name: permission.name,
      resource: { appId: permission.resource.appId, displayName: permission.resource.displayName },
      origin: permission.origin,
      consent: permission.consent,
    })),
  };
}

/** A finding as programs read it. */
export function toJsonFinding(finding: Finding): JsonFinding {
  const { resource } = finding;
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    remediation: finding.remediation,
    resource: { kind: resource.kind, ref: resource.ref, name: resource.name },
    location: toJsonLocation(finding.location),
    args: finding.args,
    related: finding.related.map(({ message, location }) => ({
      message,
      location: toJsonLocation(location),
    })),
    fingerprint: finding.fingerprint,
    suppressed: null,
  };
}

/** A place as programs read it. */
export function toJsonLocation(location: Location): JsonFindingLocation {
  const { uri, pointer } = location;
  if (location.kind === 'tenant') {
    const { kind, portalUrl, tenantId } = location;
    return { kind, uri, pointer, range: null, portalUrl, tenantId };
  }
  const { kind, range } = location;
  return {
    kind,
    uri,
    pointer,
    range: range === null ? null : toJsonRange(range),
  };
}

/** A range as programs read it. */
export function toJsonRange({ start, end }: Range): JsonRange {
  return { start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } };
}

function toJsonOutcome(outcome: RuleOutcome): JsonOutcome {
  const { rule } = outcome;
  switch (outcome.status) {
    case 'evaluated': {
      const { status, subjects, failing, skipped = [] } = outcome;
      return { rule, status, subjects, failing, skipped: skipped.map(toJsonSkipped) };
    }
    case 'skipped':
      return { rule, status: outcome.status, reason: outcome.reason, missing: outcome.missing ?? [] };
    case 'failed':
      return { rule, status: outcome.status, error: outcome.error };
  }
}

function toJsonSkipped({ reason, subjects, missing = [] }: SkippedSubjects): JsonSkippedSubjects {
  return { reason, subjects, missing };
}

/** A problem as programs read it. */
export function toJsonProblem({ code, message, hint, uri, range, related = [] }: Problem): JsonProblem {
  return {
    code,
    message,
    hint: hint ?? null,
    location: uri === null ? null : { kind: 'file', uri, range: range === null ? null : toJsonRange(range) },
    related: related.map((place) => ({
      message: place.message,
      range: toJsonRange(place.range),
    })),
  };
}

function toJsonLedger({ inputs, resources, evaluations }: Ledger): JsonLedger {
  return {
    inputs: {
      read: inputs.read,
      failed: inputs.failed,
      ignored: inputs.ignored,
      unmarked: inputs.unmarked,
      excluded: inputs.excluded.map(({ by, files }) => ({ by, files })),
    },
    resources: { total: resources.total, judged: resources.judged, failed: resources.failed },
    evaluations: {
      pairs: evaluations.pairs,
      evaluated: evaluations.evaluated,
      failed: evaluations.failed,
      notApplicable: evaluations.notApplicable,
      skipped: evaluations.skipped,
    },
  };
}
