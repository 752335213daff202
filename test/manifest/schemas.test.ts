import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { epochSeconds } from '../../src/model/timestamps.ts';
import { validatorFor } from '../../src/manifest/validators.ts';
import type { AgentKind } from '../../src/manifest/result.ts';
import { fixture } from './support.ts';

type Schema = { readonly [keyword: string]: unknown };

const FOLDER = new URL('../../schemas/', import.meta.url);
const NATIVE: { readonly [kind in AgentKind]: string } = {
  blueprint: 'blueprint',
  blueprintPrincipal: 'blueprint-principal',
  agentIdentity: 'agent-identity',
  agentUser: 'agent-user',
};
const KINDS = Object.keys(NATIVE) as AgentKind[];

function published(name: string): Schema {
  return JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8')) as Schema;
}

/** Every schema inside a schema, with its path. */
function* inside(schema: unknown, path = '#'): Generator<readonly [string, Schema]> {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return;
  const object = schema as Schema;
  yield [path, object];
  for (const keyword of ['properties', '$defs']) {
    for (const [name, inner] of Object.entries(object[keyword] ?? {}))
      yield* inside(inner, `${path}/${keyword}/${name}`);
  }
  yield* inside(object['items'], `${path}/items`);
}

/** What editors run: the published files as they are. */
function editor(): Ajv2020 {
  const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: false, allErrors: true });
  ajv.addFormat('date-time', (text: string) => epochSeconds(text) !== null);
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.schema.json'))) {
    ajv.addSchema(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Schema);
  }
  return ajv;
}

const ajv = editor();
const idOf = (name: string) => published(name)['$id'] as string;
const MANIFEST = idOf('manifest');
const CHECKS = new Map(KINDS.map((kind) => [kind, ajv.getSchema(idOf(NATIVE[kind]))] as const));

describe.each(KINDS)('the published schema of the native form: %s', (kind) => {
  const schema = published(NATIVE[kind]);

  test('tells an editor what every property is', () => {
    const silent = [...inside(schema)].filter(
      ([path, each]) =>
        /\/properties\/[^/]+$/.test(path) &&
        typeof each['description'] !== 'string' &&
        each['$ref'] === undefined,
    );
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  test('Y24 is closed wherever it knows the properties', () => {
    const open = [...inside(schema)].filter(
      ([, each]) => each['properties'] !== undefined && each['additionalProperties'] !== false,
    );
    expect(open.map(([path]) => path)).toEqual([]);
  });

  test('requires nothing but the mark', () => {
    const requiring = [...inside(schema)].filter(([, each]) => each['required'] !== undefined);
    expect(requiring.map(([path, each]) => [path, each['required']])).toEqual([['#', ['kind']]]);
  });

  test('has examples that fit', () => {
    for (const [path, each] of inside(schema)) {
      for (const example of (each['examples'] ?? []) as unknown[]) {
        const place = `${String(schema['$id'])}${path}`;
        expect(ajv.validate({ $ref: place }, example), `${place}: ${JSON.stringify(example)}`).toBe(true);
      }
    }
  });
});

test('a blueprint principal has every property that an agent identity has as a service principal', () => {
  const identity = Object.keys(published('agent-identity')['properties'] as object);
  const principal = Object.keys(published('blueprint-principal')['properties'] as object);
  expect(identity.filter((name) => !principal.includes(name)).sort()).toEqual([
    'agentIdentityBlueprintId',
    'communicationConfiguration',
    'lifecycle',
    'managerApplications',
  ]);
  expect(principal.filter((name) => !identity.includes(name))).toEqual([]);
});

const EXAMPLES = [
  'native/ward-rounds.blueprint.json',
  'native/blueprint-principal.yaml',
  'native/agent-identity.yaml',
  'native/agent-user.yaml',
].map((name) => parse(fixture(name)) as { readonly kind: string; readonly [key: string]: unknown });

function kindOf({ kind }: { readonly kind: string }): AgentKind {
  return kind === 'agentIdentityBlueprint'
    ? 'blueprint'
    : kind === 'agentIdentityBlueprintPrincipal'
      ? 'blueprintPrincipal'
      : (kind as AgentKind);
}

describe('the generated code and the published files agree', () => {
  test.each(EXAMPLES)('on the example of $kind', async (example) => {
    const { validate } = await validatorFor(kindOf(example), 'native');
    expect(validate(example)).toEqual([]);
    expect(ajv.validate(MANIFEST, example)).toBe(true);
  });

  test('on anything', async () => {
    const validators = new Map(
      await Promise.all(KINDS.map(async (kind) => [kind, await validatorFor(kind, 'native')] as const)),
    );
    const value = fc.jsonValue({ maxDepth: 3 });
    const path = fc.array(fc.nat(), { maxLength: 5 });
    fc.assert(
      fc.property(
        fc.constantFrom(...EXAMPLES),
        path,
        fc.oneof(fc.string(), fc.constantFrom('id', 'x-y', 'type', 'tags')),
        value,
        (example, steps, key, put) => {
          const changed = structuredClone(example);
          putInside(changed, steps, key, put);
          if (changed.kind !== example.kind) return;
          const kind = kindOf(example);
          const errors = validators.get(kind)?.validate(changed) ?? [];
          const check = CHECKS.get(kind);
          const agrees = check?.(changed);
          expect(errors.length === 0).toBe(agrees);
          expect(errors.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)).toEqual(
            (check?.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`),
          );
          expect(ajv.validate(MANIFEST, changed)).toBe(agrees);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each(EXAMPLES)('what fits the native form of $kind fits the open one', async (example) => {
    const { validate } = await validatorFor(kindOf(example), 'open');
    expect(validate(example)).toEqual([]);
    expect(validate({ ...example, somethingNew: 1, tags: null })).toEqual([]);
  });
});

/** Puts a value at a key of some object inside, which the steps lead to. */
function putInside(target: object, steps: readonly number[], key: string, put: unknown): void {
  let place = target;
  for (const step of steps) {
    const below = Object.values(place).filter(
      (each): each is object => typeof each === 'object' && each !== null,
    );
    const next = below[step % Math.max(1, below.length)];
    if (next === undefined) break;
    place = next;
  }
  const keys = Object.keys(place);
  const name = Array.isArray(place) ? '0' : key === '' ? (keys[0] ?? 'x') : key;
  Object.defineProperty(place, name, { value: put, enumerable: true, configurable: true, writable: true });
}
