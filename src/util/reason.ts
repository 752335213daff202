/** A short reason for people, such as `no space left on device (ENOSPC)`. */
export function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown fault';
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
  return code === null ? cause.message : reasonOfCode(code);
}

/** The same for a code such as `ENOSPC`. */
export function reasonOfCode(code: string): string {
  const words = REASONS[code];
  return words === undefined ? `the system says ${code}` : `${words} (${code})`;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'something else is in its place',
  EFBIG: 'it would be too large for the file system',
  EISDIR: 'it is a folder',
  ELOOP: 'its path is a circle of links',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'its folder does not exist',
  ENOSPC: 'no space left on device',
  ENOTDIR: 'a part of its path is not a folder',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
};
