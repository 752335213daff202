import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Path } from '../../src/documents/pointer.ts';
import { loadExamples } from '../../src/policy/bundle.ts';
import { builtInRules } from '../../src/rules.ts';
import { readArchive, writeArchive, type BundleFileName } from '../../src/sources/archive.ts';
import { contentDigest, type BundleContent } from '../../src/sources/bundle-content.ts';
import { readBundleFile, writeBundleFile } from '../../src/sources/bundle-file.ts';
import { verifyEntries } from '../../src/sources/signature.ts';
import { isObject } from '../../src/util/is-object.ts';
import { CONTENT, contentOf } from './bundles.ts';
import { keyFor, signingBy } from './keys.ts';

const PLACE = { source: { kind: 'bundle', name: './rules.tar.gz' }, uri: 'rules.tar.gz' } as const;
const REBUILD = 'Build it again with "agentid-lint rules build".';

async function written(content: BundleContent = CONTENT): Promise<Uint8Array<ArrayBuffer>> {
  const file = await writeBundleFile(content);
  if (!file.ok) throw new Error(file.problems.map(({ message }) => message).join('\n'));
  return file.bytes;
}

const good = await written();

type Files = Map<BundleFileName, Uint8Array<ArrayBuffer>>;

function filesOf(bytes: Uint8Array): Files {
  const archive = readArchive(bytes, null);
  if (!archive.ok) throw new Error('no archive');
  return new Map(archive.entries);
}

/** The good bundle with one file changed; `null` takes it out. */
function changed(name: BundleFileName, change: (text: string) => string | null): Uint8Array {
  const files = filesOf(good);
  const after = change(Buffer.from(files.get(name) ?? []).toString('latin1'));
  if (after === null) files.delete(name);
  else files.set(name, new Uint8Array(Buffer.from(after, 'latin1')));
  return writeArchive(files);
}

type Change = (value: unknown) => unknown;

/** The value with the part at a path changed; a part that becomes `undefined` is left out. */
function updated(value: unknown, path: Path, change: Change): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item: unknown, at) => (at === step ? updated(item, rest, change) : item));
  if (!isObject(value)) throw new Error(`nothing at ${path.join('/')}`);
  return { ...value, [step]: updated(value[step], rest, change) };
}

/** The good bundle with a part of its manifest changed. */
function withManifest(path: Path, change: Change): Uint8Array {
  return changed('.manifest', (text) => {
    const manifest: unknown = JSON.parse(Buffer.from(text, 'latin1').toString());
    return Buffer.from(JSON.stringify(updated(manifest, path, change))).toString('latin1');
  });
}

const OWN = ['metadata', 'agentid-lint'];
const RULES = [...OWN, 'catalogue', 'rules'];
const FIRST = 'accountability/blueprint-no-sponsor';
const EXAMPLE = [...OWN, 'examples', FIRST, 0];

const to =
  (value: unknown): Change =>
  () =>
    value;
const gone = to(undefined);
const reverse: Change = (list) => (list as unknown[]).toReversed();
const plus =
  (item: unknown): Change =>
  (list) => [...(list as unknown[]), item];
const without =
  (at: number): Change =>
  (list) =>
    (list as unknown[]).toSpliced(at, 1);

function messages(bytes: Uint8Array): unknown {
  const file = readBundleFile(bytes, PLACE);
  if (file.ok) return 'read';
  expect(file.problems.map(({ uri }) => uri)).toEqual(file.problems.map(() => 'rules.tar.gz'));
  return file.problems.map(({ code, message }) => `${code}: ${message}`);
}

