import { basename } from 'node:path';
import { compareCodePoints } from '../documents/code-points.ts';
import { parseJson } from '../documents/json.ts';
import { followPath } from '../documents/links.ts';
import type { Problem } from '../documents/problem.ts';
import { readFileSafely } from '../documents/read.ts';
import { rangeAt } from '../documents/text-lines.ts';
import { absolutePath, prefixOf, uriOf, workspaceAt } from '../documents/workspace.ts';
import { listFolder, type ListedFile, type Listing } from './folder-listing.ts';
import { IN_NO_DOMAIN, ruleId, rulePackage } from './layout.ts';
import { sourceProblem } from './problem.ts';

export type SourceFile = {
  /** Relative to the rule folder, forward slashes: the same wherever the folder stands. */
  readonly path: string;
  /** Relative to the working directory, forward slashes; what problems name. */
  readonly uri: string;
  readonly text: string;
};

export type RegoFile = SourceFile & {
  /** The package that its path says, such as `agentid.ownership.team_tag`. */
  readonly package: string;
};

export type RuleFile = RegoFile & { readonly id: string };

/** A table of reference data: `data.agentid.tables.<name>`. */
type TableFile = Omit<SourceFile, 'text'> & {
  readonly name: string;
  /** Its value as JSON text without blanks. */
  readonly json: string;
};

/** A folder of own rules, read and laid out as it must be. Every list is in code-point order of the paths. */
export type RuleFolder = {
  /** Relative to the working directory; `.` for itself. */
  readonly uri: string;
  /** Absolute, links resolved. */
  readonly root: string;
  /** In the order of their ids; never empty. */
  readonly rules: readonly RuleFile[];
  readonly libs: readonly RegoFile[];
  /** Unit tests of rules and helpers. */
  readonly tests: readonly RegoFile[];
  readonly examples: readonly (SourceFile & { readonly id: string })[];
  readonly tables: readonly TableFile[];
};

export type ReadFolder =
  | { readonly ok: true; readonly folder: RuleFolder }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const LIMITS = { files: 2_000, bytes: 1024 * 1024, tableBytes: 16 * 1024 * 1024, total: 64 * 1024 * 1024 };

/**
 * Reads a folder of own rules: `<domain>/<rule>.rego` with tests and examples beside it, `lib/<name>.rego`,
 * `data/<table>.json`. `path` is absolute or relative to `cwd`. Never follows a link out of the folder, never reads
 * what is no regular file, and has every problem in the answer.
 */
export function readRuleFolder(path: string, { cwd }: { readonly cwd: string }): ReadFolder {
  const workspace = workspaceAt(cwd);
  const absolute = absolutePath(workspace, path);
  const target = followPath(absolute);
  const uri = uriOf(workspace, absolute) || '.';
  if (target.kind !== 'folder') {
    const message = `There is no folder ${JSON.stringify(uri)}.`;
    const hint = 'Name the folder that the domains of the rules are in.';
    return refused([sourceProblem('source-not-found', { message, hint }, { uri: null, range: null })]);
  }
  const listing = listFolder(target.path, uri);
  const reader = new FolderReader(uri);
  for (const file of listing.files.slice(0, LIMITS.files)) reader.read(file);
  const folder = reader.folder(target.path);
  const problems = [...listing.problems, ...reader.problems, ...reader.packageProblems()];
  if (listing.files.length > LIMITS.files)
    problems.push(sourceProblem('rules-too-many-files', {}, { uri, range: null }));
  if (folder.rules.length === 0 && problems.length === 0) problems.push(noRule(uri, listing));
  return problems.length === 0 ? { ok: true, folder } : refused(problems);
}

function refused(problems: readonly Problem[]): ReadFolder {
  return { ok: false, problems };
}

const SHOWN_FILES = 3;

function noRule(uri: string, { files, others }: Listing): Problem {
  const seen = [...files.map(({ path }) => path), ...others].sort(compareCodePoints);
  const names = seen.slice(0, SHOWN_FILES).join(', ');
  const more = seen.length > SHOWN_FILES ? ` and ${seen.length - SHOWN_FILES} more` : '';
  const message = `The folder ${uri} yields no rule: ${seen.length === 0 ? 'it is empty' : `it holds ${names}${more}`}.`;
  return sourceProblem('rules-none', { message }, { uri: null, range: null });
}

class FolderReader {
  readonly problems: Problem[] = [];
  readonly #uri: string;
  readonly #rules: RuleFile[] = [];
  readonly #libs: RegoFile[] = [];
  readonly #tests: RegoFile[] = [];
  readonly #examples: (SourceFile & { id: string })[] = [];
  readonly #tables: TableFile[] = [];
  /** The file of each package, by the package that its path says. */
  readonly #packages = new Map<string, string>();
  #bytes = 0;

