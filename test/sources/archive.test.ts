import { readFileSync } from 'node:fs';
import { deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BUNDLE_FILES,
  readArchive,
  writeArchive,
  type BundleEntries,
  type BundleFileName,
} from '../../src/sources/archive.ts';
import { archiveOf, END, entriesOf, type Entry } from './archives.ts';

const FILES: readonly Entry[] = [
  { name: '/data.json', content: '{}' },
  { name: '/policy.wasm', content: 'module' },
  { name: '/.signatures.json', content: '{"signatures":[]}' },
  { name: '/.manifest', content: '{"revision":""}\n' },
];

function reading(bytes: Uint8Array): unknown {
  const archive = readArchive(bytes, 'rules.tar.gz');
  if (!archive.ok) return archive.problems.map(({ code, message, uri }) => `${uri}: ${code}: ${message}`);
  return Object.fromEntries(
    [...archive.entries].map(([name, content]) => [name, Buffer.from(content).toString()]),
  );
}

function refusal(code: string, message: string): readonly string[] {
  return [`rules.tar.gz: ${code}: ${message}`];
}

function entriesFrom(files: Readonly<Partial<Record<BundleFileName, Uint8Array>>>): BundleEntries {
  return new Map(
    BUNDLE_FILES.flatMap((name) => {
      const content = files[name];
      return content === undefined ? [] : [[name, new Uint8Array(content)] as const];
    }),
  );
}

const CONTENT = {
  'data.json': '{}',
  'policy.wasm': 'module',
  '.signatures.json': '{"signatures":[]}',
  '.manifest': '{"revision":""}\n',
};

describe('archives that are read', () => {
  test('P15 absolute names, as OPA writes them, are those of the four known files', () => {
    expect(reading(archiveOf(FILES))).toEqual(CONTENT);
  });

  test.each([
    ['relative names', (name: string) => name.slice(1)],
    ['names that begin with ./', (name: string) => `.${name}`],
  ])('%s', (_, rename) => {
    expect(reading(archiveOf(FILES.map((file) => ({ ...file, name: rename(file.name) }))))).toEqual(CONTENT);
  });

  test('the folder itself, which "tar czf bundle.tar.gz ." puts first', () => {
    expect(reading(archiveOf([{ name: './', flag: '5' }, ...FILES]))).toEqual(CONTENT);
  });

  test('headers of GNU tar, the oldest flag of a regular file, and sizes with other padding', () => {
    const gnu = FILES.map((file) => ({ ...file, magic: 'ustar  \0' }));
    expect(reading(archiveOf(gnu))).toEqual(CONTENT);
    expect(reading(archiveOf(FILES.map((file) => ({ ...file, flag: '\0' }))))).toEqual(CONTENT);
    expect(reading(archiveOf([{ name: '/data.json', content: '{}', size: '          2\0' }]))).toEqual({
      'data.json': '{}',
    });
    expect(reading(archiveOf([{ name: '/data.json', content: '{}', size: '00000000002 ' }]))).toEqual({
      'data.json': '{}',
    });
  });

  test('zeros that fill the archive up to a full record, and an archive of nothing', () => {
    expect(reading(gzipSync(Buffer.concat([entriesOf(FILES), Buffer.alloc(10_240)])))).toEqual(CONTENT);
    expect(reading(gzipSync(END))).toEqual({});
  });

  test('the file name that gzip stores', () => {
    const packed = archiveOf(FILES);
    const header = Buffer.from(packed.subarray(0, 10));
    header[3] = 8;
    expect(reading(Buffer.concat([header, Buffer.from('bundle.tar\0'), packed.subarray(10)]))).toEqual(
      CONTENT,
    );
  });

  test('files that end on a block, and empty ones', () => {
    const block = 'x'.repeat(1024);
    expect(reading(archiveOf([{ name: '/data.json', content: block }, { name: '/policy.wasm' }]))).toEqual({
      'data.json': block,
      'policy.wasm': '',
    });
  });
});

