import { expect, test } from 'vitest';
import { changeNote } from '../../src/reporters/change-note.ts';
import { aChange } from './report-builder.ts';

test.each([
  [null, null],
  [aChange(), 'only what changed since 0123456789ab (3 files) is reported'],
  [
    aChange({ files: 1, leftOut: 1 }),
    'only what changed since 0123456789ab (1 file) is reported; 1 finding elsewhere is not',
  ],
  [
    aChange({ leftOut: 12 }),
    'only what changed since 0123456789ab (3 files) is reported; 12 findings elsewhere are not',
  ],
  [aChange({ files: 0 }), 'nothing has changed since 0123456789ab'],
  [
    aChange({ files: 0, leftOut: 1 }),
    'nothing has changed since 0123456789ab; 1 finding in what was there before is not reported',
  ],
  [aChange({ since: 'the beginning' }), 'only what changed since the beginning (3 files) is reported'],
])('%j', (change, note) => {
  expect(changeNote({ change })).toBe(note);
});
