import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PolicyError } from '../../src/policy/policy-error.ts';
import { appliesTo } from '../../src/policy/surface.ts';
import { readJudgements } from '../../src/policy/receipt.ts';
import { builtInEngine, bundle, resourceWith, subjectOf } from '../support/subjects.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Entry = { ref: Json; ran: Json; findings: Json };
type Finding = { path: Json; args: Json; related?: Json };

const FEDERATED = {
  federatedIdentityCredentials: [{ name: 'ci', issuer: 'https://issuer.example', subject: 'agent' }],
};
const resources = [
  resourceWith('blueprint', { displayName: 'invoice-bot', sponsors: [], ...FEDERATED }, { uri: 'a.yaml' }),
  resourceWith('blueprint', { displayName: 'invoice-bot', ...FEDERATED }, { uri: 'b.yaml' }),
  resourceWith('blueprint', { displayName: 'mail-digest' }, { uri: 'c.yaml' }),
];
const subjects = resources.map((resource) => subjectOf(resource));
const refs = subjects.map(({ ref }) => ref);
const rules = bundle.catalogue.rules.flatMap((rule, number) =>
  appliesTo(rule, { kind: 'blueprint', from: 'document' }) ? [number] : [],
);
const real = builtInEngine(resources).evaluate(
  'agentid/main/blueprint',
  `{"docs":[${subjects.map(({ facts }) => facts).join(',')}]}`,
) as Entry[];

function finding(entry: Entry, index: number): [Json, Finding] {
  const all = entry.findings as [Json, Finding][];
  const found = all[index % all.length];
  if (found === undefined) throw new Error('the answer has no finding');
  return found;
}

/** The finding of the first resource that has other places. */
function related(answer: Entry[]): { message: Json; path: Json; resource?: Json }[] {
  const all = answer.flatMap(({ findings }) => findings as [Json, Finding][]);
  const found = all.find(([, { related: places }]) => Array.isArray(places) && places.length > 0);
  return (found?.[1].related ?? []) as { message: Json; path: Json; resource?: Json }[];
}

/** Every way to spoil an answer that a host can see. */
const SPOILT: Readonly<
  Record<string, (answer: Entry[], pick: { entry: Entry; finding: [Json, Finding]; junk: Json }) => unknown>
> = {
  'no answer': () => undefined,
  'an answer that is no list': (answer) => Object.fromEntries(answer.entries()),
  'one judgement missing': (answer) => answer.slice(1),
  'one judgement too many': (answer) => [...answer, answer[0]],
  'judgements in another order': (answer) => [...answer].reverse(),
  'a judgement that is no object': (answer, { entry, junk }) =>
    answer.map((each) => (each === entry ? junk : each)),
  'a judgement of another resource': (_, { entry }) => void (entry.ref = 'blueprint/elsewhere'),
  'a judgement without a resource': (_, { entry }) => void (entry.ref = null),
  'a rule that did not run': (_, { entry }) => void (entry.ran = rules.length - 1),
  'a rule too many': (_, { entry }) => void (entry.ran = rules.length + 1),
  'a count of rules that is text': (_, { entry }) => void (entry.ran = String(rules.length)),
  'no count of rules': (_, { entry }) => void (entry.ran = null),
  'no list of findings': (_, { entry, junk }) => void (entry.findings = Array.isArray(junk) ? null : junk),
  'a finding that is no pair': (_, { entry, junk }) => void (entry.findings = [junk]),
  'a finding of three parts': (_, { finding: found }) => void (found as Json[]).push(1),
  'a finding of a rule that is not there': (_, { finding: found }) => void (found[0] = 1_000),
  'a finding of a rule for other resources': (_, { finding: found }) =>
    void (found[0] = bundle.catalogue.rules.findIndex(({ id }) => id === 'repository/mcp-tooling')),
  'a finding of a rule between two others': (_, { finding: found }) => void (found[0] = 0.5),
  'a finding of a rule by name': (_, { finding: found }) => void (found[0] = 'accountability/no-owner'),
  'a finding of a negative rule': (_, { finding: found }) => void (found[0] = -1),
  'a finding without a body': (_, { finding: found, junk }) => void (found[1] = junk as never),
  'a path that is no list': (_, { finding: [, body], junk }) =>
    void (body.path = Array.isArray(junk) ? null : junk),
  'a step that is no name': (_, { finding: [, body] }) => void (body.path = ['sponsors', { id: 1 }]),
  'a step between two places': (_, { finding: [, body] }) => void (body.path = ['sponsors', 0.5]),
  'a step before the first place': (_, { finding: [, body] }) => void (body.path = ['sponsors', -1]),
  'arguments that are no object': (_, { finding: [, body], junk }) => void (body.args = junk),
  'an argument that is an object': (_, { finding: [, body] }) => void (body.args = { name: { a: 1 } }),
  'an argument that is a list of numbers': (_, { finding: [, body] }) =>
    void (body.args = { names: ['a', 1] }),
  'other places that are no list': (_, { finding: [, body] }) => void (body.related = 'elsewhere'),
  'another place that is no object': (_, { finding: [, body], junk }) => void (body.related = [junk]),
  'another place without words': (answer) => void (related(answer)[0]!.message = null),
  'another place without a path': (answer) => void (related(answer)[0]!.path = null),
  'another place in a resource by name': (answer) =>
    void (related(answer)[0]!.resource = 'blueprint/b.yaml#'),
  'another place in a negative resource': (answer) => void (related(answer)[0]!.resource = -1),
  'another place between two resources': (answer) => void (related(answer)[0]!.resource = 0.5),
};

