import { describe, expect, test } from 'vitest';
import { settingsFor } from '../../src/config/effective.ts';
import { defaultConfig } from '../../src/config/defaults.ts';
import type { Config, Override } from '../../src/config/config.ts';
import type { Report } from '../../src/findings/report.ts';
import { builtInRules } from '../../src/rules.ts';
import { lintFiles } from '../support/lint-files.ts';

const { rules } = builtInRules().catalogue;
const NO_SPONSOR = 'accountability/blueprint-no-sponsor';
const NAMING = 'metadata/naming';
const INVOICE = '11111111-1111-4111-8111-111111111111';
const PAYROLL = '22222222-2222-4222-8222-222222222222';

function configWith(overrides: readonly Override[], parts: Partial<Config> = {}): Config {
  return { ...defaultConfig('/repo'), overrides, ...parts };
}

function lintUnder(files: { readonly [name: string]: object }, config: Config): Promise<Report> {
  const texts = Object.fromEntries(Object.entries(files).map(([name, data]) => [name, JSON.stringify(data)]));
  return lintFiles(texts, { settingsFor: (target) => settingsFor(config, rules, target) });
}

function blueprint(appId: string, uniqueName: string, parts: object = {}): object {
  return {
    '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
    displayName: uniqueName,
    appId,
    uniqueName,
    sponsors: [],
    ...parts,
  };
}

/** Agents with a name that the naming rule below has something against. */
function agent(blueprintId: string): object {
  return {
    '@odata.type': '#microsoft.graph.agentIdentity',
    displayName: `Agent of ${blueprintId}`,
    agentIdentityBlueprintId: blueprintId,
  };
}

function found(report: Report, rule: string): readonly string[] {
  return report.findings
    .filter((finding) => finding.rule === rule)
    .map(({ severity, location }) => `${location.uri} ${severity}`);
}

const severity = rules.find(({ id }) => id === NAMING)?.severity ?? '';
const naming = { [NAMING]: { options: { pattern: 'bot-*' } } };

describe('overrides by environment', () => {
  const config = configWith([
    { match: { environment: ['Sandbox'] }, rules: { [NO_SPONSOR]: { severity: 'low', options: {} } } },
  ]);

  test('hold for resources with the environment or a tag that says so, in any letter case', async () => {
    const files = {
      'a.json': blueprint(INVOICE, 'a', { environment: 'SANDBOX' }),
      'b.json': blueprint(PAYROLL, 'b', { tags: ['x', 'env:sandbox'] }),
      'c.json': blueprint('33333333-3333-4333-8333-333333333333', 'c', { tags: ['sandbox-2'] }),
    };
    const report = await lintUnder(files, config);
    expect(found(report, NO_SPONSOR)).toEqual(['a.json low', 'b.json low', 'c.json high']);
  });

  test('all keys of a match have to fit', async () => {
    const both = configWith([
      {
        match: { environment: ['sandbox'], path: ['agents/**'] },
        rules: { [NO_SPONSOR]: { severity: 'off', options: {} } },
      },
    ]);
    const files = {
      'agents/a.json': blueprint(INVOICE, 'a', { environment: 'sandbox' }),
      'agents/b.json': blueprint(PAYROLL, 'b'),
      'c.json': blueprint('33333333-3333-4333-8333-333333333333', 'c', { environment: 'sandbox' }),
    };
    expect(found(await lintUnder(files, both), NO_SPONSOR)).toEqual(['agents/b.json high', 'c.json high']);
  });

  test('never hold by tenant in files', async () => {
    const tenants = { dev: { tenantId: INVOICE } };
    const config = configWith(
      [{ match: { tenant: ['dev'] }, rules: { [NO_SPONSOR]: { severity: 'off', options: {} } } }],
      { tenants },
    );
    expect(found(await lintUnder({ 'a.json': blueprint(INVOICE, 'a') }, config), NO_SPONSOR)).toEqual([
      'a.json high',
    ]);
  });
});

describe('overrides by blueprint', () => {
  const files = {
    'a-agent.json': agent(INVOICE.toUpperCase()),
    'b-agent.json': agent(PAYROLL),
    'z/invoice.json': blueprint(INVOICE, 'invoice-bot'),
    'z/payroll.json': blueprint(PAYROLL, 'payroll-bot'),
  };
  const off = (blueprint: string): Config =>
    configWith(
      [
        {
          match: { blueprint: [blueprint] },
          rules: {
            [NAMING]: { severity: 'off', options: {} },
            [NO_SPONSOR]: { severity: 'medium', options: {} },
          },
        },
      ],
      { rules: naming },
    );

  test.each([
    ['its application id', INVOICE],
    ['its unique name, in a file that comes later', 'Invoice-Bot'],
  ])('hold for the blueprint and its agents by %s', async (_, name) => {
    const report = await lintUnder(files, off(name));
    expect(found(report, NAMING)).toEqual([`b-agent.json ${severity}`, `z/payroll.json ${severity}`]);
    expect(found(report, NO_SPONSOR)).toEqual(['z/invoice.json medium', 'z/payroll.json high']);
    expect(report.outcomes.find(({ rule }) => rule === NAMING)).toEqual({
      rule: NAMING,
      status: 'evaluated',
      subjects: 2,
      failing: 2,
      skipped: [{ reason: 'off', subjects: 2 }],
    });
  });

  test('options may differ too', async () => {
    const config = configWith(
      [{ match: { blueprint: ['payroll-bot'] }, rules: { [NAMING]: { options: { pattern: '*' } } } }],
      { rules: naming },
    );
    expect(found(await lintUnder(files, config), NAMING).map((line) => line.split(' ')[0])).toEqual([
      'a-agent.json',
      'z/invoice.json',
    ]);
  });

  test('without any, all have the same settings', async () => {
    const report = await lintUnder(files, configWith([], { rules: naming }));
    expect(found(report, NAMING)).toHaveLength(4);
  });
});
