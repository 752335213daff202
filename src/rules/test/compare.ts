import type { TestResult } from '../../../packages/opa-compiler/src/types.ts';
import { isObject } from '../../util/is-object.ts';
import { shownProblems } from '../shown-problems.ts';
import { opaError, placedFailure, placeOfTest, wasmError } from './places.ts';
import type { Answer, NotCompiled, RuleTest, TestCase } from './types.ts';
import type { WasmAnswer } from './wasm.ts';
import { subjectOf, type TestWorld } from './world.ts';

/** A test with what both engines say about it. */
export function compared(result: TestResult, wasm: WasmAnswer | null, world: TestWorld): RuleTest {
  const { files, own } = world;
  const { file, row, name, failure, output, outcome } = result;
  const test = {
    subject: subjectOf(own.get(file) ?? { path: file }),
    package: result.package.replace(/^data\./, ''),
    name,
    place: placeOfTest(files, file, row, name),
    failure: failure === null ? null : placedFailure(failure, files),
    output,
  };
  if (outcome === 'skip')
    return { ...test, outcome: 'skip', opa: null, wasm: null, differs: false, cases: [] };
  const opa = opaAnswer(result, world);
  if (wasm === null) return { ...test, outcome: 'fail', opa, wasm: null, differs: false, cases: [] };
  const cases = casesOf(result, wasm);
  // OPA lets a test over named cases pass that has none.
  const isWithoutCases = opa.kind === 'pass' && cases.length === 0;
  const other = wasmAnswer(wasm, { cases, isWithoutCases }, world);
  const differs =
    other.kind !== 'not-compiled' &&
    (opa.kind !== other.kind || cases.some((each) => each.opa !== each.wasm && !isAbsentFailure(each)));
  const isPassed = opa.kind === 'pass' && other.kind === 'pass' && !differs;
  return { ...test, outcome: isPassed ? 'pass' : 'fail', opa, wasm: other, differs, cases };
}

function opaAnswer({ outcome, error }: TestResult, { files }: TestWorld): Answer {
  if (outcome === 'error') return opaError(error ?? 'unknown error', files);
  return { kind: outcome === 'pass' ? 'pass' : 'fail' };
}

type Seen = { readonly cases: readonly TestCase[]; readonly isWithoutCases: boolean };

function wasmAnswer(
  answer: WasmAnswer,
  { cases, isWithoutCases }: Seen,
  { files }: TestWorld,
): Answer | NotCompiled {
  switch (answer.kind) {
    case 'not-compiled': {
      const [problem] = shownProblems([answer.problem], [...files.values()]);
      return { kind: 'not-compiled', problem: problem ?? { ...answer.problem, snippet: [] } };
    }
    case 'broke':
      return wasmError(answer.message, files);
    case 'value': {
      const { value } = answer;
      const isPassed = cases.length > 0 ? cases.every(({ wasm }) => wasm === 'pass') : value === true;
      return isPassed || (isWithoutCases && isEmptyObject(value))
        ? { kind: 'pass' }
        : { kind: 'fail', value };
    }
  }
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

/** OPA knows the cases that did not hold from its trace; in a value they are simply not there. */
function isAbsentFailure({ opa, wasm }: TestCase): boolean {
  return opa === 'fail' && wasm === 'absent';
}

/** The named cases of a test, in either engine, in the order of their names. */
function casesOf({ outcome, cases }: TestResult, answer: WasmAnswer): readonly TestCase[] {
  const isNamed = Object.keys(cases).length > 0;
  const isTold = answer.kind === 'value' && (isNamed || outcome === 'pass') && isObject(answer.value);
  const got = new Map(isTold ? casesIn(answer.value) : []);
  const names = [...new Set([...Object.keys(cases), ...got.keys()])].sort();
  return names.map((name) => ({ name, opa: cases[name] ?? 'absent', wasm: got.get(name) ?? 'absent' }));
}

type NamedCase = readonly [name: string, outcome: 'pass' | 'fail'];

function casesIn(value: Readonly<Record<string, unknown>>): readonly NamedCase[] {
  return Object.entries(value).flatMap(([name, inner]): readonly NamedCase[] =>
    isObject(inner) && !isEmptyObject(inner)
      ? casesIn(inner).map(([rest, outcome]) => [`${name} / ${rest}`, outcome])
      : [[name, inner === true || isEmptyObject(inner) ? 'pass' : 'fail']],
  );
}
