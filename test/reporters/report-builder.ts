import type { Problem } from '../../src/documents/problem.ts';
import type { Range } from '../../src/documents/range.ts';
import type { FileLocation, Finding } from '../../src/findings/finding.ts';
import type {
  Ledger,
  Report,
  ReportedChange,
  ReportedPolicies,
  ReportedRule,
} from '../../src/findings/report.ts';
import type { RuleOutcome } from '../../src/policy/types.ts';

type LedgerParts = { readonly [part in keyof Ledger]?: Partial<Ledger[part]> };

/** Parts of a report; those of the ledger may be parts themselves. */
export type ReportParts = Partial<Omit<Report, 'ledger'>> & { readonly ledger?: LedgerParts };

/** A clean run over three manifests, with the given parts in place of its own. */
export function aReport(parts: ReportParts = {}): Report {
  return {
    tool: aTool(),
    now: '2026-11-23T00:00:00Z',
    verdict: 'pass',
    exitCode: 0,
    exitReasons: [],
    failOn: 'high',
    findings: [],
    outcomes: [...NO_SPONSOR_OUTCOMES],
    problems: [],
    rules: [NO_SPONSOR, SECRET],
    tenant: null,
    resources: [],
    unlisted: 0,
    checks: [],
    paths: [],
    base: '',
    config: { files: [] },
    change: null,
    maxFindings: {},
    failOnNew: false,
    suppressions: { waivers: null, baseline: null, inline: true, notices: [] },
    exemptPrincipals: [],
    previous: null,
    framework: null,
    ...parts,
    ledger: aLedger(parts.ledger),
  };
}

/** A change that only is reported on. */
export function aChange(parts: Partial<ReportedChange> = {}): ReportedChange {
  return { since: '0123456789abcdef0123456789abcdef01234567', files: 3, leftOut: 0, ...parts };
}

/** The tool with the built-in rules, and with those of other sources. */
export function aTool(others: readonly ReportedPolicies[] = []): Report['tool'] {
  const ours = { source: { kind: 'built-in', name: 'built-in' }, digest: 'sha256:5f1e', rules: 2 } as const;
  return {
    name: 'agentid-lint',
    version: '0.1.0',
    policyDigest: 'sha256:5f1e',
    policies: [ours, ...others],
  };
}

/** A run that fails for its findings. */
export function aFailingReport(parts: ReportParts = {}): Report {
  return aReport({
    verdict: 'fail',
    exitCode: 1,
    exitReasons: [{ code: 1, reason: 'findings at or above "high"' }],
    findings: [aFinding()],
    ...parts,
  });
}

function aLedger(parts: LedgerParts = {}): Ledger {
  return {
    inputs: { read: 3, failed: 0, ignored: 0, unmarked: [], excluded: [], ...parts.inputs },
    resources: { total: 4, judged: 4, failed: 0, ...parts.resources },
    evaluations: { pairs: 8, evaluated: 8, failed: 0, notApplicable: 0, skipped: 0, ...parts.evaluations },
  };
}

/** The finding of a blueprint without sponsors. */
export function aFinding(parts: Partial<Finding> = {}): Finding {
  return {
    rule: NO_SPONSOR.id,
    severity: 'high',
    message: 'blueprint "invoice-bot" has no sponsor',
    remediation: NO_SPONSOR.remediation,
    resource: { kind: 'blueprint', ref: 'blueprint/invoice-bot', name: 'invoice-bot' },
    owner: 0,
    location: aLocation(),
    path: ['sponsors'],
    args: { name: 'invoice-bot' },
    related: [],
    fingerprint: 'v1:0123456789abcdef0123456789abcdef',
    formerFingerprints: [],
    suppressed: null,
    expired: null,
    ...parts,
  };
}

/** `  sponsors: []` in line 7 of a file, all of it but the indentation marked. */
export function aLocation(parts: Partial<FileLocation> = {}): FileLocation {
  return {
    kind: 'file',
    uri: 'agents/invoice.agent.yaml',
    pointer: '/sponsors',
    range: aRange('7:3-7:15'),
    snippet: [{ number: 7, text: '  sponsors: []' }],
    ...parts,
  };
}

export function aProblem(parts: Partial<Problem> = {}): Problem {
  return {
    code: 'yaml-duplicate-key',
    message: 'the key "displayName" stands twice in this mapping',
    hint: 'keep one of them',
    uri: 'agents/broken.agent.yaml',
    range: aRange('9:1-9:12'),
    related: [{ message: 'first stands here', range: aRange('4:1-4:12') }],
    ...parts,
  };
}

/** `7:3-7:15`: line and column, 1-based, the end exclusive. Offsets play no part in reporters. */
export function aRange(text: string): Range {
  const [startLine = 1, startColumn = 1, endLine = 1, endColumn = 1] = text.split(/[:-]/).map(Number);
  return {
    start: { line: startLine, column: startColumn, offset: 0 },
    end: { line: endLine, column: endColumn, offset: 0 },
  };
}

