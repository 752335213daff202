import { refused, type Refused } from './sign-in-problem.ts';

/** Ways to sign in, as `--auth` names them. */
export const AUTH_MODES = [
  'auto',
  'oidc',
  'managed-identity',
  'certificate',
  'secret',
  'azure-cli',
  'device-code',
  'token',
] as const;

export type AuthMode = (typeof AUTH_MODES)[number];

export type Environment = { readonly [name: string]: string | undefined };

export type SignInSettings = {
  readonly mode: AuthMode;
  /** `--tenant` and `--client-id`; `null` for those of the environment. */
  readonly tenant: string | null;
  readonly clientId: string | null;
  readonly env: Environment;
  /** Whether a person is there to answer. */
  readonly isInteractive: boolean;
};

type App = { readonly tenant: string; readonly clientId: string };

/** How to sign in, with everything that it needs. Holds secrets: never print one. */
export type SignInWay =
  | ({ readonly kind: 'github'; readonly url: string; readonly bearer: string } & App)
  | ({ readonly kind: 'workload-identity'; readonly tokenFile: string } & App)
  | { readonly kind: 'managed-identity'; readonly clientId: string | null }
  | ({ readonly kind: 'certificate'; readonly path: string; readonly password: string | null } & App)
  | ({ readonly kind: 'secret'; readonly secret: string } & App)
  | { readonly kind: 'azure-cli'; readonly tenant: string | null }
  | ({ readonly kind: 'device-code' } & App)
  | { readonly kind: 'token'; readonly token: string };

export type SignInPlan = {
  readonly way: SignInWay;
  readonly mode: Exclude<AuthMode, 'auto'>;
  /** Of the tenant that is to be read; `null` when only the token says it. */
  readonly tenant: string | null;
  /** What is used and why, for people: `GitHub's identity token, because …`. No secret is in it. */
  readonly says: string;
};

export type Planned = { readonly ok: true; readonly plan: SignInPlan } | Refused;

export const TOKEN_VARIABLE = 'AGENTID_LINT_ACCESS_TOKEN';

/** Decides how to sign in, from what there is and without trying anything. */
export function planSignIn(settings: SignInSettings): Planned {
  return settings.mode === 'auto' ? automatic(settings) : named(settings, settings.mode);
}

/** A setting: what it is called, and its value. */
type Setting = { readonly name: string; readonly value: string | null };

function settingsOf({ tenant, clientId, env }: SignInSettings) {
  const variable = (name: string): Setting => ({ name, value: textOf(env[name]) });
  return {
    tenant: {
      name: 'the tenant (--tenant or AZURE_TENANT_ID)',
      value: tenant ?? textOf(env['AZURE_TENANT_ID']),
    },
    clientId: {
      name: 'the client id (--client-id or AZURE_CLIENT_ID)',
      value: clientId ?? textOf(env['AZURE_CLIENT_ID']),
    },
    githubUrl: variable('ACTIONS_ID_TOKEN_REQUEST_URL'),
    githubToken: variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN'),
    tokenFile: variable('AZURE_FEDERATED_TOKEN_FILE'),
    certificate: variable('AZURE_CLIENT_CERTIFICATE_PATH'),
    certificatePassword: variable('AZURE_CLIENT_CERTIFICATE_PASSWORD'),
    secret: variable('AZURE_CLIENT_SECRET'),
    token: variable(TOKEN_VARIABLE),
    identityEndpoint: variable('IDENTITY_ENDPOINT'),
    msiEndpoint: variable('MSI_ENDPOINT'),
  } as const;
}

function textOf(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}

/** The first that the environment has everything for: what needs nobody comes before what needs a person. */
function automatic(settings: SignInSettings): Planned {
  const has = settingsOf(settings);
  const isApp = has.tenant.value !== null && has.clientId.value !== null;
  const modes: readonly (readonly [Exclude<AuthMode, 'auto'>, boolean, string])[] = [
    ['token', has.token.value !== null, `${TOKEN_VARIABLE} is set`],
    [
      'oidc',
      isApp && has.githubUrl.value !== null && has.githubToken.value !== null,
      'GitHub Actions gives identity tokens',
    ],
    ['oidc', isApp && has.tokenFile.value !== null, 'AZURE_FEDERATED_TOKEN_FILE is set'],
    [
      'managed-identity',
      (has.identityEndpoint.value ?? has.msiEndpoint.value) !== null,
      'the host offers a managed identity',
    ],
    ['certificate', isApp && has.certificate.value !== null, 'AZURE_CLIENT_CERTIFICATE_PATH is set'],
    ['secret', isApp && has.secret.value !== null, 'AZURE_CLIENT_SECRET is set'],
    // The Azure CLI signs in as itself: where a client id is named, that one is meant.
    ['azure-cli', has.clientId.value === null, 'no client id is given, and nothing else is set up'],
    ['device-code', isApp && settings.isInteractive, 'a client id is given, and somebody is at the terminal'],
  ];
  for (const [mode, isThere, because] of modes) {
    if (!isThere) continue;
    const planned = named(settings, mode);
    return planned.ok
      ? { ok: true, plan: { ...planned.plan, says: `${planned.plan.says}, because ${because}` } }
      : planned;
  }
  return refused(
    'no-credential',
    'A client id is given, and nothing that proves it',
    'Set AZURE_FEDERATED_TOKEN_FILE, AZURE_CLIENT_CERTIFICATE_PATH or AZURE_CLIENT_SECRET, give --tenant, or name another way with --auth.',
  );
}

