import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownBundle, TEAM_TAG } from './fixtures.ts';
import { lines, loaderOf, loadIn, validatorFor, workspace, type Loading } from './workspace.ts';

const NAMES = [
  ...Object.keys(TEAM_TAG.options),
  'severity',
  'severityInProduction',
  'unknown',
  'constructor',
];
const VALUES = [
  ...[
    null,
    true,
    false,
    0,
    1,
    5,
    6,
    -1,
    1.5,
    1e20,
    '',
    'a',
    '\u{1f600}'.repeat(5),
    'as long as that',
    'high',
    'off',
  ],
  ...[
    [],
    ['legacy'],
    ['legacy', 'legacy'],
    ['legacy', 'other', 'another', 3],
    [[]],
    [null, {}],
    {},
    { a: 1 },
  ],
];
const SETTINGS = [
  ...VALUES,
  ...NAMES.flatMap((name) => VALUES.map((value) => ({ [name]: value }))),
  { least: 0, prefx: 1, strict: 'yes', allow: ['legacy', 1, 'x'] },
  { severity: 'off', severityInProduction: 'high', least: 'one' },
];

test('settings of own rules are told exactly as those of built-in rules are', async () => {
  const interpreted = {
    rules: [],
    openLoader: () => Promise.resolve(loaderOf([ownBundle('./rules', [TEAM_TAG])])),
  };
  const generated = {
    rules: [TEAM_TAG],
    validate: validatorFor([TEAM_TAG]),
    openLoader: () => Promise.resolve(loaderOf([])),
  };
  const differences: unknown[] = [];
  let mistakes = 0;
  const cwd = workspace({ '.git/': '', 'rules/': '' });
  const told = async (options: Loading) => {
    const result = await loadIn(cwd, options);
    return result.ok ? [] : lines(result.problems).toSorted();
  };
  for (const settings of SETTINGS) {
    const rules = { sources: ['./rules'], [TEAM_TAG.id]: settings };
    writeFileSync(join(cwd, 'agentid-lint.config.json'), JSON.stringify({ version: 1, rules }));
    const [asBuiltIn, asOwn] = [await told(generated), await told(interpreted)];
    mistakes += asOwn.length;
    if (asBuiltIn.join() !== asOwn.join()) differences.push({ settings, asBuiltIn, asOwn });
  }
  expect(differences).toEqual([]);
  expect(mistakes).toBeGreaterThan(200);
});
