import { onTestFinished } from 'vitest';
import { SMALL_TENANT } from '../graph-server/fixtures.ts';
import { createMemoryTenant } from '../graph-server/memory-tenant.ts';
import { startGraphServer, type GraphServer, type GraphServerOptions } from '../graph-server/server.ts';

/** Far away, so that tokens are good by the clock of the machine, whatever it is. */
const NEVER = Date.parse('2100-01-01T00:00:00Z') / 1000;

export type StandIn = {
  readonly server: GraphServer;
  readonly token: string;
  /** What a run needs to read the stand-in. */
  readonly env: { readonly [name: string]: string };
};

/** The stand-in for Graph with a small tenant, for one test. */
export async function standIn(options: Partial<GraphServerOptions> = {}): Promise<StandIn> {
  const started = await startStandIn(options);
  onTestFinished(() => started.server.close());
  return started;
}

/** The same, for whoever closes it. */
export async function startStandIn({
  tenant = createMemoryTenant(SMALL_TENANT),
  ...options
}: Partial<GraphServerOptions> = {}): Promise<StandIn> {
  const server = await startGraphServer({ tenant, ...options });
  const token = server.token(undefined, { exp: NEVER });
  return { server, token, env: envOf(server, token) };
}

/** Variables that lead to the stand-in with a token. */
export function envOf({ url }: GraphServer, token: string): { readonly [name: string]: string } {
  return {
    AGENTID_LINT_GRAPH_URL: url,
    AGENTID_LINT_AUTH: 'token',
    AGENTID_LINT_ACCESS_TOKEN: token,
    AGENTID_LINT_QUIET: 'true',
  };
}

/** A token with other claims, good by the clock of the machine. */
export function tokenWith(
  { token }: GraphServer,
  roles: readonly string[] | undefined,
  claims: { readonly [claim: string]: unknown } = {},
): string {
  return token(roles, { exp: NEVER, ...claims });
}
