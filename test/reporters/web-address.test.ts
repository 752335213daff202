import { expect, test } from 'vitest';
import { webAddress } from '../../src/reporters/web-address.ts';

test.each([
  ['https://a.example/b#c', 'https://a.example/b#c'],
  ['http://a.example', 'http://a.example/'],
  [
    'https://entra.microsoft.com/#view/Microsoft_AAD/~/x',
    'https://entra.microsoft.com/#view/Microsoft_AAD/~/x',
  ],
  ['https://a.example/ü b', 'https://a.example/%C3%BC%20b'],
  ['https://a.example/a)b[c](d)', 'https://a.example/a%29b%5Bc%5D%28d%29'],
  ['https://a.example/"><script>', 'https://a.example/%22%3E%3Cscript%3E'],
  ['https://a.example/\n::error::x', 'https://a.example/::error::x'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['//a.example', null],
  ['see the wiki', null],
  ['', null],
  [null, null],
])('%j gives %j', (text, expected) => {
  expect(webAddress(text)).toBe(expected);
});
