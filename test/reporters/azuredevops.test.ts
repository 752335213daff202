import { expect, test } from 'vitest';
import { azuredevops } from '../../src/reporters/azuredevops.ts';
import { commandsIn } from '../support/runner-commands.ts';
import { holdsToGoldenFiles } from './cases.ts';
import { aFailingReport, aFinding, aLocation, aProblem, aRange, aReport } from './report-builder.ts';
import { oneTenantFinding } from './tenant-reports.ts';

const NO_COLOR = { color: false };

holdsToGoldenFiles('azuredevops', 'txt', azuredevops);

test('a run without findings logs no issue, and tells the log its verdict', () => {
  expect(azuredevops(aReport(), NO_COLOR)).toBe('passed: no findings at or above "high" (exit 0)\n');
});

test('an agent reads a finding as it was meant: path from the root of the repository, rule, message, fix and page', () => {
  const report = aFailingReport({ base: 'services/agents' });
  expect(commandsIn(azuredevops(report, NO_COLOR))).toEqual([
    {
      version: 'vso',
      command: 'task.logissue',
      properties: {
        type: 'error',
        sourcepath: 'services/agents/agents/invoice.agent.yaml',
        linenumber: '7',
        columnnumber: '3',
        code: 'accountability/blueprint-no-sponsor',
      },
      data: [
        'high: accountability/blueprint-no-sponsor: blueprint "invoice-bot" has no sponsor',
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
  ['low', 'warning'],
  ['info', 'warning'],
] as const)('%s is logged as %s', (severity, type) => {
  const report = aFailingReport({ findings: [aFinding({ severity })] });
  expect(commandsIn(azuredevops(report, NO_COLOR)).map(({ properties }) => properties['type'])).toEqual([
    type,
  ]);
});

test('a place that was not found is a file', () => {
  const findings = [aFinding({ location: aLocation({ range: null }) })];
  expect(commandsIn(azuredevops(aFailingReport({ findings }), NO_COLOR))[0]?.properties).toEqual({
    type: 'error',
    sourcepath: 'agents/invoice.agent.yaml',
    code: 'accountability/blueprint-no-sponsor',
  });
});

test('every character that the agent knows comes back as it was', () => {
  const text = 'a;b]c%d%3B%AZP25%0A';
  const location = aLocation({ uri: text, range: aRange('1:2-3:4') });
  const report = aFailingReport({
    findings: [aFinding({ rule: text, location, message: text, remediation: '' })],
  });
  expect(commandsIn(azuredevops(report, NO_COLOR))).toMatchObject([
    { properties: { sourcepath: text, code: text }, data: `high: ${text}: ${text}` },
  ]);
});

test('a finding in a tenant has no path', () => {
  expect(commandsIn(azuredevops(oneTenantFinding(), NO_COLOR))[0]?.properties).toEqual({
    type: 'error',
    code: 'accountability/blueprint-no-sponsor',
  });
});

test('an agent is given the ten worst of each level, and the log says how many there are besides', () => {
  const findings = (['low', 'high', 'medium'] as const).flatMap((severity) =>
    Array.from({ length: 100 }, () => aFinding({ severity })),
  );
  const output = azuredevops(aFailingReport({ findings, problems: [aProblem()] }), NO_COLOR);
  expect(commandsIn(output).map(({ data }) => data.split(':')[0])).toEqual([
    'error',
    ...Array.from({ length: 9 }, () => 'high'),
    ...Array.from({ length: 10 }, () => 'medium'),
  ]);
  expect(output.split('\n').slice(-3)).toEqual([
    '281 more findings (91 high, 90 medium, 100 low): see the full report',
    'failed: findings at or above "high" (exit 1)',
    '',
  ]);
});
