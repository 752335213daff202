import type { Report } from '../findings/report.ts';
import { visibleJson } from './escape.ts';
import { toJsonMaxFindings } from './json/living.ts';
import type { Reporter } from './reporter.ts';
import { resultsWithinLimits, rulesWithinLimits } from './sarif/limits.ts';
import { configurationNotifications, executionNotifications } from './sarif/notifications.ts';
import { placer } from './sarif/places.ts';
import { toResult } from './sarif/results.ts';
import { toDescriptors } from './sarif/rules.ts';
import { plain } from './sarif/words.ts';
import { incompleteNotice, verdictLines } from './tally.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://github.com/agentid-lint/agentid-lint';

/**
 * SARIF 2.1.0 for code scanning, editors and other tools: one run, within the limits of GitHub, with what had to be left
 * out told in a notification. GitHub shows suppressed results as open alerts: take them out of what is uploaded there.
 */
export const sarif: Reporter = (report) => `${visibleJson(JSON.stringify(toLog(report), null, 2))}\n`;

function toLog(report: Report): object {
  return { $schema: SCHEMA, version: '2.1.0', runs: [toRun(report)] };
}

function toRun(report: Report): object {
  const { findings, base } = report;
  const rules = rulesWithinLimits(report.rules, findings);
  const descriptors = toDescriptors(report, rules.kept);
  const places = new Map(rules.kept.map(({ id }, index) => [id, index]));
  const surroundings = {
    placer: placer(base),
    indexOfRule: (id: string) => places.get(id) ?? -1,
    anySuppressed: findings.some(({ suppressed }) => suppressed !== null),
  };
  const all = findings.map((finding) => toResult(finding, surroundings));
  const results = resultsWithinLimits(all, findings, descriptors);
  const cuts = [...rules.cuts, ...results.cuts];
  return {
    tool: { driver: { ...driver(report), rules: descriptors } },
    invocations: [
      {
        ...outcomeOf(report),
        ruleConfigurationOverrides: rulesOff(report, surroundings.indexOfRule),
        toolExecutionNotifications: executionNotifications(report, cuts, surroundings),
        toolConfigurationNotifications: configurationNotifications(report),
      },
    ],
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    results: results.kept,
    columnKind: 'utf16CodeUnits',
    properties: propertiesOf(report),
  };
}

function driver({ tool }: Report): object {
  return {
    name: tool.name,
    fullName: `${tool.name} ${tool.version}`,
    version: tool.version,
    semanticVersion: tool.version,
    informationUri: HOME,
    properties: {
      policyDigest: tool.policyDigest,
      policies: tool.policies.map(({ source, digest, rules }) => ({
        kind: source.kind,
        name: plain(source.name),
        digest: plain(digest),
        rules,
      })),
    },
  };
}

/** A run that could not judge everything has not succeeded, whatever it found and whatever it was allowed. */
function outcomeOf(report: Report): object {
  const notice = incompleteNotice(report);
  const whole = notice === null && report.problems.length === 0 && report.tenant?.complete !== false;
  const { verdict, also } = verdictLines(report);
  return {
    executionSuccessful: whole && report.verdict !== 'error',
    exitCode: report.exitCode,
    exitCodeDescription: [...(notice === null ? [] : [notice]), verdict, ...also].map(plain).join('; '),
  };
}

function rulesOff({ outcomes }: Report, indexOfRule: (id: string) => number): readonly object[] {
  return outcomes.flatMap((outcome) => {
    const index = indexOfRule(outcome.rule);
    return outcome.status === 'skipped' && outcome.reason === 'off' && index !== -1
      ? [{ descriptor: { id: plain(outcome.rule), index }, configuration: { enabled: false } }]
      : [];
  });
}

/** What the run was asked, and what it looked at to tell which findings count. */
function propertiesOf(report: Report): object {
  const { verdict, failOn, maxFindings, failOnNew, now, suppressions, exemptPrincipals } = report;
  const used = (name: 'waivers' | 'baseline', file: Report['suppressions']['waivers']) =>
    file === null ? {} : { [name]: { file: plain(file.file), entries: file.entries } };
  return {
    verdict,
    failOn,
    ...(Object.keys(maxFindings).length === 0 ? {} : { maxFindings: toJsonMaxFindings(maxFindings) }),
    ...(failOnNew ? { failOnNew } : {}),
    now: plain(now),
    ...used('waivers', suppressions.waivers),
    ...used('baseline', suppressions.baseline),
    ...(suppressions.inline ? {} : { inline: false }),
    ...(exemptPrincipals.length === 0
      ? {}
      : {
          exemptPrincipals: exemptPrincipals.map(({ id, reason, findings }) => ({
            id: plain(id),
            reason: plain(reason),
            findings,
          })),
        }),
  };
}