/** No object, and no list with something in it. */
const junk = fc.constantFrom<Json>(null, true, false, 0, 1, -1, '', 'text', []);

test('an answer that accounts for everything is read', () => {
  const judgements = readJudgements(real, refs, rules);
  expect(judgements).toHaveLength(3);
  expect(judgements.map(({ findings }) => findings.length)).toEqual(
    real.map(({ findings }) => (findings as Json[]).length),
  );
  const shared = judgements[0]?.findings.find(
    ({ rule }) => bundle.catalogue.rules[rule]?.id === 'credentials/fic-shared',
  );
  expect(shared).toMatchObject({
    path: ['federatedIdentityCredentials', 0, 'subject'],
    related: [{ resource: 1, path: ['federatedIdentityCredentials', 0, 'subject'] }],
  });
});

test('every kind of argument is read as it is', () => {
  const args = { text: 'a', number: 1.5, flag: true, nothing: null, list: ['a', 'b'], none: [] };
  const answer = [{ ref: 'a', ran: 1, findings: [[3, { path: [], args }]] }];
  expect(readJudgements(answer, ['a'], [3])).toEqual([
    { findings: [{ rule: 3, path: [], args, related: [] }] },
  ]);
});

test('no resources, no judgements', () => {
  expect(readJudgements([], [], rules)).toEqual([]);
});

describe('an answer is refused that has', () => {
  test.each(Object.entries(SPOILT))('%s', (_, spoil) => {
    fc.assert(
      fc.property(fc.nat({ max: 2 }), fc.nat({ max: 20 }), junk, (which, place, value) => {
        const answer = structuredClone(real);
        const entry = answer[which]!;
        const spoilt = spoil(answer, { entry, finding: finding(entry, place), junk: value });
        // A spoiler that changes the answer in place returns nothing; so does the one for no answer at all.
        const given = spoil === SPOILT['no answer'] ? undefined : (spoilt ?? answer);
        expect(() => readJudgements(given, refs, rules)).toThrow(PolicyError);
      }),
      { seed: 1, numRuns: 30 },
    );
  });
});

describe('an answer of a policy that is not ours', () => {
  const bounds = { findings: 3, resources: 2 };
  const place = (resource: number) => ({ message: 'there', path: [], resource });
  const answer = (findings: number, related: readonly object[] = []) => [
    {
      ref: 'a',
      ran: 1,
      findings: Array.from({ length: findings }, () => [0, { path: [], args: {}, related }]),
    },
  ];

  test('may have as many findings as that, and point at every resource of the run', () => {
    const [judgement] = readJudgements(answer(3, [place(0), place(1)]), ['a'], [0], bounds);
    expect(judgement?.findings).toHaveLength(3);
  });

  test.each([
    ['a finding more', answer(4), 'the policy has more than 3 findings for one resource'],
    [
      'a resource that is not there',
      answer(1, [place(2)]),
      'a finding points at a resource that is not there',
    ],
  ])('may not have %s', (_, given, message) => {
    expect(() => readJudgements(given, ['a'], [0], bounds)).toThrow(new PolicyError('receipt', message));
  });
});

test('what is refused is not repeated', () => {
  const entry = { ref: 'a', ran: { secretText: 'hunter2' }, findings: [] };
  expect(() => readJudgements([entry], ['a'], [1, 2])).toThrow('an unknown number of 2 rules ran');
  expect(() => readJudgements([{ ref: 'hunter2' }], ['a'], [])).toThrow(
    'the policy answered for another resource',
  );
});
