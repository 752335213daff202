import type { Environment } from './sign-in-plan.ts';

/**
 * What the environment says about the network that a user should know of, as sentences. Requests to Graph use the
 * proxy of the environment where Node itself does: with `NODE_USE_ENV_PROXY=1`, from Node 22.21 and 24.0
 * (https://nodejs.org/api/cli.html#node_use_env_proxy1). `NODE_EXTRA_CA_CERTS` is Node's own too.
 */
export function networkWarnings(env: Environment, nodeVersion: string): readonly string[] {
  const warnings: string[] = [];
  const proxy = ['HTTPS_PROXY', 'https_proxy'].find((name) => (env[name] ?? '') !== '');
  if (proxy !== undefined && !usesProxy(env, nodeVersion)) {
    const remedy = knowsProxies(nodeVersion)
      ? 'set NODE_USE_ENV_PROXY=1 as well'
      : 'that needs Node 22.21 or 24, and NODE_USE_ENV_PROXY=1';
    warnings.push(`${proxy} is set, and requests to Graph do not use it: ${remedy}`);
  }
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    warnings.push('NODE_TLS_REJECT_UNAUTHORIZED is 0: nobody checks that it is Graph that answers');
  return warnings;
}

function usesProxy(env: Environment, nodeVersion: string): boolean {
  return knowsProxies(nodeVersion) && env['NODE_USE_ENV_PROXY'] === '1';
}

function knowsProxies(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 21);
}
