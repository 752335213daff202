import type { SyntaxTree } from '../../packages/opa-compiler/src/types.ts';
import {
  callOf,
  dottedName,
  importsOf,
  isPartialSet,
  nameOfRule,
  nodesIn,
  placeOfNode,
  rulesOf,
  type TreeNode,
} from '../sources/tree.ts';
import { isObject } from '../util/is-object.ts';

/** An expression of a body, as it is written. */
type Statement = { readonly node: TreeNode; readonly text: string; readonly rows: Rows };

/** First and last line, 1-based. */
export type Rows = { readonly first: number; readonly last: number };

/** Statements that only make sense together: one of them uses what a later one says. */
export type Step = {
  readonly statements: readonly Statement[];
  /** Variables that these statements give values. */
  readonly declares: readonly string[];
  /** Variables that have a value once these statements hold, in their order; `declares` are the last of them. */
  readonly bound: readonly string[];
};

/** One way in which a rule can hold: its head, and what must hold for it. */
export type Body = {
  readonly rows: Rows;
  readonly head: Rows;
  readonly statements: readonly Statement[];
  /** `null` for a body that means nothing by itself: of a function, of a default, and behind `else`. */
  readonly steps: readonly Step[] | null;
  /** What a body of `findings` adds to it, as it is written. */
  readonly finding: string | null;
};

/** Every body of a module, in the order of the text. */
export function bodiesOf(tree: SyntaxTree): readonly Body[] {
  const globals = new Set([
    ...importsOf(tree).map(({ alias }) => alias),
    ...rulesOf(tree).flatMap((rule) => nameOfRule(rule) ?? []),
  ]);
  return rulesOf(tree).flatMap((rule) => bodiesOfRule(rule, globals));
}

function bodiesOfRule(rule: TreeNode, globals: ReadonlySet<string>): readonly Body[] {
  const bodies: Body[] = [];
  for (let at: unknown = rule; isObject(at); at = at['else']) {
    const head = isObject(at['head']) ? at['head'] : {};
    const isWhole = at === rule && rule['default'] !== true && !isObject(at['else']);
    const statements = statementsIn(at);
    bodies.push({
      rows: rowsOf(at),
      head: rowsOf(head),
      statements,
      steps: isWhole && head['args'] === undefined ? stepsOf(statements, globals) : null,
      finding: nameOfRule(rule) === 'findings' && isPartialSet(rule) ? textOf(head['key']) : null,
    });
  }
  return bodies;
}

/** A rule without a body has `true` for one, which nobody wrote. */
function statementsIn({ body }: TreeNode): readonly Statement[] {
  const nodes = Array.isArray(body) ? body.filter(isObject) : [];
  const isWritten = (node: TreeNode) => !(isObject(node['terms']) && node['terms']['type'] === 'boolean');
  return nodes.filter(isWritten).map((node) => ({ node, text: textOf(node), rows: rowsOf(node) }));
}

/** The text that a node stands for. */
function textOf(node: unknown): string {
  const location = isObject(node) ? node['location'] : undefined;
  const text = isObject(location) ? location['text'] : undefined;
  return typeof text === 'string' ? Buffer.from(text, 'base64').toString('utf8') : '';
}

function rowsOf(node: TreeNode): Rows {
  const first = placeOfNode(node)?.row ?? 0;
  return { first, last: first + textOf(node).split('\n').length - 1 };
}

/**
 * The statements of a body in steps that can be asked one after the other: OPA takes them in another order where one
 * uses a variable that a later one gives its value.
 */
function stepsOf(statements: readonly Statement[], globals: ReadonlySet<string>): readonly Step[] {
  const given = valuesGiven(statements, globals);
  const locals = new Set(given.flat());
  const steps: Step[] = [];
  const bound = new Set<string>();
  let open: Statement[] = [];
  let declares: string[] = [];
  for (const [place, statement] of statements.entries()) {
    open.push(statement);
    declares.push(...(given[place] ?? []).filter((name) => !bound.has(name)));
    const missing = open.flatMap(({ node }) => variablesIn(node)).filter((name) => locals.has(name));
    const isClosed = missing.every((name) => bound.has(name) || declares.includes(name));
    if (!isClosed && place < statements.length - 1) continue;
    for (const name of declares) bound.add(name);
    steps.push({ statements: open, declares: [...new Set(declares)], bound: [...bound] });
    open = [];
    declares = [];
  }
  return steps;
}

/** The variables that each statement gives values. */
function valuesGiven(
  statements: readonly Statement[],
  globals: ReadonlySet<string>,
): readonly (readonly string[])[] {
  /** Of `some x`, which says only that there is a variable; the first statement that uses it gives it values. */
  const waiting = new Set<string>();
  return statements.map(({ node }) => {
    const plain = plainDeclarations(node);
    for (const name of plain) waiting.add(name);
    if (plain.length > 0) return [];
    const used = variablesIn(node).filter((name) => waiting.delete(name));
    return [...declarationsIn(node, globals), ...used];
  });
}

/** `some x, y` */
function plainDeclarations(node: TreeNode): readonly string[] {
  return symbolsOf(node).flatMap((symbol) => (symbol['type'] === 'var' ? namesIn(symbol) : []));
}

/** `some k, v in values`, `x := value`, `[x, y] := value`, and `x = value` for an x that is nothing else. */
function declarationsIn(node: TreeNode, globals: ReadonlySet<string>): readonly string[] {
  const members = symbolsOf(node).flatMap((symbol) => callOf(symbol)?.args.slice(0, -1) ?? []);
  const { callee, args } = callOf(node) ?? {};
  const operator = callee === undefined ? null : dottedName(callee);
  const [target] = args ?? [];
  if (operator === 'assign') return namesIn(target);
  if (operator === 'eq' && target?.['type'] === 'var')
    return namesIn(target).filter((name) => !globals.has(name));
  return members.flatMap(namesIn);
}

function symbolsOf({ terms }: TreeNode): readonly TreeNode[] {
  return isObject(terms) && Array.isArray(terms['symbols']) ? terms['symbols'].filter(isObject) : [];
}

/** Every variable that a statement mentions, those of the comprehensions in it and names of packages included. */
function variablesIn({ terms }: TreeNode): readonly string[] {
  return [...new Set(namesIn(terms))];
}

/** Wildcards have names that nobody could write. */
function namesIn(part: unknown): readonly string[] {
  return [...nodesIn(part)].flatMap(({ type, value }) =>
    type === 'var' && typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value) ? [value] : [],
  );
}
