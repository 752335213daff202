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

describe('fingerprints are another for what is new', () => {
  const base = { ...MARKED, displayName: 'lf-invoice-prd', appId: '11111111-2222-4333-8444-555555555555' };
  const GRAPH = '00000003-0000-0000-c000-000000000000';
  const STORAGE = 'e406a681-f3d4-42a8-90b6-c2b029497af1';
  const allowing = (resourceAppId: string) => ({
    resourceAppId,
    inheritableScopes: { kind: 'allAllowed' },
  });
  const plain = (resourceAppId: string) => ({ resourceAppId, inheritableScopes: { kind: 'none' } });
  const scope = (value: string) => ({
    id: `${value.repeat(8)}-2222-4333-8444-555555555555`,
    value,
    isEnabled: true,
    type: 'Admin',
  });
  const told = { adminConsentDisplayName: 'Use it', adminConsentDescription: 'Uses it for somebody.' };
  const secret = (keyId: string, endDateTime: string) => ({
    keyId,
    startDateTime: '2026-01-01T00:00:00Z',
    endDateTime,
  });

  /** One thing wrong, and another one in its stead: same rule, same resource. */
  const SWAPS: Readonly<Record<string, readonly [before: object, after: object, rule: string]>> = {
    'another entry allows everything': [
      { inheritablePermissions: [allowing(GRAPH), plain(STORAGE)] },
      { inheritablePermissions: [plain(GRAPH), allowing(STORAGE)] },
      'inheritance/all-allowed-sensitive',
    ],
    'another scope has no text for consent': [
      { api: { oauth2PermissionScopes: [scope('a'), { ...scope('b'), ...told }] } },
      { api: { oauth2PermissionScopes: [{ ...scope('a'), ...told }, scope('b')] } },
      'exposure/app-id-uri',
    ],
    'another secret lives as long': [
      { passwordCredentials: [secret('a', '2036-01-01T00:00:00Z'), secret('b', '2026-12-30T00:00:00Z')] },
      { passwordCredentials: [secret('a', '2026-12-30T00:00:00Z'), secret('b', '2036-01-01T00:00:00Z')] },
      'credentials/secret-lifetime',
    ],
  };

  test.each(Object.entries(SWAPS))('when %s', async (_, [before, after, rule]) => {
    const found = async (parts: object) => {
      const { findings } = await lintFiles({ 'a.blueprint.json': json({ ...base, ...parts }) });
      return findings.flatMap((each) => (each.rule === rule ? [each.fingerprint] : []));
    };
    const [old, now] = [await found(before), await found(after)];
    expect(now.length).toBeGreaterThan(0);
    expect(now.some((fingerprint) => !old.includes(fingerprint))).toBe(true);
    if (rule !== 'exposure/app-id-uri') expect(now.filter((one) => old.includes(one))).toEqual([]);
  });
});

describe('fingerprints of a file without ids', () => {
  const text = json({ ...MARKED, displayName: 'lf-invoice-prd' });

  test('are the same from a folder of the repository as from its root', async () => {
    const fromRoot = await fingerprints(text, 'agents/a.blueprint.json');
    expect(await fingerprints(text, 'a.blueprint.json', { base: 'agents' })).toEqual(fromRoot);
    expect(await fingerprints(text, 'a.blueprint.json')).not.toEqual(fromRoot);
  });

  test('stay when it gets another display name, but for what is said of that', async () => {
    const of = async (displayName: string) => {
      const { findings } = await lintFiles({ 'a.blueprint.json': json({ ...MARKED, displayName }) });
      return findings.flatMap(({ path, fingerprint }) => (path[0] === 'displayName' ? [] : [fingerprint]));
    };
    expect(await of('lf-payments-prd')).toEqual(await of('lf-invoice-prd'));
  });
});

test('a violation that takes the place of another one was not there before', async () => {
  let swapped = 0;
  await fc.assert(
    fc.asyncProperty(blueprint, blueprint, async (one, other) => {
      const found = async (values: Blueprint) =>
        (await lintFiles({ 'a.blueprint.json': json({ ...MARKED, ...values, appId: one['appId'] }) }))
          .findings;
      const [before, after] = [await found(one), await found(other)];
      const known = new Map(before.map((finding) => [finding.fingerprint, finding]));
      for (const { fingerprint, rule, path } of after) {
        const same = known.get(fingerprint);
        if (same === undefined) swapped += 1;
        else expect([same.rule, names(same.path)]).toEqual([rule, names(path)]);
      }
    }),
    { seed: 4, numRuns: 12 },
  );
  expect(swapped).toBeGreaterThan(12);
});

function names(path: readonly (string | number)[]): readonly string[] {
  return path.filter((step) => typeof step === 'string');
}
