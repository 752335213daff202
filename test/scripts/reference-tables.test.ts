import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const FOLDER = new URL('../../policies/data/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as unknown;
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

type Kind = 'application' | 'delegated';
type Entry = {
  readonly kind: Kind;
  readonly blocked: boolean;
  readonly enabled: boolean;
  readonly published: boolean;
  readonly reach: string;
  readonly reasons: readonly string[];
};
type Permissions = {
  readonly records: readonly Entry[];
  readonly names: { readonly [name: string]: readonly [number | null, number | null] };
  readonly list: readonly string[];
  readonly application: { readonly [id: string]: number };
  readonly delegated: { readonly [id: string]: number };
  readonly nouns: { readonly [word: string]: string };
  readonly reach: { readonly [key: string]: string };
  readonly narrower: { readonly [key: string]: string };
  readonly reasons: { readonly [code: string]: string };
};

const table = read('graph-permissions.json') as Permissions;
const column = { application: 0, delegated: 1 } as const;
const entryOf = (kind: Kind, name: string) => table.records[table.names[name]?.[column[kind]] ?? -1];
const all = table.list.flatMap((name) =>
  (['application', 'delegated'] as const).flatMap((kind) => {
    const entry = entryOf(kind, name);
    return entry === undefined ? [] : [{ key: `${kind}/${name}`, name, entry }];
  }),
);

describe('every reference table', () => {
  test.each(files)('%s tells its source and date', (name) => {
    expect(read(name)).toEqual(
      expect.objectContaining({
        source: expect.anything() as unknown,
        date: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as unknown,
      }),
    );
  });

  test.each(files)('%s has lower-case GUIDs', (name) => {
    const ids = JSON.stringify(read(name)).match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi) ?? [];
    expect(ids.filter((id) => id !== id.toLowerCase())).toEqual([]);
  });

  test('is small: together less than 300 KB are read into the engine', () => {
    const bytes = files.map((name) => JSON.stringify(read(name)).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
  });
});

describe('the table of Graph permissions', () => {
  test('an id leads to a permission of its kind', () => {
    const wrong = (['application', 'delegated'] as const).flatMap((kind) =>
      Object.entries(table[kind]).filter(([, place]) => {
        const entry = entryOf(kind, table.list[place] ?? '');
        return entry?.kind !== kind || !entry.published;
      }),
    );
    expect(wrong).toEqual([]);
    expect(Object.keys(table.application).length + Object.keys(table.delegated).length).toBe(
      all.filter(({ entry }) => entry.published).length,
    );
  });

  test('every permission has a phrase for whose data it reaches', () => {
    const phrases = all.map(
      ({ key, name, entry }) =>
        table.reach[key] ?? entry.reach.replaceAll('{}', table.nouns[name.split('.')[0] ?? ''] ?? '{}'),
    );
    expect(
      phrases.filter((phrase) => phrase.includes('{') || /^[A-Z](?![A-Za-z]+:)|[.]$|\s\s/.test(phrase)),
    ).toEqual([]);
  });

  test('every reason has a phrase', () => {
    expect(
      table.records.flatMap(({ reasons }) => reasons).filter((code) => !(code in table.reasons)),
    ).toEqual([]);
  });

  test('no advice names a permission that does not exist, is switched off or is blocked for agents', () => {
    const wrong = Object.entries(table.narrower).flatMap(([key, text]) => {
      const names = [...text.matchAll(/(the delegated )?\b([A-Za-z]+(?:-[A-Za-z]+)?(?:\.[A-Za-z]+)+)/g)];
      const named = names.map(([, delegated, name = '']) =>
        entryOf(delegated === undefined ? (key.split('/')[0] as Kind) : 'delegated', name),
      );
      return named.length > 0 && named.every((entry) => entry?.enabled === true && !entry.blocked)
        ? []
        : [`${key}: ${text}`];
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    [
      'application',
      'e2a3a72e-5f79-4c64-b1b1-878b674786c9',
      'Mail.ReadWrite',
      'every mailbox in the tenant',
      'Mail.Read, with an Exchange application RBAC scope for the mailboxes it needs',
    ],
    [
      'application',
      '9492366f-7969-46a4-8d15-ed1a20078fff',
      'Sites.ReadWrite.All',
      'every SharePoint site in the tenant',
      'Sites.Selected',
    ],
    [
      'application',
      '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
      'Directory.ReadWrite.All',
      'the whole directory',
      'User.Read.All, Group.Read.All or Application.Read.All, for the data it really needs',
    ],
    [
      'delegated',
      '024d486e-b451-40bb-833d-3e66d98c5c73',
      'Mail.ReadWrite',
      "the signed-in user's mailbox",
      'Mail.Read',
    ],
  ] as const)('tells about %s %s', (kind, id, name, reach, narrower) => {
    const key = `${kind}/${name}`;
    expect([table.list[table[kind][id] ?? -1], table.reach[key], table.narrower[key]]).toEqual([
      name,
      reach,
      narrower,
    ]);
  });
});

describe('the table of token exchange', () => {
  const {
    audiences,
    clouds,
    login_hosts: hosts,
  } = read('token-exchange.json') as {
    audiences: { [audience: string]: string };
    clouds: { [cloud: string]: { audience: string; login_hosts: { [host: string]: true } } };
    login_hosts: { [host: string]: string };
  };

  test('says the same of a cloud in each of its maps', () => {
    expect(audiences).toEqual(
      Object.fromEntries(Object.entries(clouds).map(([cloud, { audience }]) => [audience, cloud])),
    );
    expect(hosts).toEqual(
      Object.fromEntries(
        Object.entries(clouds).flatMap(([cloud, value]) =>
          Object.keys(value.login_hosts).map((host) => [host, cloud]),
        ),
      ),
    );
  });
});

test('every limit has a source', () => {
  const { limits, sources } = read('limits.json') as { limits: object; sources: object };
  expect(Object.keys(sources)).toEqual(Object.keys(limits));
});

describe('the table of placeholders', () => {
  type Placeholders = {
    readonly [map in 'names' | 'words' | 'domains']: object;
  } & {
    readonly prefixes: { readonly [first: string]: readonly string[] };
    readonly wrappers: { readonly [first: string]: readonly { readonly open: string }[] };
  };
  const { names, words, domains, prefixes, wrappers } = read('placeholders.json') as Placeholders;

  test('is written as rules compare it, in lower case', () => {
    const keys = [names, words, domains].flatMap((map) => Object.keys(map));
    const texts = [...keys, ...Object.values(prefixes).flat()];
    expect(texts.filter((text) => text !== text.toLowerCase())).toEqual([]);
  });

  test('has every beginning under its first character', () => {
    const starts = [
      ...Object.entries(prefixes).flatMap(([first, texts]) => texts.map((text) => [first, text] as const)),
      ...Object.entries(wrappers).flatMap(([first, all]) => all.map(({ open }) => [first, open] as const)),
    ];
    expect(starts.filter(([first, text]) => first !== [...text][0])).toEqual([]);
  });
});

test('the calendar has the beginnings of its months', () => {
  const { months } = read('calendar.json') as { months: { readonly [month: string]: number } };
  expect(
    Object.entries(months).filter(([month, second]) => Date.parse(`${month}-01T00:00:00Z`) !== second * 1000),
  ).toEqual([]);
  expect(Object.keys(months).length).toBeGreaterThan(0);
});
