import { describe, expect, test, vi } from 'vitest';
import type { Evaluation } from '../support/evaluate.ts';
import { DEFAULT_LIMITS, type EvaluationLimits } from '../../src/policy/limits.ts';
import { PolicyError } from '../../src/policy/policy-error.ts';
import { PolicySandbox } from '../../src/policy/sandbox.ts';
import { POLICY_WORKER } from '../../src/policy-worker.ts';
import {
  answerOf,
  blueprints,
  foreignBundle,
  handMade,
  judgeWith,
  MEBIBYTE,
  OWN_RULES,
  ownRules,
} from './foreign.ts';
import {
  abort,
  AT,
  callBuiltin,
  constant,
  fillFrom,
  forEver,
  grow,
  growForEver,
  growToTheEnd,
  policyModule,
  print,
  PRINTED,
  type Plan,
} from './wasm-module.ts';

/** A call of a hand-made policy takes a millisecond. */
const SHORT = { call: 300 } as const;
/** Small, so that it is full soon. */
const SMALL = { memory: 16 * MEBIBYTE } as const;

const pair = blueprints('one', 'two');
const isFound = (rule: number) => [rule, { path: ['displayName'], args: { name: 'x' } }] as const;
/** What an honest rule says: one finding, in each subject. */
const honest = (rule: number) => answerOf(pair, 1, [isFound(rule)]);

/** The error of each rule that failed. */
function errorsOf({ outcomes }: Evaluation): Readonly<Record<string, string>> {
  return Object.fromEntries(
    outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [[outcome.rule, outcome.error]] : [])),
  );
}

function sumOf({ pairs }: Evaluation): number {
  return pairs.evaluated + pairs.failed + pairs.notApplicable + pairs.skipped;
}

/** A bundle of two rules: `acme/good` is honest, `acme/bad` does this, and so does the entrypoint of both. */
function withBad(bad: readonly number[] | string, plan?: Plan) {
  return handMade({ whole: bad, rules: { 'acme/bad': bad, 'acme/good': honest(1) } }, plan);
}

/** The fault of a bundle that is not loaded. */
async function refusal(wasm: Uint8Array<ArrayBuffer>, rules: readonly string[] = []): Promise<unknown> {
  return judgeWith(foreignBundle(wasm, rules), pair).then(
    () => 'it was loaded',
    (fault: unknown) => (fault instanceof PolicyError ? [fault.code, fault.message] : fault),
  );
}

test('honest policies judge as they would without a sandbox', async () => {
  const good = handMade({
    whole: answerOf(pair, 2, [isFound(0), isFound(1)]),
    rules: { 'acme/a': forEver, 'acme/b': forEver },
  });
  const { findings, outcomes, broken, judged, pairs } = await judgeWith(good, pair);
  expect(findings.map(({ rule, resource }) => [rule, resource])).toEqual([
    ['acme/a', 0],
    ['acme/b', 0],
    ['acme/a', 1],
    ['acme/b', 1],
  ]);
  expect(findings[0]).toEqual({
    rule: 'acme/a',
    resource: 0,
    path: ['displayName'],
    args: { name: 'x' },
    related: [],
  });
  expect(outcomes).toEqual([
    { rule: 'acme/a', status: 'evaluated', subjects: 2, failing: 2 },
    { rule: 'acme/b', status: 'evaluated', subjects: 2, failing: 2 },
  ]);
  expect([broken.size, [...judged]]).toEqual([0, [0, 1]]);
  expect(pairs).toEqual({ evaluated: 4, failed: 0, notApplicable: 0, skipped: 0 });
});

