import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settingsFor } from '../../src/config/effective.ts';
import { describeConfig } from '../../src/config/print.ts';
import { RULES, about, at } from './fixtures.ts';
import { loadIn, workspace } from './workspace.ts';

const SEED = `version: 1
extends: [strict, ./base.yaml]
manifests: [{ files: ["a/**", "b/{x,y}.json"], as: blueprint, relationships: elsewhere }]
exclude: ["**/testdata/**"]
production: { environments: [live], tags: [prod] }
failOn: high
rules:
  credentials/secret-lifetime: { severity: high, maxDays: 30, allow: [legacy] }
  accountability/ownerless: off
overrides:
  - match: { path: ["a/*", "[!b]?"] }
    rules: { credentials/client-secret: { severityInProduction: critical } }
`;

/** The seed with a few pieces cut out, doubled, or replaced by something a config never has. */
const damaged = fc
  .array(
    fc.record({
      at: fc.nat(SEED.length),
      cut: fc.nat(12),
      put: fc.constantFrom(
        '',
        ' ',
        '\n',
        '  ',
        ':',
        ': ',
        '-',
        '[',
        ']',
        '{',
        '}',
        '"',
        "'",
        '*',
        '&a',
        '!',
        '#',
        '..',
        '/',
        '1e999',
        'null',
        '__proto__',
        '\u0000',
        '\ud800',
        '- - -',
      ),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((edits) => {
    let text = SEED;
    for (const { at, cut, put } of edits) text = text.slice(0, at) + put + text.slice(at + cut);
    return text;
  });

test('however a config is damaged, it is refused with its problems or used whole', async () => {
  const cwd = workspace({ '.git/': '', 'base.yaml': 'version: 1\n' });
  await fc.assert(
    fc.asyncProperty(damaged, async (text) => {
      writeFileSync(join(cwd, 'agentid-lint.config.yaml'), text);
      const result = await loadIn(cwd);
      if (!result.ok) {
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { code, message } of result.problems)
          expect([code, message]).toEqual([expect.stringMatching(/^[a-z0-9-]+$/), expect.any(String)]);
        return;
      }
      const { config } = result;
      expect(Object.keys(settingsFor(config, RULES, at('a/x')).rules)).toHaveLength(RULES.length);
      expect(describeConfig(config, RULES, about('a/x')).every(({ source }) => source.length > 0)).toBe(true);
    }),
    { numRuns: 400 },
  );
});
