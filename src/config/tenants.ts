import type { Path } from '../documents/pointer.ts';

/** Clouds that Microsoft Graph is in. https://learn.microsoft.com/graph/deployments */
export const CLOUDS = ['global', 'usgov', 'usgovdod', 'china'] as const;

/** Ways to sign in; `auto` is the first of them that the surroundings have what it takes for. */
export const AUTH_METHODS = [
  'auto',
  'oidc',
  'managed-identity',
  'certificate',
  'secret',
  'azure-cli',
  'device-code',
  'token',
] as const;

export type Cloud = (typeof CLOUDS)[number];
export type AuthMethod = (typeof AUTH_METHODS)[number];

/** A tenant that a config gives a name. No secret is ever in it. */
export type TenantEntry = {
  /** A GUID, or a domain that the tenant has verified. */
  readonly tenantId: string;
  readonly cloud?: Cloud;
  readonly auth?: AuthMethod;
  /** Application (client) id of the app registration that signs in. */
  readonly clientId?: string;
  readonly graphUrl?: string;
  readonly loginUrl?: string;
};

export type Tenants = { readonly [name: string]: TenantEntry };

/** What an address is for. */
type AddressUse = 'graph' | 'login';

/**
 * Where Microsoft has Graph and sign-in. A config may come from a pull request: it cannot have a token or a secret sent
 * anywhere else. https://learn.microsoft.com/graph/deployments, https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
const MICROSOFT_HOSTS: { readonly [use in AddressUse]: readonly string[] } = {
  graph: [
    'graph.microsoft.com',
    'graph.microsoft.us',
    'dod-graph.microsoft.us',
    'microsoftgraph.chinacloudapi.cn',
  ],
  login: [
    'login.microsoftonline.com',
    'login.microsoftonline.us',
    'login.partner.microsoftonline.cn',
    'login.chinacloudapi.cn',
  ],
};

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
/** Neither a GUID nor a domain, so that `--tenant` takes each. */
const NAME = /^(?![0-9a-f]{8}-)[a-z0-9][\w-]{0,63}$/i;

/** Whether a text is a GUID, in any letter case. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** What is wrong with a value, as a sentence about it without a subject, and what to do. */
export type Objection = { readonly message: string; readonly hint: string };

/** What speaks against an id of a tenant; `null` when nothing does. */
export function tenantIdObjection(id: string): Objection | null {
  if (GUID.test(id) || DOMAIN.test(id)) return null;
  return {
    message: 'is neither the GUID of a tenant nor a domain of it',
    hint: 'The overview page of the Entra admin center shows the tenant id; contoso.onmicrosoft.com does as well.',
  };
}

/** What speaks against the client id of an application. */
export function clientIdObjection(id: string): Objection | null {
  if (GUID.test(id)) return null;
  return {
    message: 'is no application (client) id',
    hint: 'It is a GUID; the overview page of the app registration shows it.',
  };
}

/** What speaks against an address that a token or a secret is sent to, whoever gives it. */
export function addressObjection(address: string, use: AddressUse): Objection | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || /[\s\\]/.test(address))
    return { message: 'is no web address', hint: 'For example: https://graph.microsoft.com' };
  if (
    url.username !== '' ||
    url.password !== '' ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== ''
  )
    return {
      message: 'has more in it than scheme, host and port',
      hint: 'For example: https://graph.microsoft.com',
    };
  if (url.protocol === 'https:') return null;
  // Tokens for tests of one machine come from the environment; nothing is ever asked for one over http.
  if (use === 'graph' && LOOPBACK.test(url.hostname)) return null;
  return {
    message: `is not encrypted, and would send a ${use === 'graph' ? 'token' : 'secret'} in the clear`,
    hint:
      use === 'graph'
        ? 'Write https; http is for this machine only (localhost, 127.0.0.1).'
        : 'Write https. Signing in with --auth token asks no address at all.',
  };
}

/** What speaks against an address in a config, which may be anybody's. */
function writtenAddressObjection(address: string, use: AddressUse): Objection | null {
  const objection = addressObjection(address, use);
  if (objection !== null) return objection;
  const { hostname, port } = new URL(address);
  if (LOOPBACK.test(hostname) || (MICROSOFT_HOSTS[use].includes(hostname) && port === '')) return null;
  return {
    message: 'is no address of Microsoft, and a config may not have tokens or secrets sent elsewhere',
    hint: `Give it on the command line (--${use}-url), or name one of ${MICROSOFT_HOSTS[use].join(', ')}.`,
  };
}

export type TenantObjection = Objection & { readonly path: Path; readonly value: string };

/** What speaks against the tenants of a config that fits its schema. */
export function tenantObjections(tenants: Tenants): readonly TenantObjection[] {
  const found: TenantObjection[] = [];
  const note = (path: Path, value: string | undefined, judge: (value: string) => Objection | null) => {
    const objection = value === undefined ? null : judge(value);
    if (value !== undefined && objection !== null)
      found.push({ ...objection, path: ['tenants', ...path], value });
  };
  for (const [name, { tenantId, clientId, graphUrl, loginUrl }] of Object.entries(tenants)) {
    note([name], name, nameObjection);
    note([name, 'tenantId'], tenantId, tenantIdObjection);
    note([name, 'clientId'], clientId, clientIdObjection);
    note([name, 'graphUrl'], graphUrl, (address) => writtenAddressObjection(address, 'graph'));
    note([name, 'loginUrl'], loginUrl, (address) => writtenAddressObjection(address, 'login'));
  }
  return found;
}

function nameObjection(name: string): Objection | null {
  if (NAME.test(name)) return null;
  return {
    message: 'cannot be the name of a tenant',
    hint: 'Use letters, digits, "-" and "_", as in prod; its id and domain go into "tenantId".',
  };
}