describe('a bundle that is written', () => {
  test('is read as it was', () => {
    const file = readBundleFile(good, PLACE);
    if (!file.ok) throw new Error('not read');
    const { bundle, examples, builtWith, isSigned } = file;
    expect({
      ...bundle,
      examples,
      builtWith,
      isSigned,
      tables: JSON.parse(bundle.tables) as unknown,
    }).toEqual({
      source: PLACE.source,
      digest: contentDigest(CONTENT),
      wasm: CONTENT.wasm,
      catalogue: CONTENT.catalogue,
      examples: CONTENT.examples,
      tables: JSON.parse(CONTENT.tables) as unknown,
      builtWith: CONTENT.builtWith,
      isSigned: false,
    });
  });

  test('is an OPA bundle of three files', () => {
    const files = filesOf(good);
    expect([...files.keys()]).toEqual(['.manifest', 'data.json', 'policy.wasm']);
    const { metadata, ...manifest } = JSON.parse(Buffer.from(files.get('.manifest')!).toString()) as {
      metadata: object;
    };
    expect(manifest).toEqual({
      revision: contentDigest(CONTENT),
      roots: ['agentid'],
      wasm: CONTENT.entrypoints.toSorted().map((entrypoint) => ({ entrypoint, module: '/policy.wasm' })),
    });
    expect(Object.keys(metadata)).toEqual(['agentid-lint']);
    expect(Buffer.from(files.get('data.json')!).toString()).toBe(
      '{"agentid":{"tables":{"teams":{"a":"\\u2028é😀","b":[1,2.5]}}}}\n',
    );
  });

  test('has the same bytes whatever the order of keys, entrypoints and white space', async () => {
    const { catalogue, examples, entrypoints } = CONTENT;
    const turned = {
      ...CONTENT,
      catalogue: { rules: catalogue.rules.map((rule) => reversed(rule)), version: catalogue.version },
      examples: Object.fromEntries(
        Object.entries(examples).map(([id, all]) => [id, all.map((one) => reversed(one))]),
      ),
      tables: ' {"teams" : {"a":"\\u2028\\u00e9😀", "b":[ 1, 2.50 ]}}\n',
      entrypoints: entrypoints.toReversed(),
    } as const;
    expect(Buffer.from(await written(turned)).equals(good)).toBe(true);
  });

  test('leaves out what is not there', async () => {
    const [id = ''] = Object.keys(CONTENT.examples);
    const [example] = CONTENT.examples[id]!;
    const loose = { [id]: [{ ...example!, config: undefined, companions: undefined }] };
    const strict = { [id]: [example!] };
    const content = { ...CONTENT, examples: loose as unknown as BundleContent['examples'] };
    expect(Buffer.from(await written(content)).equals(await written({ ...CONTENT, examples: strict }))).toBe(
      true,
    );
  });

  test('all built-in rules with their examples and tables', async () => {
    const { wasm, catalogue, tables } = builtInRules();
    const { entrypoints } = contentOf(catalogue.rules.map(({ id }) => id));
    const content = {
      wasm,
      catalogue,
      examples: loadExamples(fileURLToPath(new URL('../../policies/bundle/', import.meta.url))),
      tables,
      entrypoints,
      builtWith: 'opa',
    };
    const file = readBundleFile(await written(content), PLACE);
    if (!file.ok) throw new Error(JSON.stringify(file.problems));
    expect(file.bundle.digest).toBe(contentDigest(content));
    expect(file.bundle.catalogue).toEqual(catalogue);
    expect(file.examples).toEqual(content.examples);
    expect(Buffer.from(file.bundle.wasm).equals(wasm)).toBe(true);
    expect(JSON.parse(file.bundle.tables)).toEqual(JSON.parse(tables));
  });

  test('is signed when there is a key', async () => {
    const file = await writeBundleFile(CONTENT, signingBy('ES256'));
    if (!file.ok) throw new Error('not written');
    const read = readBundleFile(file.bytes, PLACE);
    if (!read.ok) throw new Error('not read');
    expect([read.isSigned, read.bundle.digest]).toEqual([true, contentDigest(CONTENT)]);
    expect(await verifyEntries(read.entries, [keyFor('ES256')], PLACE)).toEqual({ ok: true, keyId: 'acme' });
  });

  test('is not written when it could not be read or signed', async () => {
    const long = JSON.stringify({ long: 'x'.repeat(4 * 1024 * 1024) });
    const refusals = [
      await writeBundleFile({ ...CONTENT, builtWith: '' }),
      await writeBundleFile({ ...CONTENT, tables: long }),
      await writeBundleFile(CONTENT, signingBy('RS256', { key: 'x' })),
    ];
    expect(
      refusals.map((file) =>
        file.ok ? [] : file.problems.map(({ code, message, uri }) => [code, message, uri]),
      ),
    ).toEqual([
      [
        [
          'bundle-content',
          '.manifest: metadata.agentid-lint.builtWith: must have 1 to 300 characters.',
          null,
        ],
      ],
      [['bundle-too-large', 'data.json has more than 4 MiB.', null]],
      [['bundle-key-unusable', 'The signing key is no private key in PEM without a passphrase.', null]],
    ]);
  });
});

