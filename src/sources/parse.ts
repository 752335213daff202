import { isAbsolute, resolve, sep } from 'node:path';
import { followPath, type Target } from '../documents/links.ts';
import { reasonOfCode } from '../util/reason.ts';
import { parseAddress } from './address.ts';
import { parseDigest } from './digest.ts';
import { faulty, type ParsedSource } from './parsed-source.ts';
import type { SourceFault } from './problem.ts';

/** A source as an entry of `rules.sources` in a config has it; the schema has checked its form. */
export type WrittenSource =
  | string
  | { readonly folder: string }
  | { readonly bundle: string; readonly sha256?: string }
  | { readonly url: string; readonly sha256?: string }
  | { readonly package: string };

type From = {
  /** Absolute folder that paths are relative to and packages are looked up from. */
  readonly base: string;
};

const LONGEST = 4096;
const LONGEST_PACKAGE_NAME = 214;
/** Former names with capitals included (https://docs.npmjs.com/cli/configuring-npm/package-json#name). */
const PACKAGE_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i;
const BUNDLE_NAME = /\.(?:tar\.gz|tgz)$/i;
/** Two letters at least: `C:\rules` is a path. */
const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/**
 * The source that a text of `--rules` or `rules.sources` names: a folder, a bundle (`.tar.gz`, `.tgz`), an address
 * (`https://…#sha256=…`) or an npm package (`name`, `@scope/name`, `npm:name`). What exists at the path wins over a
 * package of that name. Looks at the disk only to tell these apart; a fault never repeats what may be a secret.
 */
export function parseRuleSource(text: string, from: From): ParsedSource {
  const fault = faultOf(text);
  if (fault !== null) return faulty(fault);
  if (/^npm:/i.test(text)) return parsePackage(text.slice('npm:'.length), text, from);
  if (/^https:/i.test(text)) return parseAddress(text, null);
  const path = resolve(from.base, text);
  const target = followPath(path);
  if (target.kind === 'failed' && isAbsence(target.code) && !isPath(text))
    return SCHEME.test(text) ? faulty(unsupportedScheme(text)) : parsePackage(text, text, from);
  if (target.kind === 'folder') return { ok: true, source: { kind: 'folder', name: text, path } };
  if (target.kind === 'file' && !BUNDLE_NAME.test(text)) return faulty({ code: 'source-unsupported-file' });
  return bundleAt(text, null, { path, target });
}

/** As `parseRuleSource`, for an entry of `rules.sources` in any of its forms. */
export function parseWrittenSource(written: WrittenSource, from: From): ParsedSource {
  if (typeof written === 'string') return parseRuleSource(written, from);
  const text = textOf(written);
  const fault = faultOf(text);
  if (fault !== null) return faulty(fault);
  if ('package' in written) return parsePackage(text, text, from);
  const path = resolve(from.base, text);
  if ('folder' in written) return folderAt(text, { path, target: followPath(path) });
  const sha256 = written.sha256 === undefined ? null : parseDigest(written.sha256);
  if (written.sha256 !== undefined && sha256 === null) return faulty({ code: 'source-invalid-digest' });
  if ('bundle' in written) return bundleAt(text, sha256, { path, target: followPath(path) });
  return /^https:/i.test(text) ? parseAddress(text, sha256) : faulty(unsupportedScheme(text));
}

function textOf(written: Exclude<WrittenSource, string>): string {
  if ('folder' in written) return written.folder;
  if ('bundle' in written) return written.bundle;
  return 'url' in written ? written.url : written.package;
}

function faultOf(text: string): SourceFault | null {
  if (text.trim() === '') return { code: 'source-empty' };
  if (text.length > LONGEST)
    return { code: 'source-invalid', message: `The name of a source has more than ${LONGEST} characters.` };
  return /\p{Cc}/u.test(text)
    ? { code: 'source-invalid', message: 'The name of a source has a control character in it.' }
    : null;
}

/** Whether a text that names nothing on the disk was meant as a path. */
function isPath(text: string): boolean {
  if (SCHEME.test(text)) return false;
  if (/^[./]/.test(text) || isAbsolute(text) || BUNDLE_NAME.test(text)) return true;
  return !text.startsWith('@') && (text.includes('/') || text.includes(sep));
}

function isAbsence(code: string): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code);
}

type Place = { readonly path: string; readonly target: Target };

function folderAt(text: string, { path, target }: Place): ParsedSource {
  if (target.kind === 'folder') return { ok: true, source: { kind: 'folder', name: text, path } };
  if (target.kind === 'failed') return faulty(unreadable(text, target.code));
  return faulty({ code: 'source-not-found', message: `${shown(text)} is not a folder.` });
}

function bundleAt(text: string, sha256: string | null, { path, target }: Place): ParsedSource {
  if (target.kind === 'file') return { ok: true, source: { kind: 'bundle', name: text, path, sha256 } };
  if (target.kind === 'failed') return faulty(unreadable(text, target.code));
  const what = target.kind === 'other' ? target.what : 'folder';
  return faulty({ code: 'source-not-found', message: `${shown(text)} is not a file (${what}).` });
}

function parsePackage(name: string, text: string, { base }: From): ParsedSource {
  // npm keeps the name of its folder of packages to itself.
  const isName =
    PACKAGE_NAME.test(name) && name.length <= LONGEST_PACKAGE_NAME && !/^node_modules$/i.test(name);
  if (isName) return { ok: true, source: { kind: 'package', name: text, package: name, from: base } };
  const message = `${shown(text)} is neither a path that exists nor the name of an npm package.`;
  return faulty({ code: 'source-not-found', message });
}

function unsupportedScheme(text: string): SourceFault {
  const code = 'source-unsupported-scheme';
  return /^http:/i.test(text)
    ? { code, message: 'Rules are not fetched over http: anybody on the way could change them.' }
    : { code };
}

function unreadable(text: string, code: string): SourceFault {
  return isAbsence(code)
    ? { code: 'source-not-found', message: `${shown(text)} does not exist.` }
    : { code: 'source-unreadable', message: `${shown(text)} cannot be read: ${reasonOfCode(code)}.` };
}

/** What the user wrote, unless it looks like an address, which may hold what nobody should see. */
function shown(text: string): string {
  if (/.@|\?|#|:\/\//.test(text)) return 'This';
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
