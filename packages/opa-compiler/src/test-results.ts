import { failureOf, type FailEvent, type TestPlace } from './failures.ts';
import type { Compiler, SyntaxTree, TestRequest, TestResult } from './types.ts';
import { Values } from './values.ts';

/** A result of `opa test --format json`. */
export type RawResult = {
  readonly location: { readonly file: string; readonly row: number };
  readonly package: string;
  readonly name: string;
  readonly fail?: boolean;
  readonly skip?: boolean;
  readonly error?: string;
  /** Base64. */
  readonly output?: string;
  readonly trace?: readonly FailEvent[];
  readonly sub_results?: RawCases;
};

type RawCases = { readonly [name: string]: { readonly fail?: boolean; readonly sub_results?: RawCases } };

type Means = Pick<Compiler, 'parse' | 'evaluate'>;

/** The results in our form and in the order of files and rows, each failure with what it failed at. */
export async function testResults(
  raw: readonly RawResult[],
  request: TestRequest,
  means: Means,
): Promise<readonly TestResult[]> {
  const trees = await treesOfFailures(raw, request, means);
  const values = new Values(request, means.evaluate);
  // All at once, so that all values are evaluated at once.
  const results = await Promise.all(
    raw.map(async (result): Promise<TestResult> => {
      const { location, package: name, sub_results: cases = {} } = result;
      return {
        file: location.file,
        row: location.row,
        package: name,
        name: result.name,
        outcome: outcomeOf(result),
        error: result.error ?? null,
        output: Buffer.from(result.output ?? '', 'base64').toString('utf8'),
        cases: Object.fromEntries(casesIn(cases)),
        failure: result.fail === true ? await explained(result, trees, request, values) : null,
      };
    }),
  );
  return results.sort(byPlace);
}

function outcomeOf({ fail, skip, error }: RawResult): TestResult['outcome'] {
  if (error !== undefined) return 'error';
  if (skip === true) return 'skip';
  return fail === true ? 'fail' : 'pass';
}

/** Cases that have cases themselves stand for those: `outer / inner`. */
function casesIn(cases: RawCases): readonly (readonly [name: string, outcome: 'pass' | 'fail'])[] {
  return Object.entries(cases).flatMap(([name, { fail, sub_results: inner = {} }]) => {
    if (Object.keys(inner).length === 0) return [[name, fail === true ? 'fail' : 'pass'] as const];
    return casesIn(inner).map(([rest, outcome]) => [`${name} / ${rest}`, outcome] as const);
  });
}

function explained(
  { location, trace = [] }: RawResult,
  trees: { readonly [path: string]: SyntaxTree },
  { modules }: TestRequest,
  values: Values,
): Promise<TestResult['failure']> {
  const place = placeOf(location, trees[location.file]);
  return failureOf(trace, place, modules, (expressions) => values.ask(expressions));
}

async function treesOfFailures(
  raw: readonly RawResult[],
  { modules }: TestRequest,
  { parse }: Means,
): Promise<{ readonly [path: string]: SyntaxTree }> {
  const files = new Set(raw.flatMap(({ fail, location }) => (fail === true ? [location.file] : [])));
  if (files.size === 0) return {};
  const parsed = await parse(Object.fromEntries([...files].map((file) => [file, modules[file] ?? ''])));
  return parsed.ok ? parsed.trees : {};
}

type RuleNode = { readonly location?: { readonly row: number; readonly text?: string } };

/** The lines of a test, from the text that its rule has in the tree. */
function placeOf({ file, row }: RawResult['location'], tree: SyntaxTree | undefined): TestPlace {
  const rules = (tree?.['rules'] ?? []) as readonly RuleNode[];
  const text = rules.find(({ location }) => location?.row === row)?.location?.text ?? '';
  const lines = Buffer.from(text, 'base64').toString('utf8').split('\n').length;
  return { file, from: row, to: row + lines - 1 };
}

function byPlace(a: TestResult, b: TestResult): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.row - b.row;
}
