import { describe, expect, test } from 'vitest';
import { applyFlags, type ConfigFlags } from '../../src/config/flags.ts';
import { RULES, config } from './fixtures.ts';

function applied(flags: ConfigFlags) {
  const result = applyFlags(
    config({ sources: { '/failOn': 'c.yaml:2:1', '/exclude': 'c.yaml:3:1' } }),
    flags,
    RULES,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.config;
}

function refused(flags: ConfigFlags) {
  const result = applyFlags(config(), flags, RULES);
  return result.ok ? [] : result.problems;
}

describe('flags', () => {
  test('no flag changes nothing', () => {
    expect(applied({})).toEqual(config({ sources: { '/failOn': 'c.yaml:2:1', '/exclude': 'c.yaml:3:1' } }));
  });

  test('each value is set with its source, and what is not said stays', () => {
    const flags: ConfigFlags = {
      failOn: { value: 'low', source: 'AGENTID_LINT_FAIL_ON' },
      as: { value: 'blueprint', source: '--as' },
      relationships: { value: 'elsewhere', source: '--relationships' },
    };
    expect(applied(flags)).toEqual(
      config({
        failOn: 'low',
        flags: { failOn: 'low', as: 'blueprint', relationships: 'elsewhere' },
        sources: {
          '/failOn': 'AGENTID_LINT_FAIL_ON',
          '/exclude': 'c.yaml:3:1',
          '/flags/as': '--as',
          '/flags/relationships': '--relationships',
        },
      }),
    );
  });

  test.each([
    ['credentials/*', ['credentials/client-secret', 'credentials/secret-lifetime']],
    ['credentials', ['credentials/client-secret', 'credentials/secret-lifetime']],
    ['**', RULES.map(({ id }) => id)],
    ['*/{no-owner,client-secret}', ['accountability/no-owner', 'credentials/client-secret']],
    ['accountability/ownerless', ['accountability/no-owner']],
  ])('--rule %s names the rules in catalogue order', (pattern, ids) => {
    expect(applied({ rule: { value: [pattern], source: '--rule' } }).flags).toEqual({ rule: ids });
  });

  test('several patterns add up', () => {
    const { flags, sources } = applied({
      skipRule: { value: ['credentials/client-secret', 'accountability/*'], source: '--skip-rule' },
    });
    expect(flags.skipRule).toEqual([
      'accountability/no-owner',
      'accountability/single-sponsor',
      'credentials/client-secret',
    ]);
    expect(sources['/flags/skipRule']).toBe('--skip-rule');
  });

  test('an empty list of patterns is no flag', () => {
    expect(applied({ rule: { value: [], source: '--rule' } }).flags).toEqual({});
  });
});

describe('mistakes', () => {
  test.each([
    ['credentials/client-secrt', 'Did you mean "credentials/client-secret"?'],
    ['credentails/*', 'Did you mean "credentials/*"?'],
    ['sponsors', '"agentid-lint rules list" shows every rule.'],
  ])('a pattern that names no rule: %s', (pattern, hint) => {
    expect(refused({ rule: { value: ['credentials/*', pattern], source: '--rule' } })).toEqual([
      {
        code: 'flag-unknown-rule',
        message: `--rule: the pattern "${pattern}" names no rule.`,
        hint,
        uri: null,
        range: null,
      },
    ]);
  });

  test('a pattern that is none, and every mistake at once', () => {
    const flags: ConfigFlags = {
      rule: { value: ['{a'], source: '--rule' },
      skipRule: { value: ['x'.repeat(600)], source: 'AGENTID_LINT_SKIP_RULE' },
    };
    expect(refused(flags).map(({ code, message, hint }) => [code, message.slice(0, 30), hint])).toEqual([
      ['flag-invalid-glob', '--rule: the pattern "{a" has a', 'Write [{] or [}] for the character itself.'],
      ['flag-invalid-glob', 'AGENTID_LINT_SKIP_RULE: the pa', 'Use *, **, ?, [a-z] and {a,b} only.'],
    ]);
  });
});