describe('a policy that never ends', () => {
  test('P03 is stopped and named, and the other rules are kept', async () => {
    const evaluation = await judgeWith(withBad(forEver), pair, SHORT);
    expect(evaluation.findings.map(({ rule, resource }) => [rule, resource])).toEqual([
      ['acme/good', 0],
      ['acme/good', 1],
    ]);
    expect(evaluation.outcomes).toEqual([
      { rule: 'acme/bad', status: 'failed', error: 'policy acme/bad (from ./rules) exceeded 0.3 s' },
      { rule: 'acme/good', status: 'evaluated', subjects: 2, failing: 2 },
    ]);
    expect(evaluation.pairs).toEqual({ evaluated: 2, failed: 2, notApplicable: 0, skipped: 0 });
    expect(evaluation.broken.size).toBe(0);
  });

  test('P03 is stopped in its start function, and nothing of the bundle is judged', async () => {
    const bundle = withBad(honest(0), { start: forEver });
    const evaluation = await judgeWith(bundle, pair, SHORT);
    const error = 'the policies from ./rules exceeded 0.3 s while they were loaded';
    expect(errorsOf(evaluation)).toEqual({ 'acme/bad': error, 'acme/good': error });
    expect([...evaluation.broken.keys()]).toEqual([0, 1]);
    expect(sumOf(evaluation)).toBe(4);
  });

  test('P03 with others like it uses up the time of the bundle', async () => {
    const bundle = handMade({
      whole: forEver,
      rules: { 'acme/a': forEver, 'acme/b': forEver, 'acme/c': forEver, 'acme/d': honest(3) },
    });
    const evaluation = await judgeWith(bundle, pair, { call: 300, bundle: 800 });
    const inAll = 'the policies from ./rules exceeded 0.8 s in all';
    expect(errorsOf(evaluation)).toEqual({
      'acme/a': 'policy acme/a (from ./rules) exceeded 0.3 s',
      'acme/b': inAll,
      'acme/c': inAll,
      'acme/d': inAll,
    });
    expect(evaluation.pairs).toEqual({ evaluated: 0, failed: 8, notApplicable: 0, skipped: 0 });
  });

  test('P03 a product of three ranges in Rego is stopped and named, and the other rules are kept', async () => {
    const subjects = blueprints('acme-a', 'slow', 'b');
    const evaluation = await judgeWith(ownRules(), subjects, { call: 1_000 });
    expect(errorsOf(evaluation)).toEqual({
      'acme/product': 'policy acme/product (from ./rules) exceeded 1 s',
    });
    expect(evaluation.findings.map(({ rule, resource }) => [rule, resource])).toEqual([
      ['acme/named', 1],
      ['acme/named', 2],
    ]);
    expect(evaluation.pairs).toEqual({ evaluated: 9, failed: 3, notApplicable: 0, skipped: 0 });
  });
});

describe('a policy that wants more memory', () => {
  test.each([
    ['takes page after page', growToTheEnd, 'exceeded 16 MiB'],
    ['aborts as the run-time of OPA does', abort(AT.more - 64), 'exceeded 16 MiB'],
    ['takes page after page and never looks', growForEver, 'exceeded 0.3 s'],
  ])('P04 and %s is stopped and named', async (_, bad, what) => {
    const bundle = withBad(bad, {
      texts: { [AT.more - 64]: 'opa_malloc: failed', [AT.more + 2 * MEBIBYTE]: honest(1) },
    });
    const evaluation = await judgeWith(bundle, pair, { ...SHORT, ...SMALL });
    expect(errorsOf(evaluation)).toEqual({ 'acme/bad': `policy acme/bad (from ./rules) ${what}` });
    expect(evaluation.pairs).toEqual({ evaluated: 2, failed: 2, notApplicable: 0, skipped: 0 });
  });

  test('P04 a range in Rego that no memory holds is stopped and named, and the other rules are kept', async () => {
    const evaluation = await judgeWith(ownRules(), blueprints('huge', 'acme-b'), SMALL);
    expect(errorsOf(evaluation)).toEqual({
      'acme/ranges': 'policy acme/ranges (from ./rules) exceeded 16 MiB',
    });
    expect(evaluation.findings.map(({ rule, resource }) => [rule, resource])).toEqual([['acme/named', 0]]);
  });

  test('P04 than the data of the run leaves is named with all of its rules', async () => {
    const bundle = { ...ownRules(), tables: JSON.stringify({ filler: 'x'.repeat(20 * MEBIBYTE) }) };
    const evaluation = await judgeWith(bundle, pair, SMALL);
    const error = 'the policies from ./rules exceeded 16 MiB with the data of this run';
    expect(errorsOf(evaluation)).toEqual(Object.fromEntries(OWN_RULES.map((id) => [id, error])));
  });
});

