import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { ALLOWED } from '../../../src/tenant/snapshot/allowlist.ts';
import { SNAPSHOT_PROBLEMS } from '../../../src/tenant/snapshot/problem.ts';
import { STREAMS } from '../../../src/tenant/snapshot/types.ts';
import { SPOOL_PROBLEMS } from '../../../src/tenant/spool/problem.ts';
import { record, removeFolders, written } from './snapshots.ts';

afterAll(removeFolders);

const page = readFileSync(new URL('../../../docs/snapshot-format.md', import.meta.url), 'utf8');

/** The names in code type in a cell. */
function namesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');
}

/** The rows of the table whose heading begins so, by what the first column has in code type. */
function tableOf(heading: string): ReadonlyMap<string, string> {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  const rows = lines.slice(
    start + 2,
    lines.findIndex((line, at) => at > start && line === ''),
  );
  return new Map(rows.map((row) => [namesIn(row.split('|')[1] ?? '')[0] ?? '', row.split('|')[2] ?? '']));
}

test('the page names exactly the properties that are stored', () => {
  const table = tableOf('stream');
  expect([...table.keys()]).toEqual(STREAMS);
  for (const stream of STREAMS) {
    const shape = ALLOWED[stream];
    const stored = shape.is === 'object' ? shape.members.map(({ name }) => name) : [];
    expect([stream, namesIn(table.get(stream) ?? '')]).toEqual([stream, stored]);
  }
});

test('the page names every problem', () => {
  const codes = [...page.matchAll(/^\| `((?:snapshot|spool)-[a-z-]+)`/gm)].map(([, code]) => code);
  expect(codes).toEqual([...Object.keys(SNAPSHOT_PROBLEMS), ...Object.keys(SPOOL_PROBLEMS)]);
});

test('tar and zcat are enough to look into a snapshot, as the page says', async () => {
  const agents = [record('a', { displayName: 'A' }), record('b', { displayName: 'B' })];
  const { path, header } = await written({ agentIdentities: agents });
  const output = (command: string) => execFileSync('sh', ['-c', command, 'sh', path], { encoding: 'utf8' });
  expect(page).toContain('tar xOf tenant.snapshot header.json |');
  expect(JSON.parse(output('tar xOf "$1" header.json'))).toEqual(header);
  expect(page).toContain('tar xOf tenant.snapshot agentIdentities.ndjson.gz | zcat | head -1 |');
  expect(JSON.parse(output('tar xOf "$1" agentIdentities.ndjson.gz | zcat | head -1'))).toEqual(agents[0]);
});
