import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Collection, CollectionStatus } from '../../../src/model/collection.ts';
import { FACT_GROUPS, RESOURCE_KINDS } from '../../../src/model/vocabulary.ts';
import { STREAMS } from '../../../src/tenant/snapshot/types.ts';
import { isObject } from '../../../src/util/is-object.ts';

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../../schemas/snapshot-header.schema.json', import.meta.url), 'utf8'),
);

function at(...path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), schema);
}

const ofCollection = (name: string): unknown =>
  at('properties', 'collections', 'items', 'properties', name, 'enum');

test('the schema of headers knows the streams, the fact groups and how reading can end', () => {
  expect(at('properties', 'streams', 'items', 'properties', 'name', 'enum')).toEqual(STREAMS);
  expect(ofCollection('group')).toEqual(FACT_GROUPS);
  const statuses: readonly CollectionStatus[] = [
    'complete',
    'partial',
    'forbidden',
    'unlicensed',
    'failed',
    'notAsked',
  ];
  expect(ofCollection('status')).toEqual(statuses);
});

test('it knows every kind of resource that a tenant has', () => {
  const inTenant = Object.entries(RESOURCE_KINDS)
    .filter(([, { graphType }]) => graphType !== null)
    .map(([kind]) => kind);
  expect(ofCollection('of')).toEqual(inTenant);
});

test('it knows every member of a collection', () => {
  const collection: { readonly [name in keyof Collection]: true } = {
    group: true,
    of: true,
    status: true,
    api: true,
    objects: true,
    unread: true,
    requests: true,
    duplicates: true,
    permissions: true,
    reason: true,
    by: true,
    evidence: true,
  };
  expect(at('properties', 'collections', 'items', 'required')).toEqual(Object.keys(collection));
});