describe('a policy that breaks', () => {
  const END = 16 * MEBIBYTE;
  const outside = 'broke: it gave an address beyond its memory';

  test.each([
    ['P05 aborts with an address beyond memory', abort(2_000_000_000), outside],
    ['P05 answers with an address beyond memory', constant(2_000_000_000), outside],
    ['P05 answers with a negative address', constant(-1), outside],
    ['P05 answers with a text that never ends', fillFrom(END / 4 - 65_536, END / 4), outside],
    ['P07 aborts with words', abort(AT.print), `broke: ${PRINTED}`],
    ['P07 traps', [0x00], 'broke: unreachable'],
    [
      'P08 calls a built-in function that it did not name',
      callBuiltin,
      'broke: it called a built-in function that is not provided',
    ],
    ['P02 answers with nothing', '[]', 'gave no answer for agentid/main/rule_0'],
    ['P02 answers with an empty object', '[{}]', 'gave no answer for agentid/main/rule_0'],
    ['P02 answers with words', 'all good', /^broke: Unexpected token/],
    ['P01 answers for nobody', '[{"result":[]}]', 'answered for 0 of 1 resources'],
    [
      'P01 answers for another resource',
      answerOf(blueprints('a', 'b', 'c').slice(2), 1),
      'answered for another resource',
    ],
    ['P01 runs no rule', answerOf(pair.slice(0, 1), 0), ': 0 of 1 rules ran'],
    ['P01 runs rules too many', answerOf(pair.slice(0, 1), 3), ': 3 of 1 rules ran'],
    [
      'P01 answers for another rule',
      answerOf(pair.slice(0, 1), 1, [isFound(1)]),
      'answered for another rule',
    ],
  ])('%s: it fails, and the other rules are kept', async (_, bad, what) => {
    const [only] = [pair.slice(0, 1)];
    const bundle = handMade({
      whole: bad,
      rules: { 'acme/bad': bad, 'acme/good': answerOf(only, 1, [isFound(1)]) },
    });
    const evaluation = await judgeWith(bundle, only, { memory: END });
    const { 'acme/bad': error = '', ...others } = errorsOf(evaluation);
    const [, said = ''] = /^policy acme\/bad \(from \.\/rules\) ?(.*)$/s.exec(error) ?? [];
    expect(said).toEqual(typeof what === 'string' ? what : expect.stringMatching(what));
    expect(others).toEqual({});
    expect(evaluation.findings.map(({ rule }) => rule)).toEqual(['acme/good']);
    expect(evaluation.pairs).toEqual({ evaluated: 1, failed: 1, notApplicable: 0, skipped: 0 });
  });

  test('P06 hundreds of times judges everything else as if it had not', async () => {
    const names = Array.from({ length: 130 }, (_, index) => (index % 2 === 0 ? 'two answers' : 'acme-b'));
    const evaluation = await judgeWith(ownRules(), blueprints(...names, 'last'));
    expect(Object.keys(errorsOf(evaluation))).toEqual(['acme/conflict']);
    expect(errorsOf(evaluation)['acme/conflict']).toMatch(
      /^policy acme\/conflict \(from \.\/rules\) broke: .*conflict$/,
    );
    expect(evaluation.findings.map(({ resource }) => resource)).toEqual([
      ...names.flatMap((name, index) => (name === 'acme-b' ? [] : [index])),
      130,
    ]);
    expect(evaluation.pairs).toEqual({ evaluated: 131 * 4 - 65, failed: 65, notApplicable: 0, skipped: 0 });
  });

  test('P23 on one resource fails for that one alone', async () => {
    const evaluation = await judgeWith(ownRules(), blueprints('a', 'two answers', 'b'));
    expect(evaluation.findings.map(({ rule, resource }) => [rule, resource])).toEqual([
      ['acme/named', 0],
      ['acme/named', 1],
      ['acme/named', 2],
    ]);
    expect(evaluation.pairs).toEqual({ evaluated: 11, failed: 1, notApplicable: 0, skipped: 0 });
  });

  test('with words that have no end is quoted in short', async () => {
    const text = `::error::${'x'.repeat(100_000)}`;
    const bundle = withBad(abort(AT.more), {
      texts: { [AT.more]: text, [AT.more + 2 * MEBIBYTE]: honest(1) },
    });
    const { 'acme/bad': error } = errorsOf(await judgeWith(bundle, pair));
    expect(error).toBe(`policy acme/bad (from ./rules) broke: ${text.slice(0, 300)}…`);
  });
});

