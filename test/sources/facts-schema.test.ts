import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { validateFacts } from '../../schemas/generated/facts.mjs';
import { readInputs } from '../../src/lint/inputs.ts';
import { SubjectBuilder } from '../../src/lint/subjects.ts';
import { RESOURCE_KINDS } from '../../src/model/vocabulary.ts';
import { ROOT } from '../repository/files.ts';
import { fileExamples } from '../support/examples.ts';
import { withFiles } from '../support/lint-files.ts';

type Schema = { readonly properties: { readonly [name: string]: Schema & { readonly enum?: unknown } } };

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/facts.schema.json', import.meta.url), 'utf8'),
) as Schema;

test('is what the schemas of manifests give', () => {
  const check = ['scripts/build-facts-schema.mjs', '--check'];
  expect(execFileSync(process.execPath, check, { cwd: ROOT, encoding: 'utf8' })).toBe('');
});

test('knows every kind of resource', () => {
  expect(schema.properties['kind']?.enum).toEqual(Object.keys(RESOURCE_KINDS));
});

test('is a schema that editors take', () => {
  expect(new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)).toBeTypeOf('function');
});

test('fits the facts of every manifest in the examples, and knows every key of them', async () => {
  const known = Object.keys(schema.properties);
  let count = 0;
  for (const { file, source } of fileExamples()) {
    await withFiles({ [file]: source }, {}, async (request) => {
      const builder = new SubjectBuilder(request);
      await readInputs(request, (resource) => {
        builder.add(resource);
      });
      for (const { facts } of builder.result().subjects) {
        const value = JSON.parse(facts) as object;
        expect(validateFacts(value), file).toEqual([]);
        expect(Object.keys(value).toSorted()).toEqual(known.toSorted());
        count += 1;
      }
    });
  }
  expect(count).toBeGreaterThan(150);
});
