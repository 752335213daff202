/** The module in a bundle that `opa build --target wasm` wrote. */
export function wasmInBundle(bundle: Uint8Array): Uint8Array<ArrayBuffer>;
