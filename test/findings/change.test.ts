import { describe, expect, test } from 'vitest';
import { inChange } from '../../src/findings/change.ts';
import { aFinding, aLocation } from '../reporters/report-builder.ts';

const inside = aFinding({ location: aLocation({ uri: 'agents/a.yaml' }) });
const outside = aFinding({ location: aLocation({ uri: 'agents/b.yaml' }) });
const pointingIn = aFinding({
  location: aLocation({ uri: 'agents/c.yaml' }),
  related: [
    { message: 'first stands here', location: aLocation({ uri: 'agents/b.yaml' }) },
    { message: 'and here', location: aLocation({ uri: 'agents/a.yaml' }) },
  ],
});
const pointingOut = aFinding({
  location: aLocation({ uri: 'agents/c.yaml' }),
  related: [{ message: 'first stands here', location: aLocation({ uri: 'agents/b.yaml' }) }],
});

describe('findings in a change', () => {
  test('are those in its files and those that point into one, in their order', () => {
    const findings = [pointingOut, pointingIn, outside, inside];
    const change = { since: 'main', files: new Set(['agents/a.yaml', 'README.md']) };
    expect(inChange(findings, change)).toEqual({
      findings: [pointingIn, inside],
      change: { since: 'main', files: 2, leftOut: 2 },
    });
  });

  test('are none when nothing was changed', () => {
    expect(inChange([inside, pointingIn], { since: 'HEAD~1', files: new Set() })).toEqual({
      findings: [],
      change: { since: 'HEAD~1', files: 0, leftOut: 2 },
    });
  });

  test('are matched by whole paths', () => {
    const files = new Set(['a.yaml', 'agents', 'agents/A.yaml', './agents/a.yaml']);
    expect(inChange([inside], { since: 'main', files }).findings).toEqual([]);
  });

  test('are all of them when there is no change', () => {
    const findings = [inside, outside];
    const all = inChange(findings, undefined);
    expect(all.findings).toBe(findings);
    expect(all.change).toBeNull();
  });
});
