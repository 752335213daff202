import type { TestResult } from '../../../packages/opa-compiler/src/types.ts';

/** What a test is known by: `data.agentid.acme.naming_test.test_x`; the second of one name ends with `#01`. */
export function keyOf({ package: path, name }: Pick<TestResult, 'package' | 'name'>): string {
  return `${path}.${name}`;
}
