import { hash } from 'node:crypto';
import { posix } from 'node:path';
import type { Path } from '../documents/pointer.ts';
import type { ArgValue } from '../policy/types.ts';
import { entryNamesOn } from './entry-name.ts';

/** What a fingerprint is made of. */
export type Identified = {
  readonly rule: string;
  /** What the rule was called before. */
  readonly aliases: readonly string[];
  readonly resource: {
    /** As `identityOf` has it. */
    readonly identity: string;
    readonly name: string;
    /** Its properties as the policy saw them, without secrets and with GUIDs in lower case. */
    readonly properties: unknown;
  };
  readonly path: Path;
  readonly args: { readonly [name: string]: ArgValue };
};

/** A way of telling findings apart. What an older one said of a finding is still known, so that nothing kept is lost. */
export type Definition = {
  /** What its fingerprints begin with. */
  readonly version: string;
  /** JSON that is equal for findings that are the same, whatever their rule is called. */
  readonly content: (finding: Identified) => unknown;
};

/** The newest first; it is the one that fingerprints are made by. */
export const DEFINITIONS: readonly [Definition, ...Definition[]] = [{ version: 'v1', content: contentOf }];

/**
 * What a finding is known by across runs: the version of the definition and 32 hex digits. The first is its fingerprint,
 * the others are what it was by earlier definitions and under earlier names of its rule.
 *
 * It is over rule, resource, property names of the path, names of the list entries on it, and offending value; where the
 * value says nothing, over the texts of the arguments. Line numbers, places in lists, names of files, the moment of the
 * run and a rule's options are left out, so reformatting, reordering (of lists too, which are sets in Graph) and a change
 * from JSON to YAML keep it.
 */
export function fingerprintsOf(
  finding: Identified,
  definitions: readonly Definition[] = DEFINITIONS,
): readonly string[] {
  const { rule, aliases } = finding;
  return definitions.flatMap(({ version, content }) => {
    const told = JSON.stringify(content(finding));
    return [rule, ...aliases].map((name) => `${version}:${digest(`${JSON.stringify(name)} ${told}`)}`);
  });
}

/** Gives findings that are equal in everything fingerprints of their own, by their order. */
export function occurrenceCounter(): (fingerprints: readonly string[]) => readonly string[] {
  const seen = new Map<string, number>();
  const seenBefore = new Map<string, number>();
  return (fingerprints) =>
    fingerprints.map((fingerprint, index) => {
      const counted = index === 0 ? seen : seenBefore;
      const occurrence = counted.get(fingerprint) ?? 0;
      counted.set(fingerprint, occurrence + 1);
      if (occurrence === 0) return fingerprint;
      const version = fingerprint.slice(0, fingerprint.indexOf(':'));
      return `${version}:${digest(`${fingerprint}#${occurrence}`)}`;
    });
}

function digest(content: string): string {
  return hash('sha256', content).slice(0, 32);
}

const KNOWN_BY_FILE = /^([a-zA-Z0-9]+)\/(.+?)(\[\d+\])?(#(?:\/.*)?)$/s;

/**
 * What a resource is known by across runs. One without an id is known by its file: seen from the root of the repository
 * that `base` is in, and whatever language it is written in.
 */
export function identityOf(ref: string, base: string): string {
  const [, kind, uri, document = '', place] = KNOWN_BY_FILE.exec(ref) ?? [];
  if (kind === undefined || uri === undefined || place === undefined) return ref;
  const file = posix.join(base, uri).replace(/\.(?:json|ya?ml)$/i, '');
  return `${kind}/${file}${document}${place}`;
}

/**
 * What is wrong: the value at the path of a finding; `null` when there is none. Of a grant, which has all its scopes in one
 * text, the one that the finding is about. A resource as a whole is no value: any edit would make another one.
 */
export function offendingValue({ resource, path, args }: Omit<Identified, 'rule' | 'aliases'>): unknown {
  if (path.length === 0) return null;
  let value = resource.properties;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null;
    value = (value as Record<string | number, unknown>)[step];
  }
  const isList = path[0] === 'oauth2PermissionGrants' && path.at(-1) === 'scope';
  return isList && typeof value === 'string' ? scopesIn(value, args) : value;
}

function scopesIn(text: string, args: Identified['args']): unknown {
  const scopes = text.split(' ').filter((scope) => scope !== '');
  // As the built-in rules name it; they tell a narrower one too, which may be granted as well.
  const permission = args['permission'];
  if (typeof permission === 'string' && scopes.includes(permission)) return permission;
  const [first, ...others] = scopes.filter((scope) => Object.values(args).includes(scope));
  return first !== undefined && others.length === 0 ? first : scopes;
}

/** JSON that is equal for values that are: keys of objects and entries of lists have no order. Depth is bounded by the readers. */
export function valueText(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function contentOf(finding: Identified): unknown {
  const { resource, path, args } = finding;
  const value = offendingValue(finding);
  const content = [resource.identity, stepsOf(resource.properties, path), sorted(value)];
  return saysNothing(value) ? [...content, sorted(textsOf(args, resource.name))] : content;
}

/** Property names, and the names of entries in a list of their own. */
function stepsOf(properties: unknown, path: Path): readonly unknown[] {
  const names = entryNamesOn(properties, path);
  return path.flatMap((step, index): readonly unknown[] => {
    if (typeof step === 'string') return [step];
    const name = names[index];
    return name === undefined || name === null ? [] : [[sorted(name)]];
  });
}

function saysNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}

type Text = readonly [arg: string, text: string | readonly string[]];

const DATE = /^\d{4}-\d{2}-\d{2}/;

/** Without numbers and dates, which are of the moment, and the name of the resource, which may change. */
function textsOf(args: Identified['args'], name: string): { readonly [arg: string]: unknown } {
  const isText = (value: string) => value !== '' && value !== name && !DATE.test(value);
  const texts = Object.entries(args).flatMap(([arg, value]): readonly Text[] => {
    if (typeof value === 'string') return isText(value) ? [[arg, value]] : [];
    if (typeof value !== 'object' || value === null) return [];
    const listed = value.filter(isText);
    return listed.length === 0 ? [] : [[arg, listed]];
  });
  return Object.fromEntries(texts);
}

/** The value with the keys of its objects and the entries of its lists in one order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (Array.isArray(value)) return sortedList(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}

function sortedList(list: readonly unknown[]): readonly unknown[] {
  const entries = list.map((entry) => {
    const value = sorted(entry);
    return { value, text: JSON.stringify(value) };
  });
  return entries.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ value }) => value);
}
