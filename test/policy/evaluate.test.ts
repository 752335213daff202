import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentKind } from '../../src/model/vocabulary.ts';
import { evaluate, type Evaluation } from '../support/evaluate.ts';
import { PolicyError } from '../../src/policy/policy-error.ts';
import type { Subject } from '../../src/policy/subject.ts';
import { bundle, builtInEngine, resourceWith, subjectOf } from '../support/subjects.ts';

const { catalogue } = bundle;
const engine = builtInEngine();

type Call = { readonly entrypoint: string; readonly refs: readonly string[] };

/** The built-in rules, and what they were asked. */
function recording(): {
  readonly calls: Call[];
  evaluate(entrypoint: string, input: readonly string[]): unknown;
} {
  const calls: Call[] = [];
  return {
    calls,
    evaluate: (entrypoint, input) => {
      const { docs } = JSON.parse(input.join('')) as { docs: readonly { readonly ref: string }[] };
      calls.push({ entrypoint, refs: docs.map(({ ref }) => ref) });
      return engine.evaluate(entrypoint, input);
    },
  };
}

function subject(
  kind: DocumentKind,
  index: number,
  properties: Readonly<Record<string, unknown>> = {},
): Subject {
  return subjectOf(
    resourceWith(kind, { displayName: `agent ${index}`, ...properties }, { uri: `${kind}-${index}.yaml` }),
  );
}

function subjects(kind: DocumentKind, count: number): readonly Subject[] {
  return Array.from({ length: count }, (_, index) => subject(kind, index));
}

/** A subject whose facts are exactly so long. */
function subjectOfLength(characters: number, index: number): Subject {
  const short = subject('agentUser', index, { description: '' });
  return subject('agentUser', index, { description: 'x'.repeat(characters - short.facts.length) });
}

function sum({ pairs }: Evaluation): number {
  return pairs.evaluated + pairs.failed + pairs.notApplicable + pairs.skipped;
}

describe('a call', () => {
  test.each([
    [0, []],
    [1, [1]],
    [63, [63]],
    [64, [64]],
    [65, [64, 1]],
    [128, [64, 64]],
    [129, [64, 64, 1]],
  ])('holds at most 64 resources: %i', async (count, sizes) => {
    const recorder = recording();
    const all = subjects('agentUser', count);
    const evaluation = await evaluate(recorder, catalogue, all);
    expect(recorder.calls.map(({ refs }) => refs.length)).toEqual(sizes);
    expect(recorder.calls.flatMap(({ refs }) => refs)).toEqual(all.map(({ ref }) => ref));
    expect(evaluation.broken.size).toBe(0);
    expect(sum(evaluation)).toBe(count * catalogue.rules.length);
  });

  const limit = 256 * 1024;
  test.each([
    ['two that fill it together', [limit / 2, limit / 2], [2]],
    ['two that are one character too long together', [limit / 2, limit / 2 + 1], [1, 1]],
    ['one that fills it, between short ones', [1_000, limit, 1_000], [1, 1, 1]],
    ['one that is too long by itself', [1_000, limit + 1, 1_000], [1, 1, 1]],
    ['four of a third', [1, 2, 3, 4].map(() => Math.floor(limit / 3)), [3, 1]],
  ])('holds at most 256 KiB of facts: %s', async (_, lengths, sizes) => {
    const recorder = recording();
    const all = lengths.map(subjectOfLength);
    expect(all.map(({ facts }) => facts.length)).toEqual(lengths);
    const evaluation = await evaluate(recorder, catalogue, all);
    expect(recorder.calls.map(({ refs }) => refs.length)).toEqual(sizes);
    expect(recorder.calls.flatMap(({ refs }) => refs)).toEqual(all.map(({ ref }) => ref));
    expect(evaluation.broken.size).toBe(0);
    expect(evaluation.outcomes.find(({ rule }) => rule === 'metadata/naming')).toMatchObject({
      status: 'evaluated',
      subjects: lengths.length,
    });
  });

  test('holds resources of one kind', async () => {
    const recorder = recording();
    const [users, blueprints] = [subjects('agentUser', 70), subjects('blueprint', 3)];
    const all = users.flatMap((user, index) => [user, ...blueprints.slice(index, index + 1)]);
    await evaluate(recorder, catalogue, all);
    expect(recorder.calls.map(({ entrypoint, refs }) => [entrypoint, refs.length])).toEqual([
      ['agentid/main/agent_user', 64],
      ['agentid/main/agent_user', 6],
      ['agentid/main/blueprint', 3],
    ]);
  });

  test('is not made for a kind that no rule is about', async () => {
    const recorder = recording();
    const others = catalogue.rules.map((rule) => ({ ...rule, appliesTo: ['agentIdentity'] as const }));
    const evaluation = await evaluate(recorder, { ...catalogue, rules: others }, subjects('agentUser', 2));
    expect(recorder.calls).toEqual([]);
    expect(evaluation.pairs).toEqual({
      evaluated: 0,
      failed: 0,
      notApplicable: 2 * others.length,
      skipped: 0,
    });
    expect(new Set(evaluation.outcomes.map(({ status }) => status))).toEqual(new Set(['skipped']));
  });

  test.each([
    ['blueprint', 'agentid/main/blueprint'],
    ['blueprintPrincipal', 'agentid/main/blueprint_principal'],
    ['agent365GeneratedConfig', 'agentid/main/agent365_generated_config'],
    ['appPackageManifest', 'agentid/main/app_package_manifest'],
  ] as const)('asks the entrypoint of its kind: %s', async (kind, entrypoint) => {
    const recorder = recording();
    const evaluation = await evaluate(recorder, catalogue, subjects(kind, 1));
    expect(recorder.calls).toEqual([{ entrypoint, refs: [`${kind}/${kind}-0.yaml#`] }]);
    expect(evaluation.broken.size).toBe(0);
  });
});

