import { networkWords } from './network-words.ts';
import type { SignInPlan, SignInWay } from './sign-in-plan.ts';
import type { SignInProblem } from './sign-in-problem.ts';

/**
 * What the numbers in Entra's refusals mean, and what to do.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const REFUSALS: { readonly [code: string]: readonly [message: string, hint: string] } = {
  '7000215': [
    'the client secret is wrong',
    'Set AZURE_CLIENT_SECRET to the value of the secret, not to its id.',
  ],
  '7000222': [
    'the client secret has expired',
    'Make a new one, or better, sign in without a secret: --auth oidc.',
  ],
  '7000112': ['the application is disabled', 'Enable it in the tenant.'],
  '700016': ['the application is not in the tenant', 'Check the client id and the tenant.'],
  '90002': ['there is no such tenant', 'Check --tenant, and --cloud.'],
  '900023': ['the tenant is no id and no domain', 'Check --tenant.'],
  '900382': ['the tenant is in another cloud', 'Name it with --cloud.'],
  '700027': [
    'the certificate is not one of the application',
    'Upload its public part to the app registration.',
  ],
  '700024': ['the proof is too old or too young', 'See that the clock of this machine is right.'],
  '70021': [
    'no federated credential fits the identity token',
    'Compare issuer, subject and audience with those of the federated credential.',
  ],
  '700211': [
    'no federated credential has the issuer of the identity token',
    'Compare it with that of the federated credential.',
  ],
  '700212': [
    'no federated credential has the audience of the identity token',
    'Compare it with that of the federated credential.',
  ],
  '700213': [
    'no federated credential has the subject of the identity token',
    'Compare it with that of the federated credential: repository, branch or environment.',
  ],
  '7000218': [
    'the application does not allow device codes',
    'Turn "Allow public client flows" on in the app registration.',
  ],
  '53003': [
    'a Conditional Access policy blocks it',
    'Ask an administrator, or run it where the policy allows it.',
  ],
  '53000': ['a Conditional Access policy wants a managed device', 'Run it on one.'],
  '50076': ['more proof of who you are is wanted', 'Sign in again.'],
  '50079': ['more proof of who you are is wanted', 'Sign in again.'],
  '65001': ['nobody has consented to the permissions', 'Grant admin consent for the app registration.'],
  '500011': ['Microsoft Graph is not in the tenant', 'Check --cloud.'],
  '50034': ['the user is not in the tenant', 'Check --tenant.'],
};

/**
 * One sentence and what to do, for what the identity library throws and what it keeps to itself. Takes nothing from its
 * texts but numbers and codes.
 */
export function signInProblem(
  errors: readonly unknown[],
  { way, mode }: Pick<SignInPlan, 'way' | 'mode'>,
): SignInProblem {
  const texts = errors.map(textsOf).join('\n');
  const number = /\bAADSTS(\d{4,8})\b/.exec(texts)?.[1];
  if (number !== undefined) {
    const [words, hint] = REFUSALS[number] ?? [
      'see the hint',
      `Look at https://login.microsoftonline.com/error?code=${number}.`,
    ];
    return refusal(`Microsoft Entra refuses to sign in: ${words} (AADSTS${number})`, hint);
  }
  const local = localProblem(way, texts);
  if (local !== null) return local;
  const code = NETWORK_CODE.exec(texts)?.[1] ?? null;
  if (code !== null || /network_error|endpoints_resolution_error|openid_config_error/.test(texts))
    return {
      code: 'login-unreachable',
      message: `The sign-in service cannot be reached: ${networkWords(code)}`,
      hint: 'Check the network, the proxy and --login-url.',
    };
  return refusal(
    `Signing in by ${mode} failed`,
    'See that every setting is right, or name another way with --auth.',
  );
}

/** What went wrong on this machine. */
function localProblem({ kind }: SignInWay, texts: string): SignInProblem | null {
  if (kind === 'azure-cli') return azureCli(texts);
  if (kind === 'managed-identity')
    return refusal(
      'This host has no managed identity, or it gives no token',
      'Assign one, or name another way with --auth.',
    );
  if (kind === 'workload-identity' && /ENOENT|EACCES|EISDIR/.test(texts))
    return refusal('The federated token file cannot be read', 'Check AZURE_FEDERATED_TOKEN_FILE.');
  if (kind !== 'certificate') return null;
  if (/key type must be/.test(texts))
    return refusal('The key of the certificate is not an RSA key', 'Use a certificate with an RSA key.');
  if (/ENOENT|EACCES|EISDIR|PEM-encoded|decrypt|passphrase|DECODER/i.test(texts))
    return refusal(
      'The certificate cannot be read',
      'AZURE_CLIENT_CERTIFICATE_PATH names a PEM file with the key and the certificate.',
    );
  return null;
}

function refusal(message: string, hint: string): SignInProblem {
  return { code: 'sign-in-refused', message, hint };
}

function azureCli(texts: string): SignInProblem {
  if (/could not be found|not found|not recognized/i.test(texts))
    return refusal(
      'The Azure CLI is not there',
      'Install it and run az login, or name another way to sign in with --auth.',
    );
  if (/claims/i.test(texts))
    return refusal('Graph wants more proof than the Azure CLI has', 'Run az logout and az login.');
  return refusal('The Azure CLI gives no token', 'Run az login, for the tenant that is to be read.');
}

/** Names, codes and messages of an error and its causes, for looking through: never for showing. */
function textsOf(error: unknown): string {
  const texts: string[] = [];
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; cause = cause.cause, depth += 1) {
    texts.push(cause.name, cause.message);
    const details = new Map<string, unknown>(Object.entries(cause));
    for (const key of ['code', 'errorCode', 'errorMessage', 'subError']) texts.push(String(details.get(key)));
    if ('errorResponse' in cause) texts.push(JSON.stringify(cause.errorResponse));
  }
  return texts.join('\n');
}

const NETWORK_CODE =
  /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|ERR_TLS_CERT_ALTNAME_INVALID)\b/;
