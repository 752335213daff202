import { describe, expect, test } from 'vitest';
import { faultsOf } from '../../scripts/lib/validators/index.mjs';
import type { Report } from '../../src/findings/report.ts';
import { junit, MOST_CASES } from '../../src/reporters/junit.ts';
import { aManifest, CASES, holdsToGoldenFiles } from './cases.ts';
import { TEXTS } from './hostile/texts.ts';
import {
  aFailingReport,
  aFinding,
  aLocation,
  aProblem,
  aReport,
  NO_SPONSOR,
  reportOfEverything,
  SECRET,
} from './report-builder.ts';
import { emptyTenant, incompleteTenant } from './tenant-reports.ts';

const NO_COLOR = { color: false };

holdsToGoldenFiles('junit', 'xml', junit);

test.each(Object.entries(CASES))('the schema takes the report: %s', async (_name, report) => {
  expect(await faultsOf('junit', junit(report(), NO_COLOR))).toEqual([]);
});

test.each([
  ['no suite has a name', '<testsuites><testsuite/></testsuites>\n', /name.*required/],
  ['there are two answers to a case', twoAnswers(), /failure.*not expected/],
  [
    'a count is wrong',
    junit(aFailingReport(), NO_COLOR).replace('failures="1"', 'failures="2"'),
    /says 2 failures/,
  ],
  ['it is no XML', '<testsuites>\u001b</testsuites>\n', /invalid/],
])('the judge of this test sees that %s', async (_what, text, fault) => {
  expect((await faultsOf('junit', text)).join('\n')).toMatch(fault);
});

/** The name of each case with what came of it, by suite. */
function casesOf(report: Report): Record<string, string[]> {
  const suites = junit(report, NO_COLOR).split('<testsuite ').slice(1);
  return Object.fromEntries(
    suites.map((suite) => {
      const name = /\bname="(?<name>[^"]*)"/.exec(suite)?.groups?.['name'] ?? '';
      const cases = suite.split('<testcase ').slice(1);
      return [
        name,
        cases.map((each) => {
          const { title = '', result } =
            /^name="(?<title>[^"]*)"[^>]*>(?:\s*<(?<result>skipped|error|failure) )?/.exec(each)?.groups ??
            {};
          return `${result ?? 'passed'} ${title}`;
        }),
      ];
    }),
  );
}

const BOTH = { evaluated: [NO_SPONSOR.id, SECRET.id], skipped: [] };
const COMPLETE = 'passed everything was judged';
const FAILED = `failure ${NO_SPONSOR.id}: blueprint &quot;invoice-bot&quot;`;
const PASSED = `passed ${SECRET.id}: blueprint &quot;invoice-bot&quot;`;

describe('cases', () => {
  test('every rule that judged a resource is one, in the suite of its file', () => {
    expect(casesOf(aFailingReport({ resources: [aManifest()], checks: [BOTH] }))).toEqual({
      'agentid-lint': [COMPLETE],
      'agents/invoice.agent.yaml': [FAILED, PASSED],
    });
  });

  test('several findings of a rule in a resource are one failure that tells them all', () => {
    const findings = [aFinding({ severity: 'low', message: 'first' }), aFinding({ message: 'second' })];
    const report = aFailingReport({ findings, resources: [aManifest()], checks: [BOTH] });
    expect(casesOf(report)['agents/invoice.agent.yaml']).toEqual([FAILED, PASSED]);
    expect(junit(report, NO_COLOR)).toMatch(
      /<failure message="second \(and 1 more finding\)" type="high">high: second\n[^]*\nlow: first\n/,
    );
  });

  test('a finding that does not count skips its case, beside one that counts it does not', () => {
    const suppressed = CASES['suppressed']?.() ?? aReport();
    expect(casesOf(suppressed)['agents/invoice.agent.yaml']).toEqual([
      FAILED,
      PASSED.replace('passed', 'skipped'),
    ]);
    const all = suppressed.findings.map((finding) => ({ ...finding, rule: NO_SPONSOR.id }));
    expect(casesOf({ ...suppressed, findings: all })['agents/invoice.agent.yaml']).toEqual([FAILED, PASSED]);
  });

  test('a rule that lacked facts is skipped, never passed', () => {
    const skipped = [
      { rule: NO_SPONSOR.id, reason: 'facts-missing', missing: ['sponsors', 'owners'] },
    ] as const;
    const report = aReport({ resources: [aManifest()], checks: [{ evaluated: [SECRET.id], skipped }] });
    expect(casesOf(report)['agents/invoice.agent.yaml']).toEqual([
      PASSED,
      FAILED.replace('failure', 'skipped'),
    ]);
    expect(junit(report, NO_COLOR)).toContain('<skipped message="facts are missing: sponsors, owners"/>');
  });

  test('findings of one name in two files stay apart', () => {
    const [here, there] = ['a.yaml', 'b.yaml'];
    const at = (uri: string) => aManifest({ location: { kind: 'file', uri, pointer: '' } });
    const report = aFailingReport({
      resources: [at(here), at(there)],
      checks: [BOTH],
      findings: [aFinding({ location: aLocation({ uri: there }) })],
    });
    expect(casesOf(report)).toMatchObject({
      [here]: [FAILED.replace('failure', 'passed'), PASSED],
      [there]: [FAILED, PASSED],
    });
  });

  test('a resource that stands twice in a file does not pass what it failed', () => {
    const report = aFailingReport({ resources: [aManifest(), aManifest()], checks: [BOTH] });
    expect(casesOf(report)['agents/invoice.agent.yaml']).toEqual([FAILED, PASSED, PASSED]);
  });

  test('findings of resources that are not listed are there', () => {
    expect(casesOf(aFailingReport())).toEqual({
      'agentid-lint': [COMPLETE],
      'agents/invoice.agent.yaml': [FAILED],
    });
  });

  test('a resource that broke is an error and passes nothing', () => {
    const resources = [aManifest({ broken: 'the policy engine stopped' })];
    expect(casesOf(aReport({ resources, checks: [BOTH] }))['agents/invoice.agent.yaml']).toEqual([
      'error judging: blueprint &quot;invoice-bot&quot;',
    ]);
  });

  test('of a change only findings are told, as others may have been left out', () => {
    const change = { since: 'origin/main', files: 1, leftOut: 3 };
    const report = aFailingReport({ change, resources: [aManifest()], checks: [BOTH] });
    expect(casesOf(report)['agents/invoice.agent.yaml']).toEqual([FAILED]);
    expect(junit(report, NO_COLOR)).toContain(
      'value="1 file changed since origin/main; 3 findings elsewhere left out, and every case that has none"',
    );
  });
});

