import { expect, test } from 'vitest';
import { nameClashes } from '../../src/sources/name-clashes.ts';
import { ownBundle, ownRule } from '../config/fixtures.ts';

const BUILT_IN = {
  version: 1,
  rules: [ownRule('accountability/no-owner', { aliases: ['accountability/ownerless'] })],
} as const;

function messages(...bundles: readonly ReturnType<typeof ownBundle>[]): readonly string[] {
  return nameClashes(bundles, BUILT_IN).map(({ code, message }) => `${code}: ${message}`);
}

test('sources whose names differ do not clash', () => {
  const one = ownBundle('./one', [ownRule('acme/one', { aliases: ['acme/uno'] }), ownRule('acme/other')]);
  expect(messages(one, ownBundle('./two', [ownRule('acme/two')]))).toEqual([]);
});

test('present and former names clash with each other, and with those of built-in rules', () => {
  const one = ownBundle('./one', [ownRule('acme/one', { aliases: ['acme/uno'] })]);
  const two = ownBundle('./two', [
    ownRule('accountability/ownerless'),
    ownRule('acme/uno'),
    ownRule('acme/two', { aliases: ['acme/one'] }),
  ]);
  expect(messages(one, two)).toEqual([
    'rules-name-taken: ./two has a rule accountability/ownerless, and there is a built-in one of that name.',
    'rules-name-taken: The rule acme/uno is in two sources: ./one and ./two.',
    'rules-name-taken: The rule acme/one is in two sources: ./one and ./two.',
  ]);
});

test('a source without any rule', () => {
  expect(messages(ownBundle('./none', []))).toEqual(['rules-none: The source ./none yields no rule.']);
});
