import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { lintFiles, type LintFilesOptions } from '../support/lint-files.ts';
import { blueprint, type Blueprint } from './blueprints.ts';

const MARKED = { kind: 'agentIdentityBlueprint' };

async function fingerprints(
  text: string,
  file = 'a.blueprint.json',
  options: LintFilesOptions = {},
): Promise<readonly string[]> {
  const report = await lintFiles({ [file]: text }, options);
  expect(report.problems).toEqual([]);
  expect(report.ledger.resources.judged).toBe(1);
  const all = report.findings.map(({ fingerprint }) => fingerprint);
  expect(new Set(all).size).toBe(all.length);
  return all.toSorted();
}

function json(value: unknown, space?: number | string): string {
  return JSON.stringify(value, null, space);
}

/** The same with all keys and lists turned round. */
function turned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(turned).reverse();
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, turned(entry)]),
  );
}

/** Ways to write a blueprint down anew that leave it what it is. */
const REWRITTEN: Readonly<Record<string, (value: Blueprint) => readonly [text: string, file: string]>> = {
  'on one line': (value) => [json(value), 'a.blueprint.json'],
  'with tabs and CRLF': (value) => [
    `\r\n${json(value, '\t').replaceAll('\n', '\r\n')}\r\n`,
    'a.blueprint.json',
  ],
  'with its keys and lists in another order': (value) => [json(turned(value), 2), 'a.blueprint.json'],
  'in YAML': (value) => [stringify(value, { aliasDuplicateObjects: false }), 'a.blueprint.yaml'],
  'in YAML with quotes and a comment': (value) => [
    `# a comment\n\n${stringify(value, { aliasDuplicateObjects: false, defaultStringType: 'QUOTE_DOUBLE' })}`,
    'a.blueprint.yml',
  ],
  'in another folder under another name': (value) => [json(value, 2), 'x/y/other.blueprint.json'],
  'with its id in upper case': (value) => [
    json({ ...value, appId: String(value['appId']).toUpperCase() }, 2),
    'a.blueprint.json',
  ],
};

describe('fingerprints stay when a blueprint is written down', () => {
  test.each(Object.entries(REWRITTEN))('%s', async (_, rewrite) => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(blueprint, async (values) => {
        const value = { ...MARKED, ...values };
        const before = await fingerprints(json(value, 2));
        found += before.length;
        expect(await fingerprints(...rewrite(value))).toEqual(before);
      }),
      { seed: 1, numRuns: 6 },
    );
    expect(found).toBeGreaterThan(6);
  });
});

describe('fingerprints of what stays wrong stay', () => {
  const value = {
    ...MARKED,
    displayName: 'lf-invoice-prd',
    appId: '11111111-2222-4333-8444-555555555555',
    passwordCredentials: [
      { displayName: 'ci', endDateTime: '2029-01-01T00:00:00Z' },
      { displayName: 'local', endDateTime: '2029-01-01T00:00:00Z' },
    ],
  };
  const later = { now: '2027-02-03T04:05:06Z' };

  test('on another day, and with other severities', async () => {
    const before = await fingerprints(json(value));
    const days = await fingerprints(json(value), 'a.blueprint.json', later);
    expect(days).toEqual(before);
    expect(await fingerprints(json(value), 'a.blueprint.json', { failOn: 'info' })).toEqual(before);
  });

  test('when something else is mended', async () => {
    const before = await fingerprints(json(value));
    const mended = await fingerprints(
      json({ ...value, description: 'Sends invoices.', sponsors: ['a@contoso.com', 'b@contoso.com'] }),
    );
    expect(mended.length).toBeLessThan(before.length);
    expect(mended.filter((one) => !before.includes(one))).toEqual([]);
  });

  test('but not when the value at fault is another, or the resource', async () => {
    const before = await fingerprints(json({ ...value, signInAudience: 'AzureADMultipleOrgs' }));
    const audience = await fingerprints(
      json({ ...value, signInAudience: 'AzureADandPersonalMicrosoftAccount' }),
    );
    expect(audience).not.toEqual(before);
    const other = await fingerprints(json({ ...value, appId: '99999999-2222-4333-8444-555555555555' }));
    expect(other.filter((one) => before.includes(one))).toEqual([]);
  });
});
