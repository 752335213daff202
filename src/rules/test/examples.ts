import type { Problem } from '../../documents/problem.ts';
import { TextLines } from '../../documents/text-lines.ts';
import type { PolicyBundle } from '../../policy/bundle.ts';
import type { RuleMetadata } from '../../policy/types.ts';
import { readExamples, type ExampleCase } from '../../sources/examples.ts';
import type { RuleFolder, SourceFile } from '../../sources/folder.ts';
import { sourceProblem } from '../../sources/problem.ts';
import { differences, judgeExample, type JudgedExample } from '../check/example-problems.ts';
import { exampleRunner } from '../example-runner.ts';
import { snippetOf } from '../shown-problems.ts';
import type { Selection } from './selection.ts';
import type { TestedExample } from './types.ts';

/** An example file that can be run. */
export type ReadFile = {
  readonly id: string;
  readonly file: SourceFile;
  readonly examples: readonly ExampleCase[];
};

/** The examples of a folder, and why any of them cannot be run. */
export function examplesIn(folder: RuleFolder): {
  readonly files: readonly ReadFile[];
  readonly problems: readonly Problem[];
} {
  const ids = new Set(folder.rules.map(({ id }) => id));
  const read = folder.examples.map((file) => ({ id: file.id, file, ...readExamples(file) }));
  const strays = read.filter(({ id }) => !ids.has(id));
  return {
    files: read,
    problems: [
      ...read.flatMap(({ problems }) => problems),
      ...strays.map(({ file: { uri } }) => sourceProblem('rules-stray-file', {}, { uri, range: null })),
    ],
  };
}

/**
 * Runs the wanted examples through the whole pipeline, with the rules of their own folder.
 * @throws {PolicyError} when the bundle cannot be used at all
 */
export async function testExamples(
  files: readonly ReadFile[],
  bundle: PolicyBundle,
  { wantsExample }: Selection,
): Promise<readonly TestedExample[]> {
  const tested: TestedExample[] = [];
  for (const { id, file, examples } of files) {
    const rule = bundle.catalogue.rules.find((each) => each.id === id);
    const wanted = examples.filter(({ name }) => wantsExample({ id, name }));
    if (rule === undefined || wanted.length === 0) continue;
    const runner = await exampleRunner(rule, bundle);
    try {
      for (const example of wanted)
        tested.push(toTested(await judgeExample(example, rule, runner), { example, rule, file }));
    } finally {
      runner.close();
    }
  }
  return tested;
}

type Whose = { readonly example: ExampleCase; readonly rule: RuleMetadata; readonly file: SourceFile };

function toTested(
  { broken, got, missingArguments: missing, unfixed }: JudgedExample,
  { example, rule, file }: Whose,
): TestedExample {
  const { name, range, findings: expected } = example;
  const differs = broken === null && differences(expected, got).length > 0;
  const problems = [
    ...(broken === null ? [] : [broken]),
    ...(missing.length === 0
      ? []
      : [`The findings have no argument ${missing.join(', ')}, which the message has.`]),
    ...(unfixed === null ? [] : [`"fixed": ${unfixed}`]),
  ];
  return {
    id: rule.id,
    name,
    place: { uri: file.uri, range, snippet: snippetOf(new TextLines(file.text), range) },
    outcome: differs || problems.length > 0 ? 'fail' : 'pass',
    problems,
    difference: differs ? { expected, got } : null,
  };
}
