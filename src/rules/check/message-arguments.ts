import type { Problem } from '../../documents/problem.ts';
import { placeholders } from '../../findings/message.ts';
import type { CataloguedRule } from '../../sources/catalogue.ts';
import { sourceProblem } from '../../sources/problem.ts';
import { quoted } from '../../sources/schema-problems.ts';
import { textOf, type TreeNode } from '../../sources/tree.ts';
import { isObject } from '../../util/is-object.ts';
import { suggest } from '../../util/suggest.ts';
import { builderArguments, findingHeads, rangesIn } from './house-rules.ts';

/** Placeholders of the message that findings have no argument for, as far as the text of the rule tells. */
export function argumentProblems({ file, tree, rule, annotation }: CataloguedRule): readonly Problem[] {
  const at = rangesIn(file.text);
  const wanted = new Set(placeholders(rule.message));
  return findingHeads(tree).flatMap((head) => {
    const args = builderArguments(tree, head)?.[1];
    const keys = args === undefined ? null : literalKeys(args);
    if (args === undefined || keys === null) return [];
    return [...wanted]
      .filter((name) => !keys.includes(name))
      .map((name) => {
        const message = `The finding has no argument ${quoted(name)}, which the message shows.`;
        const near = suggest(
          name,
          keys.filter((key) => !wanted.has(key)),
        );
        const hint =
          near === null ? `Add ${quoted(name)} to the arguments.` : `Did you mean {${near}} in the message?`;
        const place = { uri: file.uri, range: at(args) ?? annotation.rangeOf(['custom', 'message']) };
        return sourceProblem('rules-message-argument', { message, hint }, place);
      });
  });
}

/** The keys of an object that is written out; `null` when one of them is computed, or all of it. */
function literalKeys({ type, value }: TreeNode): readonly string[] | null {
  if (type !== 'object' || !Array.isArray(value)) return null;
  const keys = value.map((member: unknown) =>
    Array.isArray(member) && isObject(member[0]) ? textOf(member[0]) : null,
  );
  return keys.every((key) => key !== null) ? keys : null;
}
