import { describe, expect, test } from 'vitest';
import { renderConfigText } from '../../src/cli/render-config.ts';
import { settingsFor } from '../../src/config/effective.ts';
import { applyFlags, type ConfigFlags } from '../../src/config/flags.ts';
import { describeConfig } from '../../src/config/print.ts';
import type { Config } from '../../src/config/config.ts';
import type { SettingsTarget } from '../../src/model/settings-target.ts';
import { RULES, about, at, config } from './fixtures.ts';
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
  return renderConfigText(describeConfig(base, RULES, about(uri)), { color: false });
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
exemptPrincipals: []                 # from default
waivers:
  file: null                         # from default
  maxDays: null                      # from default
  requireApprover: false             # from default
  warnBeforeDays: 14                 # from default
baseline: null                       # from default
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
      expect(settingsFor(second, RULES, at(uri))).toEqual(settingsFor(first, RULES, at(uri)));
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
      ['/exemptPrincipals', []],
      ['/waivers/file', null],
      ['/waivers/maxDays', null],
      ['/waivers/requireApprover', false],
      ['/waivers/warnBeforeDays', 14],
      ['/baseline', null],
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
exemptPrincipals: []                # from default
waivers:
  file: null                        # from default
  maxDays: null                     # from default
  requireApprover: false            # from default
  warnBeforeDays: 14                # from default
