import { posix } from 'node:path';
import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import { repositoryPath } from '../reporters/repository-path.ts';
import { count } from '../reporters/text.ts';
import type { Base } from './base.ts';

/** Whether a file that a change touches suppresses findings beside them: the change may have added it. */
export function mayAddBeside(
  { findings }: Report,
  { changed, prefix }: Pick<Base, 'changed' | 'prefix'>,
): boolean {
  const files = new Set(changed);
  return findings.some(({ suppressed }) => {
    const uri = suppressed?.kind === 'inline' ? suppressed.location?.uri : undefined;
    return uri !== undefined && files.has(posix.normalize(posix.join(prefix, uri)));
  });
}

/** Findings that are suppressed beside them in the newer report and were not in the older one, in their order. */
export function newlyBeside(older: Report, newer: Report): readonly Finding[] {
  const beside = ({ findings }: Report) => findings.filter(({ suppressed }) => suppressed?.kind === 'inline');
  const before = new Set(beside(older).map(({ fingerprint }) => fingerprint));
  return beside(newer).filter(({ fingerprint }) => !before.has(fingerprint));
}

const SHOWN = 5;

/** The same as a sentence that names them; `null` when there are none. Untrusted text. */
export function besideSentence(findings: readonly Finding[], { base }: Pick<Report, 'base'>): string | null {
  if (findings.length === 0) return null;
  const named = findings.slice(0, SHOWN).map(({ rule, location }) => {
    const place = location.kind === 'file' ? repositoryPath(base, location.uri) : location.uri;
    return `${rule} in ${place}`;
  });
  const more = findings.length - named.length;
  const words =
    findings.length === 1 ? 'finding newly suppressed beside it' : 'findings newly suppressed beside them';
  return `${findings.length} ${words} in this change: ${[...named, ...(more === 0 ? [] : [count(more, 'more', 'more')])].join(', ')}`;
}
