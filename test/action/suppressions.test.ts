import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { argvOf } from '../../src/action/argv.ts';
import { readInputs } from '../../src/action/inputs.ts';
import { aPullRequest, type Files } from './git-repository.ts';
import { CLEAN, WITHOUT_SPONSORS } from './manifests.ts';
import { runAction, type ActionRun, type ActionStep } from './run-action.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const CONFIG = 'agentid-lint.config.yaml';
const WAIVERS = '.agentid-lint/waivers.yaml';
const BASELINE = '.agentid-lint/baseline.ndjson';
const RULE = 'accountability/blueprint-no-sponsor';
const INVOICE = 'agents/invoice.yaml';
const TODAY = new Date().toISOString().slice(0, 10);
const LATER = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

const WAIVER = `version: 1
waivers:
  - rule: ${RULE}
    object: { file: ${INVOICE} }
    reason: the new team starts next month
    approvedBy: dana.whitlock@larkspur-freight.example
    created: ${TODAY}
    expires: ${LATER}
`;
const BESIDE = WITHOUT_SPONSORS.replace(
  'sponsors: []',
  `# agentid-lint-ignore ${RULE} until=${LATER} the new team starts next month\nsponsors: []`,
);

/** The baseline of these files. */
function baselineOf(files: Readonly<Record<string, string>>): string {
  const cwd = mkdtempSync(join(tmpdir(), 'agentid-lint-baseline-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  execFileSync(process.execPath, [CLI, 'baseline', 'create', '--quiet'], { cwd });
  const text = readFileSync(join(cwd, BASELINE), 'utf8');
  rmSync(cwd, { recursive: true });
  return text;
}

/** Runs the Action on a pull request that makes this change, or on what it is merged to when the event is another one. */
async function judged(before: Files, change: Files, step: Partial<ActionStep> = {}): Promise<ActionRun> {
  const pull = aPullRequest(before, change);
  const run = await runAction({
    workspace: pull.checkOut(pull.merge),
    event: 'pull_request',
    payload: 'pull-request',
    shas: pull,
    sha: pull.merge,
    ...step,
    env: { GITHUB_SERVER_URL: pull.server },
  });
  pull.remove();
  return run;
}

const PUSH = { event: 'push', payload: 'push', ref: 'refs/heads/main' } as const;

function notices({ commands }: ActionRun): readonly string[] {
  return commands.filter(({ command }) => command === 'notice').map(({ data }) => data);
}

describe('a pull request that accepts its own finding', () => {
  test.concurrent.each<[string, Files, Files]>([
    ['a waiver', {}, { [WAIVERS]: WAIVER }],
    ['a waiver beside others', { [WAIVERS]: 'version: 1\nwaivers: []\n' }, { [WAIVERS]: WAIVER }],
    ['a baseline', {}, { [BASELINE]: baselineOf({ [INVOICE]: WITHOUT_SPONSORS }) }],
    [
      'an entry of the baseline',
      { [BASELINE]: baselineOf({ 'agents/mail.yaml': CLEAN }) },
      { [BASELINE]: baselineOf({ [INVOICE]: WITHOUT_SPONSORS }) },
    ],
  ])('by %s fails all the same, and is told', async (_, base, change) => {
    const before = { 'agents/mail.yaml': CLEAN, ...base };
    const run = await judged(
      before,
      { [INVOICE]: WITHOUT_SPONSORS, ...change },
      { inputs: { 'fail-on-new': 'true' } },
    );
    const [file = ''] = Object.keys(change);
    expect(notices(run)).toEqual([`this change touches ${file}; the settings of the base were used`]);
    expect(run.outputs).toMatchObject({
      result: 'fail',
      'exit-code': '1',
      findings: '1',
      new: '1',
      waived: '0',
    });
    expect(run.summary).toContain(`this change touches ${file}; the settings of the base were used`);
    expect(run.code).toBe(1);
  });

  test.concurrent('beside it passes, and everybody is told by name', async () => {
    const run = await judged({ 'agents/mail.yaml': CLEAN }, { [INVOICE]: BESIDE });
    const told = `1 finding newly suppressed beside it in this change: ${RULE} in ${INVOICE}`;
    expect(notices(run)).toEqual([told]);
    expect(run.summary).toContain(told);
    expect(run.outputs).toMatchObject({ result: 'pass', findings: '0', new: '0', waived: '1' });
  });

  test.concurrent('beside it fails where that is not honoured', async () => {
    const refused = await judged(
      { 'agents/mail.yaml': CLEAN },
      { [INVOICE]: BESIDE },
      {
        inputs: { 'extra-args': '["--no-inline"]' },
      },
    );
    expect(refused.outputs).toMatchObject({ result: 'fail', waived: '0' });
    const forbidden = await judged(
      { 'agents/mail.yaml': CLEAN, [CONFIG]: `version: 1\nrules: { ${RULE}: { allowInline: false } }\n` },
      { [INVOICE]: BESIDE },
    );
    expect(forbidden.outputs).toMatchObject({ result: 'error', 'exit-code': '2' });
  });
});

describe('what the base has accepted', () => {
  test.concurrent('does not count, and is counted', async () => {
    const before = { [INVOICE]: WITHOUT_SPONSORS, [WAIVERS]: WAIVER };
    const run = await judged(before, { 'agents/mail.yaml': CLEAN });
    expect(notices(run)).toEqual([]);
    expect(run.outputs).toMatchObject({ result: 'pass', findings: '0', waived: '1' });
  });

  test.concurrent('beside it is not told of as new', async () => {
    const run = await judged(
      { [INVOICE]: BESIDE },
      { [INVOICE]: BESIDE.replace('CMDB-40982', 'CMDB-40983') },
    );
    expect(notices(run)).toEqual([]);
    expect(run.outputs).toMatchObject({ result: 'pass', new: '0', waived: '1' });
  });

  test.concurrent('counts again when the pull request takes it away from beside it', async () => {
    const run = await judged(
      { [INVOICE]: BESIDE },
      { [INVOICE]: WITHOUT_SPONSORS },
      { inputs: { 'fail-on-new': 'true' } },
    );
    expect(run.outputs).toMatchObject({ result: 'fail', new: '1' });
  });
});

describe('fail-on-new outside of a pull request', () => {
  const known = { [INVOICE]: WITHOUT_SPONSORS };
  const inputs = { 'fail-on-new': 'true' };

  test.concurrent('passes for what the baseline knows', async () => {
    const run = await judged({ ...known, [BASELINE]: baselineOf(known) }, {}, { ...PUSH, inputs });
    expect(run.outputs).toMatchObject({ result: 'pass', findings: '0', new: '0', waived: '1' });
  });

  test.concurrent('fails for every other finding, with the baseline that is named', async () => {
    const files = {
      ...known,
      'agents/mail.yaml': CLEAN,
      'known.ndjson': baselineOf({ 'agents/mail.yaml': CLEAN }),
    };
    const named = { ...inputs, baseline: 'known.ndjson', 'fail-on': 'none' };
    const run = await judged(files, {}, { ...PUSH, inputs: named });
    expect(run.outputs).toMatchObject({ result: 'fail', findings: '1', new: '1', waived: '0' });
  });

  test.concurrent('ends with a mistake when there is no baseline, or none is wanted', async () => {
    const without = await judged(known, {}, { ...PUSH, inputs });
    expect(without.outputs).toMatchObject({ result: 'error', 'exit-code': '2' });
    expect(without.commands[0]?.data).toContain('there is neither a baseline nor an earlier report');
    const files = { ...known, [BASELINE]: baselineOf(known) };
    const unwanted = await judged(files, {}, { ...PUSH, inputs: { ...inputs, baseline: 'none' } });
    expect(unwanted.outputs).toMatchObject({ result: 'error', 'exit-code': '2' });
  });
});

test.concurrent('a run is added to the history once, whatever it is compared with', async () => {
  const pull = aPullRequest({ 'agents/mail.yaml': CLEAN }, { [INVOICE]: WITHOUT_SPONSORS });
  const workspace = pull.checkOut(pull.merge);
  const history = join(workspace, 'runs');
  const step: ActionStep = {
    workspace,
    event: 'pull_request',
    payload: 'pull-request',
    shas: pull,
    sha: pull.merge,
    inputs: { 'fail-on-new': 'true', 'extra-args': '["--history", "runs"]' },
    env: { GITHUB_SERVER_URL: pull.server },
  };
  const run = await runAction(step);
  const trend = execFileSync(process.execPath, [CLI, 'trend', history, '--format=json'], {
    encoding: 'utf8',
  });
  pull.remove();
  expect(run.outputs).toMatchObject({ result: 'fail', new: '1' });
  expect(JSON.parse(trend)).toMatchObject({ runs: [{}] });
});

test('a baseline has to be in the workspace, and is no matter of extra-args', async () => {
  const named = await judged({}, {}, { ...PUSH, inputs: { baseline: '../known.ndjson' } });
  expect(named.commands[0]?.data).toContain('baseline: "../known.ndjson" is outside of the workspace');
  for (const option of ['--baseline=x', '--no-baseline', '--fail-on-new']) {
    const inputs = readInputs({ 'INPUT_EXTRA-ARGS': JSON.stringify([option]) });
    expect(() => argvOf(inputs, [], { since: null, failOnNew: false })).toThrow(
      `extra-args: "${option.replace(/=.*/, '')}" is not for here`,
    );
  }
});