function reversed<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).reverse()) as T;
}

describe('P15 a bundle with something missing or wrong is refused', () => {
  test.each([
    ['.manifest', 'The bundle has no .manifest.'],
    ['data.json', 'The bundle has no data.json.'],
    ['policy.wasm', 'The bundle has no policy.wasm.'],
  ] as const)('without %s', (name, message) => {
    expect(messages(changed(name, () => null))).toEqual([`bundle-entry-missing: ${message}`]);
  });

  test('without anything', () => {
    expect(messages(writeArchive(new Map()))).toEqual([
      'bundle-entry-missing: The bundle has no .manifest and no data.json and no policy.wasm.',
    ]);
  });

  test('archives are those of the archive reader', () => {
    expect(messages(Buffer.from('x'))).toEqual(['bundle-not-gzip: The file is no gzip archive.']);
    expect(messages(good.subarray(0, -1))).toEqual([
      'bundle-damaged: The archive is damaged: it is cut off.',
    ]);
  });

  test.each([
    ['.manifest', '{', '.manifest cannot be read: line 1, column 2: The file ends in the middle of a value.'],
    [
      '.manifest',
      '{"a":1,"a":2}',
      '.manifest cannot be read: line 1, column 8: The key "a" stands here a second time.',
    ],
    ['data.json', '\xff', 'data.json cannot be read: it is not UTF-8 text.'],
    [
      'data.json',
      '{"agentid":{"tables":{"a":9007199254740993}}}',
      'data.json cannot be read: line 1, column 27: The number cannot be represented exactly.',
    ],
    [
      'data.json',
      '['.repeat(100_000),
      'data.json cannot be read: line 1, column 65: Nesting deeper than 64.',
    ],
  ] as const)('%s that is not exact JSON, case %#', (name, text, message) => {
    expect(messages(changed(name, () => text))).toEqual([`bundle-json: ${message}`]);
  });

  test.each([
    ['[]', 'the file: must be an object'],
    ['{}', 'agentid: is missing'],
    ['{"agentid":{"tables":{}},"x":1}', 'the file: has no fields but agentid'],
    ['{"agentid":{"tables":{},"options":{}}}', 'agentid: has no fields but tables'],
    ['{"agentid":{"tables":[]}}', 'agentid.tables: must be an object'],
    ['{"agentid":{"tables":{"A-b":1}}}', 'agentid.tables: every name must match ^[a-z][a-z0-9_]{0,100}$'],
    [
      '{"agentid":{"tables":{"__proto__":1}}}',
      'agentid.tables: every name must match ^[a-z][a-z0-9_]{0,100}$',
    ],
  ])('data.json that holds %s', (text, problem) => {
    expect(messages(changed('data.json', () => text))).toEqual([`bundle-content: data.json: ${problem}.`]);
  });

  test.each<[string, Path, Change, string]>([
    ['no roots', ['roots'], gone, 'roots: is missing'],
    ['other roots', ['roots'], plus('x'), 'roots: must be ["agentid"]'],
    ['another module', ['wasm', 0, 'module'], to('/x.wasm'), 'wasm[0].module: must be /policy.wasm'],
    ['annotations', ['wasm', 0, 'annotations'], to([]), 'wasm[0]: has no fields but entrypoint, module'],
    [
      'an entrypoint elsewhere',
      ['wasm', 0, 'entrypoint'],
      to('system/main'),
      'wasm[0].entrypoint: must match ^agentid\\/main\\/[a-z][a-z0-9_]*$',
    ],
    [
      'an entrypoint twice',
      ['wasm'],
      plus({ entrypoint: 'agentid/main/rule_1', module: '/policy.wasm' }),
      'wasm[4]: stands here a second time',
    ],
    [
      'a version of Rego',
      ['rego_version'],
      to(1),
      'the file: has no fields but revision, roots, wasm, metadata',
    ],
    ['metadata of others', ['metadata', 'acme'], to({}), 'metadata: has no fields but agentid-lint'],
    ['no metadata', ['metadata'], gone, 'metadata: is missing'],
    [
      'no digest',
      [...OWN, 'digest'],
      to('sha256:'),
      'metadata.agentid-lint.digest: must match ^sha256:[0-9a-f]{64}$',
    ],
    ['a version that is no number', [...OWN, 'version'], to('1'), 'metadata.agentid-lint.version: must be 1'],
    [
      'another catalogue',
      [...OWN, 'catalogue', 'version'],
      to(2),
      'metadata.agentid-lint.catalogue.version: must be 1',
    ],
    ['no rule', RULES, to([]), 'metadata.agentid-lint.catalogue.rules: must not be empty'],
    [
      'a rule that is none',
      [...RULES, 1],
      to('x'),
      'metadata.agentid-lint.catalogue.rules[1]: must be an object',
    ],
    ['a rule with a fault', [...RULES, 1, 'title'], gone, 'rule 2 of the catalogue: title: is missing'],
    ['rules in another order', RULES, reverse, `the rules do not stand in the order of their ids: ${FIRST}`],
    ['an alias that is taken', [...RULES, 1, 'aliases'], plus(FIRST), `two rules are called ${FIRST}`],
    ['an alias of itself', [...RULES, 0, 'aliases'], plus(FIRST), `two rules are called ${FIRST}`],
    [
      'a kind without an entrypoint',
      ['wasm'],
      without(0),
      'wasm: the entrypoint agentid/main/blueprint is missing',
    ],
    [
      'a rule without an entrypoint',
      ['wasm'],
      without(3),
      'wasm: the entrypoint agentid/main/rule_1 is missing',
    ],
    ['examples of no rule', [...OWN, 'examples', 'acme/x'], to([]), 'examples.acme/x: there is no such rule'],
    [
      'examples under no id',
      [...OWN, 'examples', 'x'],
      to([]),
      'metadata.agentid-lint.examples: every name must match ^[a-z0-9]+\\/[a-z0-9-]+$',
    ],
    [
      'an escape sequence',
      [...OWN, 'builtWith'],
      to('\u001b[2J'),
      'metadata.agentid-lint.builtWith: must not contain control characters',
    ],
  ])('a manifest with %s', (_, path, change, problem) => {
    expect(messages(withManifest(path, change))).toEqual([`bundle-content: .manifest: ${problem}.`]);
  });

  test.each<[string, unknown, string]>([
    ['file', '/etc/passwd.yaml', '.file: must match'],
    ['file', '../a.yaml', '.file: must match'],
    ['file', 'a/../../b.yaml', '.file: must match'],
    ['file', 'a\\b.yaml', '.file: must match'],
    ['file', 'a.sh', '.file: must match'],
    ['file', `${'a'.repeat(200)}.yaml`, '.file: must match'],
    ['expect', 'maybe', '.expect: must be pass or fail'],
    ['source', 1, '.source: must be a text'],
    ['source', 'x'.repeat(256 * 1024 + 1), '.source: must have at most 262144 characters'],
    ['config', [], '.config: must be an object'],
    ['companions', [{ file: '../b.yaml', source: '' }], '.companions[0].file: must match'],
    ['fixed', '', ': has no fields but name, expect, file, source, config, relationships, companions'],
  ])('an example with another %s, case %#', (field, value, problem) => {
    const start = `bundle-content: .manifest: metadata.agentid-lint.examples.${FIRST}[0]${problem}`;
    const [message = ''] = messages(withManifest([...EXAMPLE, field], to(value))) as string[];
    expect(message.slice(0, start.length)).toBe(start);
  });

  test('many problems are told only in part', () => {
    expect(messages(withManifest(RULES, to([{ id: 'a/a' }, { id: 'a/b' }])))).toHaveLength(10);
  });

  test.each(['', 'module', '\0asm', '\0asm\x02\0\0\0'])('a module that is %j', (text) => {
    expect(messages(changed('policy.wasm', () => text))).toEqual([
      'bundle-content: policy.wasm is no WebAssembly module.',
    ]);
  });

  test('a form that is not known yet', () => {
    const bytes = withManifest(OWN, (own) => ({ ...(own as object), version: 2, more: {} }));
    const file = readBundleFile(bytes, PLACE);
    expect(file.ok ? [] : file.problems).toEqual([
      {
        code: 'bundle-version',
        message: 'The bundle is of another version of agentid-lint.',
        hint: 'Build it again with this version, or use the version that built it.',
        uri: 'rules.tar.gz',
        range: null,
      },
    ]);
  });

  test('a signature that is none', () => {
    expect(messages(changed('.signatures.json', () => '{}'))).toEqual([
      'bundle-signature-malformed: .signatures.json cannot be read: it holds no list of signatures.',
    ]);
  });

  test('every problem says what to do', () => {
    const file = readBundleFile(
      changed('data.json', () => '{}'),
      PLACE,
    );
    expect(file.ok ? [] : file.problems.map(({ hint }) => hint)).toEqual([REBUILD]);
  });
});

