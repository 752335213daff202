import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parseDocument } from 'yaml';
import { checked } from './compiler.mjs';
import { NOT_DOMAINS } from './domains.mjs';
import { projectRoot } from './opa.mjs';

/**
 * Every rule file under `policies/<domain>/`, sorted by id.
 * @returns {{ id: string, domain: string, name: string, file: string, packageName: string }[]}
 */
export function ruleFiles() {
  const policies = join(projectRoot, 'policies');
  const found = [];
  for (const domain of readdirSync(policies).sort()) {
    const folder = join(policies, domain);
    if (NOT_DOMAINS.has(domain) || !statSync(folder).isDirectory()) continue;
    for (const entry of readdirSync(folder).sort()) {
      if (!entry.endsWith('.rego') || entry.endsWith('_test.rego')) continue;
      const name = basename(entry, '.rego');
      found.push({
        id: `${domain}/${name.replaceAll('_', '-')}`,
        domain,
        name,
        file: `policies/${domain}/${entry}`,
        packageName: `agentid.${domain}.${name}`,
      });
    }
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The METADATA annotations of every rule's package, read by OPA from the sources.
 * @param {import('@agentid-lint/opa-compiler').Compiler} compiler
 * @returns {Promise<Map<string, Record<string, any>>>} by file, relative to the project
 */
export async function packageAnnotations(compiler) {
  const sources = ruleFiles().map(({ file }) => [file, readFileSync(join(projectRoot, file), 'utf8')]);
  const { trees } = checked(await compiler.parse(Object.fromEntries(sources)));
  return new Map(
    Object.entries(trees).flatMap(([file, { annotations = [] }]) =>
      annotations
        .filter(({ scope }) => scope === 'package')
        .map(({ location, ...annotation }) => [file, annotation]),
    ),
  );
}

/**
 * The examples beside a rule: `<rule>.examples.yaml`, a list of `{ name, expect, file, source, findings }` for
 * manifests and `{ name, expect, tenant, missing, findings }` for tenants (schemas/rule-examples.schema.json).
 * @param {string} ruleFile
 * @returns {Record<string, any>[]}
 */
export function readExamples(ruleFile) {
  const file = join(projectRoot, dirname(ruleFile), `${basename(ruleFile, '.rego')}.examples.yaml`);
  if (!existsSync(file)) throw new Error(`${ruleFile}: no examples file ${relative(projectRoot, file)}`);
  const document = parseDocument(readFileSync(file, 'utf8'), { prettyErrors: true });
  if (document.errors.length > 0)
    throw new Error(`${relative(projectRoot, file)}: ${document.errors[0].message}`);
  return document.toJS();
}
