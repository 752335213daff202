import type { SourceDocument } from '../documents/document.ts';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import type { DocumentOrigin, JsonObject } from '../model/resource.ts';
import { own } from './candidate.ts';
import { MOST_PROBLEMS } from './problems.ts';

const SUFFIX = '@odata.bind';
const BOUND = ['sponsors', 'owners'] as const;

/** `users/<id>`, `users('<id>')`, with or without the service in front and a cast behind. */
const REFERENCE =
  /^(?:https:\/\/[^/?#]+\/(?:v1\.0|beta)\/|\/)?(users|groups|servicePrincipals|directoryObjects)(?:\/([^/?#()\s]+)|\((?:(appId)=)?'([^'()\s]+)'\))(?:\/microsoft\.graph\.(\w+))?$/i;

const TYPES: ReadonlyMap<string, string> = new Map([
  ['users', 'user'],
  ['groups', 'group'],
  ['serviceprincipals', 'servicePrincipal'],
]);

type Bound = {
  readonly properties: JsonObject;
  readonly aliases: DocumentOrigin['aliases'];
  readonly problems: readonly Problem[];
};

/**
 * The properties with `sponsors@odata.bind` and `owners@odata.bind`, as a create request names them, put as `sponsors`
 * and `owners`: one object for each address, in the same place of the list.
 */
export function withBindings(document: SourceDocument, path: Path, data: JsonObject): Bound {
  const bound = BOUND.filter((name) => Object.hasOwn(data, name + SUFFIX));
  if (bound.length === 0) return { properties: data, aliases: {}, problems: [] };
  const problems: Problem[] = [];
  const replaced = new Map<string, readonly [string, unknown]>();
  for (const name of bound) {
    const key = name + SUFFIX;
    if (Object.hasOwn(data, name)) problems.push(statedTwice(document, path, name));
    const addresses = own(data, key);
    const principals = Array.isArray(addresses) ? addresses.map(principalAt) : [];
    principals.forEach((principal, index) => {
      if (principal === null && problems.length <= MOST_PROBLEMS)
        problems.push(unreadable(document, [...path, key, index]));
    });
    replaced.set(key, [name, principals]);
  }
  return {
    properties: Object.fromEntries(Object.entries(data).map((entry) => replaced.get(entry[0]) ?? entry)),
    aliases: Object.fromEntries(bound.map((name) => [name, name + SUFFIX])),
    problems,
  };
}

function principalAt(address: unknown): JsonObject | null {
  const match = typeof address === 'string' ? REFERENCE.exec(address) : null;
  if (match === null) return null;
  const [, set = '', segment, byAppId, key, cast] = match;
  const name = decoded(segment ?? key ?? '');
  if (name === null) return null;
  const local = cast ?? TYPES.get(set.toLowerCase());
  const type = local === undefined ? {} : { '@odata.type': `#microsoft.graph.${local}` };
  if (byAppId !== undefined) return { ...type, appId: name };
  return name.includes('@') ? { ...type, userPrincipalName: name } : { ...type, id: name };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function statedTwice(document: SourceDocument, path: Path, name: string): Problem {
  return {
    code: 'conflicting-properties',
    message: `"${name}" and "${name}${SUFFIX}" both say who the ${name} are.`,
    hint: 'Keep one of them.',
    uri: document.uri,
    range: document.locateKey([...path, name + SUFFIX]).range,
    related: [{ message: `"${name}" is here`, range: document.locateKey([...path, name]).range }],
  };
}

function unreadable(document: SourceDocument, path: Path): Problem {
  return {
    code: 'invalid-reference',
    message: 'This is not the address of a user, group, service principal or directory object.',
    hint: 'Write it like https://graph.microsoft.com/v1.0/users/<object id>.',
    uri: document.uri,
    range: document.locate(path).range,
  };
}