baseline: null                      # from default
overrides:
  - number: 1                       # from agentid-lint.config.yaml:11:14
    match:
      path: ["agents/sandbox/**"]   # from agentid-lint.config.yaml:11:14
  - number: 2                       # from agentid-lint.config.yaml:13:14
    match:
      path: ["agents/**"]           # from agentid-lint.config.yaml:13:14
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
    const entries = describeConfig(await loaded(CONFIG), RULES, about('agents/testdata/x.yaml'));
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
      about('x.json'),
    );
    expect(entries.slice(2, 4)).toEqual([
      { pointer: '/manifest/as', value: 'blueprint', source: '--as' },
      { pointer: '/manifest/relationships', value: 'declared', source: 'default' },
    ]);
    expect(describeConfig(config(), RULES, about('x.json'))[2]).toEqual({
      pointer: '/manifest/relationships',
      value: 'declared',
      source: 'default',
    });
  });

  test('says the same as the settings that rules are run with', async () => {
    const layered = await loaded(CONFIG);
    for (const uri of ['x.yaml', 'agents/x.yaml', 'agents/sandbox/x.yaml']) {
      const { rules } = settingsFor(layered, RULES, at(uri));
      for (const { pointer, value } of describeConfig(layered, RULES, about(uri))) {
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

describe('what holds for a resource', () => {
  const LAYERED = yaml(`tenants: { dev: { tenantId: 6f1c0a52-93c4-4d5e-9a0b-2f7d8b1e4c31 } }
exemptPrincipals:
  - { id: 0b6a7c1e-52d4-4f0a-8a3d-9d1f2c3b4a5e, reason: break glass }
waivers: { maxDays: 90, file: gov/waivers.yaml }
baseline: gov/baseline.ndjson
rules:
  accountability/no-owner: { waivable: false }
overrides:
  - match: { tenant: dev }
    failOn: critical
  - match: { environment: sandbox, blueprint: [bot] }
    rules: { ${SECRET}: off }
  - match: { path: "agents/**", environment: sandbox }
    rules: { ${SECRET}: { maxDays: 30 } }
`);
  const target = (parts: Partial<SettingsTarget>): SettingsTarget => ({ ...at(null), ...parts });

  test('without a path the output is still a config that says the same', async () => {
    const first = await loaded(LAYERED);
    const printed = text(first);
    const second = await loaded({ 'agentid-lint.config.yaml': printed });
    expect(text(second).replaceAll(/ +# from .*/g, '')).toBe(printed.replaceAll(/ +# from .*/g, ''));
    expect(second.overrides).toEqual(first.overrides);
    expect(second.exemptPrincipals.map(({ id, reason }) => [id, reason])).toEqual([
      ['0b6a7c1e-52d4-4f0a-8a3d-9d1f2c3b4a5e', 'break glass'],
    ]);
  });

  test('of a tenant it has the threshold of the tenant, and the overrides that apply', async () => {
    const question = {
      target: target({
        tenant: { id: '6f1c0a52-93c4-4d5e-9a0b-2f7d8b1e4c31', name: null },
        environments: ['sandbox'],
        blueprints: ['bot'],
      }),
      given: [{ key: 'environment', value: 'sandbox', source: '--environment' }],
      resources: [],
    };
    expect(renderConfigText(describeConfig(await loaded(LAYERED), RULES, question), { color: false }))
      .toMatchInlineSnapshot(`
      "environment: sandbox                            # from --environment
      failOn: critical                                # from override 1, agentid-lint.config.yaml:11:5
      production:
        environments: [production, prod]              # from default
        tags: [production, prod]                      # from default
      exemptPrincipals:
        - id: "0b6a7c1e-52d4-4f0a-8a3d-9d1f2c3b4a5e"  # from agentid-lint.config.yaml:4:7
          reason: "break glass"                       # from agentid-lint.config.yaml:4:49
      waivers:
        file: "./gov/waivers.yaml"                    # from agentid-lint.config.yaml:5:25
        maxDays: 90                                   # from agentid-lint.config.yaml:5:12
        requireApprover: false                        # from default
        warnBeforeDays: 14                            # from default
      baseline: "./gov/baseline.ndjson"               # from agentid-lint.config.yaml:6:1
      overrides:
        - number: 1                                   # from agentid-lint.config.yaml:10:14
          match:
            tenant: [dev]                             # from agentid-lint.config.yaml:10:14
        - number: 2                                   # from agentid-lint.config.yaml:12:14
          match:
            environment: [sandbox]                    # from agentid-lint.config.yaml:12:14
            blueprint: [bot]                          # from agentid-lint.config.yaml:12:36
      rules:
        sources: []                                   # from default
        builtIn: true                                 # from default
        accountability/no-owner:
          severity: medium                            # from default
          waivable: false                             # from agentid-lint.config.yaml:8:30
        accountability/single-sponsor:
          severity: info                              # from default
          minimum: 1                                  # from default
        credentials/client-secret:
          severity: high                              # from default
        credentials/secret-lifetime:
          severity: off                               # from override 2, agentid-lint.config.yaml:13:14
          maxDays: 90                                 # from default
          allow: []                                   # from default
      "
    `);
  });

  test('of a file whose resources differ it has what is different for each', async () => {
    const resources = [
      { name: 'blueprint/a', target: target({ uri: 'agents/a.yaml', environments: ['sandbox'] }) },
      {
        name: 'blueprint/b',
        target: target({ uri: 'agents/a.yaml', environments: ['sandbox'], blueprints: ['bot'] }),
      },
      { name: 'blueprint/c', target: target({ uri: 'agents/a.yaml' }) },
    ];
    const question = { target: at('agents/a.yaml'), given: [], resources };
    const entries = describeConfig(await loaded(LAYERED), RULES, question);
    const own = entries.filter(({ pointer }) => pointer.startsWith('/resources/'));
    const lines = own.map(
      ({ pointer, value, source }) =>
        `${pointer.slice('/resources/'.length)} ${JSON.stringify(value)} ${source}`,
    );
    expect(lines).toEqual([
      '0/name "blueprint/a" path',
      '0/overrides/0/number 3 agentid-lint.config.yaml:14:14',
      '0/overrides/0/match/path ["agents/**"] agentid-lint.config.yaml:14:14',
      '0/overrides/0/match/environment ["sandbox"] agentid-lint.config.yaml:14:33',
      '0/rules/credentials~1secret-lifetime/maxDays 30 override 3, agentid-lint.config.yaml:15:45',
      '1/name "blueprint/b" path',
      '1/overrides/0/number 2 agentid-lint.config.yaml:12:14',
      '1/overrides/0/match/environment ["sandbox"] agentid-lint.config.yaml:12:14',
      '1/overrides/0/match/blueprint ["bot"] agentid-lint.config.yaml:12:36',
      '1/overrides/1/number 3 agentid-lint.config.yaml:14:14',
      '1/overrides/1/match/path ["agents/**"] agentid-lint.config.yaml:14:14',
      '1/overrides/1/match/environment ["sandbox"] agentid-lint.config.yaml:14:33',
      '1/rules/credentials~1secret-lifetime/severity "off" override 2, agentid-lint.config.yaml:13:14',
      '1/rules/credentials~1secret-lifetime/maxDays 30 override 3, agentid-lint.config.yaml:15:45',
      '2/name "blueprint/c" path',
      '2/overrides [] default',
    ]);
  });

  test('of a file whose resources are alike it has what holds for them', async () => {
    const one = { name: 'blueprint/a', target: target({ uri: 'agents/a.yaml', environments: ['sandbox'] }) };
    const question = { target: at('agents/a.yaml'), given: [], resources: [one] };
    const entries = describeConfig(await loaded(LAYERED), RULES, question);
    expect(entries.filter(({ pointer }) => pointer.startsWith('/resources'))).toEqual([]);
    expect(
      entries.find(({ pointer }) => pointer.endsWith('/maxDays') && pointer.startsWith('/rules'))?.value,
    ).toBe(30);
  });
});
