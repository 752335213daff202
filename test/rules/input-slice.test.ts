import { expect, test } from 'vitest';
import { inputSlice } from '../../src/rules/input-slice.ts';

const PROPERTIES = { displayName: 'one', list: [{ name: 'a', on: null }], nothing: undefined };

test.each([
  ['the resource as a whole', [], { pointer: '', value: PROPERTIES, parent: null }],
  [
    'a value and the object that it is in',
    ['list', 0, 'name'],
    { pointer: '/list/0/name', value: 'a', parent: { pointer: '/list/0', value: { name: 'a', on: null } } },
  ],
  [
    'null, which is a value',
    ['list', 0, 'on'],
    { pointer: '/list/0/on', value: null, parent: { pointer: '/list/0', value: { name: 'a', on: null } } },
  ],
  [
    'the nearest parent of what is not there',
    ['list', 3, 'name'],
    { pointer: '/list/3/name', parent: { pointer: '/list', value: PROPERTIES.list } },
  ],
  [
    'nothing that objects inherit',
    ['constructor'],
    { pointer: '/constructor', parent: { pointer: '', value: PROPERTIES } },
  ],
  [
    'nothing inside a text',
    ['displayName', 'length'],
    { pointer: '/displayName/length', parent: { pointer: '/displayName', value: 'one' } },
  ],
])('a slice has %s', (_, path, slice) => {
  expect(inputSlice(PROPERTIES, path)).toEqual(slice);
});
