import { BlueprintNames } from '../../src/model/settings-target.ts';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../src/documents/problem.ts';
import type { Inputs } from '../../src/lint/inputs.ts';
import type { RunEvaluation } from '../../src/lint/merge.ts';
import { rulesOf } from '../../src/lint/policies.ts';
import { toReport } from '../../src/lint/report.ts';
import type { LintRequest } from '../../src/lint/request.ts';
import { KnownIndex } from '../../src/model/known.ts';
import { PolicyError } from '../../src/policy/policy-error.ts';
import type { RuleOutcome } from '../../src/policy/types.ts';
import { NOW } from '../support/lint-files.ts';
import { bundle } from '../support/subjects.ts';

const RULES = bundle.catalogue.rules.length;
/** Nothing was found, and nothing is told of the resources. */
const WITHOUT_FINDINGS = {
  findings: [],
  rules: rulesOf([bundle]),
  prepared: {
    subjects: [],
    settings: [],
    details: [],
    families: new Map(),
    names: new BlueprintNames(),
    data: { options: {}, known: new KnownIndex().result(), now: 0 },
  },
};

const request: LintRequest = {
  cwd: '/',
  paths: [],
  files: { root: '/', exclude: [], respectGitignore: false, maxFileSize: 1 },
  hintsFor: () => ({ relationships: 'declared' }),
  isManifest: () => false,
  settingsFor: () => ({ key: '', rules: {} }),
  production: { environments: [], tags: [] },
  failOn: 'high',
  allowEmpty: false,
  allowIncomplete: false,
  bundles: [bundle],
  version: '1.2.3',
  now: NOW,
};

const START = { line: 1, column: 1, offset: 0 };

const resource = {
  ref: 'blueprint/a',
  kind: 'blueprint',
  name: 'a',
  origin: { from: 'document', uri: 'a.yaml', index: 0, path: [], shape: 'native-file', aliases: {} },
  document: {
    uri: 'a.yaml',
    language: 'yaml',
    index: 0,
    data: {},
    locate: () => ({ range: { start: START, end: START }, exact: true }),
    locateKey: () => ({ range: { start: START, end: START }, exact: true }),
    line: () => '',
    mentions: () => false,
    comments: () => [],
    forget: () => undefined,
  },
} as const satisfies Inputs['resources'][number];

const counts = { read: 1, failed: 0, ignored: 0, unmarked: [], excluded: [] };
const inputs: Inputs = {
  resources: [resource],
  problems: [],
  refused: 0,
  missed: [],
  counts,
  marks: [],
  whole: new Set(),
};
const nothing: Inputs = { ...inputs, resources: [], counts: { ...counts, read: 0 } };

function problem(code: string): Problem {
  return { code, message: code, uri: 'b.yaml', range: null };
}

/** The evaluation of so many resources: the first rule as given, the others evaluated. */
function evaluation(outcome: Partial<RuleOutcome> = {}, resources = 1): RunEvaluation {
  const outcomes = bundle.catalogue.rules.map(({ id }, index): RuleOutcome => {
    const good = { rule: id, status: 'evaluated', subjects: resources, failing: 0 } as const;
    return index === 0 ? ({ ...good, ...outcome } as RuleOutcome) : good;
  });
  const pairs = { evaluated: RULES * resources, failed: 0, notApplicable: 0, skipped: 0 };
  return { findings: [], outcomes, broken: new Map(), pairs, faults: [] };
}

function verdict(of: Inputs, evaluated: RunEvaluation, asked: Partial<LintRequest> = {}) {
  const report = toReport({ ...request, ...asked }, of, evaluated, WITHOUT_FINDINGS);
  return [report.verdict, report.exitCode, report.exitReasons.map(({ reason }) => reason)];
}

const none = { ...evaluation({}, 0), outcomes: evaluation().outcomes.map(({ rule }) => off(rule)) };

function off(rule: string): RuleOutcome {
  return { rule, status: 'skipped', reason: 'off' };
}

test('a run over everything with no findings passes, and says what it was', () => {
  const report = toReport(request, inputs, evaluation(), WITHOUT_FINDINGS);
  expect(report).toMatchObject({
    tool: {
      name: 'agentid-lint',
      version: '1.2.3',
      policyDigest: bundle.digest,
      policies: [{ source: { kind: 'built-in', name: 'built-in' }, digest: bundle.digest, rules: RULES }],
    },
    now: NOW,
    verdict: 'pass',
    exitCode: 0,
    exitReasons: [],
    failOn: 'high',
    ledger: {
      inputs: counts,
      resources: { total: 1, judged: 1, failed: 0 },
      evaluations: { pairs: RULES, evaluated: RULES, failed: 0, notApplicable: 0, skipped: 0 },
    },
  });
  expect(report.rules.map(({ id }) => id)).toEqual(bundle.catalogue.rules.map(({ id }) => id));
  expect(report.rules.find(({ id }) => id === 'accountability/blueprint-no-sponsor')?.url).toBe(
    'https://github.com/agentid-lint/agentid-lint/blob/main/docs/rules/accountability/blueprint-no-sponsor.md',
  );
});

