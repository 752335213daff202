import { followPath } from '../documents/links.ts';
import type { Problem } from '../documents/problem.ts';
import { readFileSafely } from '../documents/read.ts';
import { sourceProblem } from '../sources/problem.ts';
import { SIGNATURE_ALGORITHMS, usableKey } from '../sources/signing-key.ts';
import { reasonOfCode } from '../util/reason.ts';

export { SIGNATURE_ALGORITHMS };

export type ReadKey =
  { readonly ok: true; readonly key: string } | { readonly ok: false; readonly problem: Problem };

const MAX_BYTES = 64 * 1024;

/** The key in a file, by the name that the user knows it by. Problems never show any of it. */
export function readKeyFile({ path, name }: { readonly path: string; readonly name: string }): ReadKey {
  const target = followPath(path);
  if (target.kind === 'failed') {
    const isAbsent = target.code === 'ENOENT';
    return refused(
      isAbsent ? 'There is no such file.' : `The key cannot be read: ${reasonOfCode(target.code)}.`,
      name,
    );
  }
  if (target.kind !== 'file') return refused('The key is no regular file.', name);
  const read = readFileSafely({ uri: name, path: target.path }, MAX_BYTES);
  return read.ok ? { ok: true, key: read.text } : read;
}

/** What keeps a key from making signatures of an algorithm; `null` when nothing does. `name` is where it was found. */
export function problemOfKey(key: string, algorithm: string, name: string): Problem | null {
  const usable = usableKey(key, algorithm, 'sign');
  return usable.ok ? null : refused(`The key ${usable.reason}.`, name).problem;
}

function refused(message: string, name: string) {
  return {
    ok: false as const,
    problem: sourceProblem('bundle-key-unusable', { message }, { uri: name, range: null }),
  };
}