describe('the suite of the run', () => {
  const runOf = (report: Report) => casesOf(report)['agentid-lint'];

  test('U3 problems and failed rules are errors, and that the answer is not whole', () => {
    const cases = casesOf({
      ...reportOfEverything(),
      problems: [aProblem(), aProblem({ uri: null, range: null })],
    });
    expect(cases).toMatchObject({
      'agentid-lint': [
        'error everything was judged',
        'error reading: yaml-duplicate-key',
        'error permissions/unknown-id: the rule failed',
        'skipped credentials/client-secret: skipped',
      ],
      'agents/broken.agent.yaml': ['error reading: yaml-duplicate-key:9:1'],
    });
  });

  test('an answer that may be incomplete is skipped', () => {
    const allowed = { ...incompleteTenant(), verdict: 'pass', exitCode: 0, exitReasons: [] } as const;
    expect(runOf(allowed)?.[0]).toBe('skipped everything was judged');
    expect(runOf(incompleteTenant())?.[0]).toBe('error everything was judged');
  });

  test('a run that judged nothing is an error', () => {
    expect(runOf(emptyTenant())).toEqual([COMPLETE, 'error exit 3']);
  });

  test('a rule that lacked facts is told once, with its resources or else here', () => {
    expect(runOf(incompleteTenant())).toEqual([
      'error everything was judged',
      `skipped ${NO_SPONSOR.id}: skipped`,
      'skipped metadata/naming: skipped',
      'skipped protection/risky-agent: skipped',
    ]);
    const skipped = [{ rule: NO_SPONSOR.id, reason: 'facts-missing', missing: [] }] as const;
    const report = { ...incompleteTenant(), resources: [aManifest()], checks: [{ evaluated: [], skipped }] };
    expect(runOf(report)).not.toContain(`skipped ${NO_SPONSOR.id}: skipped`);
  });
});

describe('many cases', () => {
  const rules = Array.from({ length: 50 }, (_, index) => `team/rule-${index}`);
  const skipped = [{ rule: SECRET.id, reason: 'facts-missing', missing: [] }] as const;
  const many = (resources: number) =>
    aFailingReport({
      resources: Array.from({ length: resources }, (_, index) => aManifest({ ref: `blueprint/${index}` })),
      checks: [{ evaluated: [...rules, NO_SPONSOR.id], skipped }],
      findings: Array.from({ length: resources / 2 }, (_, index) =>
        aFinding({ resource: { kind: 'blueprint', ref: `blueprint/${index}`, name: 'bot' } }),
      ),
    });

  test('are told one by one up to the limit', () => {
    const cases = casesOf(many(300))['agents/invoice.agent.yaml'] ?? [];
    expect(cases.length).toBe(300 * 52);
  });

  test('are put together beyond it, but for failures, and the report says so', () => {
    const resources = MOST_CASES / 50;
    const report = many(resources);
    const { 'agentid-lint': run = [], 'agents/invoice.agent.yaml': file = [] } = casesOf(report);
    expect(file).toEqual(Array.from({ length: resources / 2 }, () => FAILED));
    expect(run).toEqual([
      COMPLETE,
      ...[`passed team/rule-0: ${resources} resources passed`],
      ...rules.slice(1).map((rule) => `passed ${rule}: ${resources} resources passed`),
      `skipped ${SECRET.id}: ${resources} resources skipped`,
      `passed ${NO_SPONSOR.id}: ${resources / 2} resources passed`,
    ]);
    expect(junit(report, NO_COLOR)).toContain(
      'value="too many to list: passed and skipped ones are put together',
    );
  });

  test('are written in a moment', () => {
    const started = performance.now();
    junit(many(5_000), NO_COLOR);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

test('O13 hostile text fits the schema', async () => {
  const findings = TEXTS.map((text, index) =>
    aFinding({
      rule: `${text}${index % 2 === 0 ? '' : index}`,
      message: text,
      remediation: text,
      resource: { kind: 'blueprint', ref: `blueprint/${index}`, name: text },
      location: aLocation({ uri: text }),
      related: [{ message: text, location: aLocation({ uri: text }) }],
    }),
  );
  const report = aFailingReport({
    findings,
    problems: TEXTS.map((uri) => aProblem({ uri, message: uri })),
  });
  expect(await faultsOf('junit', junit(report, NO_COLOR))).toEqual([]);
});

function twoAnswers(): string {
  return junit(aFailingReport(), NO_COLOR).replace('</failure>', '</failure><failure type="x"/>');
}