describe('P16 a bundle whose content is not the one that its digest is of', () => {
  const MISMATCH = [
    'bundle-digest-mismatch: The content of the bundle has another digest than its manifest says.',
  ];

  test('a changed byte of the module', () => {
    for (let at = 8; at < CONTENT.wasm.length; at += 1) {
      const bytes = changed('policy.wasm', (text) => `${text.slice(0, at)}\x7f${text.slice(at + 1)}`);
      expect(messages(bytes)).toEqual(MISMATCH);
    }
  });

  test.each<[string, Uint8Array]>([
    ['a table', changed('data.json', (text) => text.replace('2.5', '2.6'))],
    ['a severity', withManifest([...RULES, 0, 'severity'], to('info'))],
    ['an example', withManifest([...OWN, 'examples'], to({}))],
    ['the digest', withManifest([...OWN, 'digest'], to(`sha256:${'0'.repeat(64)}`))],
    ['the revision', withManifest(['revision'], to(`sha256:${'0'.repeat(64)}`))],
  ])('%s', (_, bytes) => {
    expect(messages(bytes)).toEqual(MISMATCH);
  });

  test('JSON in another form is the same content', () => {
    expect(messages(changed('data.json', (text) => `\n${text.replaceAll(':', ' : ')}`))).toBe('read');
    expect(messages(withManifest(OWN, (own) => reversed(own as object)))).toBe('read');
  });
});

