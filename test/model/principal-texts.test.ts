import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PrincipalTexts } from '../../src/model/principal-texts.ts';
import { principalFact, principalFacts } from '../../src/model/principals.ts';

const members = {
  '@odata.type': fc.constantFrom('#microsoft.graph.user', '#microsoft.graph.group', 7, null),
  id: fc.constantFrom('a', 'b', '', null),
  displayName: fc.constantFrom('A "x"', 'B', null),
  userPrincipalName: fc.constantFrom('a@x.example', null),
  accountEnabled: fc.boolean(),
  groupTypes: fc.constantFrom(['Unified'], ['Unified', 'DynamicMembership'], [], null),
  state: fc.constantFrom('found', 'deleted', 'unread'),
  enabledMemberCount: fc.constantFrom(0, 3, null),
};
const entry = fc.oneof(
  { weight: 9, arbitrary: fc.record(members, { requiredKeys: [] }) },
  fc.constantFrom('a', 'a@x.example', null, 7, []),
);

test('principals as text say what their facts say, whoever was seen before', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.array(entry), fc.constantFrom(null, 'x'))), (lists) => {
      const texts = new PrincipalTexts();
      for (const list of lists)
        for (const relationship of ['sponsors', 'owners'] as const)
          expect(JSON.parse(texts.listText(relationship, list))).toEqual(principalFacts(relationship, list));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('one principal has the facts that it has anywhere, and those that are equal are one', () => {
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const texts = new PrincipalTexts();
      for (const one of entries) {
        expect(texts.fact(one)).toEqual(principalFact([], one));
        texts.listText('owners', entries);
      }
    }),
  );
  const texts = new PrincipalTexts();
  expect(texts.fact({ id: 'a', state: 'found' })).toBe(texts.fact({ id: 'a', state: 'found' }));
});

test('more people than are kept are told all the same', () => {
  const texts = new PrincipalTexts();
  const people = Array.from({ length: 10_000 }, (_, index) => ({ id: `p${index}`, state: 'found' }));
  for (let round = 0; round < 2; round += 1)
    expect(JSON.parse(texts.listText('owners', people))).toEqual(principalFacts('owners', people));
});