describe('an answer that is too much', () => {
  const first = pair.slice(0, 1);
  const related = (resource: number) => ({
    path: [],
    args: {},
    related: [{ message: 'there', path: [], resource }],
  });
  const many = Array.from({ length: 10_001 }, () => [0, { path: [], args: {} }] as const);

  const END = AT.more + 17 * MEBIBYTE;

  test.each([
    ['text', [...grow(100), ...fillFrom(AT.more, END)], 'broke: it gave an answer of more than 16 MiB'],
    ['levels', '['.repeat(33), 'broke: it gave an answer of more than 32 levels'],
    [
      'values',
      fillFrom(AT.more, AT.more + 250_001, ','),
      'broke: it gave an answer of more than 250000 values',
    ],
    ['findings', answerOf(first, 1, many), 'has more than 10000 findings for one resource'],
    [
      'resources',
      answerOf(first, 1, [[0, related(1)]]),
      ': a finding points at a resource that is not there',
    ],
  ])('in %s fails its rule', async (_, bad, what) => {
    const evaluation = await judgeWith(handMade({ whole: bad, rules: { 'acme/bad': bad } }), first);
    const [error = ''] = Object.values(errorsOf(evaluation));
    expect(error.replace(/^policy acme\/bad \(from \.\/rules\) ?/, '')).toBe(what);
  });

  test('in all its answers together is the last of its bundle', async () => {
    // White space before each answer: 15 MiB of it.
    const padded = [...grow(100), ...fillFrom(AT.more, END - 2 * MEBIBYTE, ' ')];
    const bundle = handMade(
      { whole: padded, rules: { 'acme/long': padded } },
      { texts: { [END - 2 * MEBIBYTE]: answerOf(first, 1) }, pages: 400 },
    );
    const sandbox = new PolicySandbox(bundle, { limits: DEFAULT_LIMITS, worker: POLICY_WORKER });
    await sandbox.loaded();
    for (let call = 0; call < 4; call += 1)
      expect(await sandbox.judge('agentid/main/rule_0', first, [0])).toEqual([{ findings: [] }]);
    const fault = new PolicyError(
      'limit',
      'the policies from ./rules gave more than 64 MiB of answers in all',
    );
    await expect(sandbox.judge('agentid/main/rule_0', first, [0])).rejects.toEqual(fault);
    expect(sandbox.spent).toEqual(fault);
    await expect(sandbox.judge('agentid/main/rule_0', first, [0])).rejects.toEqual(fault);
  });
});

