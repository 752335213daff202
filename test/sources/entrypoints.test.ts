import { expect, test } from 'vitest';
import { entrypointName, entrypoints } from '../../src/sources/entrypoints.ts';

test('a kind has the name of its entrypoint in snake case', () => {
  expect(entrypointName('agentIdentity')).toBe('agent_identity');
  expect(entrypointName('agent365GeneratedConfig')).toBe('agent365_generated_config');
});

test('every kind and every rule has an entrypoint; rules keep their place in the catalogue', () => {
  const { module, paths } = entrypoints(
    [
      { package: 'agentid.acme.notes', appliesTo: ['blueprint'] },
      { package: 'agentid.other.notes', appliesTo: ['agentIdentity', 'blueprint'] },
    ],
    { each: 'kind-and-rule', origin: 'Generated.' },
  );
  expect(paths).toEqual([
    'agentid/main/agent_identity',
    'agentid/main/blueprint',
    'agentid/main/rule_0',
    'agentid/main/rule_1',
  ]);
  expect(module).toMatch(
    /^# METADATA\n# title: Entrypoints\n# description: Generated\.\npackage agentid\.main\n\n/,
  );
  expect(module.match(/^\t\[\d.*/gm)).toEqual([
    '\t[1, data.agentid.other.notes.findings],',
    '\t[0, data.agentid.acme.notes.findings],',
    '\t[1, data.agentid.other.notes.findings],',
    '\t[0, data.agentid.acme.notes.findings],',
    '\t[1, data.agentid.other.notes.findings],',
  ]);
});

test('built-in rules are asked by kind only', () => {
  const { module, paths } = entrypoints([{ package: 'agentid.acme.notes', appliesTo: ['blueprint'] }], {
    each: 'kind',
    origin: 'Generated.',
  });
  expect(paths).toEqual(['agentid/main/blueprint']);
  expect(module).toContain(`blueprint := [judgement |
	some doc in input.docs
	judgement := judged_blueprint with input as doc
]

judged_blueprint := {
	"ref": input.ref,
	"ran": count(results_blueprint),
	"findings": found_blueprint,
}

found_blueprint := [[number, finding] |
	some [number, findings] in results_blueprint
	some finding in findings
]

results_blueprint := [
	[0, data.agentid.acme.notes.findings],
]
`);
});
