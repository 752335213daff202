import { builtInRules } from '../../src/rules.ts';
import type { BundleContent } from '../../src/sources/bundle-content.ts';
import { entrypoints } from '../../src/sources/entrypoints.ts';

const { rules } = builtInRules().catalogue;

/** A small bundle: two rules that are already known, and a module that is not run. */
export const CONTENT: BundleContent = contentOf([
  'accountability/blueprint-no-sponsor',
  'accountability/no-owner',
]);

/** A bundle of some of the built-in rules. */
export function contentOf(ids: readonly string[]): BundleContent {
  const chosen = rules.filter(({ id }) => ids.includes(id));
  const { paths } = entrypoints(
    chosen.map(({ appliesTo, surfaces }) => ({ package: 'x', appliesTo, surfaces })),
    { each: 'target-and-rule', origin: '' },
  );
  return {
    wasm: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, 3, 1, 0x78, 0x2a),
    catalogue: { version: 1, rules: chosen },
    examples: {
      [ids[0] ?? '']: [
        { name: 'Nobody', expect: 'fail', file: 'a.yaml', source: 'kind: x\n' },
        {
          name: 'Somebody',
          expect: 'pass',
          file: 'folder/a.json',
          source: '{"kind":"x"}\n',
          config: { minimum: 1 },
          relationships: 'elsewhere',
          companions: [{ file: 'b.yaml', source: '' }],
        },
      ],
    },
    tables: '{"teams":{"b":[1,2.5],"a":"\u2028é😀"}}',
    entrypoints: paths,
    builtWith: 'agentid-lint 0.1.0, opa 1.18.2',
  };
}
