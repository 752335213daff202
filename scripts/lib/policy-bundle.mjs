import { gunzipSync } from 'node:zlib';

/**
 * The module in a bundle that `opa build --target wasm` wrote: `/policy.wasm` in a gzipped ustar archive.
 *
 * @param {Uint8Array} bundle
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function wasmInBundle(bundle) {
  const tar = gunzipSync(bundle);
  for (let offset = 0; offset + 512 <= tar.length;) {
    const entry = tar.toString('utf8', offset, offset + 100).replace(/\0.*$/s, '');
    const size = parseInt(tar.toString('utf8', offset + 124, offset + 136), 8) || 0;
    if (entry === '/policy.wasm') return new Uint8Array(tar.subarray(offset + 512, offset + 512 + size));
    offset += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error('no /policy.wasm in the bundle that opa built');
}
