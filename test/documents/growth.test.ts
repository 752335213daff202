import { expect, test } from 'vitest';
import type { Language } from '../../src/documents/document.ts';
import { parseText } from '../../src/documents/parse.ts';

/** Texts that grow with `n` in ways that parsers have been slow at. */
const GENERATORS: readonly (readonly [name: string, language: Language, make: (n: number) => string])[] = [
  ['keys', 'yaml', (n) => Array.from({ length: n }, (_, i) => `k${i}: ${i}\n`).join('')],
  ['duplicate keys', 'yaml', (n) => 'a: 1\n'.repeat(n)],
  ['dashes', 'yaml', (n) => '- x\n'.repeat(n)],
  ['empty items', 'yaml', (n) => '-\n'.repeat(n)],
  ['empty items with comments', 'yaml', (n) => `- # ${'-'.repeat(20)}\n`.repeat(n)],
  ['documents', 'yaml', (n) => '---\na: |\n  x\n'.repeat(n)],
  ['empty documents', 'yaml', (n) => '---\n'.repeat(n)],
  ['directives', 'yaml', (n) => '%X\n---\na: 1\n...\n'.repeat(n)],
  ['a long plain scalar', 'yaml', (n) => `a: ${'x '.repeat(n)}`],
  ['a folded scalar', 'yaml', (n) => `a: >\n${'  x\n\n'.repeat(n)}`],
  ['a scalar over lines', 'yaml', (n) => `a: x\n${'  x\n'.repeat(n)}`],
  ['a quoted scalar over lines', 'yaml', (n) => `a: "${'\\\n  x\n'.repeat(n)}"`],
  ['backslashes', 'yaml', (n) => `a: "${'\\\\'.repeat(n)}"`],
  ['flow maps', 'yaml', (n) => `a: [${'{x: 1}, '.repeat(n)}]`],
  ['single pairs', 'yaml', (n) => `a: [${'x: 1, '.repeat(n)}]`],
  ['brackets that are not closed', 'yaml', (n) => '[{'.repeat(n)],
  ['commas', 'yaml', (n) => `[${','.repeat(n)}`],
  ['comments', 'yaml', (n) => `a: 1\n${'# x\n'.repeat(n)}b: 2`],
  ['anchors', 'yaml', (n) => Array.from({ length: n }, (_, i) => `k${i}: &a${i} x\n`).join('')],
  ['tags', 'yaml', (n) => `[${'!t , '.repeat(n)}]`],
  ['anchors before keys', 'yaml', (n) => '&a\n&b k: !t\n'.repeat(n)],
  ['quotes', 'yaml', (n) => `- '${"''".repeat(n)}'`],
  ['spaces', 'yaml', (n) => `a:${' '.repeat(n)}1`],
  ['keys in JSON', 'json', (n) => `{${Array.from({ length: n }, (_, i) => `"k${i}":${i}`).join(',')}}`],
  ['duplicate keys in JSON', 'json', (n) => `{${'"a":1,'.repeat(n)}"a":1}`],
  ['escapes in JSON', 'json', (n) => `["${'\\ud800'.repeat(n)}"]`],
  ['large numbers in JSON', 'json', (n) => `[${'9007199254740993,'.repeat(n)}1]`],
  ['a huge number in JSON', 'json', (n) => `[${'9'.repeat(n)}]`],
  ['a comment in JSON', 'json', (n) => `[1 /*${'*'.repeat(n)}`],
  ['spaces in JSON', 'json', (n) => `[1${' \n'.repeat(n)}`],
  ['words in JSON', 'json', (n) => `[${'x-'.repeat(n)}`],
];
const SIZE = 1000;
const TINY = 20;

/** Of the processor, in ms: what other programs do meanwhile does not count. */
function time(language: Language, text: string): number {
  let best = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const start = process.cpuUsage();
    const { documents } = parseText({ uri: 'a', text, language });
    documents[0]?.locate(['a', 'b']);
    best = Math.min(best, process.cpuUsage(start).user / 1000);
  }
  return best;
}

test.each(GENERATORS)('%s take time in proportion', (_, language, make) => {
  const times = [SIZE, 2 * SIZE, 4 * SIZE].map((size) => time(language, make(size)));
  const [first = 0, second = 0, third = 0] = times;
  if (third > TINY) {
    expect(second / first).toBeLessThan(3.5);
    expect(third / second).toBeLessThan(3.5);
  }
});
