import { believableTenant } from './believable-tenant.ts';
import { createMemoryTenant } from './memory-tenant.ts';
import { startGraphServer } from './server.ts';

/** What `npm run demo:tenant` talks to. */
export type Demo = {
  /** For Graph and for sign-in. */
  readonly url: string;
  readonly tenantId: string;
  /** An access token with all permissions that only read, good for eight hours. */
  readonly token: string;
  readonly close: () => Promise<void>;
};

/** Starts the stand-in with the believable tenant, as it is today. `port` 0 takes any free one. */
export async function startDemo(port: number): Promise<Demo> {
  const clock = { now: () => Date.now() };
  const tenant = createMemoryTenant(believableTenant(clock.now()));
  const { url, tenantId, token, close } = await startGraphServer({ tenant, clock, port });
  return {
    url,
    tenantId,
    close,
    token: token(undefined, { exp: Math.floor(clock.now() / 1000) + 8 * 3600 }),
  };
}
