import type { SyntaxTree } from '../../packages/opa-compiler/src/types.ts';
import { isObject } from '../util/is-object.ts';

/** A node of OPA's syntax tree. */
export type TreeNode = Readonly<Record<string, unknown>>;

/** Where a node stands: 1-based, columns count code points. */
export type TreePlace = { readonly row: number; readonly column: number };

export function placeOfNode(node: TreeNode): TreePlace | null {
  const { location } = node;
  if (!isObject(location)) return null;
  const { row, col } = location;
  return typeof row === 'number' && typeof col === 'number' ? { row, column: col } : null;
}

/** The text of a node as OPA keeps it; empty when it keeps none. */
export function writtenAs({ location }: TreeNode): string {
  if (!isObject(location) || typeof location['text'] !== 'string') return '';
  return Buffer.from(location['text'], 'base64').toString('utf8');
}

/** Every node inside a part of a tree, itself included, in the order of the text as far as OPA keeps it. */
export function* nodesIn(part: unknown): Generator<TreeNode> {
  if (Array.isArray(part)) {
    for (const entry of part as readonly unknown[]) yield* nodesIn(entry);
  } else if (isObject(part)) {
    yield part;
    for (const [key, value] of Object.entries(part)) if (key !== 'location') yield* nodesIn(value);
  }
}

/** The head of a reference and the steps after it; a step that is no text is `null`. */
export type Reference = {
  readonly node: TreeNode;
  readonly head: string;
  readonly steps: readonly (string | null)[];
  /** The nodes of the steps. */
  readonly stepNodes: readonly TreeNode[];
};

export function referenceOf(node: unknown): Reference | null {
  if (!isObject(node)) return null;
  if (node['type'] === 'var' && typeof node['value'] === 'string')
    return { node, head: node['value'], steps: [], stepNodes: [] };
  const { value } = node;
  if (node['type'] !== 'ref' || !Array.isArray(value)) return null;
  const [first, ...stepNodes] = value.filter(isObject);
  if (first?.['type'] !== 'var' || typeof first['value'] !== 'string') return null;
  return { node, head: first['value'], steps: stepNodes.map(textOf), stepNodes };
}

/** The value of a string node. */
export function textOf(node: unknown): string | null {
  return isObject(node) && node['type'] === 'string' && typeof node['value'] === 'string'
    ? node['value']
    : null;
}

/** `agentid.ownership.team_tag` */
export function packageOf(tree: SyntaxTree): string | null {
  const { package: declared } = tree;
  if (!isObject(declared) || !Array.isArray(declared['path'])) return null;
  const [, ...steps] = declared['path'].map(textOf);
  return steps.join('.');
}

/** An `import data.…`, with the name that it has in the module. */
export type Import = { readonly path: readonly string[]; readonly alias: string; readonly node: TreeNode };

export function importsOf(tree: SyntaxTree): readonly Import[] {
  return list(tree['imports']).flatMap((node) => {
    const reference = referenceOf(node['path']);
    if (reference === null) return [];
    const steps = reference.steps.filter((step) => step !== null);
    const path = [reference.head, ...steps];
    const alias = typeof node['alias'] === 'string' ? node['alias'] : (path.at(-1) ?? '');
    const { path: pathNode } = node;
    return [{ path, alias, node: isObject(pathNode) ? pathNode : node }];
  });
}

/** The rules of a module, one node for each body. */
export function rulesOf(tree: SyntaxTree): readonly TreeNode[] {
  return list(tree['rules']);
}

/** `findings`, for `findings contains …`; `null` for a name in several steps. */
export function nameOfRule(rule: TreeNode): string | null {
  const head = isObject(rule['head']) ? rule['head'] : {};
  const { ref, name } = head;
  if (Array.isArray(ref) && ref.length > 1) return null;
  return typeof name === 'string' ? name : null;
}

/** Whether a rule adds to a set: `name contains value`. */
export function isPartialSet(rule: TreeNode): boolean {
  const { head } = rule;
  return isObject(head) && isObject(head['key']) && head['value'] === undefined && head['args'] === undefined;
}

/** A call, as a term or as an expression of its own. */
export type Call = { readonly callee: Reference; readonly args: readonly TreeNode[] };

export function callOf(node: TreeNode): Call | null {
  // An expression has its terms in a list, of which a call has two or more or no argument at all.
  const terms = node['type'] === 'call' ? node['value'] : node['terms'];
  if (!Array.isArray(terms)) return null;
  const [first, ...args] = terms.filter(isObject);
  const callee = referenceOf(first);
  return callee === null ? null : { callee, args };
}

/** `time.now_ns`; `null` when a step is computed. */
export function dottedName({ head, steps }: Reference): string | null {
  return steps.includes(null) ? null : [head, ...steps].join('.');
}

function list(value: unknown): readonly TreeNode[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
