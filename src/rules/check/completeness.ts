import type { Problem } from '../../documents/problem.ts';
import { readExamples } from '../../sources/examples.ts';
import type { RuleFolder, SourceFile } from '../../sources/folder.ts';
import { sourceProblem } from '../../sources/problem.ts';

/** Rules without a test, without examples that fail and that pass, and files that belong to no rule. */
export function completenessProblems(folder: RuleFolder): readonly Problem[] {
  return [
    ...folder.rules.flatMap((rule) => {
      const stem = rule.path.slice(0, -'.rego'.length);
      const problems: Problem[] = [];
      if (!folder.tests.some(({ path }) => path === `${stem}_test.rego`))
        problems.push(
          missing('rules-no-test', rule, `Write ${stem}_test.rego; "agentid-lint rules test" runs it.`),
        );
      const examples = folder.examples.find(({ id }) => id === rule.id);
      if (examples === undefined)
        problems.push(
          missing(
            'rules-no-examples',
            rule,
            `Write ${stem}.examples.yaml, with manifests that fail and that pass.`,
          ),
        );
      else problems.push(...oneSided(examples));
      return problems;
    }),
    ...strays(folder),
  ];
}

function missing(code: 'rules-no-test' | 'rules-no-examples', { uri }: SourceFile, hint: string): Problem {
  return sourceProblem(code, { hint }, { uri, range: null });
}

/** Examples of one outcome only prove little: the rule might find everything, or nothing. */
function oneSided({ uri, text }: SourceFile): readonly Problem[] {
  const { examples } = readExamples({ uri, text });
  if (examples.length === 0) return [];
  return (['fail', 'pass'] as const)
    .filter((outcome) => !examples.some((example) => example.expect === outcome))
    .map((outcome) => {
      const message = `No example ${outcome === 'fail' ? 'fails' : 'passes'}.`;
      return sourceProblem(
        'rules-no-examples',
        { message, hint: `Add one with expect: ${outcome}.` },
        { uri, range: null },
      );
    });
}

function strays(folder: RuleFolder): readonly Problem[] {
  const ids = new Set(folder.rules.map(({ id }) => id));
  const stems = new Set([...folder.rules, ...folder.libs].map(({ path }) => path.slice(0, -'.rego'.length)));
  const tests = folder.tests.filter(
    ({ path }) => !path.startsWith('lib/') && !stems.has(path.slice(0, -'_test.rego'.length)),
  );
  const examples = folder.examples.filter(({ id }) => !ids.has(id));
  return [...tests, ...examples].map(({ uri }) =>
    sourceProblem('rules-stray-file', {}, { uri, range: null }),
  );
}
