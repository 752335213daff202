import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { SnapshotError } from '../../../src/tenant/snapshot/problem.ts';
import { openSnapshot } from '../../../src/tenant/snapshot/reader.ts';
import { STREAMS, type SnapshotHeader } from '../../../src/tenant/snapshot/types.ts';
import { isObject } from '../../../src/util/is-object.ts';
import { TAR_END_BYTES, tarHeaderOf, tarPadding } from '../../../src/util/tar.ts';
import { contentOf, filesIn, freshPath, record, removeFolders, written } from './snapshots.ts';

afterAll(removeFolders);

const AGENTS = ['a', 'b', 'c'].map((id) => record(id, { displayName: `agent ${id}` }));
const good = await written({ organization: [record('t', { displayName: 'T' })], agentIdentities: AGENTS });
const GOOD = readFileSync(good.path);

/** What is wrong with a snapshot: code and message, or `null`. */
async function faultIn(path: string): Promise<readonly [string, string] | null> {
  try {
    await contentOf(path);
    return null;
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    expect(error.hint).not.toBe('');
    return [error.code, error.message];
  }
}

async function faultOf(bytes: Uint8Array): Promise<readonly [string, string] | null> {
  const path = freshPath();
  writeFileSync(path, bytes);
  return faultIn(path);
}

type Files = Map<string, Buffer>;

/** The files in the good snapshot, streams packed. */
function packed(): Files {
  const files = filesIn(good.path);
  for (const [name, content] of files) if (name.endsWith('.gz')) files.set(name, gzipSync(content));
  return files;
}

function tarOf(files: Iterable<readonly [string, Buffer]>): Buffer {
  const blocks = [...files].flatMap(([name, content]) => [
    tarHeaderOf(name, content.length),
    content,
    tarPadding(content.length),
  ]);
  return Buffer.concat([...blocks, new Uint8Array(TAR_END_BYTES)]);
}

/** The good snapshot with some files changed; `null` takes one out. */
function changed(changes: { readonly [name: string]: Buffer | null }): Buffer {
  const files = packed();
  for (const [name, content] of Object.entries(changes))
    if (content === null) files.delete(name);
    else files.set(name, content);
  return tarOf(files);
}

function withHeader(change: (header: SnapshotHeader) => unknown): Buffer {
  return changed({ 'header.json': Buffer.from(JSON.stringify(change(good.header))) });
}

function without(header: SnapshotHeader, name: keyof SnapshotHeader): unknown {
  return Object.fromEntries(Object.entries(header).filter(([key]) => key !== name));
}

const AGENT_FILE = 'agentIdentities.ndjson.gz';

/** A snapshot whose agents are this text, with a header that fits unless it is changed. */
function withAgents(text: string | Buffer, change: object = {}): Buffer {
  const content = Buffer.from(text);
  const info = {
    name: 'agentIdentities',
    records: content.toString('latin1').split('\n').length - 1,
    bytes: content.length,
    digest: `sha256:${createHash('sha256').update(content).digest('hex')}`,
    replaced: { malformed: 0, secrets: 0 },
    ...change,
  };
  const streams = good.header.streams.map((each) => (each.name === 'agentIdentities' ? info : each));
  const header = Buffer.from(JSON.stringify({ ...good.header, streams }));
  return changed({ 'header.json': header, [AGENT_FILE]: gzipSync(content) });
}

const LINES = AGENTS.map((agent) => `${JSON.stringify(agent)}\n`).join('');

