import type { Problem } from '../../documents/problem.ts';
import type { Range } from '../../documents/range.ts';
import { FACT_GROUPS, type FactGroup } from '../../model/vocabulary.ts';
import type { CataloguedRule } from '../../sources/catalogue.ts';
import { OpaPlaces } from '../../sources/opa-places.ts';
import { sourceProblem } from '../../sources/problem.ts';
import { dataReferences, type ParsedFile } from '../../sources/references.ts';
import {
  callOf,
  dottedName,
  importsOf,
  isPartialSet,
  nameOfRule,
  nodesIn,
  referenceOf,
  rulesOf,
  textOf,
  type TreeNode,
} from '../../sources/tree.ts';
import { isObject } from '../../util/is-object.ts';

/** What OPA allows and we do not, in a rule. */
export function houseProblems({ file, tree, rule }: CataloguedRule): readonly Problem[] {
  return [
    ...forbiddenCalls({ file, tree }),
    ...directData({ file, tree }),
    ...builtByHand({ file, tree }),
    ...missingRequires({ file, tree }, rule.requires),
  ];
}

/** Built-in functions that are there and that rules do without. `print` and `sprintf` are not there at all. */
const FORBIDDEN: ReadonlyMap<string, string> = new Map([
  [
    'walk',
    'It visits every value of a manifest, however large. Name the properties: object.get, or some … in.',
  ],
]);

export function forbiddenCalls({ file, tree }: ParsedFile): readonly Problem[] {
  const at = rangesIn(file.text);
  return [...nodesIn(tree['rules'])].flatMap((node) => {
    const call = callOf(node);
    const name = call === null ? null : dottedName(call.callee);
    const hint = name === null ? undefined : FORBIDDEN.get(name);
    if (call === null || name === null || hint === undefined) return [];
    const message = `Rules do not call ${name}.`;
    return [
      sourceProblem(
        'rules-forbidden-call',
        { message, hint },
        { uri: file.uri, range: at(call.callee.node) },
      ),
    ];
  });
}

/** The helpers that read what the host gives, by the part of `data.agentid` that they read. */
const READERS: ReadonlyMap<string, string> = new Map([
  ['options', 'Use options.of("<domain>/<rule-name>").<option> of data.agentid.lib.options.'],
  ['known', 'Use the look-ups of data.agentid.lib.known.'],
  ['run', 'Use run.now of data.agentid.lib.run.'],
  ['tables', 'Read it in a helper of your own, lib/<name>.rego, and use that.'],
]);

function directData({ file, tree }: ParsedFile): readonly Problem[] {
  const at = rangesIn(file.text);
  const problems = new Map<number, Problem>();
  for (const { steps, nodes } of dataReferences(tree)) {
    const [root, section] = steps;
    const hint = root === 'agentid' && typeof section === 'string' ? READERS.get(section) : undefined;
    const node = nodes[1] ?? null;
    if (hint === undefined || typeof section !== 'string' || node === null) continue;
    const range = at(node);
    const message = `Rules do not read data.agentid.${section} directly.`;
    problems.set(
      range?.start.offset ?? 0,
      sourceProblem('rules-direct-data', { message, hint }, { uri: file.uri, range }),
    );
  }
  return [...problems.values()];
}

const BUILDERS = ['data.agentid.lib.finding.at', 'data.agentid.lib.finding.at_with_related'];

/** Findings that no builder made. What a helper gives is taken for made by one. */
function builtByHand({ file, tree }: ParsedFile): readonly Problem[] {
  const at = rangesIn(file.text);
  return findingHeads(tree).flatMap((key) => {
    if (key['type'] !== 'object' && key['type'] !== 'array' && key['type'] !== 'string') return [];
    return [sourceProblem('rules-built-by-hand', {}, { uri: file.uri, range: at(key) })];
  });
}

/** What each `findings contains …` adds. */
export function findingHeads(tree: ParsedFile['tree']): readonly TreeNode[] {
  return rulesOf(tree).flatMap((rule) => {
    if (nameOfRule(rule) !== 'findings' || !isPartialSet(rule) || !isObject(rule['head'])) return [];
    return isObject(rule['head']['key']) ? [rule['head']['key']] : [];
  });
}

/** The arguments of a call to a builder of findings: path, args and perhaps related; `null` for anything else. */
export function builderArguments(tree: ParsedFile['tree'], node: TreeNode): readonly TreeNode[] | null {
  const call = callOf(node);
  const name = call === null ? null : dottedName(call.callee);
  if (call === null || name === null) return null;
  const [head = '', ...rest] = name.split('.');
  const imported = importsOf(tree).find(({ alias }) => alias === head);
  const full = [...(imported?.path ?? [head]), ...rest].join('.');
  return BUILDERS.includes(full) ? call.args : null;
}

/** Reads of relationships that some sources cannot tell, where the rule does not say that it needs them. */
function missingRequires({ file, tree }: ParsedFile, requires: readonly FactGroup[]): readonly Problem[] {
  // It looks at what is unknown by itself.
  if ([...nodesIn(tree['rules'])].some((node) => isRead(node, 'unknown'))) return [];
  const at = rangesIn(file.text);
  const told = new Map<FactGroup, Problem>();
  for (const { group, node } of factReads(tree)) {
    if (requires.includes(group) || told.has(group)) continue;
    const message = `The rule reads ${group}, which may be unknown, and "requires" does not name it.`;
    const hint = `Write requires: [${[...requires, group].join(', ')}]. Where it is unknown the rule is skipped, visibly.`;
    told.set(
      group,
      sourceProblem('rules-missing-requires', { message, hint }, { uri: file.uri, range: at(node) }),
    );
  }
  return [...told.values()];
}

function isRead(node: TreeNode, field: string): boolean {
  const reference = node['type'] === 'ref' ? referenceOf(node) : null;
  return reference?.head === 'input' && reference.steps[0] === field;
}

function* factReads(
  tree: ParsedFile['tree'],
): Generator<{ readonly group: FactGroup; readonly node: TreeNode }> {
  const aliases = new Map(
    importsOf(tree).flatMap(({ path, alias }) =>
      path[0] === 'input' ? [[alias, path.slice(1)] as const] : [],
    ),
  );
  const stepsOf = (node: unknown): readonly (string | null)[] | null => {
    const reference = referenceOf(node);
    if (reference === null) return null;
    if (reference.head === 'input') return reference.steps;
    const imported = aliases.get(reference.head);
    return imported === undefined ? null : [...imported, ...reference.steps];
  };
  for (const node of nodesIn(tree['rules'])) {
    const call = callOf(node);
    const isGet = call !== null && dottedName(call.callee) === 'object.get';
    const steps = isGet ? [...(stepsOf(call.args[0]) ?? ['']), ...pathIn(call.args[1])] : stepsOf(node);
    const [first, second] = steps ?? [];
    const group = FACT_GROUPS.find((name) => name === (first === 'properties' ? second : first));
    if (group !== undefined) yield { group, node: isGet ? call.callee.node : node };
  }
}

/** The path that object.get is given: a key, or a list of keys. */
function pathIn(node: unknown): readonly (string | null)[] {
  if (!isObject(node)) return [];
  return node['type'] === 'array' && Array.isArray(node['value'])
    ? node['value'].map(textOf)
    : [textOf(node)];
}

/** Where the nodes of a text stand. */
export function rangesIn(text: string): (node: TreeNode) => Range | null {
  const places = new OpaPlaces(text);
  return (node) => places.node(node);
}
