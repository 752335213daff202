import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { multitoolFaults, sarifSchemaFaults } from '../../scripts/lib/validators/index.mjs';
import type { Finding } from '../../src/findings/finding.ts';
import type { Report } from '../../src/findings/report.ts';
import { sarif } from '../../src/reporters/sarif.ts';
import { compressedSizes } from '../../src/reporters/sarif/compressed-size.ts';
import { resultsWithinLimits, rulesWithinLimits } from '../../src/reporters/sarif/limits.ts';
import { lintFiles } from '../support/lint-files.ts';
import { CASES, holdsToGoldenFiles } from './cases.ts';
import { HOSTILE } from './hostile.ts';
import {
  aFailingReport,
  aFinding,
  aLocation,
  aRange,
  aReport,
  NO_SPONSOR,
  reportOfSources,
} from './report-builder.ts';
import { incompleteTenant, oneTenantFinding } from './tenant-reports.ts';

type Place = {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region?: object;
    readonly contextRegion?: object;
  };
};

type Log = {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly {
            readonly id: string;
            readonly help: { readonly text: string; readonly markdown: string };
            readonly helpUri?: string;
            readonly defaultConfiguration: { readonly level: string };
            readonly properties: { readonly tags: readonly string[]; readonly 'security-severity'?: string };
          }[];
        };
      };
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly {
            readonly descriptor: { readonly id: string };
            readonly message: { readonly text: string };
          }[];
        },
      ];
      readonly columnKind: string;
      readonly results: readonly {
        readonly ruleId: string;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly [Place];
        readonly relatedLocations?: readonly Place[];
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly suppressions?: readonly object[];
        readonly properties: { readonly severity: string };
      }[];
    },
  ];
};

function runOf(report: Report): Log['runs'][0] {
  return (JSON.parse(sarif(report, { color: false })) as Log).runs[0];
}

function render(report: Report): string {
  return sarif(report, { color: false });
}

function notificationsOf(report: Report): readonly string[] {
  return notificationsIn(runOf(report));
}

function notificationsIn({ invocations }: Log['runs'][0]): readonly string[] {
  return invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
}

holdsToGoldenFiles('sarif', 'sarif', sarif);

const MORE_CASES: Readonly<Record<string, () => Report>> = {
  ...CASES,
  sources: reportOfSources,
  'incomplete tenant': incompleteTenant,
  'everything hostile': () =>
    aFailingReport({
      findings: HOSTILE.filter((_, index) => index % 9 === 0).map((text) =>
        aFinding({ message: text, location: aLocation({ uri: text, snippet: [{ number: 7, text }] }) }),
      ),
    }),
};

const BROKEN = render(aFailingReport()).replace('"help":', '"helf":');

describe('validated by tools of others', () => {
  test.each(Object.entries(MORE_CASES))('the published schema of SARIF 2.1.0 takes: %s', (_name, report) => {
    expect(sarifSchemaFaults(render(report()))).toEqual([]);
  });

  test('the schema finds what is wrong', () => {
    expect(sarifSchemaFaults(BROKEN)).toEqual([
      '/runs/0/tool/driver/rules/0 must NOT have additional properties {"additionalProperty":"helf"}',
    ]);
  });

  test('the SARIF multitool has an error only in what is wrong, by the rules of GitHub too', () => {
    const texts = Object.values(MORE_CASES).map((report) => render(report()));
    const faults = multitoolFaults([...texts, BROKEN]);
    expect(faults.filter((fault) => !fault.includes(`: runs[${texts.length}].`))).toEqual([]);
    expect(faults.join('\n')).toContain('error GH2012');
  });
});

