import type { Path } from '../documents/pointer.ts';

/** A place in a report, and a sentence about what another place of it says. */
export type Contradiction = { readonly path: Path; readonly message: string };

/** A contradiction, where there is one. */
export function when(holds: boolean, path: Path, message: string): readonly Contradiction[] {
  return holds ? [{ path, message }] : [];
}
