import { expect, test } from 'vitest';
import { PolicyEngine } from '../../src/policy/engine.ts';
import { PolicyError } from '../../src/policy/policy-error.ts';
import { bundle } from '../support/subjects.ts';

test('P06 policies that threw thousands of times still give right answers', () => {
  const engine = new PolicyEngine(bundle.wasm, '{}');
  // An instance that is used on is broken for good after 1,024 of these.
  for (let time = 0; time < 2_000; time += 1) {
    expect(() => engine.evaluate('agentid/main/agent_user', String.raw`{"docs":["\ud800"]}`)).toThrow(
      PolicyError,
    );
  }
  const number = bundle.catalogue.rules.findIndex(({ id }) => id === 'credentials/secret-value-in-file');
  const docs = [{ ref: 'agentUser/a', properties: {}, secrets: [{ path: ['password'], form: 'value' }] }];
  expect(engine.evaluate('agentid/main/agent_user', JSON.stringify({ docs }))).toMatchObject([
    { ref: 'agentUser/a', findings: [[number, { path: ['password'] }]] },
  ]);
});