describe('a file that is no snapshot', () => {
  test('is told from one', async () => {
    const none = ['snapshot-not-a-snapshot', 'The file is not a snapshot.'];
    expect(await faultOf(Buffer.from(''))).toEqual(none);
    expect(await faultOf(Buffer.from('{"kind":"agentIdentityBlueprint"}'))).toEqual(none);
    expect(await faultOf(Buffer.alloc(4096))).toEqual(none);
    expect(await faultOf(gzipSync('x'))).toEqual(none);
    expect(await faultOf(tarOf([['data.json', Buffer.from('{}')]]))).toEqual(none);
    expect(await faultOf(tarOf([['header.json', Buffer.from('{}'.padEnd(1024))]]))).toEqual(none);
    expect(await faultOf(tarOf([['header.json', Buffer.from('null'.padEnd(1024))]]))).toEqual(none);
  });

  test('is named when it is missing, a folder or a pipe', async () => {
    const path = freshPath();
    expect(await faultIn(path)).toEqual(['snapshot-not-found', `There is no file ${path}.`]);
    mkdirSync(path);
    expect(await faultIn(path)).toEqual(['snapshot-not-a-snapshot', `${path} is not a file.`]);
    const pipe = `${path}.pipe`;
    execFileSync('mkfifo', [pipe]);
    expect(await faultIn(pipe)).toEqual(['snapshot-not-a-snapshot', `${pipe} is not a file.`]);
  });
});

describe('S10 a snapshot that is half-written', () => {
  test('is found out when it is opened, wherever it was cut off', async () => {
    const path = freshPath();
    const codes = new Set<string>();
    for (let length = 0; length < GOOD.length; length += length % 512 < 2 ? 1 : 127) {
      writeFileSync(path, GOOD.subarray(0, length));
      const opened = await openSnapshot(path).then(
        () => 'opened',
        (error: unknown) => (error instanceof SnapshotError ? error.code : 'thrown'),
      );
      codes.add(opened);
    }
    expect([...codes].sort()).toEqual(['snapshot-damaged', 'snapshot-not-a-snapshot']);
  });

  test('is found out when a part of the middle is missing', async () => {
    for (const at of [1, 512, 1000, 5000])
      expect((await faultOf(Buffer.concat([GOOD.subarray(0, at), GOOD.subarray(at + 512)])))?.[0]).toMatch(
        /^snapshot-(?:damaged|not-a-snapshot|invalid-header)$/,
      );
  });
});

test('every changed byte that matters is found out', async () => {
  const unnoticed: number[] = [];
  for (let at = 0; at < GOOD.length; at += 61) {
    const bytes = Buffer.from(GOOD);
    bytes[at] = (bytes[at] ?? 0) ^ 0x21;
    if ((await faultOf(bytes)) === null) unnoticed.push(at);
  }
  const headerEnd = 512 + (filesIn(good.path).get('header.json')?.length ?? 0);
  // Texts of the header have no digest of their own, and of gzip's headers only some fields say something.
  const inGzipHeader = (at: number): boolean => {
    const member = GOOD.lastIndexOf(Buffer.of(0x1f, 0x8b, 8), at);
    return member !== -1 && at - member < 10;
  };
  expect(unnoticed.filter((at) => at >= headerEnd && !inGzipHeader(at))).toEqual([]);
});

describe('the archive', () => {
  test('is read when tar made it anew', async () => {
    const files = [...packed()];
    expect(await faultOf(tarOf(files.map(([name, content]) => [`./${name}`, content])))).toBeNull();
    const [header, ...others] = files;
    if (header === undefined) throw new Error('no header');
    expect(await faultOf(tarOf([header, ...others.reverse()]))).toBeNull();
    expect(await faultOf(Buffer.concat([tarOf(files), new Uint8Array(8192)]))).toBeNull();
  });

  test('must hold every stream once, and nothing else', async () => {
    const damaged = (why: string) => ['snapshot-damaged', `The snapshot is damaged: ${why}.`];
    expect(await faultOf(changed({ [AGENT_FILE]: null }))).toEqual(damaged(`${AGENT_FILE} is missing in it`));
    expect(await faultOf(changed({ 'notes.txt': Buffer.from('x') }))).toEqual(
      damaged('it holds a file that no snapshot has'),
    );
    const files = [...packed()];
    expect(await faultOf(tarOf([...files, ...files.slice(-1)]))).toEqual(
      damaged(`it holds ${AGENT_FILE} twice`),
    );
    expect(await faultOf(Buffer.concat([tarOf(files), Buffer.alloc(512, 1)]))).toEqual(
      damaged('something follows after its end'),
    );
    expect(await faultOf(Buffer.concat([tarOf(files), Buffer.alloc(64 * 1024)]))).toEqual(
      damaged('something follows after its end'),
    );
    expect(await faultOf(tarOf(files.slice(1)))).toEqual([
      'snapshot-not-a-snapshot',
      'The file is not a snapshot.',
    ]);
  });
});

