import { createHash } from 'node:crypto';

/** The files that a policy bundle is made of, by name: `policy.wasm`, and JSON texts in one agreed form. */
export type BundlePieces = {
  readonly 'policy.wasm': Uint8Array;
  readonly 'tables.json': string;
  readonly 'catalogue.json': string;
  readonly 'examples.json': string;
};

/** What a bundle is known by in reports: SHA-256 over name and content of each piece, in the order of the names. */
export function bundleDigest(pieces: BundlePieces): string {
  const hash = createHash('sha256');
  const names: readonly (keyof BundlePieces)[] = [
    'catalogue.json',
    'examples.json',
    'policy.wasm',
    'tables.json',
  ];
  for (const name of names) hash.update(name).update(pieces[name]);
  return `sha256:${hash.digest('hex')}`;
}
