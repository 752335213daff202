import { join } from 'node:path';
import { builtInRules } from '../../src/rules.ts';
import { sourceLoader } from '../../src/sources/load.ts';
import { writeBundleFile } from '../../src/sources/bundle-file.ts';
import { entrypoints } from '../../src/sources/entrypoints.ts';
import type { Signing } from '../../src/sources/signature.ts';
import type { RuleMetadata } from '../../src/policy/types.ts';
import { ownRule } from '../config/fixtures.ts';
import { ROOT } from './cli.ts';

/** A bundle file of rules that are listed and configured but not run: its module does nothing. */
export async function bundleOf(rules: readonly RuleMetadata[], signing?: Signing): Promise<Uint8Array> {
  const { paths } = entrypointsOf(rules);
  const example = { name: 'No tags', expect: 'fail', file: 'a.yaml', source: 'displayName: x\n' } as const;
  const content = {
    wasm: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    catalogue: { version: 1, rules },
    examples: Object.fromEntries(rules.map(({ id }) => [id, [example]])),
    tables: '{}',
    entrypoints: paths,
    builtWith: 'a test',
  } as const;
  const written = await writeBundleFile(content, signing);
  if (!written.ok) throw new Error(JSON.stringify(written.problems));
  return written.bytes;
}

/** The bundle file of a folder of rules; needs the compiler. */
export async function compiledBundle(folder: string): Promise<Uint8Array> {
  const { load } = sourceLoader({
    cwd: folder,
    version: '0.0.0',
    builtIn: builtInRules().catalogue,
    home: { policies: join(ROOT, 'policies'), schemas: join(ROOT, 'schemas') },
    offline: true,
    opa: null,
    cache: null,
  });
  const remote = { hosts: [], requireDigest: true, requireSignature: true, keys: [] };
  const loaded = await load([{ kind: 'folder', name: 'rules', path: folder }], remote);
  const [bundle] = loaded.ok ? loaded.bundles : [];
  if (bundle === undefined) throw new Error('the rules do not compile');
  const { paths } = entrypointsOf(bundle.catalogue.rules);
  const written = await writeBundleFile({ ...bundle, entrypoints: paths, builtWith: 'a test' });
  if (!written.ok) throw new Error(JSON.stringify(written.problems));
  return written.bytes;
}

function entrypointsOf(rules: readonly RuleMetadata[]) {
  return entrypoints(
    rules.map(({ appliesTo, surfaces }) => ({ package: 'x', appliesTo, surfaces })),
    { each: 'target-and-rule', origin: '' },
  );
}

/** A rule with an option. */
export const TEAM_TAG = ownRule('ownership/team-tag', {
  aliases: ['ownership/team-label'],
  options: {
    prefix: { type: 'string', description: 'What a tag begins with.', default: 'team-', minLength: 1 },
  },
});