describe('the header', () => {
  test('of another version is named as such', async () => {
    const other = (version: string) => [
      'snapshot-other-version',
      `The snapshot has version ${version} of the format, and this version reads 1.`,
    ];
    expect(await faultOf(withHeader((header) => ({ ...header, version: 2, streams: 'new' })))).toEqual(
      other('2'),
    );
    expect(await faultOf(withHeader((header) => ({ ...header, version: 'x' })))).toEqual(other('unknown'));
    expect(await faultOf(withHeader((header) => without(header, 'version')))).toEqual(other('unknown'));
  });

  test('must have its form, and may have more', async () => {
    expect(await faultOf(withHeader((header) => ({ ...header, added: 1 })))).toBeNull();
    const invalid: readonly (readonly [(header: SnapshotHeader) => unknown, string])[] = [
      [(header) => without(header, 'tenant'), '/'],
      [(header) => ({ ...header, complete: 'yes' }), '/complete'],
      [(header) => ({ ...header, startedAt: 'today' }), '/startedAt'],
      [(header) => ({ ...header, tenant: { ...header.tenant, id: null } }), '/tenant/id'],
      [
        (header) => ({ ...header, collections: [{ ...header.collections[0], status: 'fine' }] }),
        '/collections/0/status',
      ],
      [(header) => ({ ...header, streams: header.streams.slice(1) }), '/streams'],
      [(header) => ({ ...header, streams: header.streams.toReversed() }), '/streams'],
      [
        (header) => ({ ...header, streams: header.streams.map((each) => ({ ...each, digest: 'sha256:x' })) }),
        '/streams/0/digest',
      ],
    ];
    for (const [change, place] of invalid)
      expect(await faultOf(withHeader(change))).toEqual([
        'snapshot-invalid-header',
        `The header of the snapshot does not have the form that it should have, at ${place}.`,
      ]);
  });
});