describe('findings', () => {
  const properties = fc.record(
    {
      description: fc.constantFrom('', 'Sends invoices.', 'x'.repeat(90_000)),
      signInAudience: fc.constantFrom(
        'AzureADMyOrg',
        'AzureADMultipleOrgs',
        'AzureADandPersonalMicrosoftAccount',
      ),
      sponsors: fc.constantFrom([], ['a@contoso.com'], ['a@contoso.com', 'b@contoso.com']),
      owners: fc.constantFrom([], ['a@contoso.com']),
      passwordCredentials: fc.constantFrom([], [{ displayName: 'ci', secretText: 'Zx9~abcdefghijklmnop' }]),
    },
    { requiredKeys: [] },
  );
  const kind = fc.constantFrom<DocumentKind>('blueprint', 'agentUser', 'agentIdentity', 'toolingManifest');
  const some = fc.array(fc.tuple(kind, properties), { minLength: 1, maxLength: 90 });

  test('are the same however many resources are judged together, kind by kind in the order given', async () => {
    await fc.assert(
      fc.asyncProperty(some, async (chosen) => {
        const all = chosen.map(([of, values], index) => subject(of, index, values));
        const together = await evaluate(engine, catalogue, all);
        const kinds = [...new Set(all.map((each) => each.kind))];
        const alone = [];
        for (const of of kinds) {
          for (const [resource, each] of all.entries()) {
            if (each.kind !== of) continue;
            const { findings } = await evaluate(engine, catalogue, [each]);
            alone.push(...findings.map((finding) => ({ ...finding, resource })));
          }
        }
        expect(together.findings).toEqual(alone);
        expect(together.broken.size).toBe(0);
        expect(sum(together)).toBe(all.length * catalogue.rules.length);
      }),
      { numRuns: 12, seed: 1 },
    );
  });
});

