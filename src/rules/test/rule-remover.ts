import type {
  Compiler,
  CompilerProblem,
  Modules,
  SyntaxTree,
} from '../../../packages/opa-compiler/src/types.ts';
import { packageOf } from '../../sources/tree.ts';
import { edited, removal, writtenRules, type WrittenRule } from './test-rules.ts';

/** A rule of a test file that had to go. */
export type RemovedRule = {
  /** `data.agentid.acme.naming_test.test_x` */
  readonly reference: string;
  /** Why; for a rule that needed another one, why that one had to go. */
  readonly cause: CompilerProblem;
};

/** Takes rules out of test files that the compiler refuses, so that the other tests can be compiled. */
export class RuleRemover {
  readonly #tests: ReadonlySet<string>;
  readonly #compiler: Pick<Compiler, 'parse'>;
  readonly #removed: RemovedRule[] = [];
  #modules: Modules;

  /** @param tests paths of the test files among the modules */
  constructor(modules: Modules, tests: ReadonlySet<string>, compiler: Pick<Compiler, 'parse'>) {
    this.#modules = modules;
    this.#tests = tests;
    this.#compiler = compiler;
  }

  /** Without what was removed; everything else stands where it stood. */
  get modules(): Modules {
    return this.#modules;
  }

  /** Removes the rules that problems stand in, with every other definition of the same names. */
  async remove(problems: readonly CompilerProblem[]): Promise<readonly RemovedRule[]> {
    const before = this.#removed.length;
    const files = new Set(
      problems.flatMap(({ file }) => (file !== null && this.#tests.has(file) ? [file] : [])),
    );
    const texts = Object.fromEntries([...files].map((file) => [file, this.#modules[file] ?? '']));
    const parsed = files.size === 0 ? null : await this.#compiler.parse(texts);
    if (parsed?.ok !== true) return [];
    for (const [file, tree] of Object.entries(parsed.trees))
      this.#removeFrom(
        file,
        tree,
        problems.filter((problem) => problem.file === file),
      );
    return this.#removed.slice(before);
  }

  #removeFrom(file: string, tree: SyntaxTree, problems: readonly CompilerProblem[]): void {
    const text = this.#modules[file] ?? '';
    const rules = writtenRules(text, tree);
    const causes = new Map<string, CompilerProblem>();
    for (const problem of problems) {
      const rule = ruleAt(rules, problem);
      if (rule !== undefined && !causes.has(rule.name)) causes.set(rule.name, this.#causeOf(problem));
    }
    for (const [name, cause] of causes)
      this.#removed.push({ reference: `data.${packageOf(tree) ?? ''}.${name}`, cause });
    const edits = rules.filter(({ name }) => causes.has(name)).map((rule) => removal(text, rule));
    this.#modules = { ...this.#modules, [file]: edited(text, edits) };
  }

  /** The compiler does not find a helper that was removed: then what counts is why it was. */
  #causeOf(problem: CompilerProblem): CompilerProblem {
    const removed = this.#removed.find(({ reference }) => {
      const name = reference.slice(reference.lastIndexOf('.') + 1);
      return new RegExp(`(?:^|[\\s.])${name}(?![\\w.])`).test(problem.message);
    });
    return removed?.cause ?? problem;
  }
}

function ruleAt(rules: readonly WrittenRule[], { row }: CompilerProblem): WrittenRule | undefined {
  return rules.findLast(({ rows }) => row !== null && rows.first <= row && row <= rows.last);
}
