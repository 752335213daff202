import type { Problem } from '../../documents/problem.ts';
import type { CataloguedRule } from '../../sources/catalogue.ts';
import { sourceProblem } from '../../sources/problem.ts';
import { quoted } from '../../sources/schema-problems.ts';
import { callOf, importsOf, nodesIn, textOf, type TreeNode } from '../../sources/tree.ts';
import { isObject } from '../../util/is-object.ts';
import { suggest } from '../../util/suggest.ts';
import { rangesIn } from './house-rules.ts';

/**
 * Uses of options that no METADATA declares: `options.of("<rule>").<option>` would be undefined, and the rule would
 * never find anything.
 */
export function optionProblems(
  { file, tree, rule }: CataloguedRule,
  rules: readonly CataloguedRule[],
): readonly Problem[] {
  const at = rangesIn(file.text);
  const aliases = importsOf(tree)
    .filter(({ path }) => path.join('.') === 'data.agentid.lib.options')
    .map(({ alias }) => alias);
  return [...nodesIn(tree['rules'])].flatMap((node) => {
    const use = optionUse(node, aliases);
    if (use === null) return [];
    const owner = rules.find((each) => each.rule.id === use.id);
    const problem = (node: TreeNode, message: string, near: string | null) => {
      const hint = near === null ? {} : { hint: `Did you mean ${quoted(near)}?` };
      return sourceProblem('rules-unknown-option', { message, ...hint }, { uri: file.uri, range: at(node) });
    };
    if (owner === undefined) {
      const near = suggest(use.id, [rule.id, ...rules.map((each) => each.rule.id)]) ?? rule.id;
      return [problem(use.idNode, `There is no rule ${quoted(use.id)} with options.`, near)];
    }
    const known = Object.keys(owner.rule.options);
    if (use.option === null || known.includes(use.option)) return [];
    return [
      problem(use.optionNode, `${use.id} has no option ${quoted(use.option)}.`, suggest(use.option, known)),
    ];
  });
}

type Use = {
  readonly id: string;
  readonly idNode: TreeNode;
  /** `null` for the options as a whole, or one that is computed. */
  readonly option: string | null;
  readonly optionNode: TreeNode;
};

/** `options.of("…").name`, or `options.of("…")` alone. */
function optionUse(node: TreeNode, aliases: readonly string[]): Use | null {
  const steps = node['type'] === 'ref' && Array.isArray(node['value']) ? node['value'].filter(isObject) : [];
  const [called, optionNode] = steps;
  const call = called === undefined ? null : callOf(called);
  const [idNode] = call?.args ?? [];
  const id = textOf(idNode);
  if (call === null || idNode === undefined || id === null || optionNode === undefined) return null;
  const { head, steps: path } = call.callee;
  const isOf = path.length === 1 && path[0] === 'of' && aliases.includes(head);
  return isOf ? { id, idNode, option: textOf(optionNode), optionNode } : null;
}