describe('one bad resource among many', () => {
  const bad = (index: number): Subject => subject('agentUser', index, { displayName: 'half a pair: \ud83d' });

  test('P23 20 that break the policy are named, and the others are judged', async () => {
    const isBad = (index: number): boolean => index % 13 === 5;
    const all = Array.from({ length: 260 }, (_, index) =>
      isBad(index) ? bad(index) : subject('agentUser', index, { displayName: 'TODO' }),
    );
    const evaluation = await evaluate(engine, catalogue, all);
    expect([...evaluation.broken.keys()]).toEqual(all.flatMap((_, index) => (isBad(index) ? [index] : [])));
    expect([...new Set([...evaluation.broken.values()].map(({ code }) => code))]).toEqual(['evaluation']);
    const named = evaluation.findings
      .filter(({ rule }) => rule === 'metadata/naming')
      .map(({ resource }) => resource);
    expect(named).toEqual(all.flatMap((_, index) => (isBad(index) ? [] : [index])));
    expect(evaluation.outcomes.filter(({ status }) => status === 'failed').map(({ rule }) => rule)).toEqual([
      'credentials/secret-value-in-file',
      'metadata/naming',
    ]);
    expect(evaluation.pairs).toEqual({
      evaluated: 240 * 2,
      failed: 20 * 2,
      notApplicable: 260 * (catalogue.rules.length - 2),
      skipped: 0,
    });
  });

  test('P22 thousands of resources are judged in calls of their own', async () => {
    const recorder = recording();
    const all = subjects('agentUser', 2_000);
    const evaluation = await evaluate(recorder, catalogue, all);
    expect(recorder.calls).toHaveLength(Math.ceil(2_000 / 64));
    expect(evaluation.pairs.evaluated).toBe(4_000);
  });

  test('P23 one that breaks the policy by itself breaks nothing else', async () => {
    const evaluation = await evaluate(engine, catalogue, [bad(0)]);
    expect([...evaluation.broken.keys()]).toEqual([0]);
    expect(evaluation.findings).toEqual([]);
  });

  test('rules that are off do not fail for it', async () => {
    const evaluation = await evaluate(engine, catalogue, [{ ...bad(0), off: new Set(['metadata/naming']) }]);
    expect(evaluation.outcomes.find(({ rule }) => rule === 'metadata/naming')).toEqual({
      rule: 'metadata/naming',
      status: 'skipped',
      reason: 'off',
    });
    expect(evaluation.pairs).toMatchObject({ evaluated: 0, failed: 1, skipped: 1 });
  });
});

describe('receipts', () => {
  type Entry = { readonly ref: string; readonly ran: number; readonly findings: readonly unknown[] };

  /** The built-in rules with their answers changed. */
  function changing(change: (answer: readonly Entry[]) => unknown): {
    evaluate(entrypoint: string, input: string): unknown;
  } {
    return {
      evaluate: (entrypoint, input) => change(engine.evaluate(entrypoint, input) as readonly Entry[]),
    };
  }

  const all = subjects('agentUser', 3);
  const isSecond = ({ ref }: Entry): boolean => ref === all[1]?.ref;

  test.each<readonly [string, (answer: readonly Entry[]) => unknown]>([
    ['missing', (answer) => answer.filter((entry) => !isSecond(entry))],
    ['there twice', (answer) => answer.flatMap((entry) => (isSecond(entry) ? [entry, entry] : [entry]))],
    [
      'foreign',
      (answer) => answer.map((entry) => (isSecond(entry) ? { ...entry, ref: 'agentUser/other' } : entry)),
    ],
    [
      'short of a rule',
      (answer) => answer.map((entry) => (isSecond(entry) ? { ...entry, ran: entry.ran - 1 } : entry)),
    ],
  ])('one that is %s is a fault of its resource alone', async (_, change) => {
    const evaluation = await evaluate(changing(change), catalogue, all);
    expect([...evaluation.broken].map(([index, { code }]) => [index, code])).toEqual([[1, 'receipt']]);
    expect(evaluation.pairs).toMatchObject({ evaluated: 4, failed: 2, skipped: 0 });
  });

  test('answers in another order are a fault of nobody when each is asked alone', async () => {
    const evaluation = await evaluate(
      changing((answer) => [...answer].reverse()),
      catalogue,
      all,
    );
    expect(evaluation.broken.size).toBe(0);
    expect(evaluation.pairs.evaluated).toBe(6);
  });

  test.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty list', []],
    ['an object', {}],
    ['words', 'all good'],
  ])('%s instead of a list of answers is a fault of every resource', async (_, answer) => {
    const evaluation = await evaluate(
      changing(() => answer),
      catalogue,
      all,
    );
    expect([...evaluation.broken.keys()]).toEqual([0, 1, 2]);
    expect(evaluation.pairs).toMatchObject({ evaluated: 0, failed: 6 });
    expect(evaluation.findings).toEqual([]);
  });

  test("a fault that is not of the policy is nobody's finding", async () => {
    const fault = new TypeError('a bug of ours');
    const broken = {
      evaluate: () => {
        throw fault;
      },
    };
    await expect(evaluate(broken, catalogue, all)).rejects.toBe(fault);
    expect(fault).not.toBeInstanceOf(PolicyError);
  });
});
