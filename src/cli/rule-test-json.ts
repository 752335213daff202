import { toJsonProblem, toJsonRange } from '../reporters/json/finding.ts';
import { percentText } from '../rules/test/threshold.ts';
import type {
  Answer,
  NotCompiled,
  Place,
  RuleTest,
  TestedExample,
  TestedFolder,
} from '../rules/test/types.ts';
import type { TestReport } from './rule-test-text.ts';

/** What `rules test` prints for programs. */
export function ruleTestJson({ folders, verdict, threshold }: TestReport): unknown {
  const { exitCode, tests, examples, coverage } = verdict;
  return {
    format: 'rules-test-v1',
    ok: exitCode === 0,
    exitCode,
    summary: { tests, examples },
    coverage:
      coverage === null
        ? null
        : {
            covered: coverage.covered,
            total: coverage.total,
            // Cut and not rounded; covered and total are exact.
            percent: percentText(coverage, threshold),
            threshold: threshold?.text ?? null,
            reached: coverage.isReached,
          },
    folders: folders.map(folderJson),
  };
}

function folderJson({ name, problems, tests, examples, coverage }: TestedFolder): unknown {
  return {
    name,
    problems: problems.map(toJsonProblem),
    tests: tests.map(testJson),
    examples: examples.map(exampleJson),
    coverage,
  };
}

function testJson({ place, opa, wasm, failure, ...test }: RuleTest): unknown {
  return {
    rule: test.subject,
    package: test.package,
    name: test.name,
    outcome: test.outcome,
    location: locationJson(place),
    opa: opa === null ? null : answerJson(opa),
    wasm: wasm === null ? null : answerJson(wasm),
    differs: test.differs,
    cases: test.cases,
    failure:
      failure === null
        ? null
        : {
            location: locationJson(failure.place),
            expected: failure.expected,
            got: failure.got,
            variables: failure.variables,
          },
    output: test.output,
  };
}

function answerJson(answer: Answer | NotCompiled): unknown {
  switch (answer.kind) {
    case 'pass':
      return { outcome: 'pass' };
    case 'fail':
      return { outcome: 'fail', ...(answer.value === undefined ? {} : { value: answer.value }) };
    case 'error': {
      const { message, place } = answer;
      return { outcome: 'error', message, location: place === null ? null : locationJson(place) };
    }
    case 'not-compiled':
      return { outcome: 'not-compiled', problem: toJsonProblem(answer.problem) };
  }
}

function exampleJson({ id, name, place, outcome, problems, difference }: TestedExample): unknown {
  return { rule: id, name, outcome, location: locationJson(place), problems, difference };
}

function locationJson({ uri, range }: Place): unknown {
  return { kind: 'file', uri, range: range === null ? null : toJsonRange(range) };
}