describe('O14 URIs', () => {
  test.each([
    ['a file', '', 'agents/a.yaml', 'agents/a.yaml'],
    ['a blank', '', 'a b.yaml', 'a%20b.yaml'],
    ['a percent sign', '', 'a%b%41.yaml', 'a%25b%2541.yaml'],
    ['a letter that is not ASCII', '', 'ü/日.yaml', '%C3%BC/%E6%97%A5.yaml'],
    ['a drive', '', String.raw`C:\x.yaml`, 'C%3A%5Cx.yaml'],
    ['two slashes in front', '', '//host/x.yaml', 'host/x.yaml'],
    ['a colon in the first segment', '', 'x:y.yaml', 'x%3Ay.yaml'],
    ['a scheme', '', 'javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['a query and a fragment', '', 'a?b#c.yaml', 'a%3Fb%23c.yaml'],
    ['nothing', '', '', '.'],
    ['a lone surrogate', '', 'a\ud800b.yaml', 'a%EF%BF%BDb.yaml'],
    ['a folder of the repository', 'services/agents', 'a.yaml', 'services/agents/a.yaml'],
    ['a step up inside of the repository', 'services/agents', '../common/./a.yaml', 'services/common/a.yaml'],
    ['a step up out of the repository', 'services', '../../a.yaml', '../a.yaml'],
  ])('%s', (_what, base, uri, expected) => {
    const report = aFailingReport({ base, findings: [aFinding({ location: aLocation({ uri }) })] });
    const { artifactLocation } = runOf(report).results[0]!.locations[0].physicalLocation;
    expect(artifactLocation).toEqual({
      uri: expected,
      ...(expected.startsWith('../') ? {} : { uriBaseId: '%SRCROOT%' }),
    });
    expect(sarifSchemaFaults(render(report))).toEqual([]);
  });

  test('every path gives a reference that is relative and stays so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', 'a', 'a/b'), (uri, base) => {
        const report = aFailingReport({ base, findings: [aFinding({ location: aLocation({ uri }) })] });
        const written = runOf(report).results[0]!.locations[0].physicalLocation.artifactLocation.uri;
        expect(new URL(written, 'https://root.example/').origin).toBe('https://root.example');
        expect(written).toMatch(/^[\w\-.~!*'()%/]+$/);
      }),
    );
  });

  test('an object of a tenant has a path of its own, the same in every run, and no line', () => {
    const [result] = runOf(oneTenantFinding()).results;
    const { artifactLocation, region } = result!.locations[0].physicalLocation;
    expect(artifactLocation.uri).toBe(
      'entra/tenants/7a3fbd64-0c7e-4b5c-9f0c-2d5d8a1e4b00/servicePrincipals/c3d4e5f6-0000-4000-a000-000000000001',
    );
    expect(region).toBeUndefined();
    expect(result!.message.text).toMatch(
      / Shown in the \[portal\]\(https:\/\/entra\.microsoft\.com\/[^)]*\)\.$/,
    );
  });

  test('a finding about a tenant stands at the file that declares the object, when one is known', () => {
    const report = oneTenantFinding();
    const related = [{ message: 'declared here', location: aLocation() }];
    const findings = report.findings.map((finding): Finding => ({ ...finding, related }));
    const [result] = runOf({ ...report, findings }).results;
    expect(result!.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'agents/invoice.agent.yaml' },
      region: { startLine: 7, startColumn: 3, endLine: 7, endColumn: 15 },
    });
    expect(result!.relatedLocations).toHaveLength(1);
  });
});

