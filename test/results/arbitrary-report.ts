import fc, { type Arbitrary } from 'fast-check';
import type { Problem } from '../../src/documents/problem.ts';
import type { Range } from '../../src/documents/range.ts';
import type { Finding, Location } from '../../src/findings/finding.ts';
import { judgeRun } from '../../src/findings/gate.ts';
import type {
  Report,
  ReportedComparison,
  ReportedControl,
  ReportedResource,
  ReportedTenant,
} from '../../src/findings/report.ts';
import type { Suppression } from '../../src/findings/suppression.ts';
import type { EffectivePermission } from '../../src/model/permissions.ts';
import { FACT_GROUPS, RESOURCE_KINDS, SEVERITIES, type ResourceKind } from '../../src/model/vocabulary.ts';
import type { RuleOutcome } from '../../src/policy/types.ts';
import { HOSTILE } from '../reporters/hostile.ts';

/** Any report that a run could make: its texts are anything well-formed, its verdict is what the gate says. */
export function arbitraryReport(): Arbitrary<Report> {
  return fc.record(PARTS).map(({ evaluations, gaps, faults, mistakes, comparison, controls, ...parts }) => {
    const checks = parts.checks.length;
    const used = withSources(parts);
    const severities = parts.findings.flatMap(({ severity: each, suppressed }) =>
      suppressed === null ? [each] : [],
    );
    const previous = comparison === null ? null : within(comparison, parts.findings);
    const { failOn, maxFindings, failOnNew } = parts;
    const isNew = used.suppressions.baseline === null ? (previous?.added ?? 0) : severities.length;
    return {
      ...parts,
      ...used,
      ...judgeRun({
        ...{ failOn, maxFindings, severities, mistakes, gaps, faults },
        unknown: failOnNew ? isNew : 0,
        empty: null,
        allowEmpty: false,
        allowIncomplete: false,
      }),
      ledger: { ...parts.ledger, evaluations: { ...evaluations, pairs: sum(Object.values(evaluations)) } },
      resources:
        checks === 0 ? [] : parts.resources.map((each) => ({ ...each, checks: each.checks % checks })),
      previous,
      framework:
        controls === null
          ? null
          : { ...controls, controls: controls.controls.map((each) => fitting(each, parts.findings)) },
    };
  });
}

