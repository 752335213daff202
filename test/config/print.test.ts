import { describe, expect, test } from 'vitest';
import { renderConfigText } from '../../src/cli/render-config.ts';
import { settingsFor } from '../../src/config/effective.ts';
import { applyFlags, type ConfigFlags } from '../../src/config/flags.ts';
import { describeConfig } from '../../src/config/print.ts';
import type { Config } from '../../src/config/config.ts';
import { RULES, config } from './fixtures.ts';
import { loaded, yaml } from './workspace.ts';

const SECRET = 'credentials/secret-lifetime';
const CONFIG = yaml(`extends: [strict]
failOn: medium
manifests:
  - { files: ["agents/**"], as: blueprint }
exclude: [vendor, "**/testdata/**"]
rules:
  ${SECRET}: { severityInProduction: critical, allow: [legacy] }
  accountability/no-owner: low
overrides:
  - match: { path: "agents/sandbox/**" }
    rules: { ${SECRET}: { severity: off }, accountability/single-sponsor: { minimum: 1 } }
  - match: { path: "agents/**" }
    rules: { accountability/no-owner: info }
`);

function flagged(base: Config, flags: ConfigFlags): Config {
  const result = applyFlags(base, flags, RULES);
  if (!result.ok) throw new Error('flags');
  return result.config;
}

function text(base: Config, uri: string | null = null): string {
  return renderConfigText(describeConfig(base, RULES, uri), { color: false });
}

describe('the config as a whole', () => {
  test('shows every value and where it came from', async () => {
    expect(text(await loaded(CONFIG)))
      .toBe(`version: 1                           # from agentid-lint.config.yaml:1:1
failOn: medium                       # from agentid-lint.config.yaml:3:1
manifests:
  - files: ["agents/**"]             # from agentid-lint.config.yaml:5:7
    as: blueprint                    # from agentid-lint.config.yaml:5:29
    relationships: declared          # from default
exclude: [vendor, "**/testdata/**"]  # from agentid-lint.config.yaml:6:1
production:
  environments: [production, prod]   # from default
  tags: [production, prod]           # from default
remoteRules:
  hosts: []                          # from default
  requireDigest: true                # from default
  requireSignature: true             # from default
  keys: []                           # from default
tenants: {}                          # from default
rules:
  sources: []                        # from default
  builtIn: true                      # from default
  accountability/no-owner:
    severity: low                    # from agentid-lint.config.yaml:9:3
  accountability/single-sponsor:
    severity: medium                 # from profile strict
    minimum: 2                       # from profile strict
  credentials/client-secret:
    severity: high                   # from default
  credentials/secret-lifetime:
    severity: high                   # from profile strict
    severityInProduction: critical   # from agentid-lint.config.yaml:8:34
    maxDays: 60                      # from profile strict
    allow: [legacy]                  # from agentid-lint.config.yaml:8:66
overrides:
  - match:
      path: ["agents/sandbox/**"]    # from agentid-lint.config.yaml:11:14
    rules:
      credentials/secret-lifetime:
        severity: off                # from agentid-lint.config.yaml:12:45
      accountability/single-sponsor:
        minimum: 1                   # from agentid-lint.config.yaml:12:95
  - match:
      path: ["agents/**"]            # from agentid-lint.config.yaml:13:14
    rules:
      accountability/no-owner:
        severity: info               # from agentid-lint.config.yaml:14:14
`);
  });

  test('is a config that says the same', async () => {
    const first = await loaded(CONFIG);
    const printed = text(first);
    const second = await loaded({ 'agentid-lint.config.yaml': printed });
    for (const uri of [null, 'x.yaml', 'agents/x.yaml', 'agents/sandbox/x.yaml']) {
      expect(settingsFor(second, RULES, uri)).toEqual(settingsFor(first, RULES, uri));
    }
    const { failOn, manifests, exclude, production, overrides } = first;
    expect(second).toMatchObject({ failOn, manifests, exclude, production, overrides });
  });

  test('without a config file everything is from default', () => {
    const entries = describeConfig(config(), RULES, null);
    expect(entries.map(({ source }) => source)).toEqual(entries.map(() => 'default'));
    expect(entries.map(({ pointer, value }) => [pointer, value])).toEqual([
      ['/version', 1],
      ['/failOn', 'high'],
      ['/manifests', []],
      ['/exclude', []],
      ['/production/environments', ['production', 'prod']],
      ['/production/tags', ['production', 'prod']],
      ['/remoteRules/hosts', []],
      ['/remoteRules/requireDigest', true],
      ['/remoteRules/requireSignature', true],
      ['/remoteRules/keys', []],
      ['/tenants', {}],
      ['/rules/sources', []],
      ['/rules/builtIn', true],
      ['/rules/accountability~1no-owner/severity', 'medium'],
      ['/rules/accountability~1single-sponsor/severity', 'info'],
      ['/rules/accountability~1single-sponsor/minimum', 1],
      ['/rules/credentials~1client-secret/severity', 'high'],
      ['/rules/credentials~1secret-lifetime/severity', 'medium'],
      ['/rules/credentials~1secret-lifetime/maxDays', 90],
      ['/rules/credentials~1secret-lifetime/allow', []],
    ]);
  });

  test('flags are sources too', async () => {
    const flags: ConfigFlags = {
      failOn: { value: 'low', source: 'AGENTID_LINT_FAIL_ON' },
      as: { value: 'agentUser', source: '--as' },
      relationships: { value: 'elsewhere', source: '--relationships' },
      rule: { value: ['credentials/*'], source: '--rule' },
      skipRule: { value: ['credentials/client-secret'], source: '--skip-rule' },
    };
    const sources = Object.fromEntries(
      describeConfig(flagged(await loaded(CONFIG), flags), RULES, null).map(({ pointer, value, source }) => [
        pointer,
        `${String(value)} ${source}`,
      ]),
    );
    expect(sources).toMatchObject({
      '/failOn': 'low AGENTID_LINT_FAIL_ON',
      '/manifests/0/as': 'agentUser --as',
      '/manifests/0/relationships': 'elsewhere --relationships',
      '/rules/accountability~1no-owner/severity': 'off --rule',
      '/rules/credentials~1client-secret/severity': 'off --skip-rule',
      '/rules/credentials~1secret-lifetime/severity': 'high profile strict',
    });
  });
});

