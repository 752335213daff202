import type { Config } from '../config/config.ts';
import type { Flag } from '../config/flags.ts';
import {
  addressObjection,
  AUTH_METHODS,
  clientIdObjection,
  CLOUDS,
  tenantIdObjection,
  type AuthMethod,
  type Cloud,
  type Objection,
  type TenantEntry,
} from '../config/tenants.ts';
import { suggest } from '../util/suggest.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import type { Flags } from './flags.ts';

/** The tenant that a command is about, and how to get there. */
export type TenantTarget = {
  /** Its name in the config; `null` when it is not from there. */
  readonly name: string | null;
  /** Its GUID or a domain of it; `null` leaves it to the credential. */
  readonly tenantId: string | null;
  readonly cloud: Cloud;
  readonly auth: AuthMethod;
  readonly clientId: string | null;
  readonly graphUrl: string | null;
  readonly loginUrl: string | null;
  readonly allowWriteScopes: boolean;
};

/**
 * The tenant that the command line, the environment and the config name, in this order.
 * @throws {UsageError} when they name none of several, or something that cannot be one
 */
export function tenantTarget(flags: Flags, config: Config, { env }: Pick<CliContext, 'env'>): TenantTarget {
  const { name, entry } = entryOf(flags.text('--tenant'), config, env);
  return {
    name,
    tenantId: entry?.tenantId ?? null,
    cloud: flags.one('--cloud', CLOUDS)?.value ?? entry?.cloud ?? 'global',
    auth: flags.one('--auth', AUTH_METHODS)?.value ?? entry?.auth ?? 'auto',
    clientId: checked(flags.text('--client-id'), clientIdObjection) ?? entry?.clientId ?? null,
    graphUrl:
      checked(flags.text('--graph-url'), (url) => addressObjection(url, 'graph')) ?? entry?.graphUrl ?? null,
    loginUrl:
      checked(flags.text('--login-url'), (url) => addressObjection(url, 'login')) ?? entry?.loginUrl ?? null,
    allowWriteScopes: flags.isOn('--allow-write-scopes'),
  };
}

type Named = { readonly name: string | null; readonly entry: TenantEntry | null };

function entryOf(flag: Flag<string> | undefined, { tenants }: Config, env: CliContext['env']): Named {
  const names = Object.keys(tenants);
  if (flag !== undefined) return named(flag, tenants, names);
  const [only, second] = names;
  if (only !== undefined && second === undefined) return { name: only, entry: tenants[only] ?? null };
  const id = variable(env, 'AZURE_TENANT_ID');
  if (id !== null) return named({ value: id, source: 'AZURE_TENANT_ID' }, tenants, names);
  if (only === undefined) return { name: null, entry: null };
  throw usageError(
    `the config names ${names.length} tenants, and it is not said which one is meant`,
    `Name one: --tenant ${names.join(' or --tenant ')}`,
  );
}

function named(flag: Flag<string>, tenants: Config['tenants'], names: readonly string[]): Named {
  const { value, source } = flag;
  if (Object.hasOwn(tenants, value)) return { name: value, entry: tenants[value] ?? null };
  if (tenantIdObjection(value) === null) {
    const same = names.find((name) => tenants[name]?.tenantId.toLowerCase() === value.toLowerCase());
    return same === undefined
      ? { name: null, entry: { tenantId: value } }
      : { name: same, entry: tenants[same] ?? null };
  }
  const near = suggest(value, names);
  throw usageError(
    `${source}: ${JSON.stringify(value)} is neither a tenant of the config nor an id or domain of one`,
    near !== null
      ? `Did you mean "${near}"?`
      : names.length === 0
        ? 'The config names no tenant. Give the GUID of the tenant, or a domain of it.'
        : `The config has ${names.join(', ')}.`,
  );
}

/** @throws {UsageError} when something speaks against the value */
function checked(
  flag: Flag<string> | undefined,
  objectionTo: (value: string) => Objection | null,
): string | null {
  if (flag === undefined) return null;
  const objection = objectionTo(flag.value);
  if (objection === null) return flag.value;
  throw usageError(`${flag.source}: ${JSON.stringify(flag.value)} ${objection.message}`, objection.hint);
}

function variable(env: CliContext['env'], name: string): string | null {
  const value = env[name]?.trim() ?? '';
  return value === '' ? null : value;
}
