import { ruleExamplesKeys, validateRuleExamples } from '../../schemas/generated/rule-examples.mjs';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import { parseYaml } from '../documents/yaml.ts';
import { isTenantExample } from '../policy/example.ts';
import type { ExampleStreams, FileExample, RuleExample, TenantExample } from '../policy/types.ts';
import type { SourceFile } from './folder.ts';
import { sourceProblem } from './problem.ts';
import { schemaProblems, type Checked } from './schema-problems.ts';

/** What a rule finds in an example. */
export type ExpectedFinding = {
  /** In a tenant, what it is about: `<kind>/<id>`. */
  readonly resource?: string;
  readonly path: Path;
  readonly args: { readonly [name: string]: unknown };
};

type Told = {
  /** For `fail`: every finding of the rule, in any order. */
  readonly findings: readonly ExpectedFinding[];
  /** Where the example's name stands. */
  readonly range: Range;
};

/** A manifest with what it says about the findings. */
export type FileExampleCase = FileExample &
  Told & {
    /** The manifest after the remedy. */
    readonly fixed?: string;
    readonly fixedByRemoval?: true;
  };

/** A tenant with what it says about the findings. */
export type TenantExampleCase = TenantExample &
  Told & {
    /** What the remedy changes; streams that are not named stay as they are. */
    readonly fixed?: ExampleStreams;
  };

export type ExampleCase = FileExampleCase | TenantExampleCase;

export type ReadExamples = {
  /** None when there is a problem. */
  readonly examples: readonly ExampleCase[];
  readonly problems: readonly Problem[];
};

/** Reads `<rule>.examples.yaml`. */
export function readExamples({ uri, text }: Pick<SourceFile, 'uri' | 'text'>): ReadExamples {
  const { documents, problems } = parseYaml({ uri, text });
  const [document] = documents;
  if (problems.length > 0 || document === undefined) return { examples: [], problems };
  const checked: Checked = {
    uri,
    value: document.data,
    keys: ruleExamplesKeys,
    codes: {
      unknown: 'rules-examples-unknown-key',
      missing: 'rules-examples-missing-key',
      invalid: 'rules-examples-invalid-value',
    },
    whole: 'The file',
    rangeOf: (path) => document.locate(path).range,
    rangeOfKey: (path) => document.locateKey(path).range,
  };
  const unfit = schemaProblems(validateRuleExamples(document.data), checked);
  if (unfit.length > 0) return { examples: [], problems: unfit };
  const written = document.data as readonly Written[];
  const contradictions = written.flatMap((example, index) => contradiction(example, index, checked));
  if (contradictions.length > 0) return { examples: [], problems: contradictions };
  const examples = written.map((example, index) => ({
    ...example,
    findings: example.findings ?? [],
    range: document.locate([index, 'name']).range,
  }));
  return { examples, problems: [] };
}

/** What is kept of an example in a bundle. */
export function publishedExample(example: ExampleCase): RuleExample {
  return isTenantExample(example) ? publishedTenant(example) : publishedFile(example);
}

function publishedTenant({ name, expect, tenant, missing, config }: TenantExampleCase): TenantExample {
  return {
    name,
    expect,
    tenant,
    ...(missing === undefined ? {} : { missing }),
    ...(config === undefined ? {} : { config }),
  };
}

function publishedFile({
  name,
  expect,
  file,
  source,
  config,
  relationships,
  companions,
}: FileExampleCase): FileExample {
  return {
    name,
    expect,
    file,
    source,
    // What the example rests on besides its file; absent for most.
    ...(config === undefined ? {} : { config }),
    ...(relationships === undefined ? {} : { relationships }),
    ...(companions === undefined ? {} : { companions }),
  };
}

/** As it is written. */
type Written = (Omit<FileExampleCase, keyof Told> | Omit<TenantExampleCase, keyof Told>) & {
  readonly findings?: Told['findings'];
};

/** What the schema cannot say: an example that fails says what is found, one that passes or is unknown does not. */
function contradiction(example: Written, index: number, checked: Checked): readonly Problem[] {
  const { expect } = example;
  if (expect === 'fail') {
    if (example.findings !== undefined && example.findings.length > 0) return [];
    const needs = 'needs "findings": the path and arguments of each.';
    return [lacking({ message: `An example that fails ${needs}`, hint: 'Add "findings", or expect: pass.' })];
  }
  if (expect === 'unknown' && (example.missing ?? []).length === 0)
    return [
      lacking({
        message: 'An example that is unknown needs "missing": what could not be read.',
        hint: 'Add "missing", or expect: pass.',
      }),
    ];
  const extra = ['findings', 'fixed', 'fixedByRemoval'].find((key) => Object.hasOwn(example, key));
  if (extra === undefined) return [];
  const message = `An example that ${expect === 'pass' ? 'passes' : 'is unknown'} has no "${extra}".`;
  const place = { uri: checked.uri, range: checked.rangeOfKey([index, extra]) };
  return [
    sourceProblem('rules-examples-invalid-value', { message, hint: 'Remove it, or expect: fail.' }, place),
  ];

  function lacking(words: { readonly message: string; readonly hint: string }): Problem {
    const place = { uri: checked.uri, range: checked.rangeOf([index, 'name']) };
    return sourceProblem('rules-examples-missing-key', words, place);
  }
}
