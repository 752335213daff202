import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { SourceDocument } from '../documents/document.ts';
import { exists, followPath, isInside } from '../documents/links.ts';
import { parseJson } from '../documents/json.ts';
import type { Problem } from '../documents/problem.ts';
import { readFileSafely } from '../documents/read.ts';
import type { BundleSource } from '../policy/bundle.ts';
import { isObject } from '../util/is-object.ts';
import { sourceProblem, type SourceFault } from './problem.ts';
import type { RuleSource } from './rule-source.ts';

type PackageSource = Extract<RuleSource, { readonly kind: 'package' }>;

/** The rules in an installed package: read like any folder or bundle, and reported under the package's name. */
type PackageRules = {
  readonly rules: Extract<RuleSource, { readonly kind: 'folder' | 'bundle' }>;
  readonly reportedAs: BundleSource;
};

export type ResolvedPackage =
  ({ readonly ok: true } & PackageRules) | { readonly ok: false; readonly problems: readonly Problem[] };

const KEY = 'agentid-lint';
const AT = [KEY, 'rules'];
const MAX_BYTES = 1024 * 1024;

/**
 * The rules that an installed npm package names in its `package.json`, as `"agentid-lint": { "rules": "./rules" }`: a
 * folder or a bundle (`.tar.gz`, `.tgz`) inside of it. The package is looked for in `node_modules` from `from`
 * upward, as Node does, and may be linked there; its rules may not lead out of it. Runs no code of it.
 */
export function resolvePackage(source: PackageSource, { cwd }: { readonly cwd: string }): ResolvedPackage {
  const root = findPackage(source);
  if (root === null) return missing(source);
  const manifest = readManifest(root, cwd);
  if (!manifest.ok) return manifest;
  const { document } = manifest;
  const refuse = (fault: SourceFault) => refused(fault, document);
  const path = rulesPath(document.data);
  if (path === null) return refuse({ code: 'source-package-without-rules' });
  const place = resolve(root, path);
  const target = followPath(place);
  const isOutside = isAbsolute(path) || !isInside(root, target.kind === 'failed' ? place : target.path);
  if (isOutside) return refuse({ code: 'source-package-rules-outside' });
  const isBundle = target.kind === 'file' && /\.(?:tar\.gz|tgz)$/i.test(basename(path));
  if (isBundle) return found(source, { kind: 'bundle', name: source.name, path: target.path, sha256: null });
  if (target.kind === 'folder')
    return found(source, { kind: 'folder', name: source.name, path: target.path });
  return refuse(
    target.kind === 'failed'
      ? { code: 'source-package-rules-not-found' }
      : { code: 'source-unsupported-file' },
  );
}

function found({ name }: PackageSource, rules: PackageRules['rules']): ResolvedPackage {
  return { ok: true, rules, reportedAs: { kind: 'package', name } };
}

/** The folder of the nearest installed package of the name, without links. */
function findPackage({ package: name, from }: PackageSource): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', ...name.split('/'));
    if (basename(folder) !== 'node_modules' && exists(join(candidate, 'package.json'))) {
      const target = followPath(candidate);
      if (target.kind === 'folder') return target.path;
    }
    if (dirname(folder) === folder) return null;
  }
}

function readManifest(root: string, cwd: string) {
  const path = join(root, 'package.json');
  const uri = relative(cwd, path).replaceAll(sep, '/');
  const read = readFileSafely({ uri, path }, MAX_BYTES);
  if (!read.ok) return { ok: false, problems: [read.problem] } as const;
  const { documents, problems } = parseJson({ uri, text: read.text, language: 'json' });
  const [document] = documents;
  return document === undefined ? ({ ok: false, problems } as const) : ({ ok: true, document } as const);
}

/** The path as it is written. The same key holds a team's config in packages that are no rules. */
function rulesPath(data: unknown): string | null {
  const settings = isObject(data) && Object.hasOwn(data, KEY) ? data[KEY] : undefined;
  const path = isObject(settings) && Object.hasOwn(settings, 'rules') ? settings['rules'] : undefined;
  return typeof path === 'string' && path.trim() !== '' && !path.includes('\0') ? path : null;
}

function missing({ package: name, from }: PackageSource): ResolvedPackage {
  const hint = exists(resolve(from, name))
    ? `If the folder is meant, write ./${name}.`
    : `Install it with "npm install --save-dev ${name}", or write a path if a folder is meant.`;
  const message = `The npm package "${name}" is not installed.`;
  return {
    ok: false,
    problems: [sourceProblem('source-package-not-installed', { message, hint }, { uri: null, range: null })],
  };
}

function refused({ code, ...words }: SourceFault, document: SourceDocument): ResolvedPackage {
  const { range } = document.locate(AT);
  return { ok: false, problems: [sourceProblem(code, words, { uri: document.uri, range })] };
}
