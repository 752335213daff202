import type { Compiler } from '../../packages/opa-compiler/src/types.ts';
import type { Problem } from '../documents/problem.ts';
import { PolicyError } from '../policy/policy-error.ts';
import { analyse, modulesOf, type Analysis, type FolderModules } from '../sources/analyse.ts';
import { readBundleFile, writeBundleFile } from '../sources/bundle-file.ts';
import type { CataloguedRule } from '../sources/catalogue.ts';
import { buildFolder, withCompiler } from '../sources/compile.ts';
import { compilerAccess } from '../sources/compiler-access.ts';
import { readExamples } from '../sources/examples.ts';
import { readRuleFolder, type RuleFolder } from '../sources/folder.ts';
import type { Library } from '../sources/library.ts';
import { sourceProblem } from '../sources/problem.ts';
import { argumentProblems } from './check/message-arguments.ts';
import { completenessProblems } from './check/completeness.ts';
import { exampleProblems } from './check/example-problems.ts';
import { exampleRunner } from './example-runner.ts';
import { formattingProblem, unformattedFiles, writeFormatted } from './check/formatting.ts';
import { forbiddenCalls, houseProblems } from './check/house-rules.ts';
import { optionProblems } from './check/option-use.ts';
import { testProblems } from './check/test-problems.ts';
import { shownProblems, type ShownProblem } from './shown-problems.ts';

export type CheckOptions = {
  /** Absolute working directory. */
  readonly cwd: string;
  readonly library: Library;
  /** An `opa` executable to use instead of the compiler that comes along. */
  readonly opa: string | null;
  /** Version of agentid-lint. */
  readonly version: string;
  /** Whether files that are not formatted are written anew. */
  readonly fix: boolean;
};

/** A folder of rules, by the name that the user knows it by. */
export type NamedFolder = { readonly name: string; readonly path: string };

export type CheckedFolder = {
  readonly name: string;
  /** How many rules are in it, with problems or without. */
  readonly rules: number;
  /** Everything that was found, by file and position. */
  readonly problems: readonly ShownProblem[];
  /** Files that were formatted. */
  readonly fixed: readonly string[];
};

/** Everything that is wrong with folders of own rules: whether they compile, are complete, and do what their examples say. */
export async function checkRules(
  folders: readonly NamedFolder[],
  options: CheckOptions,
): Promise<readonly CheckedFolder[]> {
  const access = compilerAccess(options.opa);
  const checked: CheckedFolder[] = [];
  try {
    for (const { name, path } of folders) {
      const read = readRuleFolder(path, { cwd: options.cwd });
      if (!read.ok) {
        checked.push({ name, rules: 0, problems: shown(read.problems, null), fixed: [] });
        continue;
      }
      const found = await withCompiler(async () => {
        return { ok: true as const, ...(await checkFolder(read.folder, await access.open(), options)) };
      });
      const fixed = found.ok ? found.fixed : [];
      checked.push({
        name,
        rules: read.folder.rules.length,
        problems: shown(found.problems, found.ok ? found.folder : read.folder),
        fixed,
      });
    }
  } finally {
    await access.close();
  }
  return checked;
}

type Found = {
  readonly folder: RuleFolder;
  readonly problems: readonly Problem[];
  readonly fixed: readonly string[];
};

async function checkFolder(folder: RuleFolder, compiler: Compiler, options: CheckOptions): Promise<Found> {
  const modules = modulesOf(folder, options.library);
  const analysis = await analyse(folder, modules, { compiler, library: options.library });
  const tests = await testProblems(folder, modules, { compiler, library: options.library, analysis });
  const isParsed = (path: string) => Object.hasOwn(analysis.trees, path) || tests.parsed.has(path);
  const unformatted = await unformattedFiles(folder, isParsed, compiler);
  if (options.fix && unformatted.length > 0) {
    const failed = writeFormatted(folder, unformatted);
    const fixed = unformatted
      .map(({ file }) => file.uri)
      .filter((uri) => !failed.some((problem) => problem.uri === uri));
    const again = readRuleFolder(folder.root, { cwd: options.cwd });
    if (!again.ok) return { folder, problems: [...again.problems, ...failed], fixed };
    // Formatting moves lines, so everything is looked at again.
    const found = await checkFolder(again.folder, compiler, { ...options, fix: false });
    return { ...found, problems: [...found.problems, ...failed], fixed };
  }
  const problems = [
    ...analysis.problems,
    ...tests.problems,
    ...completenessProblems(folder),
    ...unformatted.map(formattingProblem),
    ...folder.examples.flatMap((file) => readExamples(file).problems),
    ...folder.libs.flatMap((file) => {
      const tree = analysis.trees[file.path];
      return tree === undefined ? [] : forbiddenCalls({ file, tree });
    }),
    ...analysis.rules.flatMap((rule) => [
      ...houseProblems(rule),
      ...optionProblems(rule, analysis.rules),
      ...argumentProblems(rule),
    ]),
  ];
  const isCompiled = analysis.problems.length === 0;
  const run = isCompiled ? await runExamples(folder, analysis, { modules, compiler, ...options }) : [];
  return { folder, problems: [...problems, ...run], fixed: [] };
}

type Build = CheckOptions & { readonly modules: FolderModules; readonly compiler: Compiler };

/** Builds the rules and runs every example that can be read. */
async function runExamples(
  folder: RuleFolder,
  { rules }: Analysis,
  { modules, compiler, library, version }: Build,
): Promise<readonly Problem[]> {
  const built = await buildFolder(folder, { rules, modules, compiler, library, version });
  if (!built.ok) return built.problems;
  const written = await writeBundleFile(built.content);
  if (!written.ok) return written.problems;
  const source = { kind: 'folder', name: folder.uri } as const;
  const file = readBundleFile(written.bytes, { source, uri: null });
  if (!file.ok) return file.problems;
  const problems: Problem[] = [];
  for (const rule of rules) problems.push(...(await runExamplesOf(rule, folder, file.bundle)));
  return problems;
}

async function runExamplesOf(
  rule: CataloguedRule,
  folder: RuleFolder,
  bundle: Parameters<typeof exampleRunner>[1],
): Promise<readonly Problem[]> {
  const file = folder.examples.find(({ id }) => id === rule.rule.id);
  const examples = file === undefined ? [] : readExamples(file).examples;
  if (file === undefined || examples.length === 0) return [];
  const problems: Problem[] = [];
  try {
    const runner = await exampleRunner(rule.rule, bundle);
    try {
      for (const example of examples)
        problems.push(...(await exampleProblems({ uri: file.uri, example }, rule, runner)));
    } finally {
      runner.close();
    }
  } catch (fault) {
    if (!(fault instanceof PolicyError)) throw fault;
    const message = `The rules cannot be run: ${fault.message}.`;
    problems.push(sourceProblem('rules-example-broken', { message }, { uri: file.uri, range: null }));
  }
  return problems;
}

function shown(problems: readonly Problem[], folder: RuleFolder | null): readonly ShownProblem[] {
  const files = folder === null ? [] : [...folder.rules, ...folder.libs, ...folder.tests, ...folder.examples];
  return shownProblems(problems, files);
}
