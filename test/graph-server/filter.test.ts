import { describe, expect, test } from 'vitest';
import { parseFilter } from './odata/filter-syntax.ts';
import { passes } from './odata/filter.ts';

const AGENT = {
  '@odata.type': '#microsoft.graph.agentIdentity',
  displayName: "Claims 'EMEA'",
  accountEnabled: true,
  createdDateTime: '2026-06-20T09:00:00Z',
  tags: ['env:prd', 'team:claims'],
  agent: { agentType: 'agenticAppInstance' },
  note: null,
};

describe('filters', () => {
  test.each([
    ["displayName eq 'claims ''emea'''", true],
    ["startsWith(displayName,'CLAIMS')", true],
    ["endsWith(displayName, 'amer')", false],
    ['accountEnabled eq true and note eq null', true],
    ['accountEnabled eq false or note ne null', false],
    ['not(accountEnabled eq false)', true],
    ["displayName in ('x', 'Claims ''EMEA''')", true],
    ['createdDateTime ge 2026-06-20T09:00:00Z and createdDateTime lt 2026-06-21', true],
    ['createdDateTime gt 2026-06-20T09:00:00Z', false],
    ["tags/any(t:t eq 'env:prd')", true],
    ["tags/any(t: startsWith(t, 'env:dev'))", false],
    ["agent/agentType eq 'agenticAppInstance'", true],
    ["isof('microsoft.graph.servicePrincipal')", true],
    ["isof('microsoft.graph.user')", false],
    ['tags/$count eq 2', true],
    ["(accountEnabled eq true) and (displayName eq 'x' or tags/$count ge 1)", true],
  ])('%s', (filter, expected) => {
    expect(passes(parseFilter(filter), AGENT)).toBe(expected);
  });

  test('counts relationships', () => {
    expect(
      passes(parseFilter('owners/$count eq 0'), AGENT, (relation) => (relation === 'owners' ? 0 : 5)),
    ).toBe(true);
  });

  test.each([
    '',
    'displayName',
    "displayName eq 'x' and",
    'displayName like 3',
    'eq 3',
    "x eq 'a' y",
    'a eq b',
  ])('refuses %j', (filter) => {
    expect(() => parseFilter(filter)).toThrow();
  });
});
