import { describe, expect, test } from 'vitest';
import type { Config, Override } from '../../src/config/config.ts';
import { defaultConfig } from '../../src/config/defaults.ts';
import { failOnIn, rulesInTenant, settingsFor } from '../../src/config/effective.ts';
import type { Report } from '../../src/findings/report.ts';
import { builtInRules } from '../../src/rules.ts';
import type { ScanRequest } from '../../src/scan.ts';
import { scanTenant, TENANT, type Missing, type TestStreams } from '../support/scan-tenant.ts';
import { aBlueprint, anAgent, aPrincipal, guid } from './tenants.ts';

const { rules } = builtInRules().catalogue;
const NO_SPONSOR = 'accountability/agent-no-sponsor';
const NAMING = 'metadata/naming';

/** Two blueprints, the second with a unique name; agents 1 and 2 of the first, 3 of the second, 2 in the sandbox. None has a sponsor. */
const STREAMS: TestStreams = {
  blueprints: [aBlueprint(1), aBlueprint(2, { uniqueName: 'payroll-bot' })],
  blueprintPrincipals: [aPrincipal(1), aPrincipal(2)],
  agentIdentities: [
    anAgent(1, { sponsors: [] }),
    anAgent(2, { sponsors: [], tags: ['Env:Sandbox'] }),
    anAgent(3, { sponsors: [], agentIdentityBlueprintId: guid(102) }),
  ],
};

const off = (id: string): Override['rules'] => ({ [id]: { severity: 'off', options: {} } });

function underConfig(overrides: readonly Override[], parts: Partial<Config> = {}): Partial<ScanRequest> {
  const config = { ...defaultConfig('/repo'), overrides, ...parts };
  return {
    settingsFor: (target) => settingsFor(config, rules, target),
    offEverywhere: (tenant) => {
      const { mayRun } = rulesInTenant(config, tenant);
      return new Set(rules.flatMap((rule) => (mayRun(rule) ? [] : [rule.id])));
    },
    failOn: config.failOn,
    failOnIn: (tenant) => failOnIn(config, tenant),
  };
}

function scanned(
  overrides: readonly Override[],
  parts: Partial<Config> = {},
  missing: readonly Missing[] = [],
) {
  return scanTenant({ streams: STREAMS, missing, ...underConfig(overrides, parts) });
}

function found({ findings }: Report, rule: string): readonly string[] {
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ severity, resource }) => `${resource.name} ${severity}`);
}

function outcome({ outcomes }: Report, rule: string) {
  return outcomes.find((each) => each.rule === rule);
}

describe('overrides in a tenant', () => {
  test('a rule is off for the agents of one blueprint, by its unique name', async () => {
    const report = await scanned([{ match: { blueprint: ['payroll-bot'] }, rules: off(NO_SPONSOR) }]);
    expect(found(report, NO_SPONSOR)).toEqual(['Agent 1 high', 'Agent 2 high']);
    expect(outcome(report, NO_SPONSOR)).toEqual({
      rule: NO_SPONSOR,
      status: 'evaluated',
      subjects: 2,
      failing: 2,
      skipped: [{ reason: 'off', subjects: 1 }],
    });
  });

  test.each([
    ['object id', guid(202)],
    ['application id', guid(102)],
  ])('a blueprint is known by its %s too', async (_, id) => {
    const report = await scanned([{ match: { blueprint: [id] }, rules: off(NO_SPONSOR) }]);
    expect(found(report, NO_SPONSOR)).toEqual(['Agent 1 high', 'Agent 2 high']);
  });

  test('the sandbox has another severity', async () => {
    const rules: Override['rules'] = { [NO_SPONSOR]: { severity: 'low', options: {} } };
    const report = await scanned([{ match: { environment: ['sandbox'] }, rules }]);
    expect(found(report, NO_SPONSOR).toSorted()).toEqual(['Agent 1 high', 'Agent 2 low', 'Agent 3 high']);
  });

  test('options differ from object to object', async () => {
    const report = await scanned(
      [{ match: { environment: ['sandbox'] }, rules: { [NAMING]: { options: { pattern: 'Agent *' } } } }],
      { rules: { [NAMING]: { options: { pattern: 'bot-*' } } } },
    );
    const usual = found(
      await scanned([], { rules: { [NAMING]: { options: { pattern: 'bot-*' } } } }),
      NAMING,
    );
    expect(usual.some((line) => line.startsWith('Agent 2 '))).toBe(true);
    expect(found(report, NAMING)).toEqual(usual.filter((line) => !line.startsWith('Agent 2 ')));
  });

  test('paths match nothing in a tenant, and other tenants are other tenants', async () => {
    const report = await scanned([
      { match: { path: ['**'] }, rules: off(NO_SPONSOR) },
      { match: { tenant: [guid(1)] }, failOn: 'none', rules: off(NO_SPONSOR) },
    ]);
    expect(found(report, NO_SPONSOR)).toHaveLength(3);
    expect(report.failOn).toBe('high');
  });

  test('a tenant has its own threshold, known by its id or by the name that the config has for the id', async () => {
    const tenants = { dev: { tenantId: TENANT.toUpperCase() } };
    for (const name of ['dev', TENANT]) {
      const report = await scanned([{ match: { tenant: [name] }, failOn: 'none', rules: {} }], { tenants });
      expect([report.failOn, report.exitReasons.map(({ code }) => code)]).toEqual(['none', [4]]);
    }
    const flagged = { tenants, failOn: 'high', flags: { failOn: 'high' } } as const;
    const report = await scanned([{ match: { tenant: ['dev'] }, failOn: 'none', rules: {} }], flagged);
    expect([report.failOn, report.exitReasons.map(({ code }) => code)]).toEqual(['high', [1, 4]]);
  });
});

describe('agents that could not be read', () => {
  const missing: readonly Missing[] = [
    { group: 'agentIdentities', of: 'agentIdentity', status: 'forbidden' },
  ];
  const skipped = async (overrides: readonly Override[], parts: Partial<Config> = {}) => {
    const streams = { ...STREAMS, agentIdentities: [] };
    const report = await scanTenant({ streams, missing, ...underConfig(overrides, parts) });
    return outcome(report, NO_SPONSOR);
  };
  const unread = {
    rule: NO_SPONSOR,
    status: 'skipped',
    reason: 'facts-missing',
    missing: ['agentIdentities'],
  };
  const isOff = { [NO_SPONSOR]: { severity: 'off', options: {} } } as const;
  const isOn = { [NO_SPONSOR]: { severity: 'high', options: {} } } as const;

  test('were not judged by a rule that is off for some of them only', async () => {
    expect(await skipped([{ match: { environment: ['sandbox'] }, rules: isOff }])).toEqual(unread);
  });

  test('were not judged by a rule that may be on for some of them', async () => {
    expect(await skipped([{ match: { environment: ['sandbox'] }, rules: isOn }], { rules: isOff })).toEqual(
      unread,
    );
  });

  test('are none of the business of a rule that is off for all of them', async () => {
    const none = { rule: NO_SPONSOR, status: 'skipped', reason: 'not-applicable' };
    expect(await skipped([], { rules: isOff })).toEqual(none);
    expect(await skipped([{ match: { tenant: [TENANT] }, rules: isOff }])).toEqual(none);
    expect(await skipped([{ match: { path: ['**'] }, rules: isOn }], { rules: isOff })).toEqual(none);
    expect(await skipped([{ match: { tenant: [guid(1)] }, rules: isOn }], { rules: isOff })).toEqual(none);
  });
});
