import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readInputs } from '../../src/lint/inputs.ts';
import { SubjectBuilder, type Prepared } from '../../src/lint/subjects.ts';
import { RESOURCE_KINDS } from '../../src/model/vocabulary.ts';
import { dataText, type PolicyData } from '../../src/policy/data.ts';
import { PolicyEngine } from '../../src/policy/engine.ts';
import { entrypointName, targetsOf } from '../../src/policy/surface.ts';
import { blueprint } from '../lint/blueprints.ts';
import { fileExamples, type FileCase } from '../support/examples.ts';
import { withFiles } from '../support/lint-files.ts';
import { bundle, dataOf, resourceWith, subjectOf } from '../support/subjects.ts';
import { compiled, evaluatedByOpa, POLICIES } from './opa.ts';
import { tenantCases } from './tenant-cases.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Facts of one kind that are judged together, and what rules look up. */
type Case = {
  readonly name: string;
  /** Name of the entrypoint. */
  readonly entrypoint: string;
  readonly docs: readonly Json[];
  readonly data: PolicyData;
};

let cases: readonly Case[] = [];
let opa: readonly unknown[] = [];
let wasm: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  const shown: Case[] = [];
  for (const example of fileExamples()) shown.push(...(await casesOf(example)));
  cases = [...shown, ...broken(shown), ...generated(), ...(await ofTenants())];
  opa = judgedByOpa(cases);
  // From the sources, as OPA takes them: whether the bundle is current is another question.
  wasm = compiled(
    { policies: POLICIES, module: 'package oracle' },
    ENTRYPOINTS.map((name) => `agentid/main/${name}`),
  );
}, 120_000);

// A rule for files and tenants may name a kind that is in files only.
const ENTRYPOINTS = targetsOf(bundle.catalogue.rules)
  .filter(({ kind, from }) => from === 'document' || RESOURCE_KINDS[kind].surface !== 'repository')
  .map(entrypointName);

async function ofTenants(): Promise<readonly Case[]> {
  return (await tenantCases()).map(({ name, kind, docs, data }) => ({
    name,
    entrypoint: entrypointName({ kind, from: 'tenant' }),
    docs: docs as readonly Json[],
    data,
  }));
}

/** All cases in one process. Each brings its options, look-ups and moment; the tables are the same for all. */
function judgedByOpa(all: readonly Case[]): readonly unknown[] {
  const rules = ENTRYPOINTS.map(
    (name) => `answers[i] := answer if {
	some i, one in input.cases
	one.entrypoint == "${name}"
	answer := main.${name} with input as {"docs": one.docs}
		with data.agentid.options as one.data.options
		with data.agentid.known as one.data.known
		with data.agentid.run as {"now": one.data.now}
}`,
  );
  const module = ['package oracle', 'import data.agentid.main', ...rules].join('\n\n');
  const answers = evaluatedByOpa(
    { policies: POLICIES, module, tables: bundle.tables },
    'data.oracle.answers',
    { cases: all },
  );
  return all.map((_, index) => (answers as Readonly<Record<string, unknown>>)[index]);
}

async function prepared(example: FileCase): Promise<Prepared> {
  const { companions = [], file, source, rule, config = {}, relationships = 'declared' } = example;
  const files = Object.fromEntries([...companions, { file, source }].map((each) => [each.file, each.source]));
  return withFiles(files, { ruleOptions: { [rule]: config }, relationships }, async (request) => {
    const builder = new SubjectBuilder(request);
    await readInputs(request, (resource) => {
      builder.add(resource);
    });
    return builder.result();
  });
}

/** A case for every kind in an example's files. */
async function casesOf(example: FileCase): Promise<readonly Case[]> {
  const { subjects, data } = await prepared(example);
  return [...new Set(subjects.map(({ kind }) => kind))].map((kind) => ({
    name: `${example.rule}: ${example.name} (${kind})`,
    entrypoint: entrypointName({ kind, from: 'document' }),
    docs: subjects.filter((subject) => subject.kind === kind).map(({ facts }) => JSON.parse(facts) as Json),
    data,
  }));
}

const JUNK = fc.constantFrom<Json>(
  ...[
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e10,
    '',
    ' ',
    'x',
    '*',
    '.',
    '/',
    '://',
    'https://',
    'é😀',
    'ΟΔΟΣ',
    '\u0000',
  ],
  ...[
    '<x>',
    '${x}',
    'api://',
    'http://localhost:0',
    'https://[::1]/',
    '00000000-0000-0000-0000-000000000000',
  ],
  ...[[], {}, [null], [[]], [{}], { a: 1 }, ['x', 'x'], { '': '' }, [1, 'a', null]],
);

