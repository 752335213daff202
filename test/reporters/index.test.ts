import { expect, test } from 'vitest';
import { compact } from '../../src/reporters/compact.ts';
import { isReporterName, loadReporter, REPORTERS } from '../../src/reporters/index.ts';
import { json } from '../../src/reporters/json.ts';
import { pretty } from '../../src/reporters/pretty.ts';

test('every format loads its reporter, json stands for the newest JSON report', async () => {
  expect(await loadReporter('pretty')).toBe(pretty);
  expect(await loadReporter('compact')).toBe(compact);
  expect(await loadReporter('json')).toBe(json);
  expect(await loadReporter('json-v1')).toBe(json);
  expect(Object.keys(REPORTERS)).toEqual([
    'pretty',
    'compact',
    'json',
    'json-v1',
    'ndjson',
    'sarif',
    'github',
    'gitlab-codequality',
    'azuredevops',
    'junit',
    'markdown',
    'markdown-summary',
    'html',
    'csv',
    'ocsf',
  ]);
});

test.each([
  ['pretty', true],
  ['json-v1', true],
  ['Pretty', false],
  ['toString', false],
  ['__proto__', false],
  ['', false],
])('%j is a format: %s', (name, expected) => {
  expect(isReporterName(name)).toBe(expected);
});