function named(settings: SignInSettings, mode: Exclude<AuthMode, 'auto'>): Planned {
  const has = settingsOf(settings);
  const tenant = has.tenant.value;
  const plan = (way: SignInWay, says: string): Planned => ({ ok: true, plan: { way, mode, tenant, says } });
  const missing = (...needed: readonly Setting[]): Refused => {
    const names = needed.filter(({ value }) => value === null).map(({ name }) => name);
    return refused('setting-missing', `Signing in by ${mode} lacks ${names.join(' and ')}`, HINTS[mode]);
  };
  const { value: clientId } = has.clientId;
  switch (mode) {
    case 'oidc':
      return oidc(has, plan, missing);
    case 'managed-identity':
      return plan({ kind: 'managed-identity', clientId }, 'the managed identity of this host');
    case 'certificate': {
      const { value: path } = has.certificate;
      if (tenant === null || clientId === null || path === null)
        return missing(has.tenant, has.clientId, has.certificate);
      const way = {
        kind: 'certificate',
        tenant,
        clientId,
        path,
        password: has.certificatePassword.value,
      } as const;
      return plan(way, `a certificate of the application ${clientId}`);
    }
    case 'secret': {
      const { value: secret } = has.secret;
      if (tenant === null || clientId === null || secret === null)
        return missing(has.tenant, has.clientId, has.secret);
      return plan(
        { kind: 'secret', tenant, clientId, secret },
        `a client secret of the application ${clientId}`,
      );
    }
    case 'azure-cli':
      return plan({ kind: 'azure-cli', tenant }, 'the Azure CLI');
    case 'device-code':
      if (tenant === null || clientId === null) return missing(has.tenant, has.clientId);
      if (!settings.isInteractive) return NOBODY_THERE;
      return plan({ kind: 'device-code', tenant, clientId }, `a device code for the application ${clientId}`);
    case 'token': {
      const { value: token } = has.token;
      return token === null
        ? missing(has.token)
        : plan({ kind: 'token', token }, `the token in ${TOKEN_VARIABLE}`);
    }
  }
}

type Has = ReturnType<typeof settingsOf>;

/** GitHub's own token where a workflow may ask for one, else the file that a platform puts down. */
function oidc(
  has: Has,
  plan: (way: SignInWay, says: string) => Planned,
  missing: (...needed: readonly Setting[]) => Refused,
): Planned {
  const { value: tenant } = has.tenant;
  const { value: clientId } = has.clientId;
  const { value: url } = has.githubUrl;
  const { value: bearer } = has.githubToken;
  const { value: tokenFile } = has.tokenFile;
  if (tenant === null || clientId === null) return missing(has.tenant, has.clientId);
  if (url !== null && bearer !== null)
    return plan(
      { kind: 'github', tenant, clientId, url, bearer },
      `GitHub's identity token for the application ${clientId}`,
    );
  if (tokenFile !== null)
    return plan(
      { kind: 'workload-identity', tenant, clientId, tokenFile },
      `the federated token file for the application ${clientId}`,
    );
  return missing({ name: 'an identity token', value: null });
}

const NOBODY_THERE = refused(
  'setting-missing',
  'A device code needs somebody at the terminal',
  'In CI use --auth oidc, managed-identity, certificate or secret.',
);

const HINTS: { readonly [mode in Exclude<AuthMode, 'auto'>]: string } = {
  oidc: 'In GitHub Actions give the job the permission `id-token: write`; elsewhere set AZURE_FEDERATED_TOKEN_FILE.',
  'managed-identity': 'Run it where a managed identity is.',
  certificate:
    'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_CERTIFICATE_PATH, a PEM file with key and certificate.',
  secret: 'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.',
  'azure-cli': 'Run az login.',
  'device-code': 'Give --tenant and --client-id of an app registration that allows public client flows.',
  token: `Put an access token for Microsoft Graph into ${TOKEN_VARIABLE}.`,
};