describe('O15 limits of GitHub', () => {
  /** Characters as good as random, the same in every run. */
  const noise = (
    length: number,
    alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_',
  ) => {
    let text = '';
    for (let index = 0; index < length; index += 1) {
      state = (state * 48_271) % 2_147_483_647;
      text += alphabet.charAt(state % alphabet.length);
    }
    return text;
  };
  let state = 1;
  const SEVERITIES = ['low', 'critical', 'info', 'high', 'medium', 'low'] as const;
  const many = (count: number, parts: (index: number) => Partial<Finding> = () => ({})): readonly Finding[] =>
    Array.from({ length: count }, (_, index) =>
      aFinding({ severity: SEVERITIES[index % SEVERITIES.length]!, ...parts(index) }),
    );

  test('of 30,000 results the 25,000 worst are kept, in their order, and the rest is told', () => {
    const run = runOf(aFailingReport({ findings: many(30_000, (index) => ({ message: `bot ${index}` })) }));
    expect(run.results).toHaveLength(25_000);
    expect(new Set(run.results.map(({ properties }) => properties.severity))).toEqual(
      new Set(['critical', 'high', 'medium', 'low']),
    );
    const numbers = run.results.map(({ message }) => Number(/\d+/.exec(message.text)?.[0]));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(notificationsIn(run)).toEqual([
      '5000 results left out, as GitHub takes no more: 5000 info; other formats have them all.',
    ]);
  });

  test('suppressed results go first', () => {
    const suppressed = CASES['suppressed']!().findings.at(-1)!.suppressed;
    const findings = many(25_010, (index) => ({ suppressed: index < 20 ? suppressed : null }));
    const results = findings.map((_, index) => ({ index }));
    const { kept, cuts } = resultsWithinLimits(results, findings, []);
    expect(kept).toEqual(results.filter(({ index }) => ![0, 2, 5, 6, 8, 11, 12, 14, 17, 18].includes(index)));
    expect(cuts).toEqual([
      '10 results left out, as GitHub takes no more: 10 suppressed; other formats have them all',
    ]);
  });

  test('what does not compress is cut at 10 MB', () => {
    // Longer than what gzip can reach back.
    const pool = noise(300_000);
    const results = Array.from({ length: 4000 }, (_, index) => {
      const from = (index * 3000) % pool.length;
      return { index, noise: pool.slice(from, from + 3000) };
    });
    const { kept, cuts } = resultsWithinLimits(results, many(4000), []);
    const size = gzipSync(JSON.stringify(kept)).length;
    expect(size).toBeLessThan(10_000_000);
    expect(size).toBeGreaterThan(7_000_000);
    expect(cuts[0]).toMatch(/^\d+ results left out, as GitHub takes no more: (?:\d+ low, )?\d+ info;/);
  });

  test('what compresses is not cut for its size', () => {
    const results = Array.from({ length: 10_000 }, (_, index) => ({
      index,
      text: 'the same again '.repeat(100),
    }));
    expect(resultsWithinLimits(results, many(10_000), []).kept).toBe(results);
  });

  test.each([
    ['hexadecimal', '0123456789abcdef'],
    ['Base64', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'],
    [
      'every printable character',
      Array.from({ length: 95 }, (_, code) => String.fromCharCode(32 + code)).join(''),
    ],
    ['ideographs', Array.from({ length: 5000 }, (_, code) => String.fromCharCode(0x4e00 + code)).join('')],
    ['one character', 'x'],
  ])('the compressed size is never put too low: %s', (_what, alphabet) => {
    const text = noise(200_000, alphabet);
    const [size = 0] = compressedSizes([text]);
    const real = gzipSync(text).length;
    expect(size).toBeGreaterThanOrEqual(real - 100);
    expect(size).toBeLessThan(real * 2 + 3000);
  });

  test('a message of 1 MB ends somewhere', () => {
    const [result] = runOf(
      aFailingReport({ findings: [aFinding({ message: 'x'.repeat(1_000_000) })] }),
    ).results;
    expect(result!.message.text).toBe(`${'x'.repeat(1000)}…`);
  });

  test('a rule with 25 tags has 20, and all its controls in its help', () => {
    const controls = Array.from({ length: 25 }, (_, index) => ({ framework: 'CIS', id: `${index + 1}.1` }));
    const report = aReport({ rules: [{ ...NO_SPONSOR, controls }] });
    const [rule] = runOf(report).tool.driver.rules;
    expect(rule!.properties.tags).toHaveLength(20);
    expect(rule!.help.markdown).toContain('25.1');
    expect(notificationsOf(report)).toEqual([
      'rule accountability/blueprint-no-sponsor has more than 20 tags: the first are given, and all controls in its help.',
    ]);
  });

  test('of more than 25,000 rules those with findings are kept', () => {
    const rules = Array.from({ length: 25_001 }, (_, index) => ({ ...NO_SPONSOR, id: `own/r${index}` }));
    const { kept, cuts } = rulesWithinLimits(rules, [aFinding({ rule: 'own/r25000' })]);
    expect(kept).toHaveLength(25_000);
    expect(kept[0]!.id).toBe('own/r25000');
    expect(cuts).toEqual(['1 rule left out']);
  });
});

describe('O16 text', () => {
  test('columns count UTF-16 units, and the snippet is what they mark', () => {
    const text = '  "😀 name": "bot"';
    const location = aLocation({ range: aRange('7:14-7:19'), snippet: [{ number: 7, text }] });
    const run = runOf(aFailingReport({ findings: [aFinding({ location })] }));
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.results[0]!.locations[0].physicalLocation).toMatchObject({
      region: { startColumn: 14, endColumn: 19, snippet: { text: '"bot"' } },
      contextRegion: { startLine: 7, endLine: 7, snippet: { text } },
    });
  });

  test('lines that are not all known give no snippet', () => {
    const location = aLocation({ range: aRange('7:3-12:1') });
    const [result] = runOf(aFailingReport({ findings: [aFinding({ location })] })).results;
    expect(result!.locations[0].physicalLocation).toMatchObject({
      region: { startLine: 7, startColumn: 3, endLine: 12, endColumn: 1 },
    });
    expect(JSON.stringify(result!.locations)).not.toContain('snippet');
  });

  test.each([
    ['a link', 'see [here](https://evil.example)', 'see [here] (https://evil.example).'],
    ['a placeholder', 'a {0} and a { x }', 'a { 0} and a { x }.'],
    ['an end', 'who answers?', 'who answers?'],
  ])('a message cannot hold %s of its own', (_what, message, expected) => {
    const [result] = runOf(aFailingReport({ findings: [aFinding({ message })] })).results;
    expect(result!.message.text).toBe(expected);
  });

  test('help in Markdown keeps code spans of a rule, and nothing else of its markup', () => {
    const description = '- Set `a_b` to *true*, [so](javascript:x) <img src=x> ![i](y)\n# x';
    const [rule] = runOf(aReport({ rules: [{ ...NO_SPONSOR, description }] })).tool.driver.rules;
    expect(rule!.help.markdown.split('\n')[0]).toBe(
      String.raw`\- Set ${'`a_b`'} to \*true\*, \[so\](javascript:x) \<img src=x\> \!\[i\](y) \# x.`,
    );
  });

  test.each(['javascript:alert(1)', 'not an address', 'file:///etc/passwd', '', null])(
    'a rule does not point to %j',
    (url) => {
      const [rule] = runOf(aReport({ rules: [{ ...NO_SPONSOR, url }] })).tool.driver.rules;
      expect(rule!.helpUri).toBeUndefined();
    },
  );
});

