import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesGlob } from '../../src/documents/glob-match.ts';
import { parseGlob } from '../../src/documents/glob.ts';
import { patternsFor } from '../../src/init/patterns.ts';

describe('patterns are as somebody would write them', () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['one folder', ['agents/a.yaml', 'agents/b.yaml'], ['package.json'], ['agents/**/*.yaml']],
    ['folders in it', ['agents/a.yaml', 'agents/eu/b.yaml'], [], ['agents/**/*.yaml']],
    [
      'both languages',
      ['agents/a.yaml', 'agents/b.json', 'agents/c.yml'],
      [],
      ['agents/**/*.{json,yaml,yml}'],
    ],
    ['a single file in a folder', ['infra/agents/a.yaml'], ['ci.yaml'], ['infra/agents/**/*.yaml']],
    [
      'a name of their own beside others',
      ['agents/a.blueprint.yaml', 'agents/b.blueprint.yaml'],
      ['agents/values.yaml'],
      ['agents/**/*.blueprint.yaml'],
    ],
    [
      'the same folder in three services',
      ['services/a/agents/x.yaml', 'services/b/agents/y.yaml', 'services/c/agents/deep/z.yaml'],
      ['services/a/deploy.yaml'],
      ['services/**/agents/**/*.yaml'],
    ],
    [
      'the same folder anywhere',
      ['claims/agents/x.yaml', 'routing/agents/y.yaml'],
      ['claims/a.yaml'],
      ['**/agents/**/*.yaml'],
    ],
    ['a file at the top', ['invoice.yaml'], [], ['invoice.yaml']],
    ['files at the top', ['a.blueprint.yaml', 'b.blueprint.yaml'], ['compose.yaml'], ['*.blueprint.yaml']],
    [
      'a file that has no name of its own',
      ['exports/portal.json'],
      ['exports/fleet.json'],
      ['exports/portal.json'],
    ],
    [
      'a name with what means something in a pattern',
      ["x/it's [1]{2}.json"],
      ['x/b.json'],
      ['x/it?s ?1??2?.json'],
    ],
  ])('%s', (_, files, others, expected) => {
    expect(patternsFor(files, others)).toEqual(expected);
  });

  test('and when that would be too many, there are none', () => {
    const files = Array.from({ length: 20 }, (_, index) => `f${index}/a${index}.json`);
    const others = files.map((file) => file.replace('/a', '/b'));
    expect(patternsFor(files, others)).toBe(null);
  });
});

test('patterns take every file and none of the others, whatever they are called', () => {
  const name = fc.constantFrom('a', 'b', 'agents', 'x y', "o'b", '[c]', '{d}', '!e', '+(f)', 'é', '-', '#g');
  const path = fc
    .tuple(fc.array(name, { maxLength: 3 }), name, fc.constantFrom('.json', '.yaml', '.blueprint.yaml'))
    .map(([folders, file, ending]) => [...folders, `${file}${ending}`].join('/'));
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 12 }), fc.nat(12), (paths, cut) => {
      const [files, others] = [paths.slice(0, cut), paths.slice(cut)];
      const patterns = patternsFor(files, others)?.map(parseGlob);
      if (patterns === undefined) return;
      const takes = (file: string) => patterns.some((pattern) => matchesGlob(pattern, file));
      expect({ missed: files.filter((file) => !takes(file)), taken: others.filter(takes) }).toEqual({
        missed: [],
        taken: [],
      });
    }),
  );
});
