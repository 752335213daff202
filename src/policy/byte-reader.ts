/** Reads a WebAssembly module's own encoding of numbers and names; what goes beyond the end throws `fault`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #fault: () => Error;
  #at: number;

  constructor(bytes: Uint8Array, at: number, fault: () => Error) {
    this.#bytes = bytes;
    this.#at = at;
    this.#fault = fault;
  }

  isAtEnd(): boolean {
    return this.left() === 0;
  }

  left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw this.#fault();
    this.#at += 1;
    return byte;
  }

  /** LEB128 of at most 32 bits, not negative. */
  number(): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 28; factor *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80 && value < 2 ** 32) return value;
    }
    throw this.#fault();
  }

  /** The next so many bytes, to be read for themselves. */
  part(length: number): ByteReader {
    return new ByteReader(this.#take(length), 0, this.#fault);
  }

  /** UTF-8 with its length before it. */
  text(): string {
    return Buffer.from(this.#take(this.number())).toString('utf8');
  }

  /** The smallest and largest size of a table or memory; `null` for shared ones, those with 64-bit addresses, and others. */
  limits(): { readonly minimum: number; readonly maximum: number | null } | null {
    const flags = this.byte();
    if (flags > 1) return null;
    return { minimum: this.number(), maximum: flags === 1 ? this.number() : null };
  }

  #take(length: number): Uint8Array {
    if (length > this.left()) throw this.#fault();
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }
}
