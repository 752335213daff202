import type { Term } from './samples.ts';

export type KnownDifference = {
  readonly builtin: string;
  readonly reason: string;
  /** Whether a call with these arguments differs. */
  readonly concerns: (args: readonly Term[]) => boolean;
  /** Our engine would never answer, so it is not asked. */
  readonly endless?: true;
};

/** Calls of allowed functions that our engine answers otherwise than OPA. Rules must not make them. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    builtin: 'concat',
    reason:
      'joins the elements of a set in no order; the capabilities file lets only arrays pass, so sort() a set first',
    concerns: ([, items = '']) => items.startsWith('{"'),
  },
  {
    builtin: 'div',
    reason: 'throws for 0 / 0, where OPA is undefined; other divisions by 0 are undefined in both',
    concerns: ([dividend, divisor]) => dividend === '0' && divisor === '0',
  },
  {
    builtin: 'format_int',
    reason: 'throws from 2147483648 on, and cuts to 20 digits; a template string has no such limit',
    concerns: ([number, base]) =>
      Math.abs(Number(number)) >= 2 ** 31 || (base === '2' && Number(number) >= 2 ** 20),
  },
  {
    builtin: 'indexof',
    reason: 'finds the empty text at 0, where OPA is undefined',
    concerns: ([text = '', search]) => search === '""' && text.startsWith('"'),
  },
  {
    builtin: 'json.marshal',
    reason:
      'writes the members of an object and the elements of a set in no order, and < > & as they are; arrays of plain texts agree',
    concerns: ([value = '']) => /[{<>&]/.test(value),
  },
  {
    builtin: 'min',
    reason: 'the least element of a set with null is null, as the order of values says; OPA passes over it',
    concerns: ([items = '']) => items.startsWith('{') && items.includes('null') && !items.includes(':'),
  },
  {
    builtin: 'regex.find_all_string_submatch_n',
    reason: 'finds nothing for a count below -1, where OPA finds all',
    concerns: ([, , count]) => count === '-2',
  },
  {
    builtin: 'replace',
    reason: 'never ends for an empty search text in a text that is not empty',
    concerns: ([text = '', search]) => search === '""' && text !== '""' && text.startsWith('"'),
    endless: true,
  },
];
