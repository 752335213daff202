import { expect, test } from 'vitest';
import { loadReporter, REPORTERS } from '../../../src/reporters/index.ts';
import { DETECTORS } from './detectors.ts';
import { FAMILIES } from './families.ts';
import { FIELDS } from './fields.ts';
import { TEXTS } from './texts.ts';

test('every format has a detector and a test, and at least 500 texts go into each of 75 fields and more', async () => {
  const formats = Object.keys(REPORTERS).sort();
  expect(Object.keys(DETECTORS).sort()).toEqual(formats);
  const [one, other] = await Promise.all([loadReporter('json'), loadReporter('json-v1')]);
  expect(one).toBe(other);
  const tested = Object.values(FAMILIES).flatMap((family) => Object.keys(family));
  expect([...tested, 'json-v1'].sort()).toEqual(formats);
  expect(TEXTS.length).toBeGreaterThanOrEqual(500);
  expect(new Set(TEXTS).size).toBe(TEXTS.length);
  expect(Object.keys(FIELDS).length).toBeGreaterThanOrEqual(75);
});
