import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { ControlStatus, Report } from '../../src/findings/report.ts';
import type { Suppression } from '../../src/findings/suppression.ts';
import { withFramework } from '../../src/framework.ts';
import type { Framework } from '../../src/frameworks/framework.ts';
import type { RuleOutcome } from '../../src/policy/types.ts';
import {
  aChange,
  aFinding,
  aReport,
  NO_SPONSOR,
  SECRET,
  type ReportParts,
} from '../reporters/report-builder.ts';

const WAIVED: Suppression = {
  kind: 'waiver',
  reason: 'until the move is done',
  approvedBy: 'ana',
  ticket: null,
  created: '2026-11-01',
  expires: '2027-01-31',
  location: null,
};

const A = NO_SPONSOR.id;
const B = SECRET.id;

const FRAMEWORK: Framework = {
  id: 'acme',
  title: 'Acme baseline',
  url: 'https://acme.example/baseline',
  controls: [
    { id: '1', title: 'Somebody answers', url: null, rules: [{ rule: A, source: 'handbook' }] },
    {
      id: '2',
      title: 'Both',
      url: null,
      rules: [
        { rule: A, source: 'handbook' },
        { rule: B, source: 'handbook' },
      ],
    },
    { id: '3', title: 'Training', url: null, rules: [] },
    { id: '4', title: 'Of another run', url: null, rules: [{ rule: 'team/tag', source: 'handbook' }] },
  ],
};

function evaluated(rule: string, subjects: number, failing: number, skipped?: Skipped): RuleOutcome {
  return { rule, status: 'evaluated', subjects, failing, ...(skipped === undefined ? {} : { skipped }) };
}

type Skipped = NonNullable<Extract<RuleOutcome, { status: 'evaluated' }>['skipped']>;

function of(parts: ReportParts) {
  const { framework } = withFramework(aReport(parts), FRAMEWORK);
  return framework?.controls ?? [];
}

/** Status of the first control, and what its rule says. */
function first(parts: ReportParts) {
  const [control] = of(parts);
  const [rule] = control?.rules ?? [];
  return { ...rule, control: control?.status };
}

