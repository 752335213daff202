import { openCompiler } from '@agentid-lint/opa-compiler';
import { afterAll, expect, test } from 'vitest';

const compiler = openCompiler();
afterAll(() => compiler.close());

// It takes OPA's own five seconds, which is why it is not among the quick tests.
test('P03 a unit test that never ends is told, and those behind it are run', async () => {
  const tested = await compiler.test({
    modules: {
      'a/b_test.rego': `package agentid.a.b_test

test_endless if {
	some a in numbers.range(1, 100000)
	some b in numbers.range(1, 100000)
	a + b < 0
}

test_behind if true
`,
    },
  });
  expect(tested).toMatchObject({
    ok: true,
    results: [
      { name: 'test_endless', outcome: 'error', error: 'eval_cancel_error: context deadline exceeded' },
      { name: 'test_behind', outcome: 'pass' },
    ],
  });
});