describe('what holds for one file', () => {
  test('overrides are told by number and place', async () => {
    expect(text(await loaded(CONFIG), 'agents/sandbox/x.yaml'))
      .toBe(`file: agents/sandbox/x.yaml         # from path
excludedBy: null                    # from default
manifest:
  as: blueprint                     # from agentid-lint.config.yaml:5:29
  relationships: declared           # from default
failOn: medium                      # from agentid-lint.config.yaml:3:1
production:
  environments: [production, prod]  # from default
  tags: [production, prod]          # from default
rules:
  sources: []                       # from default
  builtIn: true                     # from default
  accountability/no-owner:
    severity: info                  # from override 2, agentid-lint.config.yaml:14:14
  accountability/single-sponsor:
    severity: medium                # from profile strict
    minimum: 1                      # from override 1, agentid-lint.config.yaml:12:95
  credentials/client-secret:
    severity: high                  # from default
  credentials/secret-lifetime:
    severity: off                   # from override 1, agentid-lint.config.yaml:12:45
    maxDays: 60                     # from profile strict
    allow: [legacy]                 # from agentid-lint.config.yaml:8:66
`);
  });

  test('a file that is left out is told with the pattern that does it', async () => {
    const entries = describeConfig(await loaded(CONFIG), RULES, 'agents/testdata/x.yaml');
    expect(entries.find(({ pointer }) => pointer === '/excludedBy')).toEqual({
      pointer: '/excludedBy',
      value: '**/testdata/**',
      source: 'agentid-lint.config.yaml:6:19',
    });
  });

  test('a file that no entry names has the flags and the defaults', () => {
    const entries = describeConfig(
      flagged(config(), { as: { value: 'blueprint', source: '--as' } }),
      RULES,
      'x.json',
    );
    expect(entries.slice(2, 4)).toEqual([
      { pointer: '/manifest/as', value: 'blueprint', source: '--as' },
      { pointer: '/manifest/relationships', value: 'declared', source: 'default' },
    ]);
    expect(describeConfig(config(), RULES, 'x.json')[2]).toEqual({
      pointer: '/manifest/relationships',
      value: 'declared',
      source: 'default',
    });
  });

  test('says the same as the settings that rules are run with', async () => {
    const layered = await loaded(CONFIG);
    for (const uri of ['x.yaml', 'agents/x.yaml', 'agents/sandbox/x.yaml']) {
      const { rules } = settingsFor(layered, RULES, uri);
      for (const { pointer, value } of describeConfig(layered, RULES, uri)) {
        const [, section, id, key = ''] = pointer.split('/').map((step) => step.replaceAll('~1', '/'));
        if (section !== 'rules' || id?.includes('/') !== true) continue;
        const rule = rules[id];
        expect(
          Object.hasOwn(rule?.options ?? {}, key) ? rule?.options[key] : rule?.[key as 'severity'],
        ).toEqual(value);
      }
    }
  });
});

describe('the text', () => {
  test('O01 O03 O04 nothing in it is live, and it is still YAML', () => {
    const hostile = [
      '\u001b[2J',
      'a\n::error::x',
      '##[add-mask]a',
      '\u202etxt',
      '# not a comment',
      'null',
      '1',
    ];
    const entries = [
      { pointer: '/exclude', value: hostile, source: 'a\n::error::b\u001b[0m.yaml:1:1' },
      { pointer: '/::stop-commands::x', value: 'y', source: 'default' },
    ];
    const rendered = renderConfigText(entries, { color: false });
    expect(rendered).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|##\[|^\s*::/m);
    expect(rendered.split('\n')).toHaveLength(2 + hostile.length + 1);
    expect(rendered).toContain('"\\u001b[2J"');
    expect(rendered).toContain('"null"');
    expect(rendered).toContain('"1"');
  });

  test('a long list has one item a line', () => {
    const items = Array.from({ length: 8 }, (_, place) => `folder-${place}/**`);
    const rendered = renderConfigText([{ pointer: '/exclude', value: items, source: 'x:1:1' }], {
      color: false,
    });
    expect(rendered).toBe(`exclude:  # from x:1:1\n${items.map((item) => `  - "${item}"\n`).join('')}`);
  });

  test('colour dims the comments and nothing else', () => {
    const entries = [{ pointer: '/failOn', value: 'high', source: 'default' }];
    expect(renderConfigText(entries, { color: true })).toBe(
      'failOn: high  \u001b[2m# from default\u001b[22m\n',
    );
    expect(renderConfigText([], { color: true })).toBe('');
  });
});