describe('a stream', () => {
  const differs = (why: string) => [
    'snapshot-digest-mismatch',
    `The content of agentIdentities is not the one that the header names: ${why}.`,
  ];

  test('that was made anew with a header that fits is read', async () => {
    expect(await faultOf(withAgents(LINES))).toBeNull();
    expect(await faultOf(withAgents(''))).toBeNull();
  });

  test('that the header does not fit is found out at its end', async () => {
    expect(await faultOf(withAgents(LINES, { digest: `sha256:${'0'.repeat(64)}` }))).toEqual(
      differs('the digest is another one'),
    );
    expect(await faultOf(withAgents(LINES, { records: 4 }))).toEqual(
      differs('it has 3 records instead of 4'),
    );
    expect(await faultOf(withAgents(LINES, { bytes: LINES.length + 1 }))).toEqual(
      differs(`it has ${LINES.length} bytes instead of ${LINES.length + 1}`),
    );
    expect(await faultOf(withAgents(LINES, { bytes: 10 }))).toEqual(differs('it has more than 10 bytes'));
  });

  test('that unpacks to far more than the header says is not unpacked to its end', async () => {
    const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024));
    expect(await faultOf(changed({ [AGENT_FILE]: bomb }))).toEqual(
      differs(`it has more than ${LINES.length} bytes`),
    );
  });

  test('that cannot be unpacked is damaged', async () => {
    const damaged = ['snapshot-damaged', 'The snapshot is damaged: agentIdentities cannot be unpacked.'];
    const gzip = gzipSync(LINES);
    expect(await faultOf(changed({ [AGENT_FILE]: Buffer.from('no gzip') }))).toEqual(damaged);
    expect(await faultOf(changed({ [AGENT_FILE]: gzip.subarray(0, -9) }))).toEqual(damaged);
    expect(await faultOf(changed({ [AGENT_FILE]: Buffer.concat([gzip, Buffer.from('more')]) }))).toEqual(
      damaged,
    );
    expect(await faultOf(changed({ [AGENT_FILE]: Buffer.concat([gzip, Buffer.alloc(20)]) }))).toEqual(
      damaged,
    );
  });

  test('names the line that is no record', async () => {
    const bad = (line: number, why: string) => [
      'snapshot-invalid-record',
      `Line ${line} of agentIdentities is not a record of a snapshot: ${why}.`,
    ];
    const line = (object: object) => `${JSON.stringify(object)}\n`;
    const next = record('d');
    expect(await faultOf(withAgents(`${LINES}garbage\n`))).toEqual(bad(4, 'it is not one'));
    expect(await faultOf(withAgents(`\n${LINES}`))).toEqual(bad(1, 'it is not one'));
    for (const other of [
      [],
      null,
      { ...next, id: 1 },
      { ...next, api: 'v2' },
      { ...next, properties: [] },
      { ...next, unknown: [] },
      { ...next, more: 1 },
    ])
      expect(await faultOf(withAgents(`${LINES}${JSON.stringify(other)}\n`))).toEqual(
        bad(4, 'it is not one'),
      );
    expect(await faultOf(withAgents(`${LINES}${line(record('c'))}`))).toEqual(
      bad(4, 'it is not in the order of ids'),
    );
    expect(await faultOf(withAgents(`${LINES}${line(record('B'))}`))).toEqual(
      bad(4, 'it is not in the order of ids'),
    );
    expect(await faultOf(withAgents(`${LINES}${JSON.stringify(next)}`))).toEqual(bad(4, 'it is cut off'));
    const invalid = Buffer.concat([Buffer.from(`${LINES}{"id":"d`), Buffer.of(0xff), Buffer.from('"}\n')]);
    expect(await faultOf(withAgents(invalid))).toEqual(bad(4, 'it is not UTF-8'));
    const surrogate = Buffer.concat([
      Buffer.from('{"id":"'),
      Buffer.of(0xed, 0xa0, 0x80),
      Buffer.from('"}\n'),
    ]);
    expect(await faultOf(withAgents(surrogate))).toEqual(bad(1, 'it is not UTF-8'));
    expect(await faultOf(withAgents(`{"id":"${'x'.repeat(33 * 1024 * 1024)}"}\n`))).toEqual(
      bad(1, 'it is too long'),
    );
  });

  test('errors tell nothing of what is in it', async () => {
    const fault = await faultOf(withAgents(`${LINES}canary-value\n`));
    expect(fault?.join()).not.toContain('canary');
  });

  test('can be left in the middle, and read again', async () => {
    const snapshot = await openSnapshot(good.path);
    for (let time = 0; time < 2; time += 1)
      for await (const { records } of snapshot.records('agentIdentities')) {
        expect(records).toEqual(AGENTS);
        break;
      }
    for await (const lines of snapshot.lines('agentIdentities'))
      expect(lines.join('\n')).toBe(LINES.trimEnd());
    await snapshot.close();
  });
});

test('every stream is in the archive, even when nothing is in it', () => {
  const files = filesIn(good.path);
  expect(STREAMS.map((name) => files.get(`${name}.ndjson.gz`)?.length)).toEqual([
    expect.any(Number),
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    LINES.length,
  ]);
  expect(isObject(JSON.parse(String(files.get('header.json'))))).toBe(true);
});