describe('P15 entries that no bundle has are refused by name', () => {
  test.each([
    ['/etc/x'],
    ['../x'],
    ['/../policy.wasm'],
    ['../policy.wasm'],
    ['//policy.wasm'],
    ['././policy.wasm'],
    ['/./policy.wasm'],
    ['x/policy.wasm'],
    ['/policy.wasm/'],
    ['policy.wasm '],
    ['POLICY.WASM'],
    ['policy.rego'],
    ['/patch.json'],
    ['C:\\policy.wasm'],
    ['.'],
    [''],
  ])('%j', (name) => {
    const message = `The archive holds "${name}", which is no file of a policy bundle.`;
    expect(reading(archiveOf([{ name, content: 'x' }]))).toEqual(refusal('bundle-entry-refused', message));
  });

  test('characters that no terminal should get, and names that fill their field', () => {
    expect(reading(archiveOf([{ name: '\x1b]0;x\x07\xff' }]))).toEqual(
      refusal(
        'bundle-entry-refused',
        'The archive holds "\\x1b]0;x\\x07\\xff", which is no file of a policy bundle.',
      ),
    );
    expect(reading(archiveOf([{ name: 'n'.repeat(100) }]))).toEqual(
      refusal(
        'bundle-entry-refused',
        `The archive holds "${'n'.repeat(60)}…", which is no file of a policy bundle.`,
      ),
    );
    expect(reading(archiveOf([{ name: 'policy.wasm', prefix: '/etc' }]))).toEqual(
      refusal(
        'bundle-entry-refused',
        'The archive holds "/etc/policy.wasm", which is no file of a policy bundle.',
      ),
    );
  });

  test.each([
    ['1', 'a hard link'],
    ['2', 'a symbolic link'],
    ['3', 'a character device'],
    ['4', 'a block device'],
    ['5', 'a folder'],
    ['6', 'a named pipe'],
    ['7', 'a contiguous file'],
    ['x', 'a pax header'],
    ['g', 'a pax header'],
    ['L', 'a GNU long name'],
    ['K', 'a GNU long link name'],
    ['S', 'a sparse file'],
    ['V', 'an entry of an unknown kind'],
    ['\xff', 'an entry of an unknown kind'],
  ])('type %j is %s, whatever its name', (flag, kind) => {
    for (const name of ['/policy.wasm', '././@LongLink', '/dev/zero']) {
      const message = `The archive holds "${name}", which is not a regular file but ${kind}.`;
      expect(reading(archiveOf([{ name, flag, link: '/etc/passwd' }]))).toEqual(
        refusal('bundle-entry-refused', message),
      );
    }
  });

  test('headers that would change the name or the size of the next entry', () => {
    const pax = {
      name: 'PaxHeaders/policy.wasm',
      flag: 'x',
      content: '18 path=/etc/passwd\n17 size=99999999\n',
    };
    expect(reading(archiveOf([pax, ...FILES]))).toEqual(
      refusal(
        'bundle-entry-refused',
        'The archive holds "PaxHeaders/policy.wasm", which is not a regular file but a pax header.',
      ),
    );
    const long = { name: '././@LongLink', flag: 'L', content: '/etc/passwd\0' };
    expect(reading(archiveOf([long, ...FILES]))).toEqual(
      refusal(
        'bundle-entry-refused',
        'The archive holds "././@LongLink", which is not a regular file but a GNU long name.',
      ),
    );
  });

  test.each(['/policy.wasm', 'policy.wasm', './policy.wasm'])(
    'the same file twice, the second time as %s',
    (name) => {
      expect(reading(archiveOf([...FILES, { name, content: 'other' }]))).toEqual(
        refusal('bundle-entry-refused', `The archive holds "${name}" twice.`),
      );
    },
  );

  test('10,000 entries, of which the second is not even looked at', () => {
    const folder = { name: './', flag: '5' };
    const many = Array.from({ length: 10_000 }, () => folder);
    expect(reading(archiveOf(many))).toEqual(
      refusal('bundle-entry-refused', 'The archive holds "./" twice.'),
    );
    const different = Array.from({ length: 10_000 }, (_, number) => ({ name: `/data/${number}.json` }));
    expect(reading(archiveOf(different))).toEqual(
      refusal(
        'bundle-entry-refused',
        'The archive holds "/data/0.json", which is no file of a policy bundle.',
      ),
    );
  });

  test('a folder that is not the archive itself, or that has a size', () => {
    expect(reading(archiveOf([{ name: '/', flag: '5' }]))).toEqual(
      refusal('bundle-entry-refused', 'The archive holds "/", which is not a regular file but a folder.'),
    );
    expect(reading(archiveOf([{ name: './', flag: '5', content: 'x' }]))).toEqual(
      refusal('bundle-entry-refused', 'The archive holds "./", which is not a regular file but a folder.'),
    );
  });
});

