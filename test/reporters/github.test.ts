import { describe, expect, test } from 'vitest';
import { github, workflowCommands } from '../../src/reporters/github.ts';
import { commandsIn } from '../support/runner-commands.ts';
import { CASES, holdsToGoldenFiles } from './cases.ts';
import { aFailingReport, aFinding, aLocation, aProblem, aRange, aReport } from './report-builder.ts';
import { emptyTenant, oneTenantFinding } from './tenant-reports.ts';

const NO_COLOR = { color: false };

holdsToGoldenFiles('github', 'txt', github);

test('a run without findings annotates nothing, and tells the log its verdict', () => {
  expect(workflowCommands(aReport())).toBe('');
  expect(github(aReport(), NO_COLOR)).toBe('passed: no findings at or above "high" (exit 0)\n');
});

test('a runner reads a finding as it was meant: path from the root of the repository, message, fix and page', () => {
  const report = aFailingReport({ base: 'services/agents' });
  expect(commandsIn(github(report, NO_COLOR))).toEqual([
    {
      version: 2,
      command: 'error',
      properties: {
        file: 'services/agents/agents/invoice.agent.yaml',
        line: '7',
        endLine: '7',
        col: '3',
        endColumn: '15',
        title: 'high: accountability/blueprint-no-sponsor',
      },
      data: [
        'blueprint "invoice-bot" has no sponsor',
        'Fix: Add at least one user or group to "sponsors"; two are better, so that the agent outlives a leaver.',
        'Rule: https://github.com/agentid-lint/agentid-lint/blob/main/docs/rules/accountability/blueprint-no-sponsor.md',
      ].join('\n'),
    },
  ]);
});

test.each([
  ['critical', 'error'],
  ['high', 'error'],
  ['medium', 'warning'],
  ['low', 'notice'],
  ['info', 'notice'],
] as const)('%s is shown as %s', (severity, level) => {
  const commands = commandsIn(github(aFailingReport({ findings: [aFinding({ severity })] }), NO_COLOR));
  expect(commands.map(({ command }) => command)).toEqual([level]);
});

test.each([
  ['over several lines has no columns', aRange('12:5-14:20'), { line: '12', endLine: '14' }],
  ['that was not found is a file', null, {}],
])('a place %s', (_what, range, lines) => {
  const findings = [aFinding({ location: aLocation({ range }) })];
  const [command] = commandsIn(github(aFailingReport({ findings }), NO_COLOR));
  expect(command?.properties).toEqual({
    file: 'agents/invoice.agent.yaml',
    title: 'high: accountability/blueprint-no-sponsor',
    ...lines,
  });
});

test('O05 a path and a title say what they say, not more properties', () => {
  const uri = 'a,line=1::b%2C%0A.yaml';
  const findings = [aFinding({ location: aLocation({ uri }), rule: 'a:b,c=d%' })];
  const [command] = commandsIn(github(aFailingReport({ findings }), NO_COLOR));
  expect(command?.properties).toMatchObject({ file: uri, line: '7', title: 'high: a:b,c=d%' });
});

test('a finding in a tenant has no file; it names the object and its page', () => {
  const [command] = commandsIn(github(oneTenantFinding(), NO_COLOR));
  expect(command?.properties).toEqual({ title: 'high: accountability/blueprint-no-sponsor' });
  expect(command?.data.split('\n').slice(0, 3)).toEqual([
    'agent identity "invoices" may read all mail',
    'In: agent identity "invoices", servicePrincipals/c3d4e5f6-0000-4000-a000-000000000001',
    expect.stringMatching(/^Portal: https:\/\/entra\.microsoft\.com\//),
  ]);
});

test('U3 what could not be read comes first, and that the answer is not whole', () => {
  const report = aFailingReport({ problems: [aProblem()], ledger: { inputs: { failed: 1 } } });
  expect(
    commandsIn(github(report, NO_COLOR)).map(
      ({ command, properties }) => `${command} ${properties['title']}`,
    ),
  ).toEqual([
    'warning agentid-lint',
    'error error: yaml-duplicate-key',
    'error high: accountability/blueprint-no-sponsor',
  ]);
});

test('a run that judged nothing says so', () => {
  expect(
    commandsIn(github(emptyTenant(), NO_COLOR)).map(({ command, data }) => `${command} ${data}`),
  ).toEqual([
    'error error: 0 agents found: the tenant has no blueprint, agent identity or agent user (exit 3)',
  ]);
});

describe('O08 limits', () => {
  const many = aFailingReport({
    problems: Array.from({ length: 3 }, () => aProblem()),
    findings: (['low', 'high', 'medium', 'critical', 'info'] as const).flatMap((severity) =>
      Array.from({ length: 100 }, () => aFinding({ severity })),
    ),
  });

  test('a runner is given ten of each level, the worst, and how many there are besides', () => {
    const commands = commandsIn(github(many, NO_COLOR));
    const titles = commands.map(
      ({ command, properties }) => `${command} ${properties['title']?.split(':')[0]}`,
    );
    expect(titles).toEqual([
      ...Array.from({ length: 3 }, () => 'error error'),
      ...Array.from({ length: 7 }, () => 'error critical'),
      ...Array.from({ length: 10 }, () => 'warning medium'),
      ...Array.from({ length: 9 }, () => 'notice low'),
      'notice agentid-lint',
    ]);
    expect(commands.at(-1)?.data).toBe(
      '474 more findings (93 critical, 100 high, 90 medium, 91 low, 100 info): see the job summary or the full report',
    );
  });

  test('problems without a place among ten are counted too', () => {
    const problems = Array.from({ length: 12 }, () => aProblem());
    expect(commandsIn(github(aFailingReport({ problems }), NO_COLOR)).at(-1)?.data).toMatch(
      /^1 more finding \(1 high\) and 2 more problems: /,
    );
  });

  test('10,000 findings are written in a moment', () => {
    const findings = Array.from({ length: 10_000 }, () => aFinding());
    const started = performance.now();
    github(aFailingReport({ findings }), NO_COLOR);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

test('suppressed findings are not annotated', () => {
  const report = CASES['suppressed']?.() ?? aReport();
  expect(commandsIn(github(report, NO_COLOR))).toHaveLength(1);
});