/** Facts of examples with one value of their properties replaced by another, or gone. */
function broken(shown: readonly Case[]): readonly Case[] {
  const change = fc.tuple(fc.nat({ max: shown.length - 1 }), fc.nat(), fc.option(JUNK, { nil: undefined }));
  return fc.sample(change, { numRuns: 250, seed: 1 }).flatMap(([which, place, value]) => {
    const one = shown[which];
    if (one === undefined) return [];
    const docs = one.docs.map((doc) =>
      withProperties(doc, (properties) => changed(properties, place, value)),
    );
    return [{ ...one, name: `${one.name}, value ${place} as ${JSON.stringify(value)}`, docs }];
  });
}

function withProperties(doc: Json, change: (properties: Json) => Json): Json {
  const { properties, ...rest } = doc as { readonly properties: Json };
  return { ...rest, properties: change(properties) };
}

/** The value with the node at that place, in the order of the text, replaced; `undefined` leaves it out. */
function changed(root: Json, place: number, value: Json | undefined): Json {
  let left = place % Math.max(1, size(root) - 1);
  const walk = (node: Json): Json => {
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node).flatMap(([key, entry]) => {
      left -= 1;
      if (left === -1) return value === undefined ? [] : [[key, value] as const];
      return [[key, walk(entry)] as const];
    });
    return Array.isArray(node) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
  };
  return walk(root);
}

function size(node: Json): number {
  if (typeof node !== 'object' || node === null) return 1;
  return Object.values(node).reduce<number>((sum, entry: Json) => sum + size(entry), 1);
}

function generated(): readonly Case[] {
  return fc
    .sample(fc.array(blueprint, { minLength: 2, maxLength: 2 }), { numRuns: 50, seed: 2 })
    .map((pair, index) => {
      const resources = pair.map((properties, place) =>
        resourceWith('blueprint', properties, { uri: `agents/${place}.yaml` }),
      );
      const docs = resources.map((resource) => JSON.parse(subjectOf(resource).facts) as Json);
      return { name: `generated ${index}`, entrypoint: 'blueprint', docs, data: dataOf(resources) };
    });
}

/** Our engine's answers, in the order of the cases. Those with the same data are asked in a row, of one engine. */
function judgedByUs(all: readonly Case[]): readonly unknown[] {
  const answers: unknown[] = [];
  for (const data of new Set(all.map((one) => one.data))) {
    const engine = new PolicyEngine(wasm, dataText(bundle, data));
    for (const [index, one] of all.entries()) {
      if (one.data !== data) continue;
      answers[index] = engine.evaluate(`agentid/main/${one.entrypoint}`, JSON.stringify({ docs: one.docs }));
    }
  }
  return answers;
}

function asSets(answer: unknown): unknown {
  const judgements = answer as readonly {
    readonly ref: string;
    readonly ran: number;
    readonly findings: readonly Json[];
  }[];
  return judgements.map(({ ref, ran, findings }) => ({ ref, ran, findings: findings.map(inOrder).sort() }));
}

/** JSON text with the keys of objects in order. */
function inOrder(value: Json): string {
  return JSON.stringify(value, (_, entry: Json) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}

describe('OPA and our engine find the same', () => {
  test('in hundreds of cases, most with findings', () => {
    expect(cases.length).toBeGreaterThan(450);
    const found = opa.filter((answer) =>
      (answer as { findings: unknown[] }[]).some(({ findings }) => findings.length > 0),
    );
    expect(found.length).toBeGreaterThan(300);
  });

  test('in every case', () => {
    const answers = judgedByUs(cases);
    const differing = cases.flatMap((one, index) => {
      const ours = asSets(answers[index]);
      const theirs = opa[index] === undefined ? 'undefined' : asSets(opa[index]);
      return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ case: one.name, ours, theirs }];
    });
    expect(differing).toEqual([]);
  });

  test('for resources of every kind in files and in tenants, by every rule', () => {
    expect(new Set(cases.map(({ entrypoint }) => entrypoint))).toEqual(new Set(ENTRYPOINTS));
    const rules = opa.flatMap((answer) =>
      (answer as { findings: [number, unknown][] }[]).flatMap(({ findings }) =>
        findings.map(([rule]) => rule),
      ),
    );
    expect(bundle.catalogue.rules.flatMap(({ id }, number) => (rules.includes(number) ? [] : [id]))).toEqual(
      [],
    );
  });
});
