import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/cli/errors.ts';
import { FORMATS } from '../../src/cli/outputs.ts';
import { VERSION } from '../../src/cli/version.ts';
import { INPUT_NAMES } from '../../src/action/input-names.ts';
import { readInputs } from '../../src/action/inputs.ts';
import { outputsOf } from '../../src/action/outputs.ts';
import { aReport } from '../reporters/report-builder.ts';
import { TOKEN } from './run-action.ts';

type Declared = { readonly description: string; readonly default?: string; readonly required?: boolean };
const ACTION = load(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as {
  readonly inputs: Readonly<Record<string, Declared>>;
  readonly outputs: Readonly<Record<string, Declared>>;
  readonly runs: unknown;
};

function withInputs(inputs: Readonly<Record<string, string>>) {
  const variables = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return readInputs(Object.fromEntries(variables) as Record<string, string>);
}

/** The mistakes that inputs are refused for. */
function mistakes(inputs: Readonly<Record<string, string>>): readonly string[] {
  try {
    withInputs(inputs);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.mistakes.map(({ message, hint }) => (hint === null ? message : `${message} | ${hint}`));
  }
}

describe('action.yml', () => {
  test('declares the inputs that are read, and no default that the config has', () => {
    expect(Object.keys(ACTION.inputs)).toEqual([...INPUT_NAMES]);
    const withDefault = Object.entries(ACTION.inputs).filter(([, input]) => input.default !== undefined);
    expect(withDefault.map(([name, input]) => [name, input.default])).toEqual([
      ['token', '${{ github.token }}'],
    ]);
  });

  test('declares the outputs that are written', () => {
    const outcome = { report: aReport(), comparison: null, beside: [], files: [], folder: '/reports' };
    expect(Object.keys(outputsOf(outcome))).toEqual(Object.keys(ACTION.outputs));
    expect(Object.keys(outputsOf({ exitCode: 2 }))).toEqual(Object.keys(ACTION.outputs));
  });

  test('C08 runs on Node 24, with nothing before or after', () => {
    expect(ACTION.runs).toEqual({ using: 'node24', main: 'action/index.js' });
  });
});

test('inputs that are left out mean what action.yml says', () => {
  expect(withInputs({})).toEqual({
    mode: 'lint',
    paths: [],
    config: null,
    workingDirectory: '.',
    rules: [],
    failOn: null,
    failOnNew: false,
    baseline: null,
    changedOnly: false,
    formats: [],
    outputDir: null,
    uploadSarif: false,
    category: null,
    annotations: true,
    summary: 'full',
    comment: 'none',
    artifact: null,
    tenantId: null,
    clientId: null,
    cloud: null,
    results: null,
    extraArgs: [],
    token: '',
  });
});

test('inputs are read as they are written', () => {
  const inputs = withInputs({
    paths: 'agents/\n  more agents/*.yaml  \n\n',
    rules: 'rules\nnpm:contoso-rules',
    'fail-on': 'medium',
    'fail-on-new': 'true',
    baseline: 'governance/known.ndjson',
    'changed-only': 'True',
    formats: 'json, compact\njson',
    annotations: 'false',
    summary: 'none',
    comment: 'sticky',
    artifact: 'agent reports',
    version: VERSION,
    'extra-args': '["--rule", "permissions/*"]',
    token: ` ${TOKEN} `,
  });
  expect(inputs).toMatchObject({
    paths: ['agents/', 'more agents/*.yaml'],
    rules: ['rules', 'npm:contoso-rules'],
    failOn: 'medium',
    failOnNew: true,
    baseline: 'governance/known.ndjson',
    changedOnly: true,
    formats: ['json', 'compact'],
    annotations: false,
    summary: 'none',
    comment: 'sticky',
    artifact: 'agent reports',
    extraArgs: ['--rule', 'permissions/*'],
    token: TOKEN,
  });
});

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  [
    'mode',
    { mode: 'lnt' },
    ['mode: unknown value "lnt" | Did you mean "lint"? Known: lint, scan, drift, report.'],
  ],
  ['mode', { mode: 'drift' }, ['mode: "drift" is not in this version | Known: lint, scan, report.']],
  ['mode', { mode: 'report' }, ['results: mode "report" needs the folder of a report that was saved']],
  ['paths', { paths: 'a\u0007b' }, ['paths: "a\\u0007b" holds a control character']],
  ['config', { config: 'a\nb' }, ['config: "a\\nb" is not one line of text']],
  [
    'working-directory',
    { 'working-directory': 'a\rb' },
    ['working-directory: "a\\rb" is not one line of text'],
  ],
  ['rules', { rules: 'a\tb' }, ['rules: "a\\tb" holds a control character']],
  [
    'fail-on',
    { 'fail-on': 'hihg' },
    ['fail-on: unknown value "hihg" | Did you mean "high"? Known: critical, high, medium, low, info, none.'],
  ],
  ['fail-on-new', { 'fail-on-new': 'yes' }, ['fail-on-new: "yes" is neither true nor false']],
  ['baseline', { baseline: 'a\nb' }, ['baseline: "a\\nb" is not one line of text']],
  [
    'baseline',
    { mode: 'report', results: 'r', baseline: 'b.ndjson' },
    ['baseline: this is for mode "lint" and "scan", and the mode is "report" | Leave it out.'],
  ],
  ['changed-only', { 'changed-only': '1' }, ['changed-only: "1" is neither true nor false']],
  [
    'formats',
    { formats: 'json,compcat' },
    [`formats: unknown value "compcat" | Did you mean "compact"? Known: ${FORMATS.join(', ')}.`],
  ],
  ['output-dir', { 'output-dir': 'a\0b' }, ['output-dir: "a\\u0000b" is not one line of text']],
  ['upload-sarif', { 'upload-sarif': 'on' }, ['upload-sarif: "on" is neither true nor false']],
  [
    'sarif-category',
    { 'sarif-category': 'x --> y' },
    ['sarif-category: "x --> y" cannot be used | Use letters, digits and " . : / _ -", 100 at most.'],
  ],
  ['annotations', { annotations: 'none' }, ['annotations: "none" is neither true nor false']],
  [
    'summary',
    { summary: 'ful' },
    ['summary: unknown value "ful" | Did you mean "full"? Known: full, summary, table, none.'],
  ],
  [
    'comment',
    { comment: 'stiky' },
    ['comment: unknown value "stiky" | Did you mean "sticky"? Known: none, sticky.'],
  ],
  [
    'artifact',
    { artifact: '../x' },
    ['artifact: "../x" cannot be used | It may hold none of " \\ / : < > | * ?'],
  ],
  [
    'tenant-id',
    { mode: 'scan', 'tenant-id': 'not a tenant' },
    [
      'tenant-id: the value is neither the GUID of a tenant nor a domain of it | The overview page of the Entra admin center shows the tenant id; contoso.onmicrosoft.com does as well.',
    ],
  ],
  [
    'client-id',
    { mode: 'scan', 'client-id': 'secret' },
    [
      'client-id: the value is no application (client) id | It is a GUID; the overview page of the app registration shows it.',
    ],
  ],
  [
    'cloud',
    { mode: 'scan', cloud: 'gobal' },
    ['cloud: unknown value "gobal" | Did you mean "global"? Known: global, usgov, usgovdod, china.'],
  ],
  [
    'results',
    { results: 'a' },
    ['results: this is for mode "report", and the mode is "lint" | Leave it out.'],
  ],
  [
    'version',
    { version: 'v9' },
    [
      `version: this Action is version ${VERSION}, and "v9" is asked for | It installs nothing when it runs. Pin the commit of the version that you want after the "@" of "uses:".`,
    ],
  ],
  [
    'extra-args',
    { 'extra-args': '--rule x' },
    ['extra-args: this is no JSON array of strings | For example: ["--rule", "permissions/*"]'],
  ],
  [
    'extra-args',
    { 'extra-args': '["--rule", 1]' },
    ['extra-args: this is no JSON array of strings | For example: ["--rule", "permissions/*"]'],
  ],
  ['a slip', { fail_on: 'low' }, ['"fail_on" is no input of this Action | Did you mean "fail-on"?']],
  ['a slip', { sumary: 'none' }, ['"sumary" is no input of this Action | Did you mean "summary"?']],
  [
    'another mode',
    { mode: 'scan', paths: 'agents', 'changed-only': 'true', comment: 'sticky' },
    [
      'paths: this is for mode "lint", and the mode is "scan" | Leave it out.',
      'changed-only: this is for mode "lint", and the mode is "scan" | Leave it out.',
      'comment: this is for mode "lint" and "report", and the mode is "scan" | Leave it out.',
    ],
  ],
])('a bad value of %s is one clear error', (_, inputs, expected) => {
  expect(mistakes(inputs)).toEqual(expected);
});

test('values that are no different from leaving an input out are no mistake in another mode', () => {
  expect(mistakes({ mode: 'scan', 'changed-only': 'false', comment: 'none', token: TOKEN })).toEqual([]);
});

test('all mistakes are told at once, and never the token', () => {
  const told = mistakes({ mode: 'x', summary: 'y', token: TOKEN, 'fail-on': TOKEN.slice(0, 10) });
  expect(told).toHaveLength(3);
  expect(told.join()).not.toContain(TOKEN);
});
