/** Where a value stands inside a document: object keys and array indices from the root. */
export type Path = readonly (string | number)[];

/** The JSON Pointer (RFC 6901) of a path; the root is the empty string. */
export function toPointer(path: Path): string {
  let pointer = '';
  for (const step of path) {
    pointer += `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }
  return pointer;
}