describe('a control', () => {
  test('has the status of the worst of its rules, and each rule tells its numbers', () => {
    const report = aReport({
      outcomes: [evaluated(A, 4, 0), evaluated(B, 5, 2)],
      findings: [
        aFinding({ rule: B, owner: 1 }),
        aFinding({ rule: B, owner: 1 }),
        aFinding({ rule: B, owner: 3 }),
      ],
    });
    const passed = { rule: A, status: 'passed', source: 'handbook', evaluated: 4, passed: 4, failed: 0 };
    const failed = { rule: B, status: 'failed', source: 'handbook', evaluated: 5, passed: 3, failed: 2 };
    const whole = { skipped: 0, suppressed: 0, reason: null };
    expect(withFramework(report, FRAMEWORK)).toEqual({
      ...report,
      framework: {
        id: 'acme',
        title: 'Acme baseline',
        url: 'https://acme.example/baseline',
        controls: [
          {
            id: '1',
            title: 'Somebody answers',
            url: null,
            status: 'passed',
            rules: [{ ...passed, ...whole }],
          },
          {
            id: '2',
            title: 'Both',
            url: null,
            status: 'failed',
            rules: [
              { ...passed, ...whole },
              { ...failed, ...whole },
            ],
          },
          { id: '3', title: 'Training', url: null, status: 'notCovered', rules: [] },
          {
            id: '4',
            title: 'Of another run',
            url: null,
            status: 'notEvaluated',
            rules: [
              {
                ...{ rule: 'team/tag', status: 'notEvaluated', source: 'handbook' },
                ...{ evaluated: 0, passed: 0, failed: 0, skipped: 0, suppressed: 0 },
                reason: 'this run does not have the rule',
              },
            ],
          },
        ],
      },
    });
  });

  test('is accepted when everything that was found is suppressed, resource by resource', () => {
    const waived = (owner: number) => aFinding({ owner, suppressed: WAIVED });
    const outcomes = [evaluated(A, 4, 2)];
    expect(first({ outcomes, findings: [waived(0), waived(1), waived(1)] })).toMatchObject({
      control: 'accepted',
      ...{ evaluated: 4, passed: 4, failed: 0, suppressed: 3, reason: null },
    });
    expect(first({ outcomes, findings: [waived(0), waived(1), aFinding({ owner: 1 })] })).toMatchObject({
      control: 'failed',
      ...{ evaluated: 4, passed: 3, failed: 1, suppressed: 2, reason: null },
    });
  });

  test.each<[string, ReportParts, ControlStatus, string | null]>([
    ['all was judged', { outcomes: [evaluated(A, 1, 0)] }, 'passed', null],
    [
      'facts are missing everywhere',
      { outcomes: [{ rule: A, status: 'skipped', reason: 'facts-missing', missing: ['sponsors'] }] },
      'incomplete',
      'facts are missing (sponsors)',
    ],
    [
      'facts are missing somewhere',
      { outcomes: [evaluated(A, 3, 0, [{ reason: 'facts-missing', subjects: 2, missing: ['sponsors'] }])] },
      'incomplete',
      '2 resources not judged: facts are missing (sponsors)',
    ],
    [
      'nobody knows how many there are',
      {
        outcomes: [
          evaluated(A, 3, 0, [{ reason: 'facts-missing', subjects: 0, missing: ['agentIdentities'] }]),
        ],
      },
      'incomplete',
      'some resources not judged: facts are missing (agentIdentities)',
    ],
    [
      'facts were not asked for',
      { outcomes: [{ rule: A, status: 'skipped', reason: 'not-asked' }] },
      'incomplete',
      'facts were not asked for',
    ],
    [
      'relationships are elsewhere',
      { outcomes: [{ rule: A, status: 'skipped', reason: 'declared-elsewhere' }] },
      'incomplete',
      'relationships are kept elsewhere',
    ],
    [
      'the rule broke',
      { outcomes: [{ rule: A, status: 'failed', error: 'out of time' }] },
      'incomplete',
      'the rule failed: out of time',
    ],
    [
      'a file could not be read',
      { outcomes: [evaluated(A, 3, 0)], ledger: { inputs: { failed: 1 } } },
      'incomplete',
      '1 file could not be read',
    ],
    [
      'a resource could not be judged',
      {
        outcomes: [{ rule: A, status: 'skipped', reason: 'not-applicable' }],
        ledger: { resources: { failed: 2 } },
      },
      'incomplete',
      'nothing here to apply to; 2 resources could not be judged',
    ],
    [
      'it is off',
      { outcomes: [{ rule: A, status: 'skipped', reason: 'off' }] },
      'notEvaluated',
      'turned off',
    ],
    [
      'it is off and a file could not be read',
      { outcomes: [{ rule: A, status: 'skipped', reason: 'off' }], ledger: { inputs: { failed: 1 } } },
      'notEvaluated',
      'turned off',
    ],
    [
      'it is off somewhere',
      { outcomes: [evaluated(A, 3, 0, [{ reason: 'off', subjects: 1 }])] },
      'passed',
      '1 resource not judged: turned off',
    ],
    [
      'there is nothing of the kind',
      { outcomes: [{ rule: A, status: 'skipped', reason: 'not-applicable' }] },
      'notEvaluated',
      'nothing here to apply to',
    ],
    [
      'it judges something else',
      {
        rules: [{ ...NO_SPONSOR, judges: ['tenants'] }],
        outcomes: [{ rule: A, status: 'skipped', reason: 'not-applicable' }],
      },
      'notEvaluated',
      'it judges tenants only',
    ],
  ])('when %s', (_name, parts, status, reason) => {
    expect(first(parts)).toMatchObject({ control: status, status, reason });
  });

  test('that failed stays failed, whatever could not be judged', () => {
    const outcomes = [evaluated(A, 3, 1, [{ reason: 'facts-missing', subjects: 2, missing: ['sponsors'] }])];
    expect(first({ outcomes, findings: [aFinding()] })).toMatchObject({
      control: 'failed',
      ...{ evaluated: 3, passed: 2, failed: 1, skipped: 2 },
      reason: '2 resources not judged: facts are missing (sponsors)',
    });
  });
});

describe('of a change', () => {
  const outcomes = [evaluated(A, 9, 3)];

  test('resources count as failing whose findings are left out', () => {
    expect(first({ outcomes, findings: [aFinding()], change: aChange({ leftOut: 2 }) })).toMatchObject({
      ...{ control: 'failed', evaluated: 9, passed: 6, failed: 3 },
      reason: '2 resources counted as failing, as not all findings there are in the report',
    });
  });

  test('a resource counts as failing whose findings in the report are suppressed, as others may be left out', () => {
    const findings = [0, 1, 2].map((owner) => aFinding({ owner, suppressed: WAIVED }));
    expect(first({ outcomes, findings, change: aChange({ leftOut: 1 }) })).toMatchObject({
      ...{ control: 'failed', failed: 3, suppressed: 3 },
    });
    expect(first({ outcomes, findings, change: aChange({ leftOut: 0 }) })).toMatchObject({
      ...{ control: 'accepted', failed: 0, suppressed: 3, reason: null },
    });
  });
});

