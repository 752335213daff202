import { describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../../src/findings/gate.ts';
import { SEVERITIES } from '../../src/model/vocabulary.ts';
import { folderWith, run, type Files } from './cli.ts';
import { clean, NO_SPONSOR, torn, unsponsored } from './manifests.ts';
import { lintJson } from './report.ts';

const off = 'version: 1\nextends: [off]\n';

type Case = {
  readonly when: string;
  readonly files: Files;
  readonly args?: readonly string[];
  readonly code: number;
};

const CASES: readonly Case[] = [
  { when: 'everything was judged and nothing found', files: { 'a.yaml': clean() }, code: 0 },
  {
    when: 'the findings are below the threshold',
    files: { 'a.yaml': unsponsored() },
    args: ['--fail-on', 'critical'],
    code: 0,
  },
  { when: 'a finding is at the threshold', files: { 'a.yaml': unsponsored() }, code: 1 },
  { when: 'an option is unknown', files: { 'a.yaml': clean() }, args: ['--fial-on', 'high'], code: 2 },
  {
    when: 'the config has an unknown key',
    files: { 'a.yaml': clean(), 'agentid-lint.config.yaml': 'version: 1\nrulez: {}\n' },
    code: 2,
  },
  { when: 'a pattern names no rule', files: { 'a.yaml': clean() }, args: ['--rule', 'nobody/*'], code: 2 },
  { when: 'the folder is empty', files: {}, code: 3 },
  {
    when: 'F17 no input matched',
    files: { 'a.yaml': clean() },
    args: ['no/such/*.yaml', 'nor-this.json'],
    code: 3,
  },
  { when: 'no file is a manifest', files: { 'package.json': '{}' }, code: 3 },
  { when: 'F18 every file is excluded', files: { 'a.yaml': clean() }, args: ['--exclude', '**'], code: 3 },
  { when: 'every rule is off', files: { 'a.yaml': unsponsored(), 'agentid-lint.config.yaml': off }, code: 3 },
  {
    when: 'no rule that may run applies',
    files: { 'a.yaml': unsponsored() },
    args: ['--rule', 'repository/*'],
    code: 3,
  },
  { when: 'there is nothing and that is allowed', files: {}, args: ['--allow-empty'], code: 0 },
  { when: 'F17 no input matched and that is allowed', files: {}, args: ['*.yaml', '--allow-empty'], code: 0 },
  { when: 'a file cannot be read', files: { 'a.yaml': clean(), 'b.yaml': torn() }, code: 4 },
  {
    when: 'F17 one of two arguments matches nothing',
    files: { 'a.yaml': clean() },
    args: ['a.yaml', 'b.yaml'],
    code: 4,
  },
  { when: 'only a broken file is there', files: { 'b.yaml': torn() }, code: 4 },
  {
    when: 'a file cannot be read and that is allowed',
    files: { 'a.yaml': clean(), 'b.yaml': torn() },
    args: ['--allow-incomplete'],
    code: 0,
  },
  {
    when: 'a report cannot be written',
    files: { 'a.yaml': clean() },
    args: ['--output', 'json=no/such/folder/lint.json'],
    code: 10,
  },
];

describe('the exit code', () => {
  test.each(CASES)('is $code when $when', async ({ files, args = [], code }) => {
    const { status } = await run(['lint', ...args], { cwd: folderWith(files) });
    expect(status).toBe(code);
  });

  test('of every row of the table is given by a case above, but for 5, which needs a tenant', () => {
    const given = new Set(CASES.map(({ code }) => code));
    expect(EXIT_CODES.map(({ code }) => code).filter((code) => !given.has(code))).toEqual([5]);
  });

  test('depends on the threshold for each severity', async () => {
    const thresholds = [...SEVERITIES, 'none'] as const;
    const runs = SEVERITIES.flatMap((severity, place) => [
      { severity, failOn: severity, code: 1 },
      { severity, failOn: thresholds[place + 1] ?? 'none', code: severity === 'info' ? 0 : 1 },
      ...(place === 0
        ? [{ severity, failOn: 'none', code: 0 }]
        : [{ severity, failOn: thresholds[place - 1] ?? 'none', code: 0 }]),
    ]);
    const codes = await Promise.all(
      runs.map(async ({ severity, failOn }) => {
        const config = `version: 1\nrules:\n  ${NO_SPONSOR}: ${severity}\n`;
        const cwd = folderWith({ 'a.yaml': unsponsored(), 'agentid-lint.config.yaml': config });
        return { severity, failOn, code: (await run(['lint', '--fail-on', failOn], { cwd })).status };
      }),
    );
    expect(codes).toEqual(runs);
  });
});

describe('when several codes apply', () => {
  const reasons = async (files: Files, args: readonly string[] = []) => {
    const { status, report } = await lintJson(args, { cwd: folderWith(files) });
    expect(status).toBe(report.exitCode);
    return report.exitReasons.map(({ code }) => code);
  };

  test('1 goes before 4, and both are told', async () => {
    expect(await reasons({ 'a.yaml': unsponsored(), 'b.yaml': torn() })).toEqual([1, 4]);
  });

  test('4 is left when findings do not count', async () => {
    expect(await reasons({ 'a.yaml': unsponsored(), 'b.yaml': torn() }, ['--fail-on', 'none'])).toEqual([4]);
  });

  test('1 is left when gaps are allowed', async () => {
    expect(await reasons({ 'a.yaml': unsponsored(), 'b.yaml': torn() }, ['--allow-incomplete'])).toEqual([1]);
  });

  test('nothing to judge is not said of what could not be read', async () => {
    expect(await reasons({ 'b.yaml': torn() })).toEqual([4]);
  });

  test('10 goes before 1: the findings are on the screen, the loss of the report is the exit code', async () => {
    const cwd = folderWith({ 'a.yaml': unsponsored() });
    const { status, stdout, stderr } = await run(
      ['lint', '-f', 'compact', '--output', 'json=none/lint.json'],
      { cwd },
    );
    expect({ status, stderr }).toEqual({
      status: 10,
      stderr: 'error: could not write the report to none/lint.json: its folder does not exist (ENOENT)\n',
    });
    expect(stdout).toContain(NO_SPONSOR);
  });

  test('2 goes before everything: nothing is judged and nothing is written', async () => {
    const cwd = folderWith({ 'a.yaml': unsponsored(), 'b.yaml': torn() });
    const { status, stdout } = await run(
      ['lint', '--output', 'json=none/lint.json', '--max-file-size', 'huge'],
      { cwd },
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

test('the format does not change the exit code', async () => {
  const states: readonly { readonly code: number; readonly files: Files }[] = [
    { code: 0, files: { 'a.yaml': clean() } },
    { code: 1, files: { 'a.yaml': unsponsored() } },
    { code: 3, files: {} },
    { code: 4, files: { 'a.yaml': torn() } },
  ];
  for (const { code, files } of states) {
    const cwd = folderWith(files);
    const formats = ['pretty', 'compact', 'json', 'json-v1'];
    const codes = await Promise.all(
      formats.map(async (format) => (await run(['lint', '--format', format], { cwd })).status),
    );
    expect(codes).toEqual([code, code, code, code]);
  }
});
