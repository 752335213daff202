import { describe, expect, test } from 'vitest';
import { isNamed } from '../../src/sources/remote-hosts.ts';

describe('a host is named', () => {
  test.each([
    ['https://rules.example/t', 'rules.example'],
    ['https://rules.example:443/t', 'rules.example'],
    ['https://rules.example/t', 'rules.example:443'],
    ['https://RULES.example/t', 'Rules.Example'],
    ['https://rules.example:8443/t', 'rules.example:8443'],
    ['https://[::1]:8443/t', '[::1]:8443'],
    ['https://b\u00fccher.example/t', 'xn--bcher-kva.example'],
  ])('%s by %s', (url, host) => {
    expect(isNamed(new URL(url), ['other.example', host])).toBe(true);
  });

  test.each([
    ['https://rules.example/t', 'example'],
    ['https://rules.example/t', '*.example'],
    ['https://rules.example/t', 'rules.example:8443'],
    ['https://rules.example:8443/t', 'rules.example'],
    ['https://rules.example:8443/t', 'rules.example:443'],
    ['https://rules.example./t', 'rules.example'],
    ['https://rules.example.evil.example/t', 'rules.example'],
    ['https://evil.example/rules.example', 'rules.example'],
    ['https://evil.example\\@rules.example/t', 'rules.example'],
  ])('but not %s by %s', (url, host) => {
    expect(isNamed(new URL(url), [host])).toBe(false);
  });
});
