import type { Glob } from './glob.ts';
import { matchesGlob } from './glob-match.ts';

/** Which files of a walked folder are taken. */
export type Selection =
  /** A folder was named: everything that may be a manifest by its extension, or what the config names. */
  | { readonly kind: 'folder'; readonly include: readonly Glob[] }
  /** A pattern was named: what matches it and may be a manifest by its extension. */
  | { readonly kind: 'pattern'; readonly glob: Glob };

export type Candidate = {
  readonly name: string;
  /** From the folder that the argument names. */
  readonly fromArgument: string;
  /** From the folder that the config's patterns are relative to; `null` outside of it. */
  readonly fromRoot: string | null;
};

const EXTENSION = /\.(?:json|ya?ml)$/i;
const HIDDEN_NAME = /(?:^|[/{,])\.[^/.]/;

export function takes(selection: Selection, { name, fromArgument, fromRoot }: Candidate): boolean {
  switch (selection.kind) {
    case 'folder': {
      if (selection.include.length === 0) return EXTENSION.test(name);
      const path = fromRoot ?? fromArgument;
      return selection.include.some((glob) => matchesGlob(glob, path));
    }
    case 'pattern':
      return EXTENSION.test(name) && matchesGlob(selection.glob, fromArgument);
  }
}

/** Names that start with a dot are passed over unless a pattern spells one out. */
export function wantsHidden(selection: Selection): boolean {
  const globs = selection.kind === 'folder' ? selection.include : [selection.glob];
  return globs.some(({ source }) => HIDDEN_NAME.test(source));
}
