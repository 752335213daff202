import { posix } from 'node:path';

/** A resource that is known by its file: `blueprint/agents/a.yaml[1]#/pointer`. */
const KNOWN_BY_FILE = /^([^/]+)\/(.+?\.(?:json|ya?ml))((?:\[\d+\])?#.*)$/is;

/** How a baseline names a resource: a file is seen from the root of the repository, whichever folder the run was in. */
export function rootedRef(ref: string, base: string): string {
  return withFile(ref, (file) => posix.join(base, file));
}

/** What a baseline names, as a run in the folder `base` of the repository knows it. */
export function refSeenFrom(base: string, rooted: string): string {
  return withFile(rooted, (file) => posix.relative(base, file));
}

/** The file of a resource that is known by it; `null` when it has an id or a name. */
export function fileOf(ref: string): string | null {
  const [, , file = null] = KNOWN_BY_FILE.exec(ref) ?? [];
  return file;
}

function withFile(ref: string, change: (file: string) => string): string {
  const [, kind, file, place] = KNOWN_BY_FILE.exec(ref) ?? [];
  return kind === undefined || file === undefined || place === undefined
    ? ref
    : `${kind}/${change(file)}${place}`;
}
