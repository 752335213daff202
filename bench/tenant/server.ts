import { largeGraphTenant } from '../../test/graph-server/large/graph.ts';
import { largeTenant } from '../../test/graph-server/large-tenant.ts';
import { startGraphServer } from '../../test/graph-server/server.ts';

/** Serves a generated tenant, for the collector to read. */
export async function serveLargeTenant(agents: number): Promise<{
  readonly url: string;
  readonly token: string;
  readonly units: () => number;
}> {
  const clock = { now: () => Date.now() };
  const tenant = largeGraphTenant(largeTenant({ agents }));
  const { url, token, units } = await startGraphServer({ tenant, clock });
  return { url, token: token(undefined, { exp: Math.floor(clock.now() / 1000) + 24 * 3600 }), units };
}