describe('P15 sizes', () => {
  test('200 MB out of 194 KB are refused before they are unpacked', () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1000 * 1000));
    expect(bomb.length).toBeLessThan(200_000);
    expect(reading(bomb)).toEqual(refusal('bundle-too-large', 'The unpacked bundle has more than 32 MiB.'));
  });

  test('a file that is larger than any bundle is not looked at', () => {
    expect(reading(Buffer.alloc(16 * 1024 * 1024 + 1, 0x1f))).toEqual(
      refusal('bundle-too-large', 'The bundle has more than 16 MiB.'),
    );
  });

  test('JSON of which a reader would need too much memory', () => {
    const content = ' '.repeat(4 * 1024 * 1024 + 1);
    expect(reading(archiveOf([{ name: '/data.json', content }]))).toEqual(
      refusal('bundle-too-large', 'data.json has more than 4 MiB.'),
    );
    expect(reading(archiveOf([{ name: '/policy.wasm', content }]))).toEqual({ 'policy.wasm': content });
  });

  test('a size beyond the end of the archive', () => {
    for (const size of ['77777777777\0', '00000003001\0']) {
      expect(reading(archiveOf([{ name: '/data.json', content: '{}', size }]))).toEqual(
        refusal(
          'bundle-damaged',
          'The archive is damaged: an entry says that it is larger than the archive.',
        ),
      );
    }
  });

  test('a size that hides the next entry, or leaves part of the content over', () => {
    expect(
      reading(archiveOf([{ name: '/data.json', content: 'x'.repeat(600), size: '00000000001\0' }])),
    ).toEqual(
      refusal('bundle-damaged', 'The archive is damaged: something is hidden after the end of an entry.'),
    );
    const hiding = { name: '/data.json', content: '', size: '00000002000\0' };
    expect(reading(archiveOf([hiding, { name: '/policy.wasm', content: 'x' }]))).toEqual({
      'data.json': entriesOf([{ name: '/policy.wasm', content: 'x' }]).toString(),
    });
  });

  test.each([
    '\x80\0\0\0\0\0\0\0\0\0\0\x02',
    '-0000000001\0',
    '0000000000x\0',
    '\0'.repeat(12),
    '          8\0',
    '2\0\0\0\0\x001\0\0\0\0\0',
  ])('the size %j is no number', (size) => {
    expect(reading(archiveOf([{ name: '/data.json', content: '{}', size }]))).toEqual(
      refusal('bundle-damaged', 'The archive is damaged: the size of an entry cannot be read.'),
    );
  });
});

describe('P15 damage', () => {
  const good = writeArchive(
    entriesFrom({ 'policy.wasm': Buffer.from('module'), 'data.json': Buffer.from('{}') }),
  );

  test.each([
    [1, 'the checksum of an entry is wrong'],
    [-1, 'the checksum of an entry is wrong'],
  ])('a checksum that is off by %d', (checksumOff, reason) => {
    expect(reading(archiveOf([{ name: '/data.json', checksumOff }]))).toEqual(
      refusal('bundle-damaged', `The archive is damaged: ${reason}.`),
    );
  });

  test('another format of archive, and bytes behind the end of a name', () => {
    expect(reading(archiveOf([{ name: '/data.json', magic: '\0'.repeat(8) }]))).toEqual(
      refusal('bundle-damaged', 'The archive is damaged: an entry is not in the format "ustar".'),
    );
    for (const entry of [{ name: '/data.json\0x' }, { name: '/data.json', prefix: '\0/etc' }]) {
      expect(reading(archiveOf([entry]))).toEqual(
        refusal('bundle-damaged', 'The archive is damaged: the name of an entry cannot be read.'),
      );
    }
  });

  test('something after the end of an entry or of the archive', () => {
    expect(reading(archiveOf([{ name: '/data.json', content: '{}', padding: 0x20 }]))).toEqual(
      refusal('bundle-damaged', 'The archive is damaged: something is hidden after the end of an entry.'),
    );
    for (const hidden of [entriesOf(FILES), Buffer.concat([entriesOf(FILES), END])]) {
      expect(reading(gzipSync(Buffer.concat([END, hidden])))).toEqual(
        refusal('bundle-damaged', 'The archive is damaged: something follows after its end.'),
      );
    }
  });

  test('an archive whose end is missing, in part or whole', () => {
    const tar = Buffer.concat([entriesOf(FILES), END]);
    const { length } = tar;
    for (const left of [0, 1, 511, length - 1024, length - 1000, length - 512, length - 1]) {
      expect(reading(gzipSync(tar.subarray(0, left)))).toEqual(
        refusal('bundle-damaged', 'The archive is damaged: it is cut off.'),
      );
    }
  });

  test('a bundle that is cut off at any byte', () => {
    const problems = new Set<string>();
    for (let left = 0; left < good.length; left += 1) {
      const cut = readArchive(good.subarray(0, left), null);
      problems.add(cut.ok ? 'read' : cut.problems.map(({ message }) => message).join());
    }
    expect([...problems]).toEqual([
      'The file is no gzip archive.',
      'The archive is damaged: its gzip header is not one that gzip or tar write.',
      'The archive is damaged: it is cut off.',
    ]);
  });

  test('garbage after the end, and several gzip members', () => {
    for (const rest of [Buffer.of(0), Buffer.from('garbage'), Buffer.alloc(512), good, gzipSync(END)]) {
      expect(reading(Buffer.concat([good, rest]))).toEqual(
        refusal('bundle-damaged', 'The archive is damaged: something follows after its end.'),
      );
    }
  });

  test.each([
    ['nothing', Buffer.of()],
    ['text', Buffer.from('policy')],
    ['a tar archive', Buffer.concat([entriesOf(FILES), END])],
    ['a zip archive', Buffer.from('PK\x03\x04')],
    ['deflate without a header', deflateRawSync(Buffer.concat([entriesOf(FILES), END]))],
    ['another method of compression', Buffer.of(0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 0)],
  ])('%s is no gzip archive', (_, bytes) => {
    expect(reading(bytes)).toEqual(refusal('bundle-not-gzip', 'The file is no gzip archive.'));
  });

  test('gzip headers that programs read in different ways', () => {
    const packed = archiveOf(FILES);
    for (const flags of [1, 2, 4, 16, 32, 128, 255]) {
      const odd = Buffer.from(packed);
      odd[3] = flags;
      expect(reading(odd)).toEqual(
        refusal(
          'bundle-damaged',
          'The archive is damaged: its gzip header is not one that gzip or tar write.',
        ),
      );
    }
  });

  test('a wrong checksum, a wrong size, and compressed data that is none', () => {
    for (const [at, reason] of [
      [-8, 'its checksum is wrong'],
      [-1, 'it says a wrong size'],
    ] as const) {
      const odd = Buffer.from(good);
      const place = odd.length + at;
      odd[place] = (odd[place] ?? 0) ^ 1;
      expect(reading(odd)).toEqual(refusal('bundle-damaged', `The archive is damaged: ${reason}.`));
    }
    const broken = Buffer.concat([good.subarray(0, 10), Buffer.alloc(20, 0xff)]);
    expect(reading(broken)).toEqual(
      refusal('bundle-damaged', 'The archive is damaged: its compressed data is broken.'),
    );
  });

  test('any change of any byte is noticed, or changes nothing that is read', () => {
    const before = readArchive(good, null);
    for (let at = 0; at < good.length; at += 1) {
      const odd = new Uint8Array(good);
      odd[at] = (odd[at] ?? 0) ^ 0x10;
      const after = readArchive(odd, null);
      if (after.ok) expect([at, after]).toEqual([at, before]);
    }
  });
});

