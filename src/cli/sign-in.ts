import type { PreparedSignIn } from '../sign-in.ts';
import type { CliContext } from './context.ts';
import { TenantError, usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { debug, notice } from './notices.ts';
import { safeText } from './safe-text.ts';
import type { TenantTarget } from './tenant-target.ts';

/** Whether a person is there who can open a page and type a code. */
export function isInteractive({ terminal, env }: CliContext): boolean {
  const ci = env['CI'] ?? '';
  return terminal.stdin && terminal.stderr && (ci === '' || ci === 'false');
}

/** Shows a person what to do with a device code. The sentence is the identity service's. */
export function showDeviceCode(context: CliContext): (sentence: string) => void {
  return (sentence) => {
    context.writeStderr(safeText([sentence]));
  };
}

/**
 * Decides how to sign in, and says so.
 * @throws {UsageError} when a host cannot be used
 * @throws {TenantError} when there is no way
 */
export async function signInTo(
  target: TenantTarget,
  flags: Flags,
  context: CliContext,
): Promise<PreparedSignIn> {
  const { networkWarnings, prepareSignIn } = await import('../sign-in.ts');
  const { env, now, nodeVersion } = context;
  const prepared = prepareSignIn({
    ...target,
    tenant: target.tenantId,
    env,
    isInteractive: isInteractive(context),
    now,
    show: showDeviceCode(context),
  });
  if (!prepared.ok) {
    const { code, message, hint } = prepared.problem;
    if (code === 'bad-url') throw usageError(message, hint);
    throw new TenantError({ message, hint });
  }
  const { endpoints, says } = prepared;
  if (!flags.isOn('--quiet')) {
    notice(context, [`signing in with ${says}`]);
    for (const warning of networkWarnings(env, nodeVersion)) notice(context, [warning]);
  }
  if (flags.isOn('--debug'))
    debug(context, [
      `cloud ${endpoints.cloud}, Graph ${endpoints.graph}, sign-in ${endpoints.login}`,
      `tenant ${prepared.tenant ?? 'of the credential'}, sign-in by ${prepared.mode}`,
    ]);
  return prepared;
}
