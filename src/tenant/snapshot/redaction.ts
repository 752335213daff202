import { createHmac } from 'node:crypto';
import { isObject } from '../../util/is-object.ts';
import { hostsIn } from './hosts.ts';
import type { Owner, TextChange } from './shape.ts';
import type { RedactionRequest } from './writing.ts';

/** Puts stand-ins in the place of names or ids: the same one for the same text, wherever it stands. */
export type Redactor = {
  readonly text: TextChange;
  /** Tells of the organisation before anything else is redacted: its domains are names of it. */
  readonly learn: (organization: Owner) => void;
};

const GUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const WHOLE_GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The zero GUID, and the ids that Microsoft gave to its first applications. */
const SAME_EVERYWHERE = /^(?:0{8}-0000-0000-0000-0{12}|0000000[0-9a-f]-0000-0(?:000-c0|ff1-ce)00-0{12})$/;

/** Digits of a stand-in: two of 100,000 names get the same one in one of 50,000 tenants. */
const DIGITS = 12;

const CACHED = 50_000;

/** What the stand-in of a name begins with, by the type of the object that it is the name of. */
const PREFIXES: { readonly [type: string]: string } = {
  user: 'user',
  agentUser: 'user',
  group: 'group',
  servicePrincipal: 'app',
  agentIdentity: 'agent',
  agentIdentityBlueprint: 'blueprint',
  agentIdentityBlueprintPrincipal: 'blueprint',
};

export function createRedactor({ what, key, publicIds }: RedactionRequest): Redactor {
  const names = what.includes('names');
  const ids = what.includes('ids');
  let domains: RegExp | null = null;

  const digits = (of: string, text: string): string =>
    createHmac('sha256', key).update(`${of}\n${text}`).digest('hex');
  const short = (of: string, text: string): string => digits(of, text).slice(0, DIGITS);
  const isPublic = (id: unknown): boolean =>
    typeof id === 'string' && (SAME_EVERYWHERE.test(id) || publicIds.has(id.toLowerCase()));

  const guid = cached((id) => (isPublic(id) ? id : guidOf(digits('id', id))));
  const withoutIds = (text: string): string => text.replaceAll(GUID, (id) => guid(id.toLowerCase()));
  const domain = (text: string): string => `d-${short('domain', text.toLowerCase())}.invalid`;
  const withoutDomains = (text: string): string =>
    domains === null
      ? text
      : text.replaceAll(domains, (_, host: string, name: string) => {
          const within = host === '' ? '' : `h-${short('host', host.toLowerCase())}.`;
          return `${within}${domain(name)}`;
        });
  const account = (text: string): string => {
    const at = text.lastIndexOf('@');
    const user = `user-${short('name', text.toLowerCase())}`;
    return at === -1 ? user : `${user}@${domain(text.slice(at + 1))}`;
  };

  const withoutNames: TextChange = (text, kind, owner) => {
    if (text.trim() === '') return text;
    switch (kind) {
      case 'name':
        return isOfMicrosoft(owner, isPublic)
          ? text
          : `${prefixOf(owner)}-${short('name', text.toLowerCase())}`;
      case 'text':
        return `text-${short('text', text)}`;
      case 'domain':
        return domain(text);
      case 'account':
        return account(text);
      case 'plain':
      case 'id':
      case 'constant':
      case 'role':
        return withoutDomains(text);
    }
  };
  const withoutObjectIds: TextChange = (text, kind, owner) => {
    if (kind === 'constant' || (kind === 'role' && isBuiltIn(owner))) return text;
    // Ids of grants are made of the ids of what they join.
    if (kind === 'id' && text !== '' && !WHOLE_GUID.test(text))
      return `id-${digits('id', text).slice(0, 32)}`;
    return withoutIds(text);
  };

  return {
    text: (text, kind, owner) => {
      const named = names ? withoutNames(text, kind, owner) : text;
      return ids ? withoutObjectIds(named, kind, owner) : named;
    },
    learn: (organization) => {
      if (names) domains = hostsIn(organization['verifiedDomains']);
    },
  };
}

/** A GUID that looks random (RFC 9562, section 5.4), of hexadecimal digits. */
function guidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What is made of a text, kept for the texts that come again and again. */
function cached(make: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size === CACHED) known.clear();
    const made = make(text);
    known.set(text, made);
    return made;
  };
}

/** Whether an object is an application of Microsoft, a permission to one, or a role that every tenant has. */
function isOfMicrosoft(owner: Owner, isPublic: (id: unknown) => boolean): boolean {
  return isPublic(owner['appId']) || isPublic(owner['resourceAppId']) || owner['isBuiltIn'] === true;
}

function isBuiltIn(owner: Owner): boolean {
  const { isBuiltIn: own, roleDefinition } = owner;
  return own === true || (isObject(roleDefinition) && roleDefinition['isBuiltIn'] === true);
}

function prefixOf(owner: Owner): string {
  const type = owner['@odata.type'];
  const name = typeof type === 'string' ? type.slice(type.lastIndexOf('.') + 1) : '';
  return (Object.hasOwn(PREFIXES, name) ? PREFIXES[name] : undefined) ?? 'name';
}