export const NO_SPONSOR: ReportedRule = {
  id: 'accountability/blueprint-no-sponsor',
  title: 'Blueprint has no sponsor',
  description: 'Somebody answers for every agent.',
  severity: 'high',
  remediation:
    'Add at least one user or group to "sponsors"; two are better, so that the agent outlives a leaver.',
  controls: [
    { framework: 'OWASP-NHI', id: 'NHI1' },
    { framework: 'NIST-800-53', id: 'AC-2' },
    { framework: 'NIST-800-53', id: 'PS-4' },
  ],
  judges: ['files', 'tenants'],
  source: 'built-in',
  url: 'https://github.com/agentid-lint/agentid-lint/blob/main/docs/rules/accountability/blueprint-no-sponsor.md',
};

export const SECRET: ReportedRule = {
  id: 'credentials/client-secret',
  title: 'Blueprint authenticates with a client secret',
  description: 'A secret lets its holder act as every agent of the blueprint.',
  severity: 'critical',
  remediation: 'Use a federated identity credential of a managed identity.',
  controls: [],
  judges: ['files', 'tenants'],
  source: 'built-in',
  url: 'https://github.com/agentid-lint/agentid-lint/blob/main/docs/rules/credentials/client-secret.md',
};

/** A rule of a folder: it has no page of ours, and refers to nothing. */
const COST_CENTRE: ReportedRule = {
  id: 'acme/cost-centre',
  title: 'Blueprint names no cost centre',
  description: 'Somebody pays for every agent.',
  severity: 'medium',
  remediation: 'Add a tag "cost:<number>".',
  controls: [],
  judges: ['files', 'tenants'],
  source: './rules',
  url: null,
};

/** A run with rules of a folder and of a package besides ours; one of the folder's broke. */
export function reportOfSources(): Report {
  const folder = { source: { kind: 'folder', name: './rules' }, digest: 'sha256:f01d', rules: 2 } as const;
  const other = {
    source: { kind: 'package', name: '@acme/rules' },
    digest: 'sha256:ac3e',
    rules: 1,
  } as const;
  const broken = 'policy acme/loop (from ./rules) exceeded 10 s';
  return aFailingReport({
    tool: { ...aTool([folder, other]), policyDigest: 'sha256:a11a' },
    verdict: 'error',
    exitCode: 10,
    exitReasons: [
      { code: 10, reason: broken },
      { code: 1, reason: 'findings at or above "high"' },
    ],
    findings: [aFinding(), aFinding({ rule: COST_CENTRE.id, severity: 'medium', message: 'no cost centre' })],
    rules: [COST_CENTRE, { ...COST_CENTRE, id: 'acme/loop' }, NO_SPONSOR, SECRET],
    outcomes: [
      { rule: COST_CENTRE.id, status: 'evaluated', subjects: 4, failing: 1 },
      { rule: 'acme/loop', status: 'failed', error: broken },
      ...NO_SPONSOR_OUTCOMES,
    ],
    ledger: { evaluations: { pairs: 16, evaluated: 12, failed: 4 } },
  });
}

const NO_SPONSOR_OUTCOMES: readonly RuleOutcome[] = [
  { rule: NO_SPONSOR.id, status: 'evaluated', subjects: 4, failing: 0 },
  { rule: SECRET.id, status: 'evaluated', subjects: 4, failing: 0 },
];

/** A report in which every part has something to say. */
export function reportOfEverything(): Report {
  return aFailingReport({
    exitReasons: [
      { code: 1, reason: 'findings at or above "high"' },
      { code: 4, reason: '1 file could not be read' },
      { code: 4, reason: 'the rule permissions/unknown-id failed' },
    ],
    problems: [aProblem()],
    findings: [
      aFinding({
        related: [
          {
            message: 'agent of this blueprint',
            location: aLocation({ uri: 'agents/mail.agent.yaml', range: null }),
          },
        ],
      }),
      aFinding({ severity: 'medium', location: aLocation({ range: null, snippet: [] }) }),
    ],
    outcomes: [
      { rule: NO_SPONSOR.id, status: 'evaluated', subjects: 4, failing: 2 },
      { rule: 'credentials/client-secret', status: 'skipped', reason: 'off' },
      { rule: 'permissions/unknown-id', status: 'failed', error: 'the policy engine stopped' },
    ],
    ledger: {
      inputs: {
        failed: 1,
        ignored: 2,
        unmarked: ['apps/one.json'],
        excluded: [{ by: '**/testdata/**', files: 3 }],
      },
      resources: { total: 5, judged: 4, failed: 1 },
      evaluations: { pairs: 12, evaluated: 4, failed: 4, notApplicable: 0, skipped: 4 },
    },
  });
}

/** A report whose strings try to reach the terminal, the CI log and the reader's eye. */
export function hostileReport(): Report {
  const snippet = [{ number: 7, text: '  name: "\u001b[2J\u009b31m##[error]\u202etxt.exe\u0007"' }];
  return aFailingReport({
    problems: [
      aProblem({
        uri: 'new\nline::error file=x::boo.yaml',
        message: 'PASS\r FAIL\b\b\b\b',
        hint: 'a\n::error::b',
      }),
    ],
    findings: [
      aFinding({
        message: 'blueprint "\u001b]8;;http://evil.example\u001b\\bot\ud800" has no sponsor',
        remediation: `${'word '.repeat(18)}\n\u00a0 ::error::forged`,
        location: aLocation({ uri: '::stop-commands::x.yaml', range: aRange('7:9-7:31'), snippet }),
        related: [
          {
            message: '##vso[task.complete]',
            location: aLocation({ uri: 'a\u2028::add-mask::b', range: null }),
          },
        ],
      }),
    ],
  });
}
