import type { SyntaxTree } from '../../../packages/opa-compiler/src/types.ts';
import { OpaPlaces } from '../../sources/opa-places.ts';
import { nodesIn, placeOfNode, referenceOf, rulesOf, type TreeNode } from '../../sources/tree.ts';
import { isObject } from '../../util/is-object.ts';

/** A rule of a module, as it stands in the text. */
export type WrittenRule = {
  /** The part of its head that is no variable, such as `test_x` or `cases.test_x`. */
  readonly name: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** 1-based; both included. */
  readonly rows: { readonly first: number; readonly last: number };
};

/** The rules of a module in the order of its text. */
export function writtenRules(text: string, tree: SyntaxTree): readonly WrittenRule[] {
  const places = new OpaPlaces(text);
  return rulesOf(tree).flatMap((node) => {
    const place = placeOfNode(node);
    const name = nameOf(node);
    if (place === null || name === null) return [];
    const start = places.offset(place.row, place.column);
    const end = Math.max(start, ...[...nodesIn(node)].map((inner) => endOf(inner, places)));
    return [{ name, start, end, rows: { first: place.row, last: places.range(end, end).end.line } }];
  });
}

/** Where the text of a node ends. Of `default x := 1` only the parts have their whole text. */
function endOf(node: TreeNode, places: OpaPlaces): number {
  const place = placeOfNode(node);
  return place === null ? 0 : places.offset(place.row, place.column) + textOf(node).length;
}

/** OPA takes the first step that says so as the name of a test, and what follows as its cases. */
function nameOf({ head }: TreeNode): string | null {
  if (!isObject(head) || !Array.isArray(head['ref'])) return null;
  const reference = referenceOf({ type: 'ref', value: head['ref'] });
  if (reference === null) return null;
  const steps = [reference.head, ...reference.steps];
  const ground = steps.slice(0, steps.includes(null) ? steps.indexOf(null) : steps.length);
  const test = ground.findIndex((step) => step !== null && /^(?:todo_)?test_/.test(step));
  return (test === -1 ? ground : ground.slice(0, test + 1)).join('.');
}

function textOf({ location }: TreeNode): string {
  const text = isObject(location) ? location['text'] : null;
  return typeof text === 'string' ? Buffer.from(text, 'base64').toString('utf8') : '';
}

/** A change of a text: what stands between two offsets, and what takes its place. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string };

/** Nothing in place of a rule, so that everything else stays where it is. */
export function removal(text: string, { start, end }: WrittenRule): Edit {
  return { start, end, text: text.slice(start, end).replaceAll(/[^\r\n]/g, ' ') };
}

/** Another name for a rule. */
export function renaming(text: string, { name, start, end }: WrittenRule, to: string): Edit {
  const word = name.slice(name.lastIndexOf('.') + 1);
  const at = start + text.slice(start, end).search(new RegExp(`\\b${word}\\b`));
  return { start: at, end: at + word.length, text: to };
}

/** A text with changes that do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, edit) => rest.slice(0, edit.start) + edit.text + rest.slice(edit.end), text);
}
