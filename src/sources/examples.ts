import { ruleExamplesKeys, validateRuleExamples } from '../../schemas/generated/rule-examples.mjs';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import { parseYaml } from '../documents/yaml.ts';
import type { RuleExample } from '../policy/types.ts';
import type { SourceFile } from './folder.ts';
import { sourceProblem } from './problem.ts';
import { schemaProblems, type Checked } from './schema-problems.ts';

/** An example with what it says about the findings. */
export type ExampleCase = RuleExample & {
  /** For `fail`: path and arguments of every finding of the rule, in any order. */
  readonly findings: readonly { readonly path: Path; readonly args: { readonly [name: string]: unknown } }[];
  /** The manifest after the remedy. */
  readonly fixed?: string;
  readonly fixedByRemoval?: true;
  /** Where the example's name stands. */
  readonly range: Range;
};

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
  const written = document.data as readonly Omit<ExampleCase, 'range'>[];
  const contradictions = written.flatMap((example, index) => contradiction(example, index, checked));
  if (contradictions.length > 0) return { examples: [], problems: contradictions };
  const examples = written.map((example, index) => ({
    ...example,
    findings: written[index]?.findings ?? [],
    range: document.locate([index, 'name']).range,
  }));
  return { examples, problems: [] };
}

/** What is kept of an example in a bundle. */
export function publishedExample({
  name,
  expect,
  file,
  source,
  config,
  relationships,
  companions,
}: ExampleCase): RuleExample {
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

/** What the schema cannot say: an example that fails says what is found, one that passes does not. */
function contradiction(
  example: Partial<ExampleCase>,
  index: number,
  { uri, rangeOf, rangeOfKey }: Checked,
): readonly Problem[] {
  if (example.expect === 'fail') {
    if (example.findings !== undefined && example.findings.length > 0) return [];
    const message = 'An example that fails needs "findings": the path and arguments of each.';
    const hint = 'Add "findings", or expect: pass.';
    return [
      sourceProblem(
        'rules-examples-missing-key',
        { message, hint },
        { uri, range: rangeOf([index, 'name']) },
      ),
    ];
  }
  const extra = (['findings', 'fixed', 'fixedByRemoval'] as const).find((key) => example[key] !== undefined);
  if (extra === undefined) return [];
  const message = `An example that passes has no ${JSON.stringify(extra)}.`;
  const place = { uri, range: rangeOfKey([index, extra]) };
  return [
    sourceProblem('rules-examples-invalid-value', { message, hint: 'Remove it, or expect: fail.' }, place),
  ];
}
