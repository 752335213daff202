import fc from 'fast-check';
import type { Path } from '../../src/documents/pointer.ts';

/** Characters that parsers stumble over, with plain ones between them. */
const character = fc.constantFrom(
  ...Array.from('abcdefnotyu0179 -:#,{}[]"\'\\/|>&*!%@`~=<?.+_\n\té€😀\u2028\u00a0'),
);
const text = fc.oneof(
  fc.string({ unit: character, maxLength: 24 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((value) => !/[\p{Cc}\uFEFF\uFFFE\uFFFF]/u.test(value)),
  fc.constantFrom(
    'no',
    'null',
    '~',
    'true',
    '017',
    '1e400',
    '.nan',
    '0x1F',
    '<<',
    '2020-01-01',
    '---',
    '...',
    '- a',
    'a: b',
    '# c',
    '',
  ),
);
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
);
const key = fc.oneof(
  text.filter((value) => value !== '<<'),
  fc.constantFrom('__proto__', 'constructor', 'toString', '1', '01', 'a', 'b'),
);

/** Any JSON value of moderate size, with every number exact and without merge keys. */
const { json } = fc.letrec<{ json: unknown; member: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    number,
    text,
    fc.boolean(),
    fc.constant(null),
    tie('member'),
    tie('member'),
  ),
  member: fc.oneof(
    fc.array(tie('json'), { maxLength: 5 }),
    fc
      .array(fc.tuple(key, tie('json')), { maxLength: 5 })
      .map((entries) => Object.fromEntries(dropDoubles(entries))),
  ),
}));

/** A JSON value that is a document: a mapping or a list. */
export const jsonDocument = json.filter((value) => typeof value === 'object' && value !== null);

function dropDoubles(entries: readonly [string, unknown][]): [string, unknown][] {
  return [...new Map(entries)];
}

/** Every path in a value with what stands there, the root first. */
export function* pathsOf(
  value: unknown,
  path: Path = [],
): Generator<{ readonly path: Path; readonly value: unknown }> {
  yield { path, value };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* pathsOf(item, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) yield* pathsOf(member, [...path, name]);
  }
}
