import { describe, expect, test } from 'vitest';
import { checkRules } from '../../src/rules/check.ts';
import { temporaryFolder } from '../sources/temporary.ts';
import { LIBRARY } from '../support/compile-rules.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { brief, TEAM_TAG, TEAM_TAG_EXAMPLES, TEAM_TAG_TEST } from '../support/own-rules.ts';

const RULE = TEAM_TAG.replace(
  '#   applies_to: [blueprint]\n',
  '#   applies_to: [blueprint, agentIdentity]\n#   sources: [manifest, tenant]\n#   requires: [owners]\n',
);

const FAILS = `- name: An agent without a tag
  expect: fail
  tenant:
    agentIdentities:
      - { id: a1, properties: { displayName: claims, tags: [] } }
      - { id: a2, properties: { displayName: invoices, tags: ['team:invoices'] } }
  findings:
    - { resource: agentIdentity/a1, path: [tags], args: { name: claims, wanted: ['team:*'] } }
  fixed:
    agentIdentities:
      - { id: a1, properties: { displayName: claims, tags: ['team:claims'] } }
`;

const PASSES = `- name: An agent with a tag
  expect: pass
  tenant:
    agentIdentities: [{ id: a1, properties: { displayName: claims, tags: ['team:claims'] } }]
`;

const UNKNOWN = `- name: Owners that could not be read
  expect: unknown
  tenant:
    agentIdentities: [{ id: a1, properties: { displayName: claims, tags: [] } }]
  missing: [{ group: owners, of: agentIdentity, status: forbidden }]
`;

async function problemsWith(examples: string): Promise<readonly string[]> {
  const cwd = temporaryFolder({
    'ownership/team_tag.rego': RULE,
    'ownership/team_tag_test.rego': TEAM_TAG_TEST,
    'ownership/team_tag.examples.yaml': `${TEAM_TAG_EXAMPLES}${examples}`,
  });
  const options = { cwd, library: LIBRARY, opa: null, version: '0.0.0-test', fix: false };
  const [folder] = await checkRules([{ name: './rules', path: cwd }], options);
  return brief(folder?.problems ?? []);
}

describe.skipIf(!compilerIsBuilt())('examples of an own rule that are tenants', () => {
  test('are judged as a scan judges them', async () => {
    expect(await problemsWith(`${FAILS}${PASSES}${UNKNOWN}`)).toEqual([]);
  });

  test('that are not as they say are told', async () => {
    const wrong = [
      FAILS.replace('resource: agentIdentity/a1', 'resource: agentIdentity/a2'),
      FAILS.replace("tags: ['team:claims']", 'tags: []').replace('An agent', 'Still an agent'),
      UNKNOWN.replace('group: owners', 'group: sponsors'),
      PASSES.replace(/agentIdentities: .*/, 'agentUsers: []'),
    ];
    expect(await problemsWith(wrong.join(''))).toEqual([
      expect.stringMatching(/rules-example-differs: The rule does not find .*agentIdentity\/a2/),
      expect.stringMatching(/rules-example-differs: The rule finds .*agentIdentity\/a1/),
      expect.stringMatching(/rules-example-differs: "fixed": The rule still finds /),
      expect.stringMatching(/rules-example-broken: The rule is not skipped for want of sponsors\./),
      expect.stringMatching(/rules-example-broken: The rule judges nothing in this tenant\./),
    ]);
  });
});
