import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SOURCE_PROBLEMS } from '../../src/sources/problem.ts';

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const rows = new Set(page.split('\n').map((line) => line.replaceAll(/ +/g, ' ')));

test('docs/configuration.md lists every message about sources', () => {
  for (const [code, { title }] of Object.entries(SOURCE_PROBLEMS))
    if (code.startsWith('source-')) expect(rows).toContain(`| \`${code}\` | ${title} |`);
});
