import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { folderWith, run } from '../e2e/cli.ts';
import { placeholders } from '../../src/findings/message.ts';
import type { FileCase } from '../support/examples.ts';
import { readJson } from './files.ts';

/** What `npm run new-rule -- <id>` runs. */
const [, ...COMMAND] = (
  readJson('package.json') as { readonly scripts: { readonly 'new-rule': string } }
).scripts['new-rule'].split(' ');

async function newRule(id: string): Promise<(file: string) => string> {
  const cwd = folderWith({});
  const { status, stderr } = await run([...COMMAND.slice(1), id], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return (file) => readFileSync(join(cwd, 'policies', file), 'utf8');
}

/** The METADATA of a package: YAML in comments. */
function metadataIn(rego: string): { readonly custom: { readonly message: string } } {
  const lines = rego
    .slice(rego.indexOf('# METADATA\n') + '# METADATA\n'.length, rego.indexOf('\npackage '))
    .split('\n');
  return parse(lines.map((line) => line.replace(/^# ?/, '')).join('\n')) as { custom: { message: string } };
}

test('a rule that was just started has METADATA as built-in rules have', async () => {
  const written = await newRule('exposure/x');
  const metadata = metadataIn(written('exposure/x.rego'));
  const schema = readJson('schemas/rule-metadata.schema.json') as { readonly $id: string };
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
  ajv.addSchema(schema);
  ajv.validate({ allOf: [{ $ref: schema.$id }, { $ref: `${schema.$id}#/$defs/builtIn` }] }, metadata);
  expect(ajv.errors).toBeNull();
  expect(placeholders(metadata.custom.message)).toEqual(['property', 'name', 'value']);
});

test('a rule that was just started has examples as built-in rules have', async () => {
  const written = await newRule('lifecycle/no-end');
  const examples = parse(written('lifecycle/no_end.examples.yaml')) as readonly FileCase[];
  expect(examples.map((example) => example.expect)).toEqual(['fail', 'fail', 'pass', 'pass']);
  for (const example of examples) {
    expect(example.source).toMatch(/^kind: agentIdentityBlueprint\n/);
    if (example.expect === 'fail') {
      expect(example.findings).toHaveLength(1);
      expect(example.fixed).not.toBe(example.source);
    }
  }
});
