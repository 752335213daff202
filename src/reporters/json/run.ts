import type { Ledger, Report, ReportedTenant } from '../../findings/report.ts';
import type { Collection } from '../../model/collection.ts';
import type { JsonCollection, JsonLedger, JsonRun, JsonSummary, JsonTenant, JsonTool } from '../json-v1.ts';
import { countBySeverity } from '../tally.ts';
import { toJsonFramework } from './framework.ts';
import { toJsonComparison, toJsonExemption, toJsonMaxFindings, toJsonSuppressions } from './living.ts';

/** What is told of the run as a whole, verdict first; programs that read lines have it in the first one. */
export function toJsonRun(report: Report): JsonRun {
  const { now, verdict, exitCode, failOn, base, unlisted, change } = report;
  return {
    tool: toJsonTool(report.tool),
    now,
    verdict,
    exitCode,
    exitReasons: report.exitReasons.map(({ code, reason }) => ({ code, reason })),
    failOn,
    maxFindings: toJsonMaxFindings(report.maxFindings),
    failOnNew: report.failOnNew,
    summary: toJsonSummary(report),
    paths: report.paths,
    base,
    config: { files: report.config.files },
    change: change === null ? null : { since: change.since, files: change.files, leftOut: change.leftOut },
    suppressions: toJsonSuppressions(report.suppressions),
    exemptPrincipals: report.exemptPrincipals.map(toJsonExemption),
    previous: report.previous === null ? null : toJsonComparison(report.previous),
    framework: report.framework === null ? null : toJsonFramework(report.framework),
    ledger: toJsonLedger(report.ledger),
    unlisted,
    ...(report.tenant === null ? {} : { tenant: toJsonTenant(report.tenant) }),
  };
}

function toJsonTool({ name, version, policyDigest, policies }: Report['tool']): JsonTool {
  return {
    name,
    version,
    policyDigest,
    policies: policies.map(({ source, digest, rules }) => ({
      source: { kind: source.kind, name: source.name },
      digest,
      rules,
    })),
  };
}

function toJsonSummary({ findings, ledger }: Report): JsonSummary {
  return {
    ...countBySeverity(findings),
    suppressed: findings.filter(({ suppressed }) => suppressed !== null).length,
    resources: ledger.resources.total,
    files: ledger.inputs.read,
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

function toJsonTenant(tenant: ReportedTenant): JsonTenant {
  const { id, displayName, cloud, startedAt, finishedAt, complete, redacted } = tenant;
  const collections = tenant.collections.map(toJsonCollection);
  return { id, displayName, cloud, startedAt, finishedAt, complete, redacted, collections };
}

function toJsonCollection(collection: Collection): JsonCollection {
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
