import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { JsonFinding, JsonFindingLocation, JsonReport } from '../../src/reporters/json-v1.ts';
import { fileExamples } from '../support/examples.ts';
import { folderWith, NOW, ROOT, run } from './cli.ts';

type Form = 'json' | 'yaml';

/** A manifest in both forms; every one is alone in its folder, so that examples do not see each other. */
type Subject = { readonly name: string; readonly json: string; readonly yaml: string };

/** Agent 365 files are JSON by their names. */
const FIXED_NAMES =
  /^(?:a365(?:\.generated)?\.config|ToolingManifest|agenticUserTemplateManifest|manifest)\.json$/;
const EXTENSION = /\.(?:json|ya?ml)$/;

/** The documents of a file in both forms: the form that it has as it stands, the other one converted. */
function inBothForms(name: string, source: string): readonly Subject[] {
  const stem = name.replace(EXTENSION, '');
  if (name.endsWith('.json')) return [{ name: stem, json: source, yaml: stringify(JSON.parse(source)) }];
  const documents = parseAllDocuments(source).map((document) => document.toJS() as unknown);
  if (documents.length === 1)
    return [{ name: stem, json: JSON.stringify(documents[0], null, 2), yaml: source }];
  return documents.map((data, index) => ({
    name: `${stem}-${index}`,
    json: JSON.stringify(data, null, 2),
    yaml: stringify(data),
  }));
}

const ruleExamples = fileExamples()
  .map((example, index) => ({ ...example, folder: `rule-${String(index).padStart(3, '0')}` }))
  .filter(({ file }) => !FIXED_NAMES.test(basename(file)));

const repositoryExamples = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter(
    (name) => EXTENSION.test(name) && !FIXED_NAMES.test(basename(name)) && !name.includes('lint.config'),
  )
  .sort();

const subjects: readonly Subject[] = [
  ...ruleExamples.flatMap(({ folder, file, source, companions = [] }) =>
    [
      { file, source },
      ...companions.filter((companion) => !FIXED_NAMES.test(basename(companion.file))),
    ].flatMap((each) => inBothForms(`${folder}/${each.file}`, each.source)),
  ),
  ...repositoryExamples.flatMap((name) =>
    inBothForms(`examples/${name}`, readFileSync(join(ROOT, 'examples', name), 'utf8')),
  ),
];

const config = {
  version: 1,
  manifests: [
    { files: ['examples/exports/portal.*'], as: 'blueprint', relationships: 'elsewhere' },
    ...ruleExamples
      .filter(({ relationships }) => relationships === 'elsewhere')
      .map(({ folder }) => ({ files: [`${folder}/**`], relationships: 'elsewhere' })),
  ],
  overrides: ruleExamples
    .filter(({ config: options }) => options !== undefined)
    .map(({ folder, rule, config: options }) => ({
      match: { path: `${folder}/**` },
      rules: { [rule]: options },
    })),
};

type Linted = { readonly report: JsonReport; readonly texts: ReadonlyMap<string, string> };

async function lintAs(form: Form): Promise<Linted> {
  const texts = new Map(subjects.map((subject) => [`${subject.name}.${form}`, subject[form]]));
  const cwd = folderWith({
    ...Object.fromEntries(texts),
    'agentid-lint.config.json': JSON.stringify(config),
  });
  const { stdout } = await run(['lint', '--format', 'json', '--now', NOW], { cwd });
  return { report: JSON.parse(stdout) as JsonReport, texts };
}

/** A finding without what its form decides: the ending of file names and the places in the text. */
function essence({ location, related, ...finding }: JsonFinding): unknown {
  const place = ({ uri, pointer }: JsonFindingLocation) => ({ uri, pointer });
  const text = JSON.stringify({
    ...finding,
    // An object without an id is known by its file, whose name changes with its form.
    fingerprint: EXTENSION.test(finding.resource.ref.replace(/(?:\[\d+\])?#.*$/, ''))
      ? null
      : finding.fingerprint,
    location: place(location),
    related: related.map((other) => ({ message: other.message, location: place(other.location) })),
  });
  return JSON.parse(text.replaceAll(/\.(?:json|yaml)(?=["#[])/g, '')) as unknown;
}

/** The value that a range of the text holds. */
function valueAt({ uri, range }: JsonFindingLocation, { texts }: Linted): unknown {
  const lines = (texts.get(uri) ?? '').split('\n');
  const { start, end } = range ?? { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } };
  const inner = lines.slice(start.line - 1, end.line);
  inner[inner.length - 1] = (inner.at(-1) ?? '').slice(0, end.column - 1);
  // The first line keeps its column, because YAML reads indentation.
  inner[0] = ' '.repeat(start.column - 1) + (inner[0] ?? '').slice(start.column - 1);
  const text = inner.join('\n');
  return uri.endsWith('.json') ? (JSON.parse(text) as unknown) : parse(text);
}

let linted: Promise<readonly [json: Linted, yaml: Linted]> | undefined;
const bothForms = () => (linted ??= Promise.all([lintAs('json'), lintAs('yaml')]));

describe('a manifest says the same in JSON and in YAML', () => {
  test('to every rule: findings, pointers, arguments, words and fingerprints', async () => {
    const [json, yaml] = await bothForms();
    expect(json.report.problems).toEqual([]);
    expect(yaml.report.problems).toEqual([]);
    expect(yaml.report.findings.length).toBeGreaterThan(200);
    expect(yaml.report.findings.map(essence)).toEqual(json.report.findings.map(essence));
  });

  test('with the same outcome of every rule', async () => {
    const [json, yaml] = await bothForms();
    expect(yaml.report.outcomes).toEqual(json.report.outcomes);
    expect(yaml.report.ledger).toEqual(json.report.ledger);
  });

  test('and findings with fingerprints that do not depend on the file are among them', async () => {
    const [, yaml] = await bothForms();
    const free = yaml.report.findings.filter(
      (finding) => (essence(finding) as JsonFinding).fingerprint !== (null as unknown),
    );
    expect(free.length).toBeGreaterThan(20);
  });

  test('at places that hold the same value', async () => {
    const [json, yaml] = await bothForms();
    const locations = ({ report }: Linted) =>
      report.findings.flatMap(({ location, related }) => [
        location,
        ...related.map((other) => other.location),
      ]);
    const pairs = locations(yaml).map((place, index) => [place, locations(json)[index]] as const);
    for (const [inYaml, inJson] of pairs) {
      expect(inYaml.range).not.toBeNull();
      expect(inJson?.range).not.toBeNull();
      if (inJson === undefined) continue;
      expect({ at: inYaml.uri, value: valueAt(inYaml, yaml) }).toEqual({
        at: inYaml.uri,
        value: valueAt(inJson, json),
      });
    }
  });
});