/** What `expect` compares fast. */
function texts(entries: BundleEntries): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...entries].map(([name, content]) => [name, Buffer.from(content).toString('latin1')]),
  );
}

function texted(bytes: Uint8Array): unknown {
  const archive = readArchive(bytes, null);
  return archive.ok ? texts(archive.entries) : archive.problems;
}

describe('archives that are written', () => {
  const files = {
    'policy.wasm': Buffer.alloc(200_000, 'wasm'),
    '.manifest': Buffer.from('{}'),
    'data.json': Buffer.from('{"a":1}'),
  };

  test('the same files give the same bytes, in whatever order they come', () => {
    const entries = [...entriesFrom(files)];
    const bytes = writeArchive(new Map(entries));
    expect(Buffer.from(bytes).equals(writeArchive(new Map(entries.reverse())))).toBe(true);
    // No time, and no operating system.
    expect([...bytes.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  });

  test('names are sorted and absolute, and nothing tells of the machine or the moment', () => {
    const tar = gunzipSync(writeArchive(entriesFrom({ 'data.json': Buffer.from('{}') })));
    expect(tar.length).toBe(4 * 512);
    const header = tar.toString('latin1', 0, 512).replace(/\0+/g, ' ').trim();
    expect(header).toBe('/data.json 0000644 0000000 0000000 00000000002 00000000000 007620  0 ustar 00');
    const all = gunzipSync(writeArchive(entriesFrom(files))).toString('latin1');
    expect(all.match(/\/(?:\.manifest|data\.json|policy\.wasm)(?=\0)/g)).toEqual([
      '/.manifest',
      '/data.json',
      '/policy.wasm',
    ]);
  });

  test('whatever the content, it is read back', () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      fc.constantFrom(0, 65_535, 65_536, 131_070).map((length) => new Uint8Array(length).fill(7)),
    );
    fc.assert(
      fc.property(
        fc.record({ 'policy.wasm': content, 'data.json': content, '.manifest': content }),
        (some) => {
          const entries = entriesFrom(some);
          expect(texted(writeArchive(entries))).toEqual(texts(entries));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('compressed by gzip, it is read just as well', () => {
    const entries = entriesFrom(files);
    expect(texted(gzipSync(gunzipSync(writeArchive(entries))))).toEqual(texts(entries));
  });
});

test('P15 nothing is written to disk: what reads archives cannot', () => {
  for (const name of ['archive', 'gzip', 'tar', 'bundle-file', 'bundle-content', 'exact-json']) {
    const source = readFileSync(new URL(`../../src/sources/${name}.ts`, import.meta.url), 'utf8');
    expect(source.match(/from 'node:.*'/g)?.filter((module) => !/zlib|buffer/.test(module)) ?? []).toEqual(
      [],
    );
  }
});
