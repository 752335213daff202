import type { SyntaxTree } from '../../packages/opa-compiler/src/types.ts';
import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import type { Catalogue, RuleMetadata } from '../policy/types.ts';
import type { Annotation } from './annotation.ts';
import { OpaPlaces } from './opa-places.ts';
import type { RegoFile, RuleFile, RuleFolder } from './folder.ts';
import { rulePackage } from './layout.ts';
import type { Library } from './library.ts';
import { ruleMetadata } from './metadata.ts';
import { sourceProblem } from './problem.ts';
import { membersOf, unknownReferences, type DataNames } from './references.ts';
import { isPartialSet, nameOfRule, packageOf, placeOfNode, rulesOf } from './tree.ts';
import { isObject } from '../util/is-object.ts';

/** One rule of a folder with what is known about it. */
export type CataloguedRule = {
  readonly file: RuleFile;
  readonly tree: SyntaxTree;
  readonly rule: RuleMetadata;
  readonly annotation: Annotation;
};

export type ReadCatalogue = {
  /** In the order of their ids; without those that have a problem in their METADATA. */
  readonly rules: readonly CataloguedRule[];
  readonly problems: readonly Problem[];
  /** What the rules can refer to. */
  readonly names: DataNames;
};

/** Syntax trees by the paths of their files in the folder. */
export type Trees = { readonly [path: string]: SyntaxTree };

/** The rules of a folder, and what their trees show to be wrong. Files without a tree are passed over. */
export function readCatalogue(
  folder: RuleFolder,
  trees: Trees,
  libraryTrees: Trees,
  library: Library,
): ReadCatalogue {
  const problems: Problem[] = [];
  const rules: CataloguedRule[] = [];
  for (const file of folder.rules) {
    const tree = trees[file.path];
    if (tree === undefined) continue;
    const read = ruleMetadata(file, tree);
    if (read.ok) rules.push({ file, tree, rule: read.rule, annotation: read.annotation });
    else problems.push(...read.problems);
    problems.push(...findingsProblems(file, tree));
  }
  problems.push(...takenNames(rules, library));
  const names = dataNames(folder, { ...trees, ...libraryTrees }, library);
  for (const file of [...folder.rules, ...folder.libs]) {
    const tree = trees[file.path];
    if (tree === undefined) continue;
    if (packageOf(tree) !== file.package) problems.push(wrongPackage(file, tree));
    problems.push(...unknownReferences({ file, tree }, names));
  }
  return { rules, problems, names };
}

/** A package that is written in a way which only OPA sees through. */
function wrongPackage({ uri, text, path, package: name }: RegoFile, tree: SyntaxTree): Problem {
  const message = `The package of ${path} is ${name}, and it is written in another way.`;
  const hint = `Write "package ${name}".`;
  return sourceProblem('rules-wrong-package', { message, hint }, { uri, range: packageRange(text, tree) });
}

function packageRange(text: string, tree: SyntaxTree): Range | null {
  const place = isObject(tree['package']) ? placeOfNode(tree['package']) : null;
  return place === null ? null : new OpaPlaces(text).line(place.row);
}

function dataNames(folder: RuleFolder, trees: Trees, library: Library): DataNames {
  return {
    packages: new Map<string, ReadonlySet<string> | null>([
      ...[...library.libs.keys()].map((name) => [rulePackage('lib', name), null] as const),
      // A file that cannot be parsed is there all the same.
      ...[...folder.rules, ...folder.libs, ...folder.tests].map((file) => [file.package, null] as const),
      ...Object.values(trees).map((tree) => [packageOf(tree) ?? '', membersOf(tree)] as const),
    ]),
    tables: [...library.tables.keys(), ...folder.tables.map(({ name }) => name)],
  };
}

export function catalogueOf(rules: readonly CataloguedRule[]): Catalogue {
  return { version: 1, rules: rules.map(({ rule }) => rule) };
}

/** A rule answers with a set that is there whatever it finds. */
function findingsProblems({ uri, text }: RuleFile, tree: SyntaxTree): readonly Problem[] {
  const places = new OpaPlaces(text);
  const findings = rulesOf(tree).filter((rule) => nameOfRule(rule) === 'findings');
  if (findings.length === 0) {
    return [sourceProblem('rules-no-findings', {}, { uri, range: packageRange(text, tree) })];
  }
  return findings
    .filter((rule) => !isPartialSet(rule))
    .map((rule) => {
      const place = placeOfNode(rule);
      const message = '"findings" is not a set that each finding is added to.';
      const range = place === null ? null : places.token(place.row, place.column);
      return sourceProblem('rules-no-findings', { message }, { uri, range });
    });
}

/** Former ids that a built-in rule or another rule of the folder has. */
function takenNames(rules: readonly CataloguedRule[], { ids }: Library): readonly Problem[] {
  const owners = new Map(rules.map(({ rule }) => [rule.id, rule.id]));
  return rules.flatMap(({ file, rule, annotation }) => {
    const { uri } = file;
    return rule.aliases.flatMap((alias, index) => {
      const owner = owners.get(alias);
      owners.set(alias, owner ?? rule.id);
      if (owner === undefined && !ids.has(alias)) return [];
      const message =
        owner === undefined
          ? `${alias} is the id of a built-in rule.`
          : `${alias} is a name of ${owner} already.`;
      const range = annotation.rangeOf(['custom', 'aliases', index]);
      return [sourceProblem('rules-name-taken', { message, hint: 'Remove the alias.' }, { uri, range })];
    });
  });
}
