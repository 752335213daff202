import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicySandbox } from '../../src/policy/sandbox.ts';
import { evaluateSandboxed, type Evaluation } from '../support/evaluate.ts';
import { PolicyError } from '../../src/policy/policy-error.ts';
import type { Judgement } from '../../src/policy/receipt.ts';
import type { Subject } from '../../src/policy/subject.ts';
import { ruleWith } from './foreign.ts';

const SOURCE = { kind: 'folder', name: './rules' } as const;
const KINDS = ['blueprint', 'agentIdentity'] as const;

/** What a rule does with a subject. */
type Deed = 'finds' | 'passes' | 'breaks' | 'loops';
type Plan = {
  readonly rules: readonly { readonly id: string; readonly kinds: readonly (typeof KINDS)[number][] }[];
  /** By subject and rule. */
  readonly subjects: readonly {
    readonly kind: (typeof KINDS)[number];
    readonly off: readonly string[];
    readonly deeds: readonly Deed[];
  }[];
  /** Calls after which the whole bundle has taken too much. */
  readonly calls?: number;
};
type Call = { readonly entrypoint: string; readonly refs: readonly string[] };
type Sandbox = Pick<PolicySandbox, 'judge' | 'spent'> & {
  readonly calls: readonly Call[];
  /** Entrypoints that took too much. */
  readonly stopped: readonly string[];
};

const SPENT = new PolicyError('limit', 'the policies from ./rules exceeded 60 s in all');

/** A sandbox that does what is planned, and what it was asked. */
function sandboxOf({ rules, subjects, calls: most = Infinity }: Plan): Sandbox {
  const stopped: string[] = [];
  const calls: Call[] = [];
  const judge = (entrypoint: string, asked: readonly Subject[]): readonly Judgement[] => {
    if (calls.length >= most) throw SPENT;
    calls.push({ entrypoint, refs: asked.map(({ ref }) => ref) });
    const [, only] = /rule_(\d+)$/.exec(entrypoint) ?? [];
    return asked.map(({ ref, kind }) => {
      const findings = rules.flatMap(({ kinds }, rule) => {
        const isRun = only === undefined ? kinds.some((one) => one === kind) : Number(only) === rule;
        const deed = isRun ? (subjects[Number(ref)]?.deeds[rule] ?? 'passes') : 'passes';
        if (deed === 'loops') {
          stopped.push(entrypoint);
          throw new PolicyError('limit', 'the policy exceeded 10 s');
        }
        if (deed === 'breaks') throw new PolicyError('evaluation', 'the policy broke: planned');
        return deed === 'finds' ? [{ rule, path: ['x'], args: {}, related: [] }] : [];
      });
      return { findings };
    });
  };
  return {
    calls,
    stopped,
    get spent() {
      return calls.length >= most ? SPENT : null;
    },
    judge: (entrypoint, asked) => Promise.resolve().then(() => judge(entrypoint, asked)),
  };
}

async function run(plan: Plan): Promise<Sandbox & { readonly evaluation: Evaluation }> {
  const sandbox = sandboxOf(plan);
  const rules = plan.rules.map(({ id, kinds }) => ruleWith(id, { appliesTo: kinds }));
  const subjects = plan.subjects.map(({ kind, off }, index): Subject => {
    return { ref: String(index), kind, from: 'document', facts: '{}', unknown: {}, off: new Set(off) };
  });
  const bundle = { source: SOURCE, catalogue: { version: 1 as const, rules } };
  return { ...sandbox, evaluation: await evaluateSandboxed(sandbox, bundle, subjects) };
}

const rules = ['acme/a', 'acme/b', 'acme/c'].map((id) => ({ id, kinds: ['blueprint'] as const }));
const subject = (...deeds: readonly Deed[]) => ({ kind: 'blueprint', off: [], deeds }) as const;
const one = { entrypoint: 'agentid/main/blueprint' };

test('rules that do not break are asked all together', async () => {
  const { evaluation, calls } = await run({
    rules,
    subjects: [subject('finds'), subject('passes', 'finds')],
  });
  expect(calls).toEqual([{ ...one, refs: ['0', '1'] }]);
  expect(evaluation.findings.map(({ rule, resource }) => [rule, resource])).toEqual([
    ['acme/a', 0],
    ['acme/b', 1],
  ]);
});

test('one that breaks is looked for rule by rule, then resource by resource', async () => {
  const subjects = [subject('finds', 'breaks', 'finds'), subject('passes', 'finds', 'finds')];
  const { evaluation, calls } = await run({ rules, subjects });
  expect(calls).toEqual([
    { ...one, refs: ['0', '1'] },
    { entrypoint: 'agentid/main/rule_0', refs: ['0', '1'] },
    { entrypoint: 'agentid/main/rule_1', refs: ['0', '1'] },
    { entrypoint: 'agentid/main/rule_1', refs: ['0'] },
    { entrypoint: 'agentid/main/rule_1', refs: ['1'] },
    { entrypoint: 'agentid/main/rule_2', refs: ['0', '1'] },
  ]);
  expect(evaluation.findings.map(({ rule, resource }) => [rule, resource])).toEqual([
    ['acme/a', 0],
    ['acme/c', 0],
    ['acme/b', 1],
    ['acme/c', 1],
  ]);
  expect(evaluation.outcomes).toEqual([
    { rule: 'acme/a', status: 'evaluated', subjects: 2, failing: 1 },
    { rule: 'acme/b', status: 'failed', error: 'policy acme/b (from ./rules) broke: planned' },
    { rule: 'acme/c', status: 'evaluated', subjects: 2, failing: 2 },
  ]);
});