const text = fc.oneof(
  fc.constantFrom(...HOSTILE.filter((each) => each === each.replaceAll(/\p{Cs}/gu, ''))),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('invoice-bot', 'agents/a b.yaml', 'a,b', '"', '=1+1', '__proto__', '日本'),
);
const textOrNull = fc.option(text);
const count = fc.nat(1000);
const time = fc.constantFrom('2026-11-23T00:00:00Z', '2026-11-23T04:05:06.789Z');
const kind = fc.constantFrom(...(Object.keys(RESOURCE_KINDS) as ResourceKind[]));
const groups = fc.array(fc.constantFrom(...FACT_GROUPS), { maxLength: 2 });
const few = <T>(each: Arbitrary<T>) => fc.array(each, { maxLength: 3 });
const severity = fc.constantFrom(...SEVERITIES);
/** With an offset, which no reporter may use. */
const position = fc.record({
  line: fc.integer({ min: 1, max: 99 }),
  column: fc.integer({ min: 1, max: 99 }),
  offset: count,
});
const range: Arbitrary<Range> = fc.record({ start: position, end: position });
const number = fc.oneof(
  fc.integer(),
  fc.constantFrom(1e21, -0, 2 ** 53 + 2, -(2 ** 60), 5e-324, 1.5),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const ref = fc.tuple(kind, text).map(([of, name]) => `${of}/${name}` as const);

const location: Arbitrary<Location> = fc.oneof(
  fc.record({
    kind: fc.constant('file' as const),
    uri: text,
    pointer: text,
    range: fc.option(range),
    snippet: few(
      fc.record(
        {
          number: fc.integer({ min: 1, max: 99 }),
          text,
          cut: fc.record({ before: fc.nat({ max: 40 }), after: fc.boolean() }),
        },
        { requiredKeys: ['number', 'text'] },
      ),
    ),
  }),
  fc.record({
    kind: fc.constant('tenant' as const),
    uri: text,
    pointer: text,
    range: fc.constant(null),
    snippet: fc.constant([] as const),
    portalUrl: textOrNull,
    tenantId: text,
  }),
);

const suppression: Arbitrary<Suppression> = fc.record({
  kind: fc.constantFrom('waiver', 'inline', 'baseline', 'exemption'),
  reason: text,
  approvedBy: textOrNull,
  ticket: textOrNull,
  created: textOrNull,
  expires: textOrNull,
  location: fc.option(fc.record({ uri: text, range: fc.option(range) })),
});

const fingerprint = fc
  .string({ unit: fc.constantFrom('0', '1', '9', 'a', 'f'), minLength: 32, maxLength: 32 })
  .map((hex) => `v1:${hex}`);

const finding: Arbitrary<Finding> = fc.record({
  rule: text.map((name) => `a/${name}`),
  severity,
  message: text,
  remediation: text,
  resource: fc.record({ kind, ref, name: text }),
  owner: count,
  location,
  path: few(fc.oneof(text, count)),
  args: fc.dictionary(text, fc.oneof(text, number, fc.boolean(), fc.constant(null), few(text)), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  related: few(fc.record({ message: text, location })),
  fingerprint,
  formerFingerprints: few(fingerprint),
  suppressed: fc.option(suppression),
  expired: fc.option(suppression),
});

const reasons = ['facts-missing', 'declared-elsewhere', 'not-asked', 'not-visible'] as const;

const outcome: Arbitrary<RuleOutcome> = fc.oneof(
  fc.record({
    rule: text.map((name) => `a/${name}`),
    status: fc.constant('evaluated' as const),
    subjects: count,
    failing: count,
    skipped: few(fc.record({ reason: fc.constantFrom('off', ...reasons), subjects: count, missing: groups })),
  }),
  fc.record({
    rule: text.map((name) => `a/${name}`),
    status: fc.constant('skipped' as const),
    reason: fc.constantFrom('off', 'not-applicable', ...reasons),
    missing: groups,
  }),
  fc.record({ rule: text.map((name) => `a/${name}`), status: fc.constant('failed' as const), error: text }),
);

const problem: Arbitrary<Problem> = fc
  .record({
    code: text.map((code) => `c${code}`),
    message: text,
    hint: text,
    place: fc.option(fc.record({ uri: text, range: fc.option(range) })),
    related: few(fc.record({ message: text, range })),
  })
  .map(({ place, ...told }) => ({ ...told, uri: place?.uri ?? null, range: place?.range ?? null }));

const permission: Arbitrary<EffectivePermission> = fc.record({
  kind: fc.constantFrom('application', 'delegated'),
  name: text,
  resource: fc.record({ appId: textOrNull, displayName: textOrNull }),
  origin: fc.oneof(
    fc.constant({ by: 'direct' as const }),
    fc.record({ by: fc.constant('inherited' as const), from: text, name: text }),
  ),
  consent: fc.constantFrom('admin', 'allUsers', 'user', null),
});

const principals = fc.option(
  few(
    fc.record({
      kind: fc.constantFrom('user', 'group', 'servicePrincipal', 'agentUser', 'unknown'),
      id: textOrNull,
      name: textOrNull,
      state: fc.constantFrom('enabled', 'disabled', 'deleted', 'unknown'),
    }),
  ),
);

const resource: Arbitrary<ReportedResource> = fc.record({
  ref,
  kind,
  name: text,
  id: textOrNull,
  appId: textOrNull,
  location: fc.oneof(
    fc.record({ kind: fc.constant('file' as const), uri: text, pointer: text }),
    fc.record({ kind: fc.constant('tenant' as const), uri: text }),
  ),
  portalUrl: textOrNull,
  blueprint: fc.option(fc.record({ ref: text, name: text })),
  sponsors: principals,
  owners: principals,
  permissions: few(permission),
  passesOn: few(permission),
  agents: fc.option(count),
  checks: count,
  broken: textOrNull,
});

const tenant: Arbitrary<ReportedTenant> = fc.record({
  id: text,
  displayName: textOrNull,
  cloud: text,
  startedAt: time,
  finishedAt: time,
  complete: fc.boolean(),
  collections: few(
    fc.record({
      group: fc.constantFrom(...FACT_GROUPS),
      of: kind,
      status: fc.constantFrom('complete', 'partial', 'forbidden', 'unlicensed', 'failed', 'notAsked'),
      api: fc.constantFrom('v1.0', 'beta'),
      objects: count,
      unread: count,
      requests: count,
      duplicates: count,
      permissions: few(text),
      reason: textOrNull,
      by: fc.constantFrom('user', 'plan', null),
      evidence: fc.option(
        fc.record({ status: fc.option(count), code: textOrNull, request: text, requestId: textOrNull }),
      ),
    }),
  ),
  redacted: fc.subarray(['names', 'ids'] as const),
});

const usedFile = fc.record({ file: text, entries: count });

const exemption = fc.record({ id: text, reason: text, findings: count });

const ruleStatus = fc.constantFrom('passed', 'accepted', 'incomplete', 'notEvaluated');

/** Before its rules are made to fit the findings. */
const control = fc.record({
  id: text,
  title: text,
  url: textOrNull,
  status: fc.constantFrom('passed', 'accepted', 'incomplete', 'notEvaluated', 'notCovered'),
  rules: few(
    fc.record({
      /** Of a finding, when there is one at this place. */
      place: fc.nat(5),
      rule: text.map((name) => `a/${name}`),
      status: ruleStatus,
      source: text,
      passed: count,
      failed: fc.integer({ min: 1, max: 9 }),
      skipped: count,
      reason: textOrNull,
    }),
  ),
});

type Control = typeof control extends Arbitrary<infer T> ? T : never;

/** The control with what its rules found. */
function fitting({ rules, status, ...told }: Control, findings: readonly Finding[]): ReportedControl {
  const said = rules.map(({ place, ...each }) => {
    const rule = findings[place]?.rule ?? each.rule;
    const found = findings.filter((one) => one.rule === rule);
    const suppressed = found.filter((one) => one.suppressed !== null).length;
    const hasFailed = found.length > suppressed;
    const failed = hasFailed ? each.failed : 0;
    return {
      ...each,
      ...{ rule, suppressed, failed },
      status: hasFailed ? ('failed' as const) : each.status,
      evaluated: each.passed + failed,
    };
  });
  const hasFailed = said.some((each) => each.status === 'failed');
  return { ...told, status: hasFailed ? 'failed' : status, rules: said };
}

/** No more than there can be. */
function within(comparison: ReportedComparison, findings: readonly Finding[]): ReportedComparison {
  const suppressed = findings.filter((each) => each.suppressed !== null).length;
  const added = Math.min(comparison.added, findings.length - suppressed);
  const severityChanged = Math.min(comparison.severityChanged, findings.length - suppressed - added);
  const unsuppressed = findings.length - suppressed - added - severityChanged;
  return {
    ...comparison,
    ...{ added, severityChanged },
    unsuppressed: Math.min(comparison.unsuppressed, unsuppressed),
    suppressed: Math.min(comparison.suppressed, suppressed),
  };
}

/** With the files that the suppressions of findings come from. */
function withSources({
  findings,
  suppressions,
  exemptPrincipals,
}: Pick<Report, 'findings' | 'suppressions' | 'exemptPrincipals'>) {
  const kinds = new Set(findings.map(({ suppressed }) => suppressed?.kind));
  const file = (name: 'waivers' | 'baseline', isUsed: boolean) =>
    suppressions[name] ?? (isUsed ? { file: name, entries: 1 } : null);
  return {
    suppressions: {
      ...suppressions,
      waivers: file('waivers', kinds.has('waiver')),
      baseline: file('baseline', kinds.has('baseline')),
      inline: suppressions.inline || kinds.has('inline'),
    },
    exemptPrincipals:
      kinds.has('exemption') && exemptPrincipals.length === 0
        ? [{ id: 'break-glass', reason: 'emergency', findings: 1 }]
        : exemptPrincipals,
  };
}

const PARTS = {
  tool: fc.record({
    name: fc.constant('agentid-lint' as const),
    version: text,
    policyDigest: text,
    policies: few(
      fc.record({
        source: fc.record({
          kind: fc.constantFrom('built-in', 'folder', 'bundle', 'url', 'package'),
          name: text,
        }),
        digest: text,
        rules: count,
      }),
    ),
  }),
  now: time,
  failOn: fc.constantFrom(...SEVERITIES, 'none'),
  gaps: few(text),
  faults: few(text),
  findings: few(finding),
  outcomes: few(outcome),
  problems: few(problem),
  rules: few(
    fc.record({
      id: text.map((name) => `a/${name}`),
      title: text,
      description: text,
      severity,
      remediation: text,
      controls: few(fc.record({ framework: text, id: text })),
      judges: fc.subarray(['files', 'tenants'] as const),
      source: text,
      url: textOrNull,
    }),
  ),
  ledger: fc.record({
    inputs: fc.record({
      read: count,
      failed: count,
      ignored: count,
      unmarked: few(text),
      excluded: few(fc.record({ by: text, files: count })),
    }),
    resources: fc.record({ total: count, judged: count, failed: count }),
  }),
  evaluations: fc.record({ evaluated: count, failed: count, notApplicable: count, skipped: count }),
  tenant: fc.option(tenant),
  resources: few(resource),
  unlisted: count,
  checks: few(
    fc.record({
      evaluated: few(text.map((name) => `a/${name}`)),
      skipped: few(
        fc.record({
          rule: text.map((name) => `a/${name}`),
          reason: fc.constantFrom(...reasons),
          missing: groups,
        }),
      ),
    }),
  ),
  paths: few(text),
  base: text,
  config: fc.record({ files: few(text) }),
  mistakes: few(text),
  maxFindings: fc.dictionary(severity, fc.nat(3), { noNullPrototype: true }),
  failOnNew: fc.boolean(),
  suppressions: fc.record({
    waivers: fc.option(usedFile),
    baseline: fc.option(usedFile),
    inline: fc.boolean(),
    notices: few(
      fc.record({
        concern: fc.constantFrom('stale', 'expired', 'expiring'),
        kind: fc.constantFrom('waiver', 'inline', 'baseline'),
        rule: text.map((name) => `a/${name}`),
        object: text,
        message: text,
        expires: textOrNull,
        location: fc.option(fc.record({ uri: text, range: fc.option(range) })),
      }),
    ),
  }),
  exemptPrincipals: few(exemption),
  comparison: fc.option(
    fc.record({
      file: text,
      now: time,
      added: count,
      fixed: count,
      severityChanged: count,
      suppressed: count,
      unsuppressed: count,
      unknown: count,
    }),
  ),
  controls: fc.option(fc.record({ id: text, title: text, url: textOrNull, controls: few(control) })),
  change: fc.option(fc.record({ since: text, files: count, leftOut: count })),
};

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
