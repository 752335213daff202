import { describe, expect, test } from 'vitest';
import { networkFault, retryAfter } from '../../src/sources/remote-words.ts';

const coded = (code: string) => Object.assign(new Error('canary'), { code });

describe('a request that failed is told in words', () => {
  test.each<[unknown, string, string]>([
    [
      coded('ENOTFOUND'),
      'source-unreachable',
      'The server cannot be reached: nobody knows its name (ENOTFOUND)',
    ],
    [coded('EACCES'), 'source-unreachable', 'The server cannot be reached: permission denied (EACCES)'],
    [coded('EOTHER'), 'source-unreachable', 'The server cannot be reached: the system says EOTHER'],
    [
      coded('EPROTO'),
      'source-unreachable',
      'The server cannot be reached: it does not speak TLS as it should (EPROTO)',
    ],
    [
      coded('CERT_HAS_EXPIRED'),
      'source-untrusted-server',
      'The server is not to be trusted: its certificate has expired (CERT_HAS_EXPIRED)',
    ],
    [
      coded('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
      'source-untrusted-server',
      'The server is not to be trusted: its certificate is from an unknown authority (UNABLE_TO_GET_ISSUER_CERT_LOCALLY)',
    ],
    [new Error('canary'), 'source-unreachable', 'The server cannot be reached: unknown fault'],
    ['canary', 'source-unreachable', 'The server cannot be reached: unknown fault'],
  ])('%s', (error, code, message) => {
    expect(networkFault(error)).toEqual({ code, message });
  });
});

describe('Retry-After', () => {
  const date = 'Mon, 23 Nov 2026 00:00:00 GMT';
  test.each<[string | undefined, string | undefined, number | null]>([
    ['0', undefined, 0],
    ['120', undefined, 120_000],
    ['Mon, 23 Nov 2026 00:02:00 GMT', date, 120_000],
    ['Sun, 22 Nov 2026 00:00:00 GMT', date, 0],
    ['Mon, 23 Nov 2026 00:02:00 GMT', undefined, null],
    ['1.5', date, null],
    ['-5', undefined, null],
    ['soon', date, null],
    ['', date, null],
    [undefined, undefined, null],
  ])('%j at %j asks for %j ms', (asked, now, expected) => {
    expect(retryAfter(asked, now)).toBe(expected);
  });
});
