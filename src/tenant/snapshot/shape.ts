import { compareCodePoints } from '../../util/code-points.ts';
import { isObject } from '../../util/is-object.ts';
import { isSecretName } from '../../util/secret-name.ts';

/**
 * What a text says, which decides what redaction does with it. `plain`: nothing that identifies the organisation but the
 * ids and domains in it. `id`: identifies an object of the tenant. `constant`: an id that says what is allowed, the same
 * in every tenant or without meaning outside of its application. `role`: id of a role, which is such a constant if the role
 * is built in. `name`: what people call something. `text`: prose. `domain`: a domain name. `account`: a user principal name
 * or mail address.
 */
type TextKind = 'plain' | 'id' | 'constant' | 'role' | 'name' | 'text' | 'domain' | 'account';

/** What may be stored of a value; whatever does not fit is left out. `null` always fits. */
export type Shape =
  | { readonly is: 'value'; readonly kind: TextKind }
  | { readonly is: 'list'; readonly of: Shape }
  | {
      readonly is: 'object';
      /** In the order that they are written in. */
      readonly members: readonly Member[];
    }
  /** Any JSON, but for members that are named like secrets. For types of beta whose form is not settled. */
  | { readonly is: 'open' };

type Member = {
  readonly name: string;
  readonly shape: Shape;
  /** Its name in beta, when that is another one. */
  readonly inBeta: string | null;
};

/** The object that a text is in, as it came. */
export type Owner = { readonly [member: string]: unknown };

/** What becomes of a text. */
export type TextChange = (text: string, kind: TextKind, owner: Owner) => string;

const VALUES: { readonly [kind in TextKind]: Shape } = {
  plain: { is: 'value', kind: 'plain' },
  id: { is: 'value', kind: 'id' },
  constant: { is: 'value', kind: 'constant' },
  role: { is: 'value', kind: 'role' },
  name: { is: 'value', kind: 'name' },
  text: { is: 'value', kind: 'text' },
  domain: { is: 'value', kind: 'domain' },
  account: { is: 'value', kind: 'account' },
};

export const { plain, id, constant, role, name, text, domain, account } = VALUES;

export const open: Shape = { is: 'open' };

export function list(of: Shape): Shape {
  return { is: 'list', of };
}

export function object(
  members: { readonly [name: string]: Shape },
  inBeta: { readonly [name: string]: string } = {},
): Shape {
  return {
    is: 'object',
    members: Object.entries(members).map(([member, shape]) => ({
      name: member,
      shape,
      inBeta: inBeta[member] ?? null,
    })),
  };
}

/** Members of credentials that are secrets, or parts or traces of one, under names that do not say so. */
const OF_CREDENTIALS = new Set(['key', 'hint', 'customKeyIdentifier']);

/** Members of objects of any form that people write. */
const WRITTEN: { readonly [name: string]: TextKind } = {
  displayName: 'name',
  description: 'text',
  userPrincipalName: 'account',
  mail: 'account',
  id: 'id',
};

/** Deeper than anything that Graph sends. */
const DEEPEST = 16;

/** The part of a JSON value that a shape lets through, its texts changed; `undefined` when nothing of it may stay. */
export function keep(shape: Shape, value: unknown, change: TextChange): unknown {
  return keepIn(shape, value, {}, change);
}

function keepIn(shape: Shape, value: unknown, owner: Owner, change: TextChange): unknown {
  if (value === null) return null;
  switch (shape.is) {
    case 'value':
      if (typeof value === 'string') return change(value, shape.kind, owner);
      return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
    case 'list':
      return Array.isArray(value)
        ? keepList(value, (item) => keepIn(shape.of, item, owner, change))
        : undefined;
    case 'object':
      return isObject(value) ? keepMembers(shape.members, value, change) : undefined;
    case 'open':
      return keepOpen(value, { kind: 'plain', owner, depth: 0 }, change);
  }
}

function keepList(items: readonly unknown[], keepItem: (item: unknown) => unknown): unknown[] {
  return items.map(keepItem).filter((item) => item !== undefined);
}

function keepMembers(members: readonly Member[], value: Owner, change: TextChange): object {
  const kept: Record<string, unknown> = {};
  for (const { name: member, shape, inBeta } of members) {
    const written = inBeta !== null && !Object.hasOwn(value, member) ? inBeta : member;
    if (!Object.hasOwn(value, written)) continue;
    const part = keepIn(shape, value[written], value, change);
    if (part !== undefined) kept[member] = part;
  }
  return kept;
}

type OpenPlace = { readonly kind: TextKind; readonly owner: Owner; readonly depth: number };

function keepOpen(value: unknown, { kind, owner, depth }: OpenPlace, change: TextChange): unknown {
  if (typeof value === 'string') return change(value, kind, owner);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return undefined;
  if (Array.isArray(value))
    return keepList(value, (item) => keepOpen(item, { kind, owner, depth: depth + 1 }, change));
  const within: Owner = { ...value };
  const kept: [string, unknown][] = [];
  for (const [member, part] of Object.entries(within)) {
    if (isSecretName(member) || OF_CREDENTIALS.has(member)) continue;
    const written = Object.hasOwn(WRITTEN, member) ? WRITTEN[member] : undefined;
    const inside = keepOpen(part, { kind: written ?? 'plain', owner: within, depth: depth + 1 }, change);
    if (inside !== undefined) kept.push([change(member, 'plain', within), inside]);
  }
  return Object.fromEntries(kept.sort(([a], [b]) => compareCodePoints(a, b)));
}
