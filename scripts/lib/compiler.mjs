import { openCompiler } from '@agentid-lint/opa-compiler';

/**
 * Runs an action with the project's own Rego compiler: its WebAssembly, or the executable that the environment variable
 * AGENTID_LINT_OPA names.
 * @template T
 * @param {(compiler: import('@agentid-lint/opa-compiler').Compiler) => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function withCompiler(action) {
  const opa = process.env.AGENTID_LINT_OPA;
  const compiler = openCompiler(opa ? { opa } : {});
  try {
    return await action(compiler);
  } finally {
    await compiler.close();
  }
}

/**
 * The answer, when it is one; what OPA has to say is thrown.
 * @template {{ ok: boolean }} T
 * @param {T} answer
 * @returns {Extract<T, { ok: true }>}
 */
export function checked(answer) {
  if (answer.ok) return answer;
  throw new Error(
    answer.problems.map(({ file, row, column, message }) => `${file}:${row}:${column} ${message}`).join('\n'),
  );
}
