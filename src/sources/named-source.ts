import { relative, sep } from 'node:path';
import { followPath, isInside } from '../documents/links.ts';
import type { Problem } from '../documents/problem.ts';
import { parseWrittenSource, type WrittenSource } from './parse.ts';
import { sourceProblem, type SourceFault } from './problem.ts';
import type { RuleSource } from './rule-source.ts';

/** Where a source is named. */
export type NamedAt = {
  /** Absolute folder that its path is relative to, or that its package is looked up from. */
  readonly base: string;
  /** Absolute folder that its path must be inside of, also not behind a link; `null` for a source that the user typed. */
  readonly within: string | null;
  /** Absolute folder that names of paths in reports are relative to. */
  readonly root: string;
  readonly named: Pick<Problem, 'uri' | 'range'>;
};

export type NamedSource =
  { readonly ok: true; readonly source: RuleSource } | { readonly ok: false; readonly problem: Problem };

/** The source that a config or the command line names, or a problem at the place where it does. */
export function readNamedSource(written: WrittenSource, place: NamedAt): NamedSource {
  const parsed = parseWrittenSource(written, place);
  if (!parsed.ok) return refused(parsed.fault, place);
  const { source } = parsed;
  if (source.kind !== 'folder' && source.kind !== 'bundle') return parsed;
  if (place.within !== null && leaves(place.within, source.path))
    return refused({ code: 'source-outside' }, place);
  return { ok: true, source: { ...source, name: nameOf(source, place) } };
}

function leaves(folder: string, path: string): boolean {
  const [bounds, target] = [followPath(folder), followPath(path)];
  return bounds.kind === 'failed' || target.kind === 'failed' || !isInside(bounds.path, target.path);
}

/** As it is written, unless that is relative to another folder than the other names in a report. */
function nameOf({ name, path }: RuleSource & { readonly path: string }, { base, root }: NamedAt): string {
  if (base === root || name === path) return name;
  const place = relative(root, path).replaceAll(sep, '/');
  return place.startsWith('..') ? place : `./${place}`;
}

function refused({ code, ...words }: SourceFault, { named }: NamedAt): NamedSource {
  return { ok: false, problem: sourceProblem(code, words, named) };
}
