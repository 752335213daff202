import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtInFramework } from '../../src/frameworks/built-in.ts';
import { FRAMEWORK_NAMES } from '../../src/frameworks/framework.ts';
import { readFramework } from '../../src/frameworks/read.ts';
import { builtInRules } from '../../src/rules.ts';

const FOLDER = new URL('../../frameworks/', import.meta.url);
const RULES = builtInRules().catalogue.rules;
/** A list of weaknesses, not of controls: rules name it, and no view is made of it. */
const NO_VIEW = ['cwe'];

test('each framework that comes along is a file, which the form for frameworks of users fits', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  expect(files.toSorted()).toEqual(FRAMEWORK_NAMES.map((name) => `${name}.yaml`).toSorted());
  for (const name of FRAMEWORK_NAMES) {
    const text = readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8');
    expect(text).toContain(`\nid: ${name}\n`);
    const read = readFramework(`${name}.yaml`, text.replace(`id: ${name}`, `id: my-${name}`), RULES);
    expect(read).toEqual({ ok: true, framework: { ...builtInFramework(name), id: `my-${name}` } });
  }
});

test('mappings are those of the metadata of the rules, in both directions', () => {
  const inMetadata = RULES.flatMap(({ id, controls }) =>
    controls
      .filter(({ framework }) => !NO_VIEW.includes(framework))
      .map((control) => `${control.framework} ${control.id} ${id}`),
  );
  const inFrameworks = FRAMEWORK_NAMES.flatMap((name) =>
    (builtInFramework(name)?.controls ?? []).flatMap((control) =>
      control.rules.map(({ rule }) => `${name} ${control.id} ${rule}`),
    ),
  );
  expect(inFrameworks.toSorted()).toEqual(inMetadata.toSorted());
});

test('the two lists of ten are whole, and every mapping says where it is written', () => {
  const ids = (name: string) => builtInFramework(name)?.controls.map(({ id }) => id);
  const ten = Array.from({ length: 10 }, (_, index) => index + 1);
  expect(ids('owasp-nhi')).toEqual(ten.map((number) => `NHI${number}`));
  expect(ids('owasp-asi')).toEqual(ten.map((number) => `ASI${String(number).padStart(2, '0')}`));
  const sources = FRAMEWORK_NAMES.flatMap((name) =>
    (builtInFramework(name)?.controls ?? []).flatMap(({ rules }) => rules.map(({ source }) => source)),
  );
  expect(sources.filter((source) => !/^(?:https:\/\/|our reading: )/.test(source))).toEqual([]);
});

test('there is no framework of another name', () => {
  expect(builtInFramework('OWASP-NHI')).toBeNull();
  expect(builtInFramework('')).toBeNull();
});
