import { describe, expect, test } from 'vitest';
import { settingsFor } from '../../src/config/effective.ts';
import { RULES, at, config, override, ruleConfigs } from './fixtures.ts';

const SECRET = 'credentials/secret-lifetime';

/** What holds unless something says otherwise. */
const SUPPRESSIBLE = { waivable: true, allowInline: true };

describe('settings of a file', () => {
  test('without a config every rule has the settings of the catalogue', () => {
    expect(settingsFor(config(), RULES, at('a.yaml')).rules).toEqual({
      'accountability/no-owner': {
        severity: 'medium',
        severityInProduction: null,
        ...SUPPRESSIBLE,
        options: {},
      },
      'accountability/single-sponsor': {
        severity: 'info',
        severityInProduction: null,
        ...SUPPRESSIBLE,
        options: { minimum: 1 },
      },
      'credentials/client-secret': {
        severity: 'high',
        severityInProduction: null,
        ...SUPPRESSIBLE,
        options: {},
      },
      'credentials/secret-lifetime': {
        severity: 'medium',
        severityInProduction: null,
        ...SUPPRESSIBLE,
        options: { maxDays: 90, allow: [] },
      },
    });
  });

  test('the file wins over the catalogue, one setting at a time', () => {
    const rules = ruleConfigs({ [SECRET]: { severityInProduction: 'high', options: { maxDays: 30 } } });
    expect(settingsFor(config({ rules }), RULES, at('a.yaml')).rules[SECRET]).toEqual({
      severity: 'medium',
      severityInProduction: 'high',
      ...SUPPRESSIBLE,
      options: { maxDays: 30, allow: [] },
    });
  });

  test('overrides win over the file and later ones over earlier ones; lists are replaced', () => {
    const layered = config({
      rules: ruleConfigs({ [SECRET]: { severity: 'low', options: { maxDays: 30, allow: ['legacy'] } } }),
      overrides: [
        override('agents/**', { [SECRET]: { severity: 'off', options: { maxDays: 60 } } }),
        override('agents/prod/**', { [SECRET]: { severity: 'critical', options: { allow: ['partner'] } } }),
      ],
    });
    const of = (uri: string | null) => settingsFor(layered, RULES, at(uri)).rules[SECRET];
    expect(of(null)).toEqual({
      severity: 'low',
      severityInProduction: null,
      ...SUPPRESSIBLE,
      options: { maxDays: 30, allow: ['legacy'] },
    });
    expect(of('a.yaml')).toEqual(of(null));
    expect(of('agents/a.yaml')).toEqual({
      severity: 'off',
      severityInProduction: null,
      ...SUPPRESSIBLE,
      options: { maxDays: 60, allow: ['legacy'] },
    });
    expect(of('agents/prod/a.yaml')).toEqual({
      severity: 'critical',
      severityInProduction: null,
      ...SUPPRESSIBLE,
      options: { maxDays: 60, allow: ['partner'] },
    });
  });

  test('flags win over overrides', () => {
    const switchedOn = [
      override('**', {
        [SECRET]: { severity: 'critical' },
        'credentials/client-secret': { severity: 'low' },
      }),
    ];
    const severities = (flags: { rule?: string[]; skipRule?: string[] }) =>
      Object.values(settingsFor(config({ overrides: switchedOn, flags }), RULES, at('a.yaml')).rules).map(
        ({ severity }) => severity,
      );
    expect(severities({})).toEqual(['medium', 'info', 'low', 'critical']);
    expect(severities({ rule: [SECRET] })).toEqual(['off', 'off', 'off', 'critical']);
    expect(severities({ skipRule: [SECRET] })).toEqual(['medium', 'info', 'low', 'off']);
    expect(severities({ rule: [SECRET], skipRule: [SECRET] })).toEqual(['off', 'off', 'off', 'off']);
  });

  test('a flag does not switch on what the config has off', () => {
    const off = config({ rules: ruleConfigs({ [SECRET]: { severity: 'off' } }), flags: { rule: [SECRET] } });
    expect(settingsFor(off, RULES, at('a.yaml')).rules[SECRET]?.severity).toBe('off');
  });

  test('rules and options that the catalogue does not have are not in the settings', () => {
    const rules = ruleConfigs({
      'later/rule': { severity: 'high' },
      [SECRET]: { options: { later: 1, __proto__: null } },
    });
    const settings = settingsFor(config({ rules }), RULES, at(null));
    expect(Object.keys(settings.rules)).toEqual(RULES.map(({ id }) => id));
    expect(Object.keys(settings.rules[SECRET]?.options ?? {})).toEqual(['maxDays', 'allow']);
  });

  test('a catalogue rule named like an inherited property has its own settings', () => {
    const rule = {
      id: 'constructor',
      aliases: [],
      severity: 'high',
      options: { toString: { default: 'x' } },
    } as const;
    expect(settingsFor(config(), [rule], at(null)).rules).toEqual({
      constructor: {
        severity: 'high',
        severityInProduction: null,
        ...SUPPRESSIBLE,
        options: { toString: 'x' },
      },
    });
  });
});

describe('the key of settings', () => {
  const overrides = [
    override('a/**', { [SECRET]: { options: { maxDays: 30 } } }),
    override('b/**', { [SECRET]: { options: { maxDays: 30 } } }),
    override('c/**', { [SECRET]: { options: { maxDays: 31 } } }),
  ];
  const layered = config({ overrides });
  const keyOf = (uri: string) => settingsFor(layered, RULES, at(uri)).key;

  test('is equal for equal settings, whichever override gave them', () => {
    expect(keyOf('a/x.yaml')).toBe(keyOf('b/x.yaml'));
    expect(keyOf('a/x.yaml')).toMatch(/^[0-9a-f]{32}$/);
  });

  test('differs for different settings', () => {
    expect(new Set([keyOf('a/x.yaml'), keyOf('c/x.yaml'), keyOf('x.yaml')]).size).toBe(3);
  });

  test('does not depend on the order of rules or on the order of questions', () => {
    const again = config({ overrides });
    const reversed = RULES.toReversed();
    expect(settingsFor(again, reversed, at('c/x.yaml')).key).toBe(keyOf('c/x.yaml'));
    expect(settingsFor(again, reversed, at('a/x.yaml')).key).toBe(keyOf('a/x.yaml'));
  });

  test('files under the same overrides share one settings object', () => {
    expect(settingsFor(layered, RULES, at('a/x.yaml'))).toBe(
      settingsFor(layered, RULES, at('a/deep/y.yaml')),
    );
    expect(settingsFor(layered, RULES, at('a/x.yaml'))).not.toBe(
      settingsFor(config({ overrides }), RULES, at('a/x.yaml')),
    );
  });
});