describe('one that takes too much', () => {
  const loops = [...Array.from({ length: 64 }, () => subject('passes', 'loops')), subject('finds', 'finds')];

  test('is not asked again, and rules are asked one by one from then on', async () => {
    const { evaluation, calls } = await run({ rules, subjects: loops });
    expect(calls.map(({ entrypoint, refs }) => [entrypoint, refs.length])).toEqual([
      ['agentid/main/blueprint', 64],
      ['agentid/main/rule_0', 64],
      ['agentid/main/rule_1', 64],
      ['agentid/main/rule_2', 64],
      ['agentid/main/rule_0', 1],
      ['agentid/main/rule_2', 1],
    ]);
    expect(evaluation.outcomes[1]).toEqual({
      rule: 'acme/b',
      status: 'failed',
      error: 'policy acme/b (from ./rules) exceeded 10 s',
    });
    expect(evaluation.pairs).toEqual({ evaluated: 130, failed: 65, notApplicable: 0, skipped: 0 });
  });

  test('is asked once when it is alone', async () => {
    const { calls } = await run({ rules: rules.slice(0, 1), subjects: [subject('loops'), subject('loops')] });
    expect(calls).toEqual([{ ...one, refs: ['0', '1'] }]);
  });

  test('is not looked for where it is off', async () => {
    const off = loops.map((each) => ({ ...each, off: ['acme/b'] }));
    const { evaluation, calls } = await run({ rules, subjects: off });
    expect(calls.map(({ entrypoint }) => entrypoint)).not.toContain('agentid/main/rule_1');
    expect(evaluation.outcomes[1]).toEqual({ rule: 'acme/b', status: 'skipped', reason: 'off' });
    expect(evaluation.pairs).toEqual({ evaluated: 130, failed: 0, notApplicable: 0, skipped: 65 });
  });
});

test('a bundle that has taken too much in all is not asked again', async () => {
  const subjects = Array.from({ length: 130 }, () => subject('finds', 'breaks'));
  const { evaluation, calls } = await run({ rules, subjects, calls: 2 });
  expect(calls).toHaveLength(2);
  expect(evaluation.outcomes).toEqual(
    rules.map(({ id }) => ({ rule: id, status: 'failed', error: SPENT.message })),
  );
  expect(evaluation.pairs).toEqual({ evaluated: 64, failed: 3 * 130 - 64, notApplicable: 0, skipped: 0 });
});

test("a fault that is not of the policy is nobody's finding", async () => {
  const fault = new TypeError('a bug of ours');
  const sandbox = { spent: null, judge: () => Promise.reject(fault) };
  const bundle = { source: SOURCE, catalogue: { version: 1 as const, rules: [ruleWith('acme/a')] } };
  const subjects: readonly Subject[] = [
    { ref: '0', kind: 'blueprint', from: 'document', facts: '{}', unknown: {}, off: new Set() },
  ];
  await expect(evaluateSandboxed(sandbox, bundle, subjects)).rejects.toBe(fault);
});

describe('any rules that break anyhow', () => {
  const ids = ['acme/a', 'acme/b', 'acme/c', 'acme/d'];
  const deed = fc.constantFrom<Deed>('finds', 'passes', 'finds', 'passes', 'breaks', 'loops');
  const plans: fc.Arbitrary<Plan> = fc.record({
    rules: fc
      .tuple(...ids.map(() => fc.subarray([...KINDS])))
      .map((all) => all.map((kinds, index) => ({ id: ids[index] ?? '', kinds }))),
    subjects: fc.array(
      fc.record({
        kind: fc.constantFrom(...KINDS),
        off: fc.subarray(ids),
        deeds: fc.array(deed, { minLength: 4, maxLength: 4 }),
      }),
      { maxLength: 150 },
    ),
  });

  test('leave every subject and rule booked once, and keep what the others find', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { evaluation, stopped } = await run(plan);
        const { pairs, findings, outcomes } = evaluation;
        const booked = pairs.evaluated + pairs.failed + pairs.notApplicable + pairs.skipped;
        expect(booked).toBe(plan.rules.length * plan.subjects.length);
        const asked = (rule: number) =>
          plan.subjects.flatMap(({ kind, off, deeds }, index) => {
            const { id = '', kinds = [] } = plan.rules[rule] ?? {};
            return kinds.includes(kind) && !off.includes(id) ? [{ index, deed: deeds[rule] }] : [];
          });
        for (const [rule, { id }] of plan.rules.entries()) {
          const these = asked(rule);
          const isStopped = these.some((each) => each.deed === 'loops');
          const expected = these.flatMap((each) => (each.deed === 'finds' ? [each.index] : []));
          const found = findings.filter((finding) => finding.rule === id).map(({ resource }) => resource);
          if (isStopped) expect(expected).toEqual(expect.arrayContaining(found));
          else expect(found.sort((a, b) => a - b)).toEqual(expected);
          const isBroken = isStopped || these.some((each) => each.deed === 'breaks');
          expect(outcomes[rule]?.status === 'failed').toBe(isBroken);
        }
        expect(new Set(stopped).size).toBe(stopped.length);
      }),
      { seed: 1, numRuns: 150 },
    );
  });
});
