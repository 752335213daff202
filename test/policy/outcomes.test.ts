import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FACT_GROUPS, type FactGroup, type ResourceKind } from '../../src/model/vocabulary.ts';
import type { UnknownReason } from '../../src/model/resource.ts';
import { evaluate } from '../support/evaluate.ts';
import { OutcomeTally } from '../../src/policy/outcomes.ts';
import { PolicyError } from '../../src/policy/policy-error.ts';
import type { Subject } from '../../src/policy/subject.ts';
import type { Catalogue, RuleMetadata, RuleOutcome, SkippedSubjects } from '../../src/policy/types.ts';
import { bundle } from '../support/subjects.ts';

const KINDS: readonly ResourceKind[] = ['blueprint', 'agentIdentity', 'agentUser'];
const SURFACES = ['manifest', 'tenant'] as const;
const [template] = bundle.catalogue.rules;

type RulePlan = Pick<RuleMetadata, 'id' | 'appliesTo' | 'requires' | 'surfaces'>;
/** A subject, what is found in it (by rule id) or that it breaks the policy. */
type SubjectPlan = {
  readonly kind: ResourceKind;
  readonly from: Subject['from'];
  readonly off: readonly string[];
  readonly unknown: Subject['unknown'];
  readonly breaks: boolean;
  readonly fails: readonly string[];
};
type Plan = { readonly rules: readonly RulePlan[]; readonly subjects: readonly SubjectPlan[] };

function catalogueOf(rules: readonly RulePlan[]): Catalogue {
  if (template === undefined) throw new Error('no rule to copy');
  return { version: 1, rules: rules.map((rule) => ({ ...template, ...rule })) };
}

function subjectsOf({ subjects }: Plan): readonly Subject[] {
  return subjects.map(({ kind, from, off, unknown }, index) => ({
    ref: `${kind}/${index}`,
    kind,
    from,
    facts: JSON.stringify({ ref: `${kind}/${index}`, index }),
    unknown,
    off: new Set(off),
  }));
}

/** Answers as policies do: finds what is planned, twice, for rules that are off or lack facts as well. */
function engineOf({ rules, subjects }: Plan): {
  evaluate(entrypoint: string, input: readonly string[]): unknown;
} {
  return {
    evaluate: (_, input) => {
      const { docs } = JSON.parse(input.join('')) as { docs: readonly { ref: string; index: number }[] };
      return docs.map(({ ref, index }) => {
        const plan = subjects[index];
        if (plan === undefined || plan.breaks)
          throw new PolicyError('evaluation', 'the policy broke: planned');
        const applying = rules.filter((rule) => isFor(rule, plan));
        const found = rules.flatMap((rule, number) =>
          applying.includes(rule) && plan.fails.includes(rule.id)
            ? [[number, { path: ['x'], args: {} }]]
            : [],
        );
        return { ref, ran: applying.length, findings: [...found, ...found] };
      });
    },
  };
}

type Booked = 'evaluated' | 'failed' | 'notApplicable' | 'off' | UnknownReason;

function isFor({ appliesTo, surfaces }: RulePlan, { kind, from }: SubjectPlan): boolean {
  return appliesTo.includes(kind) && surfaces.includes(from === 'tenant' ? 'tenant' : 'manifest');
}

/** What should be booked for one subject and one rule, most telling reason first. */
function bookedFor(rule: RulePlan, subject: SubjectPlan): Booked {
  const { off, unknown, breaks } = subject;
  if (!isFor(rule, subject)) return 'notApplicable';
  if (off.includes(rule.id)) return 'off';
  const reasons = rule.requires.map((group) => unknown[group]);
  if (reasons.includes('facts-missing')) return 'facts-missing';
  if (reasons.includes('not-asked')) return 'not-asked';
  if (reasons.includes('declared-elsewhere')) return 'declared-elsewhere';
  return breaks ? 'failed' : 'evaluated';
}

async function run(plan: Plan) {
  return evaluate(engineOf(plan), catalogueOf(plan.rules), subjectsOf(plan));
}

const ids = ['a/one', 'a/two', 'b/three', 'b/four', 'c/five'] as const;
const groups = fc.subarray([...FACT_GROUPS]);
const rulePlans = fc
  .tuple(...ids.map(() => fc.tuple(fc.subarray([...KINDS]), groups, fc.subarray([...SURFACES]))))
  .map((all) =>
    all.map(([appliesTo, requires, surfaces], index): RulePlan => ({
      id: ids[index] ?? '',
      appliesTo,
      requires,
      surfaces,
    })),
  );
const subjectPlan: fc.Arbitrary<SubjectPlan> = fc.record({
  kind: fc.constantFrom(...KINDS),
  from: fc.constantFrom('document', 'tenant'),
  off: fc.subarray([...ids]),
  unknown: fc.dictionary(
    fc.constantFrom(...FACT_GROUPS),
    fc.constantFrom('declared-elsewhere', 'facts-missing', 'not-asked'),
  ),
  breaks: fc.boolean(),
  fails: fc.subarray([...ids]),
});
const plans: fc.Arbitrary<Plan> = fc.record({
  rules: rulePlans,
  subjects: fc.array(subjectPlan, { maxLength: 80 }),
});