describe('severity', () => {
  test.each([
    ['critical', 'error', '9.5'],
    ['high', 'error', '8.0'],
    ['medium', 'warning', '5.5'],
    ['low', 'note', '3.0'],
    ['info', 'note', undefined],
  ] as const)('%s', (severity, level, score) => {
    const run = runOf(aFailingReport({ findings: [aFinding({ severity })] }));
    expect(run.results[0]!.level).toBe(level);
    expect(run.tool.driver.rules[0]!.defaultConfiguration.level).toBe(level);
    expect(run.tool.driver.rules[0]!.properties['security-severity']).toBe(score);
  });
});

describe('whether the run succeeded', () => {
  test.each([
    ['findings', true, aFailingReport()],
    ['nothing wrong', true, aReport()],
    ['a file that could not be read', false, CASES['incomplete']!()],
    [
      'the same, when that is allowed',
      false,
      { ...CASES['incomplete']!(), verdict: 'pass' as const, exitReasons: [] },
    ],
    ['facts of a tenant that could not be read', false, incompleteTenant()],
    ['a rule that broke', false, reportOfSources()],
  ])('%s: %s', (_what, expected, report) => {
    expect(runOf(report).invocations[0].executionSuccessful).toBe(expected);
  });

  test('what is not known of a tenant is told, with what it takes', () => {
    expect(notificationsOf(incompleteTenant())).toMatchInlineSnapshot(`
      [
        "2 rules could not be judged for lack of facts.",
        "rule accountability/blueprint-no-sponsor judged nothing: facts are missing (owners).",
        "rule metadata/naming did not judge every resource: facts are missing (agentUsers).",
        "rule protection/risky-agent judged nothing: facts were not asked for (riskyAgents).",
        "owners of blueprints: forbidden, A permission is missing; needs AgentIdentityBlueprint.Read.All, Application.Read.All (403 Authorization_RequestDenied /applications/{id}/owners).",
        "granted application permissions of agent identities: read in part, unknown for 2, two lists were cut.",
        "last sign-ins of agent identities: not available in this tenant (/reports).",
        "agent users: failed, the connection was reset.",
        "risky agents: not asked for.",
      ]
    `);
  });
});

describe('fingerprints', () => {
  const BLUEPRINT =
    '"@odata.type": "#microsoft.graph.agentIdentityBlueprint"\ndisplayName: Sales\nuniqueName: sales\nsponsors: []\n';
  const OTHER = BLUEPRINT.replaceAll('ales', 'ther');

  /** Rule and hash of each finding in `a.yaml`. */
  async function hashes(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const { results } = runOf(await lintFiles(files));
    return results
      .filter(({ locations }) => locations[0].physicalLocation.artifactLocation.uri === 'a.blueprint.yaml')
      .map(
        ({ ruleId, partialFingerprints }) =>
          `${ruleId} ${partialFingerprints['primaryLocationLineHash'] ?? ''}`,
      )
      .sort();
  }

  test.each([
    ['lines that moved', `# moved\n\n\n${BLUEPRINT}`, 'b.blueprint.yaml', OTHER],
    ['another file that was renamed', BLUEPRINT, 'c.blueprint.yaml', OTHER],
    ['another object that was renamed', BLUEPRINT, 'b.blueprint.yaml', OTHER.replaceAll('ther', 'un')],
    ['another layout', BLUEPRINT.replace('sponsors: []', 'sponsors:\n  []'), 'b.blueprint.yaml', OTHER],
  ])('stay what they are with %s', async (_what, text, otherName, other) => {
    const before = await hashes({ 'a.blueprint.yaml': BLUEPRINT, 'b.blueprint.yaml': OTHER });
    expect(before.length).toBeGreaterThan(1);
    expect(new Set(before).size).toBe(before.length);
    expect(await hashes({ 'a.blueprint.yaml': text, [otherName]: other })).toEqual(before);
  });

  test('have the form that GitHub reads', () => {
    const [result] = runOf(aFailingReport()).results;
    expect(result!.partialFingerprints).toEqual({
      'agentid-lint/v1': '0123456789abcdef0123456789abcdef',
      primaryLocationLineHash: '0123456789abcdef0123456789abcdef:1',
    });
  });
});
