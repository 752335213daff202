import { HAND_WRITTEN } from './cases.ts';
import { tuplesOf, wrongTuplesOf, type RegoType, type Term } from './samples.ts';

/** What the compiler makes of a template string; it cannot be called by name with just any argument. */
const TEMPLATE = 'internal.template_string';
const ANYTHING = [{ type: 'any' }];

export type Builtin = {
  readonly name: string;
  readonly decl: { readonly args?: readonly RegoType[]; readonly result?: RegoType };
  readonly relation?: boolean;
};

/** One call of a built-in function; `text` shows it. */
export type Case = { readonly text: string; readonly builtin: string; readonly args: readonly Term[] };

/** The generated and the hand-written calls of a function. */
export function casesOf({ name, decl }: Builtin): readonly Case[] {
  const types = name === TEMPLATE ? ANYTHING : (decl.args ?? []);
  const tuples = [...tuplesOf(types), ...wrongTuplesOf(types), ...(HAND_WRITTEN[name] ?? [])];
  const texts = new Map(tuples.map((args) => [args.join(', '), args]));
  return [...texts].map(([text, args]) => ({ text: `${name}(${text})`, builtin: name, args }));
}

/**
 * A module whose `answer` is, for the `case` in the input (a place in `cases`), the call's result and its type;
 * the type comes along because a set and an array look the same as JSON. `answers` maps every case with a
 * result to its answer. `cases` must hold those of one function together.
 */
export function moduleOf(cases: readonly Case[], builtins: ReadonlyMap<string, Builtin>): string {
  const names = [...new Set(cases.map(({ builtin }) => builtin))];
  const rules = cases.map((item, index) => {
    const relation = builtins.get(item.builtin)?.relation === true;
    return `of_${names.indexOf(item.builtin)} := [type_name(x), x] if {\n\tinput.case == ${index}\n\t${bodyOf(item, relation)}\n}`;
  });
  return [
    HEADER,
    allOf(cases.length),
    ...names.map((name, place) => choiceOf(cases, name, place)),
    ...rules,
  ].join('\n\n');
}

/** `opaque` hides a value's type from the compiler, so that wrong types are met at run time, as with real input. */
const HEADER = '# METADATA\n# title: Built-in functions\npackage oracle\n\nopaque(x) := x';

function allOf(count: number): string {
  return `answers[i] := found if {\n\tsome i in numbers.range(0, ${count - 1})\n\tfound := answer with input as {"case": i}\n}`;
}

/** Keeps the engine from trying the cases of all other functions for each case. */
function choiceOf(cases: readonly Case[], name: string, place: number): string {
  const first = cases.findIndex(({ builtin }) => builtin === name);
  const last = cases.findLastIndex(({ builtin }) => builtin === name);
  return `answer := of_${place} if {\n\tinput.case >= ${first}\n\tinput.case <= ${last}\n}`;
}

function bodyOf({ builtin, args }: Case, relation: boolean): string {
  const terms = args.map((term) => `opaque(${term})`);
  const [first = '', second = ''] = terms;
  if (builtin === 'eq') return `${first} = ${second}\n\tx := true`;
  if (builtin === 'assign') return `x := ${first}`;
  if (builtin === TEMPLATE) return `x := $"<${terms.map((term) => `{${term}}`).join('')}>"`;
  if (relation) return `x := {found | ${builtin}(${[...terms, 'found'].join(', ')})}`;
  return `x := ${builtin}(${terms.join(', ')})`;
}
