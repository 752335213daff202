import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { collectionInWords } from '../../src/cli/fact-words.ts';
import { AUTH_METHODS, CLOUDS } from '../../src/config/tenants.ts';
import type { Endpoint } from '../../src/tenant/collect/endpoint.ts';
import { ENDPOINTS } from '../../src/tenant/collect/endpoints.ts';
import { pairKey, PAIRS, type Pair } from '../../src/tenant/collect/pairs.ts';
import { CLOUDS as HOSTS } from '../../src/tenant/graph/clouds.ts';
import { ROOT } from '../e2e/cli.ts';

const PAGE = join(ROOT, 'docs', 'tenant.md');
const page = readFileSync(PAGE, 'utf8');

const endpoints: readonly Endpoint[] = Object.values(ENDPOINTS);

/** `/applications/{id}/owners`: a path without its query. */
const pathOf = ({ path }: Endpoint) => path.split('?', 1)[0] ?? '';

function row(what: string, feeding: readonly Endpoint[]): readonly string[] {
  // Other ways to the same, for what a list has left out, are not told.
  const isList = feeding.some(({ per, batched }) => !batched || per === 'tenant');
  const main = isList ? feeding.filter(({ batched }) => !batched) : feeding;
  const paths = [...new Set(main.map(pathOf))];
  const apis = [...new Set(main.map(({ api }) => api))].sort();
  const permissions = [...new Set(main.flatMap(({ needs }) => needs.map(({ least }) => least)))].sort();
  return [
    what,
    paths.map((path) => `\`${path}\``).join('<br>'),
    apis.join(', '),
    permissions.map((name) => `\`${name}\``).join('<br>'),
  ];
}

const feeding = (pair: Pair) =>
  endpoints.filter(({ feeds }) => feeds.some((each) => pairKey(each) === pairKey(pair)));

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

// "vitest -u" writes the table into the page.
test('docs/tenant.md tells what is read, from where and with which permission', async () => {
  const rows = [
    ['what', 'request', 'API', 'least permissions'],
    row(
      'the tenant: id, name, domains',
      endpoints.filter(({ feeds }) => feeds.length === 0),
    ),
    ...PAIRS.map((pair) => row(collectionInWords(pair), feeding(pair))),
  ];
  const [before = '', rest = ''] = page.split('<!-- table of requests -->\n');
  const after = rest.slice(rest.indexOf('<!-- end of the table -->'));
  await expect(`${before}<!-- table of requests -->\n\n${table(rows)}\n\n${after}`).toMatchFileSnapshot(PAGE);
});

test('docs/tenant.md names every way to sign in and every cloud with its hosts', () => {
  for (const method of AUTH_METHODS) expect(page).toContain(`| \`${method}\` `);
  for (const cloud of CLOUDS) {
    const { graph, login } = HOSTS[cloud];
    expect(page).toMatch(new RegExp(`\\| \`${cloud}\` .*${new URL(graph).host}.*${new URL(login).host}`));
  }
});
