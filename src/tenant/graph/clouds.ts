import { refused, type Refused } from './sign-in-problem.ts';

/**
 * Where Graph, sign-in and the admin center of each Microsoft cloud are.
 * Graph and sign-in: https://learn.microsoft.com/graph/deployments. Admin centers:
 * https://learn.microsoft.com/entra/fundamentals/faq. Audiences of federated tokens:
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust.
 */
export const CLOUDS = {
  global: {
    label: 'the global cloud',
    graph: 'https://graph.microsoft.com',
    login: 'https://login.microsoftonline.com',
    portal: 'https://entra.microsoft.com',
    tokenExchange: 'api://AzureADTokenExchange',
  },
  usgov: {
    label: 'US Government',
    graph: 'https://graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
    portal: 'https://entra.microsoft.us',
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
  },
  usgovdod: {
    label: 'US Government DoD',
    graph: 'https://dod-graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
    portal: 'https://entra.microsoft.us',
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
  },
  china: {
    label: 'China (21Vianet)',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    login: 'https://login.chinacloudapi.cn',
    portal: 'https://entra.microsoftonline.cn',
    tokenExchange: 'api://AzureADTokenExchangeChina',
  },
} as const;

export type CloudName = keyof typeof CLOUDS;

/** The hosts that a run talks to. Everything that is a URL here is an origin, without a slash at the end. */
export type Endpoints = {
  readonly cloud: CloudName;
  readonly graph: string;
  readonly login: string;
  /** Whether `login` is one that the user named, and so unknown to the identity library. */
  readonly isCustomLogin: boolean;
  readonly portal: string;
  /** Audience of the tokens that other identity providers give out to be exchanged for Entra's. */
  readonly tokenExchange: string;
};

export type EndpointChoice = {
  readonly cloud: CloudName;
  readonly graphUrl?: string | undefined;
  readonly loginUrl?: string | undefined;
};

/**
 * The hosts of a cloud, with those in place that the user named. Plain http is for Graph on a loopback host only: a
 * token would be readable on the way to any other.
 */
export function endpointsOf({
  cloud,
  graphUrl,
  loginUrl,
}: EndpointChoice): { readonly ok: true; readonly endpoints: Endpoints } | Refused {
  const { graph, login, portal, tokenExchange } = CLOUDS[cloud];
  const graphOrigin = graphUrl === undefined ? graph : originOf(graphUrl, 'The Graph URL');
  if (typeof graphOrigin !== 'string') return graphOrigin;
  const loginOrigin = loginUrl === undefined ? login : originOf(loginUrl, 'The login URL');
  if (typeof loginOrigin !== 'string') return loginOrigin;
  if (!loginOrigin.startsWith('https:')) {
    const hint = 'Use https, or sign in with --auth token, which asks no login host.';
    return refused('bad-url', `The login URL ${loginOrigin} is plain http`, hint);
  }
  const isCustomLogin = loginOrigin !== login;
  return {
    ok: true,
    endpoints: { cloud, graph: graphOrigin, login: loginOrigin, isCustomLogin, portal, tokenExchange },
  };
}

const HINT = 'Give scheme, host and port alone, such as https://graph.microsoft.com.';

function originOf(text: string, name: string): string | Refused {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return refused('bad-url', `${name} is not a URL`, HINT);
  if (url.username !== '' || url.password !== '')
    return refused('bad-url', `${name} holds a user name or password`, HINT);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return refused('bad-url', `${name} has more than scheme, host and port`, HINT);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refused('bad-url', `${name} is neither https nor http`, HINT);
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return refused(
      'bad-url',
      `${name} ${url.origin} is plain http, which is allowed for this machine alone`,
      'Use https.',
    );
  return url.origin;
}

/** Names and addresses that never leave the machine (RFC 6761, RFC 1122 section 3.2.1.3, RFC 4291). */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}