describe('a bundle that cannot be used is refused', () => {
  test.each([
    ['P08', '{"object.subset":0,"strings.any_prefix_match":1}', 'object.subset, strings.any_prefix_match'],
    ['P13', '{"time.now_ns":0,"http.send":1,"opa.runtime":2}', 'http.send, opa.runtime, time.now_ns'],
  ])('%s when it names built-in functions as needed', async (_, builtins, names) => {
    expect(await refusal(policyModule({ builtins }))).toEqual([
      'bundle',
      `./rules: the policy needs built-in functions that are not provided: ${names}`,
    ]);
  });

  test('P14 when it imports something else, before a thread is started', () => {
    const bundle = foreignBundle(policyModule({ imports: ['wasi_snapshot_preview1', 'fd_write'] }), []);
    const open = () => new PolicySandbox(bundle, { limits: DEFAULT_LIMITS, worker: POLICY_WORKER });
    const message = './rules: the policy imports wasi_snapshot_preview1.fd_write, which is not provided';
    expect(open).toThrow(new PolicyError('bundle', message));
  });

  test('when it lacks an entrypoint of a kind or of a rule', async () => {
    const entrypoints = '{"agentid/main/blueprint":0}';
    expect(await refusal(policyModule(), ['acme/a'])).toEqual([
      'bundle',
      './rules: the policy has no entrypoint agentid/main/blueprint',
    ]);
    expect(await refusal(policyModule({ entrypoints }), ['acme/a'])).toEqual([
      'bundle',
      './rules: the policy has no entrypoint agentid/main/rule_0',
    ]);
  });

  test('when it is no policy', async () => {
    expect(await refusal(policyModule({ version: [2, 0] }))).toEqual([
      'bundle',
      "./rules: the policy needs version 2.0 of OPA's interface, 1.2 or later is provided",
    ]);
    expect(await refusal(policyModule({ without: ['opa_eval'] }))).toEqual([
      'bundle',
      './rules: the module is not an OPA policy',
    ]);
  });

  test('when its code does not compile', async () => {
    const [code, message] = (await refusal(policyModule({ evaluate: [0xff] }))) as [string, string];
    expect(code).toBe('bundle');
    expect(message).toMatch(/^\.\/rules: the policy cannot be loaded: WebAssembly\.Module\(\): /);
    expect(message.length).toBeLessThan(400);
  });
});

describe('a thread', () => {
  const open = (limits: Partial<EvaluationLimits> = {}, worker = POLICY_WORKER) =>
    new PolicySandbox(withBad(honest(0)), { limits: { ...DEFAULT_LIMITS, ...limits }, worker });

  test('P12 prints nothing, whatever the policy prints', async () => {
    const written = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write'));
    const bundle = withBad(print(AT.more));
    await judgeWith(bundle, pair);
    for (const spy of written) {
      expect(spy.mock.calls.filter(([text]) => String(text).includes(PRINTED))).toEqual([]);
      spy.mockRestore();
    }
  });

  test('that is missing says what to do', async () => {
    const sandbox = open({}, new URL('no-such-worker.js', POLICY_WORKER));
    await expect(sandbox.loaded()).rejects.toThrow(
      './rules: policy worker: cannot be started; reinstall the package',
    );
  });

  describe('of another make', () => {
    const odd = new URL('fixtures/odd-worker.mjs', import.meta.url);

    test('P04 that fills its heap is stopped, and the next one answers', async () => {
      const sandbox = open({ call: 60_000, bundle: 600_000 }, odd);
      const fault = new PolicyError('limit', 'the policy exceeded 256 MiB');
      await expect(sandbox.judge('hunger', pair, [0])).rejects.toEqual(fault);
      expect(await sandbox.judge('nothing', pair, [0])).toEqual([]);
      sandbox.close();
    });

    test('that has a bug of ours says so', async () => {
      const sandbox = open({}, odd);
      await expect(sandbox.judge('a bug', pair, [0])).rejects.toThrow(new TypeError('a bug of ours'));
    });
  });

  test('that was closed answers nothing more', async () => {
    const sandbox = open();
    await sandbox.loaded();
    sandbox.close();
    await expect(sandbox.judge('agentid/main/rule_1', pair, [1])).rejects.toThrow(
      'the thread of a policy was ended',
    );
  });

  test('that is closed while it judges ends at once', async () => {
    const sandbox = new PolicySandbox(withBad(forEver), { limits: DEFAULT_LIMITS, worker: POLICY_WORKER });
    await sandbox.loaded();
    const judging = sandbox.judge('agentid/main/rule_0', pair, [0]);
    setTimeout(() => {
      sandbox.close();
    }, 50);
    await expect(judging).rejects.toThrow('the thread of a policy was ended');
  });

  test('answers in time though this one is busy when the time is over', async () => {
    const sandbox = open(SHORT);
    await sandbox.loaded();
    const judging = sandbox.judge('agentid/main/rule_1', pair, [1]);
    await new Promise((resume) => setImmediate(resume));
    const started = performance.now();
    while (performance.now() - started < 700);
    expect(await judging).toHaveLength(2);
    sandbox.close();
  });
});