describe('what could not be read or judged makes the run incomplete', () => {
  test('problems, in their order', () => {
    const withProblems = { ...inputs, problems: [problem('b'), problem('a')] };
    expect(verdict(withProblems, evaluation())).toEqual([
      'incomplete',
      4,
      ['2 problems kept something from being read or judged'],
    ]);
    expect(
      toReport(request, withProblems, evaluation(), WITHOUT_FINDINGS).problems.map(({ code }) => code),
    ).toEqual(['a', 'b']);
  });

  test('a rule without its facts', () => {
    const skipped = { status: 'skipped', reason: 'facts-missing', missing: ['sponsors'] } as const;
    expect(verdict(inputs, evaluation(skipped))).toEqual([
      'incomplete',
      4,
      ['1 rule could not be judged for lack of facts'],
    ]);
  });

  test('a rule without its facts for one resource of many', () => {
    const some = { skipped: [{ reason: 'facts-missing', subjects: 1, missing: ['owners'] }] } as const;
    expect(verdict(inputs, evaluation(some))).toEqual([
      'incomplete',
      4,
      ['1 rule could not be judged for lack of facts'],
    ]);
  });

  test('both, unless it is let through', () => {
    const skipped = evaluation({ status: 'skipped', reason: 'facts-missing' });
    const withProblem = { ...inputs, problems: [problem('a')] };
    expect(verdict(withProblem, skipped)[2]).toEqual([
      '1 problem kept something from being read or judged',
      '1 rule could not be judged for lack of facts',
    ]);
    expect(verdict(withProblem, skipped, { allowIncomplete: true })).toEqual(['pass', 0, []]);
  });

  test('resources that were refused are counted as failed', () => {
    const report = toReport(
      request,
      { ...inputs, refused: 2, problems: [problem('a')] },
      evaluation(),
      WITHOUT_FINDINGS,
    );
    expect(report.ledger.resources).toEqual({ total: 3, judged: 1, failed: 2 });
  });
});

describe('what is left out on purpose does not', () => {
  test.each<readonly [string, Partial<RuleOutcome>]>([
    ['facts kept elsewhere', { status: 'skipped', reason: 'declared-elsewhere', missing: ['sponsors'] }],
    ['a rule that is off', { status: 'skipped', reason: 'off' }],
    ['a rule for nothing that was found', { status: 'skipped', reason: 'not-applicable' }],
    [
      'some of each',
      {
        skipped: [
          { reason: 'declared-elsewhere', subjects: 1 },
          { reason: 'off', subjects: 1 },
        ],
      },
    ],
  ])('%s', (_, outcome) => {
    expect(verdict(inputs, evaluation(outcome))).toEqual(['pass', 0, []]);
  });
});

describe('what should never happen is an error, whatever is let through', () => {
  const anything = { allowEmpty: true, allowIncomplete: true, failOn: 'none' } as const;

  test('a resource that broke the policy', () => {
    const broken = new Map([[0, new PolicyError('evaluation', 'the policy broke: x')]]);
    const pairs = { evaluated: 0, failed: RULES, notApplicable: 0, skipped: 0 };
    const report = toReport(
      { ...request, ...anything },
      inputs,
      { ...evaluation(), broken, pairs },
      WITHOUT_FINDINGS,
    );
    expect([report.verdict, report.exitCode]).toEqual(['error', 10]);
    expect(report.exitReasons).toEqual([
      { code: 10, reason: '1 resource could not be judged: the policy broke: x' },
    ]);
    expect(report.ledger.resources).toEqual({ total: 1, judged: 0, failed: 1 });
  });

  test.each([
    ['one too few', RULES - 1],
    ['one too many', RULES + 1],
    ['none', 0],
  ])('a ledger with %s', (_, evaluated) => {
    const pairs = { evaluated, failed: 0, notApplicable: 0, skipped: 0 };
    expect(verdict(inputs, { ...evaluation(), pairs }, anything)).toEqual([
      'error',
      10,
      [`the ledger accounts for ${evaluated} of ${RULES} evaluations`],
    ]);
  });
});

describe('nothing to judge is an error of its own', () => {
  test.each<readonly [string, Inputs, RunEvaluation, string]>([
    ['no file', { ...nothing, counts: { ...nothing.counts } }, none, 'no JSON or YAML file was found'],
    [
      'files that hold nothing',
      { ...nothing, counts: { ...nothing.counts, ignored: 2 } },
      none,
      'no manifest was found in 2 files',
    ],
    [
      'a file without a mark',
      { ...nothing, counts: { ...nothing.counts, unmarked: ['a.json'] } },
      none,
      'no manifest was found in 1 file',
    ],
    [
      'only files left out',
      { ...nothing, counts: { ...nothing.counts, excluded: [{ by: '**', files: 3 }] } },
      none,
      'every file was left out',
    ],
    ['an argument that finds nothing', { ...nothing, missed: ['a'] }, none, 'nothing was found for "a"'],
    [
      'five of them',
      { ...nothing, missed: ['a', 'b', 'c', 'd', 'e'] },
      none,
      'nothing was found for "a", "b", "c" and 2 more',
    ],
    [
      'no rule that is on',
      inputs,
      { ...none, pairs: { evaluated: 0, failed: 0, notApplicable: 0, skipped: RULES } },
      'no rule that is on applies to what was found',
    ],
  ])('%s', (_, of, evaluated, reason) => {
    expect(verdict(of, evaluated)).toEqual(['error', 3, [reason]]);
    expect(verdict(of, evaluated, { allowEmpty: true })).toEqual(['pass', 0, []]);
  });

  test('but a problem may hide something, and says more', () => {
    expect(verdict({ ...nothing, problems: [problem('a')] }, none)).toEqual([
      'incomplete',
      4,
      ['1 problem kept something from being read or judged'],
    ]);
  });
});
