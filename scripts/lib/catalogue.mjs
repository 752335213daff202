import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { projectRoot } from './opa.mjs';
import { packageAnnotations, readExamples, ruleFiles } from './rules.mjs';

/**
 * The catalogue of all rules (see `Catalogue` in src/policy/types.ts) and their examples by rule id.
 * Throws with every fault in the METADATA, by file.
 * @param {import('@agentid-lint/opa-compiler').Compiler} compiler
 */
export async function buildCatalogue(compiler) {
  const annotations = await packageAnnotations(compiler);
  const validate = metadataValidator();
  const faults = [];
  const rules = [];
  const examples = {};
  for (const { id, file } of ruleFiles()) {
    const annotation = annotations.get(file);
    if (!annotation || !validate(annotation)) {
      const reasons = annotation
        ? validate.errors.map((e) => `${e.instancePath} ${e.message}`)
        : ['no METADATA on the package'];
      faults.push(...reasons.map((reason) => `${file}: ${reason}`));
      continue;
    }
    rules.push(toMetadata(id, annotation));
    examples[id] = readExamples(file).map(published);
  }
  if (faults.length > 0) throw new Error(`rule metadata:\n  ${faults.join('\n  ')}`);
  return { catalogue: { version: 1, rules }, examples };
}

/** What an example shows and rests on; the rest is what tests compare it with. */
const SHOWN = [
  'name',
  'expect',
  'file',
  'source',
  'tenant',
  'missing',
  'config',
  'relationships',
  'companions',
];

function published(example) {
  return Object.fromEntries(
    SHOWN.filter((key) => example[key] !== undefined).map((key) => [key, example[key]]),
  );
}

function metadataValidator() {
  const schema = JSON.parse(readFileSync(join(projectRoot, 'schemas', 'rule-metadata.schema.json'), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
  ajv.addSchema(schema);
  return ajv.compile({ allOf: [{ $ref: schema.$id }, { $ref: `${schema.$id}#/$defs/builtIn` }] });
}

function toMetadata(id, { title, description, related_resources: related, custom }) {
  return {
    id,
    title,
    description: description.trim().replace(/(?<!\n)\n(?!\n)/g, ' '),
    severity: custom.severity,
    wave: custom.wave,
    appliesTo: custom.applies_to,
    requires: custom.requires,
    surfaces: custom.sources,
    message: custom.message,
    remediation: custom.remediation.trim(),
    controls: Object.entries(custom.controls).flatMap(([framework, ids]) =>
      ids.map((control) => ({ framework, id: control })),
    ),
    references: related.map(({ ref, description: words }) => ({ title: words, url: ref })),
    options: custom.options,
    since: custom.since,
    aliases: custom.aliases,
    ...(custom.waivable === undefined ? {} : { waivable: custom.waivable }),
    ...(custom.off_unless === undefined ? {} : { offUnless: custom.off_unless }),
  };
}
