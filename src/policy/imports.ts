import { cut } from '../util/cut.ts';
import { PolicyError } from './policy-error.ts';

/** The host functions that OPA's compiler lets a policy call built-in functions with, by the number of arguments. */
export const BUILTIN_CALLS = ['opa_builtin0', 'opa_builtin1', 'opa_builtin2', 'opa_builtin3', 'opa_builtin4'];

/** What stands in `env` (https://www.openpolicyagent.org/docs/wasm); a policy can reach nothing else. */
const PROVIDED: ReadonlyMap<string, 'function' | 'memory'> = new Map([
  ['memory', 'memory'],
  ...['opa_abort', 'opa_println', ...BUILTIN_CALLS].map((name) => [name, 'function'] as const),
]);

/** What the host gives a policy under a name; `undefined` when it has nothing of that name. */
export function provided(from: string, name: string): 'function' | 'memory' | undefined {
  return from === 'env' ? PROVIDED.get(name) : undefined;
}

/** The fault of a module that asks its host for something else. */
export function notProvided(from: string, name: string): PolicyError {
  const what = `${cut(from, 80)}.${cut(name, 80)}`;
  return new PolicyError('bundle', `the policy imports ${what}, which is not provided`);
}
