import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { canonicalText } from '../../../src/model/canonical.ts';
import { STREAMS } from '../../../src/tenant/snapshot/types.ts';
import { openSnapshotWriter, writeSnapshot } from '../../../src/tenant/snapshot/writer.ts';
import { propertiesText, openSnapshot } from '../../../src/tenant/snapshot/reader.ts';
import { compareCodePoints } from '../../../src/util/code-points.ts';
import {
  PARTS,
  beside,
  contentOf,
  filesIn,
  freshPath,
  record,
  removeFolders,
  written,
  type Streams,
} from './snapshots.ts';

afterAll(removeFolders);

const AGENTS = [
  record('0a', { displayName: 'first', tags: ['env:prd'] }),
  { id: '0b', api: 'v1.0', properties: {}, unknown: { sponsors: 'facts-missing', lifecycle: 'not-asked' } },
  record('ｘ', { displayName: 'Заявки 🙂' }),
  record('🙂', {}),
] as const;

const STREAMED: Streams = {
  organization: [record('f470', { displayName: 'Larkspur Freight' })],
  blueprints: [record('1', { appId: '2', agentIdentityCount: 9007199254740993 })],
  agentIdentities: AGENTS,
};

describe('a snapshot', () => {
  test('gives back what was written', async () => {
    const { path } = await written(STREAMED);
    expect(await contentOf(path)).toEqual({
      organization: STREAMED.organization,
      blueprints: STREAMED.blueprints,
      agentIdentities: AGENTS,
    });
  });

  test('gives back any records, in any portions', async () => {
    const json = fc.jsonValue({ depthSize: 'small', maxDepth: 4 });
    const properties = fc.record({
      tags: fc.array(fc.string({ unit: 'binary' })),
      customSecurityAttributes: json,
    });
    const records = fc.uniqueArray(
      fc.record({ id: fc.string({ unit: 'binary' }), api: fc.constantFrom('v1.0', 'beta'), properties }),
      { selector: ({ id }) => canonicalText(id.replaceAll(/\p{Surrogate}/gu, '\ufffd')) },
    );
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 5 }), async (list, portion) => {
        const sorted = list.sort((a, b) => compareCodePoints(canonicalText(a.id), canonicalText(b.id)));
        const path = freshPath();
        const writer = await openSnapshotWriter(path, { redact: null });
        for (let at = 0; at < sorted.length; at += portion)
          await writer.append('agentIdentities', sorted.slice(at, at + portion));
        await writer.finish(PARTS);
        const read = (await contentOf(path)).agentIdentities ?? [];
        expect(read.map(({ id, api }) => [id, api])).toEqual(
          sorted.map(({ id, api }) => [canonicalText(id.replaceAll(/\p{Surrogate}/gu, '\ufffd')), api]),
        );
        expect(read.map((each) => each.properties['tags'])).toEqual(
          sorted.map((each) =>
            each.properties.tags.map((tag) => tag.replaceAll(/\p{Surrogate}/gu, '\ufffd')),
          ),
        );
      }),
      { numRuns: 15 },
    );
  });

  test('is the same file for the same records, however they come', async () => {
    const path = freshPath();
    const writer = await openSnapshotWriter(path, { redact: null });
    for (const stream of STREAMS)
      for await (const each of STREAMED[stream] ?? []) await writer.append(stream, [each]);
    await writer.finish(PARTS);
    const other = await written(STREAMED);
    expect(readFileSync(path).equals(readFileSync(other.path))).toBe(true);
  });

  test('says in its header what is in it', async () => {
    const { header, digest, path, bytes } = await written(STREAMED);
    const files = filesIn(path);
    expect([...files.keys()]).toEqual(['header.json', ...STREAMS.map((name) => `${name}.ndjson.gz`)]);
    const text = files.get('header.json') ?? Buffer.alloc(0);
    expect(JSON.parse(String(text))).toEqual({
      format: 'agentid-lint-snapshot',
      version: 1,
      ...PARTS,
      redacted: [],
      streams: STREAMS.map((name) => {
        const content = files.get(`${name}.ndjson.gz`) ?? Buffer.alloc(0);
        return {
          name,
          records: String(content).split('\n').length - 1,
          bytes: content.length,
          digest: `sha256:${createHash('sha256').update(content).digest('hex')}`,
          replaced: { malformed: 0, secrets: 0 },
        };
      }),
    });
    expect(header).toEqual(JSON.parse(String(text)));
    expect(digest).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`);
    const snapshot = await openSnapshot(path);
    expect([snapshot.header, snapshot.digest]).toEqual([header, digest]);
    await snapshot.close();
    expect(bytes).toBe(statSync(path).size);
  });

  test('is one line of JSON for each record, whose parts have an order', async () => {
    const { path } = await written(STREAMED);
    const lines = String(filesIn(path).get('agentIdentities.ndjson.gz')).split('\n');
    expect(lines.slice(0, 2)).toEqual([
      '{"id":"0a","api":"v1.0","properties":{"displayName":"first","tags":["env:prd"]}}',
      '{"id":"0b","api":"v1.0","unknown":{"sponsors":"facts-missing","lifecycle":"not-asked"},"properties":{}}',
    ]);
  });

  test('has nothing of the machine or the moment in it', async () => {
    const { path } = await written(STREAMED);
    const tar = readFileSync(path);
    expect(tar.subarray(100, 157).toString('latin1')).toMatch(
      /^0000644\0(?:0000000\0){2}\d{11}\0\0{0}0{11}\0\d{6}\0 0$/,
    );
    const member = tar.indexOf(Buffer.of(0x1f, 0x8b));
    expect([...tar.subarray(member, member + 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  });

  test('large streams are packed in parts that any gzip program reads', async () => {
    const properties = { description: 'x'.repeat(1000) };
    const many = Array.from({ length: 2500 }, (_, at) => record(String(at).padStart(6, '0'), properties));
    const { path } = await written({ agentIdentities: many });
    expect((await contentOf(path)).agentIdentities).toEqual(many);
    expect(String(filesIn(path).get('agentIdentities.ndjson.gz')).split('\n')).toHaveLength(2501);
  });

  test('is for its owner alone', async () => {
    const { path } = await written(STREAMED);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(beside(path)).toEqual(['tenant.snapshot']);
  });
});

describe('properties as text', () => {
  test('are cut out of the lines that are written here', async () => {
    const { path } = await written(STREAMED);
    const snapshot = await openSnapshot(path);
    for await (const { records, lines } of snapshot.records('agentIdentities'))
      for (const [at, { properties }] of records.entries())
        expect(propertiesText(lines[at] ?? '', properties)).toBe(JSON.stringify(properties));
    await snapshot.close();
  });

  test('are made anew for lines of any other form', () => {
    for (const line of [
      '{ "id":"a","api":"v1.0","properties":{"b":1}}',
      '{"properties":{"b":1},"api":"v1.0","id":"a"}',
      '{"id":"a","properties":{"b":1},"api":"v1.0"}',
      '{"id":"\\"properties\\":","api":"v1.0","properties":{"b":1}}',
      '{"id":"a","api":"v1.0","unknown":{"x":"\\"properties\\":{"},"properties":{"b":1}}',
    ])
      expect(propertiesText(line, { b: 1 })).toBe('{"b":1}');
  });
});

describe('the writer refuses', () => {
  const refused: readonly (readonly [string, Streams, string])[] = [
    ['ids that go back', { agentUsers: [record('b'), record('a')] }, 'not in the order of their ids'],
    ['an id that comes twice', { agentUsers: [record('a'), record('a')] }, 'not in the order of their ids'],
    [
      'a GUID that comes twice in different case',
      {
        agentUsers: [
          record('AAAAAAAA-0000-4000-8000-000000000000'),
          record('aaaaaaaa-0000-4000-8000-000000000000'),
        ],
      },
      'not in the order of their ids',
    ],
    [
      'ids in the order of UTF-16',
      { agentUsers: [record('🙂'), record('ｘ')] },
      'not in the order of their ids',
    ],
  ];
  for (const [what, streams, message] of refused)
    test(what, async () => {
      const path = freshPath();
      await expect(written(streams, null, path)).rejects.toThrow(message);
      expect(beside(path)).toEqual([]);
    });

  test('streams that come too late', async () => {
    const path = freshPath();
    const writer = await openSnapshotWriter(path, { redact: null });
    await writer.append('agentUsers', [record('a')]);
    await expect(writer.append('blueprints', [record('a')])).rejects.toThrow('blueprints comes too late');
    expect(beside(path)).toEqual([]);
    await expect(writer.finish(PARTS)).rejects.toThrow('has ended');
  });

  test('to write where something else than a file is', async () => {
    const path = freshPath();
    mkdirSync(path);
    await expect(openSnapshotWriter(path, { redact: null })).rejects.toMatchObject({
      code: 'snapshot-not-written',
      message: `${path} is not a file, so no snapshot is written to it.`,
    });
    await expect(openSnapshotWriter('/dev/full', { redact: null })).rejects.toMatchObject({
      code: 'snapshot-not-written',
    });
    await expect(
      openSnapshotWriter(join(dirname(path), 'none', 'x'), { redact: null }),
    ).rejects.toMatchObject({
      code: 'snapshot-not-written',
      message: expect.stringContaining('its folder does not exist (ENOENT)') as string,
    });
    expect(beside(path)).toEqual(['tenant.snapshot']);
  });
});

describe('the old file', () => {
  test('stays until the new one is whole', async () => {
    const path = freshPath();
    writeFileSync(path, 'old');
    const writer = await openSnapshotWriter(path, { redact: null });
    await writer.append('agentUsers', [record('a')]);
    expect(readFileSync(path, 'utf8')).toBe('old');
    await writer.finish(PARTS);
    expect((await contentOf(path)).agentUsers).toEqual([record('a')]);
    expect(beside(path)).toEqual(['tenant.snapshot']);
  });

  test('is replaced where a link leads, not the link', async () => {
    const path = freshPath();
    writeFileSync(path, 'old');
    const link = join(dirname(path), 'link');
    symlinkSync(path, link);
    await written({ agentUsers: [record('a')] }, null, link);
    expect((await contentOf(path)).agentUsers).toEqual([record('a')]);
    expect(beside(path)).toEqual(['link', 'tenant.snapshot']);
  });

  test('S05 stays when the run is stopped, and nothing is left beside it', async () => {
    const path = freshPath();
    writeFileSync(path, 'old');
    const stop = new AbortController();
    const records = (function* () {
      for (let at = 0; ; at += 1) {
        if (at === 1000) stop.abort(new Error('stopped'));
        yield record(String(at).padStart(6, '0'), { description: 'x'.repeat(5000) });
      }
    })();
    const content = { parts: PARTS, streams: { agentIdentities: records } };
    await expect(writeSnapshot(path, content, { redact: null, signal: stop.signal })).rejects.toThrow(
      'stopped',
    );
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(beside(path)).toEqual(['tenant.snapshot']);
  });

  test('stays when the records end in an error, and when the writer is told to end', async () => {
    const path = freshPath();
    writeFileSync(path, 'old');
    const records = (function* () {
      yield record('a');
      throw new Error('Graph is gone');
    })();
    const content = { parts: PARTS, streams: { agentIdentities: records } };
    await expect(writeSnapshot(path, content, { redact: null })).rejects.toThrow('Graph is gone');
    const writer = await openSnapshotWriter(path, { redact: null });
    await writer.append('agentUsers', [record('a')]);
    await writer.abort();
    await writer.abort();
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(beside(path)).toEqual(['tenant.snapshot']);
  });
});
