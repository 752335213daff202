import type { SyntaxTree } from '../../packages/opa-compiler/src/types.ts';
import type { Problem } from '../documents/problem.ts';
import { isObject } from '../util/is-object.ts';
import { suggest } from '../util/suggest.ts';
import { OpaPlaces } from './opa-places.ts';
import type { RegoFile } from './folder.ts';
import { sourceProblem } from './problem.ts';
import { quoted } from './schema-problems.ts';
import {
  importsOf,
  nodesIn,
  placeOfNode,
  referenceOf,
  rulesOf,
  type Reference,
  type TreeNode,
} from './tree.ts';

/** What `data.agentid` has when a rule runs. */
export type DataNames = {
  /** Members of every package, by its dotted name; `null` where nobody has looked. */
  readonly packages: ReadonlyMap<string, ReadonlySet<string> | null>;
  readonly tables: readonly string[];
};

/** A file of rules or helpers with its syntax tree. */
export type ParsedFile = { readonly file: RegoFile; readonly tree: SyntaxTree };

/** Built by the host: options, look-ups, and the moment of the run. */
const HOST_DATA = ['options', 'known', 'run'];

/** The names that a module defines. */
export function membersOf(tree: SyntaxTree): ReadonlySet<string> {
  return new Set(
    rulesOf(tree).flatMap(({ head }) => {
      if (!isObject(head) || !Array.isArray(head['ref'])) return [];
      const [first] = head['ref'].filter(isObject);
      return typeof first?.['value'] === 'string' ? [first['value']] : [];
    }),
  );
}

/**
 * References to packages, members and tables that do not exist. OPA takes them for data that may be there at run time:
 * they would be undefined, and the rule would never find anything.
 */
export function unknownReferences({ file, tree }: ParsedFile, names: DataNames): readonly Problem[] {
  const places = new OpaPlaces(file.text);
  const problems = new Map<number, Problem>();
  for (const { steps, nodes } of dataReferences(tree)) {
    const fault = faultIn(steps, names);
    const node = fault === null ? null : (nodes[fault.step] ?? null);
    const place = node === null ? null : placeOfNode(node);
    if (fault === null || place === null) continue;
    const near = suggest(fault.name, fault.known);
    const words = {
      message: fault.message,
      ...(near === null ? {} : { hint: `Did you mean ${quoted(near)}?` }),
    };
    const range = places.token(place.row, place.column);
    const start = range.start.offset;
    if (!problems.has(start))
      problems.set(start, sourceProblem('rules-unknown-import', words, { uri: file.uri, range }));
  }
  return [...problems.values()];
}

/** A reference into `data`: its steps after `data`, and the node of each; `null` for those that an import stands for. */
export type DataReference = {
  readonly steps: readonly (string | null)[];
  readonly nodes: readonly (TreeNode | null)[];
};

/** Every reference into `data` of a module, imports and what is reached through them included. */
export function* dataReferences(tree: SyntaxTree): Generator<DataReference> {
  const aliases = new Map<string, readonly string[]>();
  for (const { path, alias, node } of importsOf(tree)) {
    const reference = referenceOf(node);
    if (path[0] !== 'data' || reference === null) continue;
    aliases.set(alias, path.slice(1));
    yield { steps: reference.steps, nodes: reference.stepNodes };
  }
  for (const node of nodesIn(tree['rules'])) {
    const reference = node['type'] === 'ref' ? referenceOf(node) : null;
    if (reference === null) continue;
    const { head, steps, stepNodes } = reference;
    const imported = aliases.get(head);
    if (head === 'data') yield { steps, nodes: stepNodes };
    else if (imported !== undefined) yield throughImport(imported, reference);
  }
}

function throughImport(imported: readonly string[], { steps, stepNodes }: Reference): DataReference {
  return { steps: [...imported, ...steps], nodes: [...imported.map(() => null), ...stepNodes] };
}

type Fault = {
  /** Which step is wrong. */
  readonly step: number;
  readonly name: string;
  readonly known: Iterable<string>;
  readonly message: string;
};

function faultIn(steps: readonly (string | null)[], { packages, tables }: DataNames): Fault | null {
  const [root, section, name, member] = steps;
  // What is computed, or read as a whole, is nobody's mistake that could be told from here.
  if (root === null || root === undefined) return null;
  if (root !== 'agentid')
    return {
      step: 0,
      name: root,
      known: ['agentid'],
      message: `There is no data.${root}: rules see data.agentid only.`,
    };
  if (section === null || section === undefined || HOST_DATA.includes(section)) return null;
  if (section === 'tables') {
    if (name === null || name === undefined || tables.includes(name)) return null;
    return { step: 2, name, known: tables, message: `There is no table ${quoted(name)}.` };
  }
  const siblings = [...packages.keys()].filter((path) => path.startsWith(`agentid.${section}.`));
  if (siblings.length === 0) {
    const domains = [...packages.keys()].map((path) => path.split('.')[1] ?? '');
    return {
      step: 1,
      name: section,
      known: new Set([...domains, 'tables']),
      message: `There is no data.agentid.${section}.`,
    };
  }
  if (name === null || name === undefined) return null;
  const path = `agentid.${section}.${name}`;
  const members = packages.get(path);
  if (members === undefined)
    return {
      step: 2,
      name,
      known: siblings.map((each) => each.split('.')[2] ?? ''),
      message: `There is no package data.${path}.`,
    };
  if (members === null || member === null || member === undefined || members.has(member)) return null;
  return { step: 3, name: member, known: members, message: `data.${path} has no ${quoted(member)}.` };
}
