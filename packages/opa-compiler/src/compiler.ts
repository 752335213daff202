import type { Backend, Operation } from './backend.ts';
import { coverageOf, type RawCoverage } from './coverage.ts';
import { CompilerFaultError } from './errors.ts';
import { failed } from './problems.ts';
import { testResults, type RawResult } from './test-results.ts';
import type {
  Annotation,
  Compiler,
  EvaluateRequest,
  Failed,
  Modules,
  SyntaxTree,
  TestRequest,
} from './types.ts';

type RawBuilt = {
  /** Base64. */
  readonly wasm: string;
  readonly builtins: readonly string[];
  readonly annotations: readonly Annotation[];
};

/** `result` has the form that OPA gives to the operation. */
type Answered = { readonly ok: true; readonly result: unknown };

/** The compiler over a way to run OPA; whatever is not a question of how OPA is run is here. */
export function compilerOver(backend: Backend): Compiler {
  const ask = async (operation: Operation, args: object): Promise<Answered | Failed> => {
    const answer = await backend.call(operation, args);
    return 'errors' in answer ? failed(answer.errors) : { ok: true, result: answer.result };
  };
  const parse = async (modules: Modules) => {
    const answer = await ask('parse', { modules });
    if (!answer.ok) return answer;
    return { ok: true as const, trees: answer.result as { readonly [path: string]: SyntaxTree } };
  };
  const evaluate = async (request: EvaluateRequest) => {
    const answer = await ask('evaluate', request);
    if (!answer.ok) return answer;
    const { values, coverage } = answer.result as { values: readonly unknown[]; coverage: RawCoverage };
    return { ok: true as const, values, coverage: coverageOf(coverage) };
  };
  const test = async (request: TestRequest) => {
    const answer = await ask('test', request);
    if (!answer.ok) return answer;
    const { results, coverage } = answer.result as { results: readonly RawResult[]; coverage?: RawCoverage };
    return {
      ok: true as const,
      results: await testResults(results, request, { parse, evaluate }),
      coverage: coverage === undefined ? null : coverageOf(coverage),
    };
  };
  return {
    identity: backend.identity,
    check: async (request) => {
      const answer = await ask('check', request);
      return answer.ok ? { ok: true } : answer;
    },
    build: async (request) => {
      const answer = await ask('build', request);
      if (!answer.ok) return answer;
      const { wasm, builtins, annotations } = answer.result as RawBuilt;
      return {
        ok: true,
        wasm: new Uint8Array(Buffer.from(wasm, 'base64')),
        builtins: builtins.filter((name) => !isSyntax(name)),
        annotations,
      };
    },
    parse,
    test,
    evaluate,
    format: async (modules) => {
      const answer = await ask('format', { modules });
      return answer.ok ? { ok: true, modules: answer.result as Modules } : answer;
    },
    builtins: async () => {
      const answer = await ask('builtins', {});
      if (!answer.ok) throw new CompilerFaultError('the Rego compiler does not tell its functions');
      return [...(answer.result as readonly string[])].sort();
    },
    close: backend.close,
  };
}

/** Functions that the language itself is made of: which of them a module has depends on how far it is compiled. */
function isSyntax(name: string): boolean {
  return name.startsWith('internal.') || name === 'eq' || name === 'assign';
}
