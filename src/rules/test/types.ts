import type { Range } from '../../documents/range.ts';
import type { SourceLine } from '../../findings/finding.ts';
import type { Path } from '../../documents/pointer.ts';
import type { ShownProblem } from '../shown-problems.ts';

/** Where something stands, with its lines. */
export type Place = {
  readonly uri: string;
  readonly range: Range | null;
  readonly snippet: readonly SourceLine[];
};

/** How a test ended in one engine. */
export type Answer =
  | { readonly kind: 'pass' }
  /** `value` is the test's value where it is known; `undefined` when it has none. */
  | { readonly kind: 'fail'; readonly value?: unknown }
  /** A sentence without a full stop, and where it is about. */
  | { readonly kind: 'error'; readonly message: string; readonly place: Place | null };

/** What kept a test from being compiled for WebAssembly. */
export type NotCompiled = { readonly kind: 'not-compiled'; readonly problem: ShownProblem };

/** One of the named cases of a test (`test_x[name]`). */
export type TestCase = {
  readonly name: string;
  readonly opa: 'pass' | 'fail' | 'absent';
  readonly wasm: 'pass' | 'fail' | 'absent';
};

/** The expression that a test failed at. */
export type Failure = {
  readonly place: Place;
  /** Rego terms. */
  readonly got: string | null;
  readonly expected: string | null;
  /** The author's variables there, as Rego terms. */
  readonly variables: { readonly [name: string]: string };
};

export type RuleTest = {
  /** What it is a test of: `ownership/team-tag`, `lib/names`. */
  readonly subject: string;
  /** `agentid.ownership.team_tag_test` */
  readonly package: string;
  /** The second of two tests of one name is `test_x#01`. */
  readonly name: string;
  readonly place: Place;
  readonly outcome: 'pass' | 'fail' | 'skip';
  /** `null` for a test that was skipped. */
  readonly opa: Answer | null;
  /** `null` for a test that was skipped, or that is none in either engine. */
  readonly wasm: Answer | NotCompiled | null;
  /** Whether the engines say different things. */
  readonly differs: boolean;
  readonly cases: readonly TestCase[];
  readonly failure: Failure | null;
  /** What it printed in OPA. */
  readonly output: string;
};

export type FoundSomething = {
  readonly path: Path;
  readonly args: { readonly [name: string]: unknown };
};

export type TestedExample = {
  /** Of the rule. */
  readonly id: string;
  readonly name: string;
  /** Of its name. */
  readonly place: Place;
  readonly outcome: 'pass' | 'fail';
  /** Sentences. */
  readonly problems: readonly string[];
  /** The findings, where they are not those that the example says. */
  readonly difference: {
    readonly expected: readonly FoundSomething[];
    readonly got: readonly FoundSomething[];
  } | null;
};

/** Lines of a file that hold something to evaluate. */
export type FileCoverage = {
  readonly uri: string;
  readonly covered: number;
  readonly total: number;
  /** First and last line, both included, of each part that was not evaluated. */
  readonly uncovered: readonly (readonly [first: number, last: number])[];
};

export type TestedFolder = {
  readonly name: string;
  /** When there are any, nothing was run. */
  readonly problems: readonly ShownProblem[];
  readonly tests: readonly RuleTest[];
  readonly examples: readonly TestedExample[];
  /** `null` when it was not asked for, or could not be told. */
  readonly coverage: readonly FileCoverage[] | null;
};
