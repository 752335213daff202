import type { WrittenFramework } from '../../frameworks/generated/frameworks.mjs';
import { validateFramework } from '../../schemas/generated/framework.mjs';
import type { SourceDocument } from '../documents/document.ts';
import { languageOf } from '../documents/language.ts';
import { parseText } from '../documents/parse.ts';
import type { Problem } from '../documents/problem.ts';
import { frameworkOf } from './built-in.ts';
import { FRAMEWORK_NAMES, type Framework, type Mapping } from './framework.ts';
import { fileProblem, quoted, valueProblem } from './problem.ts';
import { isPattern, rulesNamed, type NamedRule } from './rule-names.ts';
import { schemaProblems } from './schema-problems.ts';

export type ReadFramework =
  | { readonly ok: true; readonly framework: Framework }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A framework as users write it. Patterns of rules are put in place of what they stand for. */
export function readFramework(uri: string, text: string, rules: readonly NamedRule[]): ReadFramework {
  const { documents, problems } = parseText({ uri, text, language: languageOf(uri) });
  if (problems.length > 0) return { ok: false, problems };
  const [document, second] = documents;
  if (document === undefined || second !== undefined) {
    const message = 'A framework is one document.';
    const words = { code: 'framework-several-documents', message, hint: 'Remove the line "---".' } as const;
    return { ok: false, problems: [fileProblem(uri, words)] };
  }
  const errors = validateFramework(document.data);
  if (errors.length > 0) return { ok: false, problems: inOrder(schemaProblems(errors, document)) };
  // The schema has just said that it has this form.
  return checked(document, document.data as WrittenFramework, rules);
}

function checked(
  document: SourceDocument,
  written: WrittenFramework,
  rules: readonly NamedRule[],
): ReadFramework {
  const problems = [...idProblems(document, written)];
  const framework = frameworkOf(written);
  const controls = framework.controls.map((control, place) => {
    const mappings = new Mappings();
    for (const [index, mapping] of control.rules.entries()) {
      const at = ['controls', place, 'rules', index, 'rule'];
      const named = rulesNamed(mapping.rule, rules);
      if (!named.ok) problems.push(valueProblem(document, at, named));
      else if (!mappings.add(mapping, named.ids))
        problems.push(
          valueProblem(document, at, {
            code: 'framework-duplicate-rule',
            message: `The control has the rule ${quoted(mapping.rule)} twice.`,
            hint: 'Keep one of the two.',
          }),
        );
    }
    return { ...control, rules: mappings.result() };
  });
  return problems.length > 0
    ? { ok: false, problems: inOrder(problems) }
    : { ok: true, framework: { ...framework, controls } };
}

function idProblems(document: SourceDocument, { id, controls }: WrittenFramework): readonly Problem[] {
  const problems: Problem[] = [];
  if (FRAMEWORK_NAMES.some((name) => name === id))
    problems.push(
      valueProblem(document, ['id'], {
        code: 'framework-name-taken',
        message: `${quoted(id)} is a framework that comes along.`,
        hint: 'Give yours another id: nobody should take the one for the other.',
      }),
    );
  const seen = new Set<string>();
  for (const [place, control] of controls.entries()) {
    if (seen.has(control.id))
      problems.push(
        valueProblem(document, ['controls', place, 'id'], {
          code: 'framework-duplicate-control',
          message: `There are two controls ${quoted(control.id)}.`,
          hint: 'Put the rules of both under one of them.',
        }),
      );
    seen.add(control.id);
  }
  return problems;
}

/** The rules of one control. A rule that is named by itself has the source that stands there, whatever patterns fit it. */
class Mappings {
  readonly #sources = new Map<string, { readonly source: string; readonly isNamed: boolean }>();

  /** @returns whether the rule has not been named by itself before */
  add({ rule, source }: Mapping, ids: readonly string[]): boolean {
    const isNamed = !isPattern(rule);
    for (const id of ids) {
      const before = this.#sources.get(id);
      if (isNamed && before?.isNamed === true) return false;
      if (before === undefined || isNamed) this.#sources.set(id, { source, isNamed });
    }
    return true;
  }

  result(): readonly Mapping[] {
    return Array.from(this.#sources, ([rule, { source }]) => ({ rule, source }));
  }
}

/** Problems of one file by their places. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((one, other) => (one.range?.start.offset ?? 0) - (other.range?.start.offset ?? 0));
}