  constructor(uri: string) {
    this.#uri = uri;
  }

  read(listed: ListedFile): void {
    const { path, place } = listed;
    const uri = `${prefixOf(this.#uri === '.' ? '' : this.#uri)}${path}`;
    if (this.#bytes > LIMITS.total) return;
    const limit = place.kind === 'table' ? LIMITS.tableBytes : LIMITS.bytes;
    const decoded = readFileSafely({ uri, path: listed.file }, limit);
    if (!decoded.ok) {
      this.problems.push(decoded.problem);
      return;
    }
    const file = { path, uri, text: decoded.text };
    this.#bytes += decoded.text.length;
    if (this.#bytes > LIMITS.total) {
      const message = 'The files of the folder are larger than 64 MiB together.';
      this.problems.push(sourceProblem('rules-too-many-files', { message }, { uri: this.#uri, range: null }));
      return;
    }
    this.#add(file, place);
  }

  #add(file: SourceFile, place: ListedFile['place']): void {
    switch (place.kind) {
      case 'rule': {
        const id = ruleId(place.domain, place.name);
        this.#rules.push({ ...file, id, package: rulePackage(place.domain, place.name) });
        this.#packages.set(rulePackage(place.domain, place.name), file.uri);
        break;
      }
      case 'test':
        this.#tests.push({ ...file, package: rulePackage(place.domain, `${place.name}_test`) });
        break;
      case 'lib':
        this.#libs.push({ ...file, package: rulePackage('lib', place.name) });
        this.#packages.set(rulePackage('lib', place.name), file.uri);
        break;
      case 'lib-test':
        this.#tests.push({ ...file, package: rulePackage('lib', place.name) });
        break;
      case 'examples':
        this.#examples.push({ ...file, id: ruleId(place.domain, place.name) });
        break;
      case 'table':
        this.#addTable(file, place.name);
        break;
      case 'main':
        if (PACKAGE.exec(file.text)?.[2] !== 'agentid.main')
          this.problems.push(
            sourceProblem('rules-misplaced-file', { message: IN_NO_DOMAIN }, { uri: file.uri, range: null }),
          );
        break;
    }
  }

  #addTable({ path, uri, text }: SourceFile, name: string): void {
    const { documents, problems } = parseJson({ uri, text, language: 'json' });
    this.problems.push(...problems);
    const [document] = documents;
    if (document === undefined) return;
    const other = this.#tables.find((table) => table.name === name);
    if (other === undefined) {
      this.#tables.push({ path, uri, name, json: JSON.stringify(document.data) });
      return;
    }
    const message = `The table ${name} is also in ${basename(other.path)}.`;
    this.problems.push(
      sourceProblem(
        'rules-name-taken',
        { message, hint: 'Keep one of the two files.' },
        { uri, range: null },
      ),
    );
  }

  folder(root: string): RuleFolder {
    return {
      uri: this.#uri,
      root,
      rules: this.#rules.toSorted((a, b) => compareCodePoints(a.id, b.id)),
      libs: byPath(this.#libs),
      tests: byPath(this.#tests),
      examples: byPath(this.#examples),
      tables: byPath(this.#tables),
    };
  }

  packageProblems(): readonly Problem[] {
    return [...this.#rules, ...this.#libs, ...this.#tests].flatMap(
      (file) => this.#packageProblem(file) ?? [],
    );
  }

  /** What the file itself says is its package; a file without one is for the compiler to refuse. */
  #packageProblem(file: RegoFile): Problem | null {
    const match = PACKAGE.exec(file.text);
    const [, before = '', written = ''] = match ?? [];
    if (match === null || written === file.package) return null;
    const start = match.index + before.length;
    const place = { uri: file.uri, range: rangeAt(file.text, start, start + written.length) };
    const other = this.#packages.get(written);
    return other === undefined
      ? sourceProblem(
          'rules-wrong-package',
          { message: `The package of ${file.path} is ${file.package}, not ${written}.` },
          place,
        )
      : sourceProblem(
          'rules-duplicate-package',
          {
            message: `The package ${written} is that of ${other}.`,
            hint: `Write "package ${file.package}".`,
          },
          place,
        );
  }
}

/** Nothing but comments may stand before it. */
const PACKAGE = /^([ \t]*package[ \t]+)([^\s#;]+)/m;

function byPath<F extends { readonly path: string }>(files: readonly F[]): readonly F[] {
  return files.toSorted((a, b) => compareCodePoints(a.path, b.path));
}
