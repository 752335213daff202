import { expect, test } from 'vitest';
import { entrypoints } from '../../src/sources/entrypoints.ts';

test('every kind has entrypoints for files and tenants, every rule its own; rules keep their place in the catalogue', () => {
  const { module, paths } = entrypoints(
    [
      { package: 'agentid.acme.notes', appliesTo: ['blueprint'], surfaces: ['manifest', 'tenant'] },
      {
        package: 'agentid.other.notes',
        appliesTo: ['agentIdentity', 'blueprint'],
        surfaces: ['repository'],
      },
      { package: 'agentid.acme.tenant', appliesTo: ['organization'], surfaces: ['tenant', 'drift'] },
    ],
    { each: 'target-and-rule', origin: 'Generated.' },
  );
  expect(paths).toEqual([
    'agentid/main/agent_identity',
    'agentid/main/blueprint',
    'agentid/main/blueprint_in_tenant',
    'agentid/main/organization_in_tenant',
    'agentid/main/rule_0',
    'agentid/main/rule_1',
    'agentid/main/rule_2',
  ]);
  expect(module).toMatch(
    /^# METADATA\n# title: Entrypoints\n# description: Generated\.\npackage agentid\.main\n\n/,
  );
  expect(module.match(/^\t\[\d.*/gm)).toEqual([
    '\t[1, data.agentid.other.notes.findings],',
    '\t[0, data.agentid.acme.notes.findings],',
    '\t[1, data.agentid.other.notes.findings],',
    '\t[0, data.agentid.acme.notes.findings],',
    '\t[2, data.agentid.acme.tenant.findings],',
    '\t[0, data.agentid.acme.notes.findings],',
    '\t[1, data.agentid.other.notes.findings],',
    '\t[2, data.agentid.acme.tenant.findings],',
  ]);
});

test('a rule that is for neither files nor tenants has no kind to be asked for', () => {
  const drift = { package: 'agentid.acme.drift', appliesTo: ['blueprint'], surfaces: ['drift'] } as const;
  expect(entrypoints([drift], { each: 'target', origin: '' }).paths).toEqual([]);
});

test('built-in rules are asked by kind and origin only', () => {
  const notes = { package: 'agentid.acme.notes', appliesTo: ['blueprint'], surfaces: ['manifest'] } as const;
  const { module, paths } = entrypoints([notes], { each: 'target', origin: 'Generated.' });
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