describe('the metadata of own rules', () => {
  const own = {
    ...SECRET,
    id: 'team/tag',
    controls: [
      { framework: 'acme', id: '3' },
      { framework: 'acme', id: '9' },
      { framework: 'other', id: '1' },
    ],
  };

  test('adds them to the controls of the framework, and controls that it does not list', () => {
    const controls = of({
      rules: [NO_SPONSOR, own],
      outcomes: [evaluated(A, 1, 0), evaluated('team/tag', 2, 0)],
    });
    expect(controls.map(({ id, title, status }) => [id, title, status])).toEqual([
      ['1', 'Somebody answers', 'passed'],
      ['2', 'Both', 'passed'],
      ['3', 'Training', 'passed'],
      ['4', 'Of another run', 'passed'],
      ['9', '9', 'passed'],
    ]);
    expect(controls[2]?.rules).toEqual([
      {
        ...{ rule: 'team/tag', status: 'passed', source: 'the metadata of the rule', reason: null },
        ...{ evaluated: 2, passed: 2, failed: 0, skipped: 0, suppressed: 0 },
      },
    ]);
  });

  test('a mapping of the framework itself keeps its source', () => {
    const mapped = { ...NO_SPONSOR, controls: [{ framework: 'acme', id: '1' }] };
    const controls = of({ rules: [mapped], outcomes: [evaluated(A, 1, 0)] });
    expect(controls[0]?.rules.map(({ source }) => source)).toEqual(['handbook']);
  });
});

const RANK = { passed: 0, accepted: 1, notEvaluated: 2, notCovered: 2, incomplete: 3, failed: 4 } as const;

/** Reports whose outcomes and findings agree. */
const reports: fc.Arbitrary<Report> = fc
  .record({
    owners: fc.array(fc.record({ rule: fc.constantFrom(A, B), owner: fc.nat(3), isWaived: fc.boolean() }), {
      maxLength: 8,
    }),
    skips: fc.array(fc.constantFrom('off', 'not-asked', 'declared-elsewhere', 'not-visible'), {
      maxLength: 1,
    }),
    leftOut: fc.option(fc.nat(2)),
    unread: fc.nat(1),
  })
  .map(({ owners, skips, leftOut, unread }) =>
    aReport({
      findings: owners.map(({ rule, owner, isWaived }) =>
        aFinding({ rule, owner, suppressed: isWaived ? WAIVED : null }),
      ),
      outcomes: [A, B].map((rule) => {
        const failing = new Set(owners.filter((each) => each.rule === rule).map(({ owner }) => owner)).size;
        const skipped = skips.map((reason) => ({ reason, subjects: 1 }) as const);
        return evaluated(rule, 4, failing, skipped.length === 0 ? undefined : skipped);
      }),
      change: leftOut === null ? null : aChange({ leftOut }),
      ledger: { inputs: { failed: unread } },
    }),
  );

function statuses(report: Report): readonly ControlStatus[] {
  return withFramework(report, FRAMEWORK).framework?.controls.map(({ status }) => status) ?? [];
}

test('one more finding that counts never makes a control better', () => {
  fc.assert(
    fc.property(reports, fc.constantFrom(A, B), fc.nat(3), (report, rule, owner) => {
      const before = statuses(report);
      const after = statuses({ ...report, findings: [...report.findings, aFinding({ rule, owner })] });
      expect(after.every((status, place) => RANK[status] >= RANK[before[place] ?? 'failed'])).toBe(true);
    }),
  );
});

test('without facts no control is passed or accepted that a rule is about', () => {
  const missing = { reason: 'facts-missing', missing: ['sponsors'] } as const;
  fc.assert(
    fc.property(reports, fc.boolean(), (report, isEverywhere) => {
      const outcomes = report.outcomes.map((outcome): RuleOutcome => {
        if (isEverywhere || outcome.status !== 'evaluated')
          return { rule: outcome.rule, status: 'skipped', ...missing };
        return { ...outcome, skipped: [{ ...missing, subjects: 1 }] };
      });
      const findings = isEverywhere ? [] : report.findings;
      const [one, both] = statuses({ ...report, outcomes, findings });
      expect([one, both].every((status) => status === 'incomplete' || status === 'failed')).toBe(true);
    }),
  );
});

test('resources that were judged have passed or failed, and none is counted twice', () => {
  fc.assert(
    fc.property(reports, (report) => {
      const rules =
        withFramework(report, FRAMEWORK).framework?.controls.flatMap((control) => control.rules) ?? [];
      for (const { evaluated: judged, passed, failed } of rules) {
        expect(passed + failed).toBe(judged);
        expect(passed).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
