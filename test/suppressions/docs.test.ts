import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { BASELINE_PROBLEMS } from '../../src/suppressions/baseline-problems.ts';
import { NO_FILES } from '../../src/suppressions/no-files.ts';
import { SUPPRESSION_PROBLEMS } from '../../src/suppressions/problem.ts';

test('the page about suppressing lists every problem with its meaning', () => {
  const page = readFileSync(new URL('../../docs/suppressing.md', import.meta.url), 'utf8');
  const rows = page.split('\n').flatMap((line) => {
    const [, code, meaning] = /^\| `((?:waiver|inline|baseline)-[a-z-]+)` +\| (.*?) +\|$/.exec(line) ?? [];
    return code === undefined ? [] : [[code, meaning]];
  });
  const told = Object.entries({ ...SUPPRESSION_PROBLEMS, ...BASELINE_PROBLEMS }).map(([code, { title }]) => [
    code,
    title,
  ]);
  expect(rows).toEqual(told);
});

test('without files the policy is the default of the config', () => {
  const { maxDays, requireApprover, warnBeforeDays } = DEFAULTS.waivers;
  expect(NO_FILES.policy).toEqual({ maxDays, requireApprover, warnBeforeDays });
});