describe('any rules and subjects', () => {
  test('every subject and rule is booked once, under the right word', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { pairs } = await run(plan);
        const booked = plan.rules.flatMap((rule) => plan.subjects.map((subject) => bookedFor(rule, subject)));
        const count = (...words: readonly Booked[]) => booked.filter((word) => words.includes(word)).length;
        expect(pairs).toEqual({
          evaluated: count('evaluated'),
          failed: count('failed'),
          notApplicable: count('notApplicable'),
          skipped: count('off', 'facts-missing', 'not-asked', 'declared-elsewhere'),
        });
        expect(pairs.evaluated + pairs.failed + pairs.notApplicable + pairs.skipped).toBe(
          plan.rules.length * plan.subjects.length,
        );
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('every rule has one outcome that says what happened to it', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { outcomes } = await run(plan);
        expect(outcomes.map(({ rule }) => rule)).toEqual(plan.rules.map(({ id }) => id));
        for (const [index, outcome] of outcomes.entries()) {
          const rule = plan.rules[index];
          if (rule !== undefined) expect(outcome).toEqual(outcomeOf(rule, plan.subjects));
        }
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test('a finding is kept only for a rule that was asked', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { findings, broken } = await run(plan);
        expect([...broken.keys()].sort((a, b) => a - b)).toEqual(
          plan.subjects.flatMap((subject, index) =>
            subject.breaks && plan.rules.some((rule) => isFor(rule, subject)) ? [index] : [],
          ),
        );
        const expected = plan.subjects.flatMap((subject, resource) =>
          plan.rules.flatMap((rule) =>
            bookedFor(rule, subject) === 'evaluated' && subject.fails.includes(rule.id)
              ? [`${resource} ${rule.id}`, `${resource} ${rule.id}`]
              : [],
          ),
        );
        expect(findings.map(({ resource, rule }) => `${resource} ${rule}`).sort()).toEqual(expected.sort());
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

const WORST_FIRST = ['facts-missing', 'not-asked', 'declared-elsewhere', 'off'] as const;

/** The outcome by its definition, counted anew for each word. */
function outcomeOf(rule: RulePlan, subjects: readonly SubjectPlan[]): RuleOutcome {
  const booked = subjects.map((subject) => ({ subject, word: bookedFor(rule, subject) }));
  const of = (word: Booked) => booked.filter((entry) => entry.word === word).map(({ subject }) => subject);
  if (of('failed').length > 0) return { rule: rule.id, status: 'failed', error: 'the policy broke: planned' };
  const skipped = WORST_FIRST.flatMap((reason): readonly SkippedSubjects[] => {
    const left = of(reason);
    if (left.length === 0) return [];
    return [
      { reason, subjects: left.length, ...(reason === 'off' ? {} : { missing: missingIn(rule, left) }) },
    ];
  });
  const judged = of('evaluated');
  const [worst] = skipped;
  if (judged.length > 0) {
    const failing = judged.filter(({ fails }) => fails.includes(rule.id)).length;
    const counted = { rule: rule.id, status: 'evaluated', subjects: judged.length, failing } as const;
    return skipped.length > 0 ? { ...counted, skipped } : counted;
  }
  if (worst === undefined) return { rule: rule.id, status: 'skipped', reason: 'not-applicable' };
  const { reason, missing } = worst;
  return { rule: rule.id, status: 'skipped', reason, ...(missing === undefined ? {} : { missing }) };
}

function missingIn({ requires }: RulePlan, subjects: readonly SubjectPlan[]): readonly FactGroup[] {
  return requires.filter((group) => subjects.some(({ unknown }) => unknown[group] !== undefined)).sort();
}

describe('why a rule was skipped', () => {
  const needs = {
    id: 'a/one',
    appliesTo: ['blueprint'],
    requires: ['sponsors', 'owners'],
    surfaces: ['manifest'],
  } as const;
  const plain = {
    kind: 'blueprint',
    from: 'document',
    off: [],
    unknown: {},
    breaks: false,
    fails: [],
  } as const;
  const outcome = async (...subjects: readonly Partial<SubjectPlan>[]) => {
    const { outcomes } = await run({
      rules: [needs],
      subjects: subjects.map((subject) => ({ ...plain, ...subject })),
    });
    return outcomes[0];
  };

  test('nothing of its kind', async () => {
    expect(await outcome()).toEqual({ rule: 'a/one', status: 'skipped', reason: 'not-applicable' });
    expect(await outcome({ kind: 'agentUser' })).toEqual({
      rule: 'a/one',
      status: 'skipped',
      reason: 'not-applicable',
    });
  });

  test('it is off, whatever else', async () => {
    const off = { off: ['a/one'], unknown: { sponsors: 'facts-missing' }, breaks: true } as const;
    expect(await outcome(off)).toEqual({ rule: 'a/one', status: 'skipped', reason: 'off' });
  });

  test('facts are kept elsewhere', async () => {
    expect(await outcome({ unknown: { sponsors: 'declared-elsewhere' } })).toEqual({
      rule: 'a/one',
      status: 'skipped',
      reason: 'declared-elsewhere',
      missing: ['sponsors'],
    });
  });

  test('facts are missing, though others are only kept elsewhere', async () => {
    expect(await outcome({ unknown: { sponsors: 'declared-elsewhere', owners: 'facts-missing' } })).toEqual({
      rule: 'a/one',
      status: 'skipped',
      reason: 'facts-missing',
      missing: ['owners', 'sponsors'],
    });
  });

  test('facts are missing in one, kept elsewhere in another, and it is off in a third', async () => {
    const three = [
      { off: ['a/one'] },
      { unknown: { owners: 'declared-elsewhere' } },
      { unknown: { sponsors: 'facts-missing' } },
    ] as const;
    expect(await outcome(...three)).toEqual({
      rule: 'a/one',
      status: 'skipped',
      reason: 'facts-missing',
      missing: ['sponsors'],
    });
    expect(await outcome(...three, { fails: ['a/one'] }, {})).toEqual({
      rule: 'a/one',
      status: 'evaluated',
      subjects: 2,
      failing: 1,
      skipped: [
        { reason: 'facts-missing', subjects: 1, missing: ['sponsors'] },
        { reason: 'declared-elsewhere', subjects: 1, missing: ['owners'] },
        { reason: 'off', subjects: 1 },
      ],
    });
  });

  test('facts that it does not need are no reason', async () => {
    expect(await outcome({ unknown: { inheritablePermissions: 'facts-missing' } })).toEqual({
      rule: 'a/one',
      status: 'evaluated',
      subjects: 1,
      failing: 0,
    });
  });

  test('one subject that breaks it says more than any that were judged', async () => {
    expect(await outcome({}, { breaks: true }, { off: ['a/one'] })).toEqual({
      rule: 'a/one',
      status: 'failed',
      error: 'the policy broke: planned',
    });
  });
});

describe('what could not be read', () => {
  const unread = {
    target: { kind: 'agentUser', from: 'tenant' },
    group: 'agentUsers',
    reason: 'facts-missing',
    needing: 'any',
    off: new Set<string>(),
  } as const;
  const rule = (id: string, parts: Partial<RulePlan> = {}): RulePlan => ({
    id,
    appliesTo: ['agentUser'],
    requires: [],
    surfaces: ['tenant'],
    ...parts,
  });

  function tallyOf(rules: readonly RulePlan[]): OutcomeTally {
    return new OutcomeTally(catalogueOf(rules));
  }

  test('is no pass of any rule that is for it, though nothing is there to be judged', () => {
    const tally = tallyOf([
      rule('a/one'),
      rule('a/two', { appliesTo: ['blueprint'] }),
      rule('b/three', { surfaces: ['manifest'] }),
      rule('b/four'),
    ]);
    tally.addUnread({ ...unread, off: new Set(['b/four']) });
    const skipped = { status: 'skipped', reason: 'not-applicable' };
    expect(tally.outcomes()).toEqual([
      { rule: 'a/one', status: 'skipped', reason: 'facts-missing', missing: ['agentUsers'] },
      { rule: 'a/two', ...skipped },
      { rule: 'b/three', ...skipped },
      { rule: 'b/four', ...skipped },
    ]);
    expect(tally.pairs()).toEqual({ evaluated: 0, failed: 0, notApplicable: 0, skipped: 0 });
  });

  test('is told beside what was judged', () => {
    const tally = tallyOf([rule('a/one')]);
    const [subject] = subjectsOf({
      rules: [],
      subjects: [{ kind: 'agentUser', from: 'tenant', off: [], unknown: {}, breaks: false, fails: [] }],
    });
    if (subject === undefined) throw new Error('no subject');
    expect(tally.add(subject, { findings: [], faults: new Map() }, () => undefined)).toBe(true);
    tally.addUnread(unread);
    expect(tally.outcomes()).toEqual([
      {
        rule: 'a/one',
        status: 'evaluated',
        subjects: 1,
        failing: 0,
        skipped: [{ reason: 'facts-missing', subjects: 0, missing: ['agentUsers'] }],
      },
    ]);
  });

  test('of one group touches the rules that need it, and is no gap when nobody asked for it', () => {
    const tally = tallyOf([
      rule('a/one', { requires: ['sponsors'] }),
      rule('a/two', { requires: ['owners'] }),
    ]);
    tally.addUnread({ ...unread, group: 'sponsors', needing: 'group', reason: 'not-asked' });
    expect(tally.outcomes()).toEqual([
      { rule: 'a/one', status: 'skipped', reason: 'not-asked', missing: ['sponsors'] },
      { rule: 'a/two', status: 'skipped', reason: 'not-applicable' },
    ]);
  });
});
