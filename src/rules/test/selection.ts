import { subjectOf, type TestWorld } from './world.ts';

/** Which tests and examples are wanted. */
export type Selection = {
  readonly wantsTest: (test: {
    readonly subject: string;
    readonly package: string;
    readonly name: string;
  }) => boolean;
  readonly wantsExample: (example: { readonly id: string; readonly name: string }) => boolean;
};

/** Those that a pattern finds, in the subject, in `<package>.<test>`, or in the name of an example; all without one. */
export function selectionOf(pattern: RegExp | null): Selection {
  if (pattern === null) return { wantsTest: () => true, wantsExample: () => true };
  return {
    wantsTest: ({ subject, package: path, name }) =>
      [subject, `${path}.${name}`, `data.${path}.${name}`].some((text) => pattern.test(text)),
    wantsExample: ({ id, name }) => [id, name].some((text) => pattern.test(text)),
  };
}

/** What may be the name of a test; OPA has the last word. */
const CANDIDATE = /(?:\b[A-Za-z_]\w*\.)*\b(?:todo_)?test_\w*/g;

/**
 * OPA's own pattern for the wanted tests of a folder: it finds at least all of them, so that most others need not run.
 * `null` when there is none.
 */
export function opaPattern({ own }: Pick<TestWorld, 'own'>, { wantsTest }: Selection): string | null {
  const packages: string[] = [];
  for (const file of own.values()) {
    const found = Array.from(file.text.matchAll(CANDIDATE), ([name]) => name);
    const where = { subject: subjectOf(file), package: file.package };
    const wanted = [
      ...new Set(
        found.filter((name, place) => {
          const before = found.slice(0, place).filter((other) => other === name).length;
          return namesOf(name, before).some((each) => wantsTest({ ...where, name: each }));
        }),
      ),
    ];
    if (wanted.length > 0)
      packages.push(`data\\.${escaped(file.package)}[.\\[].*(?:${wanted.map(escaped).join('|')})`);
  }
  return packages.length === 0 ? null : `^(?:${packages.join('|')})`;
}

/** A name as it is, and as OPA calls the second and later tests that have it. */
function namesOf(name: string, before: number): readonly string[] {
  return before === 0 ? [name] : [name, `${name}#${String(before).padStart(2, '0')}`];
}

function escaped(name: string): string {
  return name.replaceAll('.', '\\.');
}
