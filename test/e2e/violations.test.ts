import { describe, expect, test } from 'vitest';
import { builtInRules } from '../../src/rules.ts';
import { NOW } from './cli.ts';
import { lintJson } from './report.ts';

const FIXTURES = 'test/e2e/fixtures';

/** What the portal's export of a blueprint that was set up in a hurry has against it, line by line of the file. */
const VIOLATIONS = `
1:1 high accountability/blueprint-no-sponsor
1:1 medium accountability/no-owner
1:1 low credentials/no-workload-federation
8:18 low metadata/naming
9:18 low metadata/description
15:29 medium exposure/unsupported-property
20:21 high exposure/multi-tenant
35:18 medium exposure/preauthorized-client
36:36 medium exposure/preauthorized-client
52:22 medium credentials/certificate-lifetime
61:5 high credentials/client-secret
64:22 medium credentials/secret-lifetime
67:21 critical credentials/secret-value-in-file
73:22 medium credentials/expired-or-expiring
93:17 critical permissions/blocked-for-agents
93:17 critical permissions/high-privilege-application
97:17 high permissions/tenant-wide-content
101:17 medium permissions/unknown-id
107:24 medium permissions/unknown-id
118:21 medium exposure/unsupported-property
120:24 medium exposure/unverified-publisher
128:22 high exposure/redirect-uri
130:32 high exposure/implicit-grant
`;

const RELATIONSHIPS: ReadonlySet<string> = new Set([
  'sponsors',
  'owners',
  'federatedIdentityCredentials',
  'inheritablePermissions',
]);

/** The rules that ask for what a portal export does not hold. */
const NEED_RELATIONSHIPS = builtInRules()
  .catalogue.rules.filter(
    ({ appliesTo, requires, surfaces }) =>
      appliesTo.includes('blueprint') &&
      surfaces.includes('manifest') &&
      requires.some((group) => RELATIONSHIPS.has(group)),
  )
  .map(({ id }) => id);

describe('a blueprint exported from the portal', () => {
  test('that breaks the rules has every violation at its line and column', async () => {
    const { status, report } = await lintJson([
      `${FIXTURES}/portal-bad.json`,
      '--as',
      'blueprint',
      '--now',
      NOW,
    ]);
    const found = report.findings.map(
      ({ severity, rule, location: { range } }) =>
        `${range?.start.line ?? 0}:${range?.start.column ?? 0} ${severity} ${rule}`,
    );
    expect(found).toEqual(VIOLATIONS.trim().split('\n'));
    expect({ status, verdict: report.verdict, problems: report.problems }).toEqual({
      status: 1,
      verdict: 'fail',
      problems: [],
    });
    expect(report.summary).toMatchObject({
      critical: 3,
      high: 6,
      medium: 11,
      low: 3,
      info: 0,
      resources: 1,
      files: 1,
    });
  });

  test('that keeps them, with its relationships elsewhere, passes, and the rules that need those say so', async () => {
    const args = [
      `${FIXTURES}/portal-good.json`,
      '--as',
      'blueprint',
      '--relationships',
      'elsewhere',
      '--now',
      NOW,
    ];
    const { status, report, stderr } = await lintJson(args);
    expect({
      status,
      stderr,
      verdict: report.verdict,
      findings: report.findings,
      problems: report.problems,
    }).toEqual({
      status: 0,
      stderr: '',
      verdict: 'pass',
      findings: [],
      problems: [],
    });
    const skipped = report.outcomes.filter(
      (outcome) => outcome.status === 'skipped' && outcome.reason === 'declared-elsewhere',
    );
    expect(skipped.map(({ rule }) => rule)).toEqual(NEED_RELATIONSHIPS);
    expect(NEED_RELATIONSHIPS).toEqual(
      expect.arrayContaining(['accountability/blueprint-no-sponsor', 'credentials/fic-shared']) as unknown,
    );
    expect(report.ledger.evaluations.skipped).toBe(NEED_RELATIONSHIPS.length);
  });

  test('that keeps them, taken as all there is, lacks only its relationships', async () => {
    const { status, report } = await lintJson([
      `${FIXTURES}/portal-good.json`,
      '--as',
      'blueprint',
      '--now',
      NOW,
    ]);
    expect([status, report.findings.map(({ rule }) => rule)]).toEqual([
      1,
      ['accountability/blueprint-no-sponsor', 'accountability/no-owner'],
    ]);
  });

  test('is not judged unless somebody says what it is', async () => {
    const { status, report, stderr } = await lintJson([`${FIXTURES}/portal-bad.json`]);
    expect({ status, findings: report.findings, unmarked: report.ledger.inputs.unmarked }).toEqual({
      status: 3,
      findings: [],
      unmarked: [`${FIXTURES}/portal-bad.json`],
    });
    expect(stderr).toContain('pass --as blueprint');
  });
});
