import { ask, refuseOtherThanSha, repositoryOf, withoutFilters, type Sha } from './git.ts';
import { runGit, type GitPlace } from './run-git.ts';

export type ChangedFile = {
  /** From the top of the repository, forward slashes. */
  readonly path: string;
  /** Added, changed, removed, or of another type, such as a link that was a file. One that was renamed is removed and added. */
  readonly status: 'A' | 'M' | 'D' | 'T';
};

export type Comparison = {
  /** `null` for nothing: everything is new. */
  readonly since: Sha | null;
  /** Another commit; the files as they are on disk when absent. */
  readonly to?: Sha;
  /** Whether files that .gitignore leaves out count as added. */
  readonly ignored?: boolean;
};

/** The mode that git has a submodule under. */
const SUBMODULE = '160000';

/**
 * The files that differ between a commit and another one, or the disk: also those that are staged, and those that git does
 * not know yet. A submodule or a repository inside that has changed counts with all its files. In the order of their paths.
 * @throws {GitError}
 */
export async function changedFiles(
  { since, to, ignored = false }: Comparison,
  place: GitPlace,
): Promise<readonly ChangedFile[]> {
  const { top } = await repositoryOf(place);
  const atTop = { ...place, cwd: top };
  const from = since ?? (await emptyTree(atTop));
  refuseOtherThanSha(from);
  if (to !== undefined) refuseOtherThanSha(to);
  const found =
    to === undefined
      ? [...(await differences(['diff-index', '--cached'], [from], atTop)), ...(await onDisk(ignored, atTop))]
      : await differences(['diff-tree', '-r'], [from, to], atTop);
  return merged(found).sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Between two trees, or a tree and the index. Neither looks at files. */
async function differences(
  command: readonly string[],
  trees: readonly Sha[],
  place: GitPlace,
): Promise<ChangedFile[]> {
  const options = ['--raw', '-z', '--no-renames', '--no-abbrev', '--no-relative'];
  const args = [...command, ...options, '--ignore-submodules=dirty', ...trees, '--'];
  const { stdout } = await ask({ args }, place);
  const files: ChangedFile[] = [];
  const fields = stdout.split('\0');
  for (let index = 0; index + 1 < fields.length; index += 2) {
    // :100644 100755 <name before> <name> M
    const [before = '', mode, , , letter = ''] = (fields[index] ?? '').slice(1).split(' ');
    const path = fields[index + 1] ?? '';
    files.push({ path, status: statusOf(letter) });
    if (mode === SUBMODULE || before === SUBMODULE) files.push(...(await filesInside(path, place)));
  }
  return files;
}

/**
 * Between the index and the disk. `status` is the one command that neither takes a file that was only touched for changed,
 * nor writes what it has found out to the index.
 */
async function onDisk(ignored: boolean, place: GitPlace): Promise<ChangedFile[]> {
  const options = ['--porcelain=v2', '-z', '--no-renames', '--no-ahead-behind', '--untracked-files=all'];
  const args = [
    'status',
    ...options,
    '--ignore-submodules=dirty',
    `--ignored=${ignored ? 'traditional' : 'no'}`,
  ];
  const { stdout } = await ask({ args, settings: await withoutFilters(place) }, place);
  const files: ChangedFile[] = [];
  for (const entry of stdout.split('\0')) {
    const { path, letter, isFolder } = parseStatus(entry);
    if (letter === '.') continue;
    if (isFolder) files.push(...(await filesInside(path, place)));
    if (!path.endsWith('/')) files.push({ path, status: statusOf(letter) });
  }
  return files;
}

/** An entry of `git status --porcelain=v2`: https://git-scm.com/docs/git-status */
function parseStatus(entry: string): { path: string; letter: string; isFolder: boolean } {
  const kind = entry[0];
  if (kind === '?' || kind === '!') {
    const path = entry.slice(2);
    return { path, letter: 'A', isFolder: path.endsWith('/') };
  }
  if (kind !== '1' && kind !== 'u') return { path: '', letter: '.', isFolder: false };
  // 1 XY sub mH mI mW hH hI path; u XY sub m1 m2 m3 mW h1 h2 h3 path
  const fields = entry.split(' ');
  const path = fields.slice(kind === '1' ? 8 : 10).join(' ');
  return { path, letter: kind === 'u' ? 'U' : (fields[1]?.[1] ?? ''), isFolder: fields[2]?.[0] === 'S' };
}

/** A file that is not merged yet, `U`, has changed in any case. */
function statusOf(letter: string): ChangedFile['status'] {
  return letter === 'A' || letter === 'D' || letter === 'T' ? letter : 'M';
}

/** A path once: the index is told of before the disk. */
function merged(files: readonly ChangedFile[]): ChangedFile[] {
  const found = new Map<string, ChangedFile>();
  for (const file of files) {
    const before = found.get(file.path);
    // What was only taken out of the index is still there; what is new stays new when it is changed once more.
    const status = before?.status === 'D' && file.status === 'A' ? 'M' : file.status;
    found.set(file.path, before?.status === 'A' && status !== 'D' ? before : { path: file.path, status });
  }
  return [...found.values()];
}

/** Every file of a repository inside this one; none when it is not checked out. */
async function filesInside(path: string, place: GitPlace): Promise<ChangedFile[]> {
  const folder = path.replace(/\/$/, '');
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const { code, stdout } = await runGit({ args }, { ...place, cwd: `${place.cwd}/${folder}` });
  if (code !== 0) return [];
  const inside = stdout.split('\0').filter((each) => each !== '');
  return inside.map((each) => ({ path: `${folder}/${each}`, status: 'M' }));
}

/** The name of the tree that holds nothing, in the form that this repository has names in. */
async function emptyTree(place: GitPlace): Promise<Sha> {
  const { stdout } = await ask({ args: ['hash-object', '-t', 'tree', '--stdin'] }, place);
  return stdout.trim();
}