describe('a bundle that was damaged in any way', () => {
  const original = readBundleFile(good, PLACE);
  const files = filesOf(good);

  /** Nothing is thrown, and what is read is what was written. */
  function isRefusedOrSame(bytes: Uint8Array): void {
    const file = readBundleFile(bytes, PLACE);
    if (!file.ok) {
      expect(file.problems.length).toBeGreaterThan(0);
      return;
    }
    if (!original.ok) throw new Error('not read');
    const { bundle, examples } = file;
    expect({ bundle, examples }).toEqual({ bundle: original.bundle, examples: original.examples });
  }

  const place = fc.nat();
  const edit = fc.record({ place, remove: fc.nat(4), insert: fc.uint8Array({ maxLength: 4 }) });

  function edited(
    bytes: Uint8Array,
    edits: readonly { place: number; remove: number; insert: Uint8Array }[],
  ): Uint8Array<ArrayBuffer> {
    let now = new Uint8Array(bytes);
    for (const { place: at, remove, insert } of edits) {
      const start = at % (now.length + 1);
      now = new Uint8Array(Buffer.concat([now.subarray(0, start), insert, now.subarray(start + remove)]));
    }
    return now;
  }

  test('bytes of the file', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        isRefusedOrSame(edited(good, edits));
      }),
      { numRuns: 500 },
    );
  });

  test('bytes of one of its files, in a good archive', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...files.keys()),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (name, edits) => {
          const after = new Map(files).set(name, edited(files.get(name)!, edits));
          isRefusedOrSame(writeArchive(after));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('values in its manifest', () => {
    const manifest = Buffer.from(files.get('.manifest')!).toString();
    const tokens = [...manifest.matchAll(/"(?:[^"\\]|\\.)*"(?!:)|\d+|true|false|null/g)];
    fc.assert(
      fc.property(fc.constantFrom(...tokens), fc.jsonValue({ maxDepth: 2 }), (token, value) => {
        const after = `${manifest.slice(0, token.index)}${JSON.stringify(value)}${manifest.slice(token.index + token[0].length)}`;
        isRefusedOrSame(writeArchive(new Map(files).set('.manifest', new TextEncoder().encode(after))));
      }),
      { numRuns: 500 },
    );
  });
});
