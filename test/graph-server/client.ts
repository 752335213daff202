import { afterAll } from 'vitest';
import type { Entity } from './entities.ts';
import { createMemoryTenant } from './memory-tenant.ts';
import { startGraphServer, type GraphServer, type GraphServerOptions } from './server.ts';
import { SMALL_TENANT } from './fixtures.ts';

const open: GraphServer[] = [];

/** Starts the stand-in for a test file, with the small tenant unless another is given. */
export async function stand(options: Partial<GraphServerOptions> = {}): Promise<GraphServer> {
  const server = await startGraphServer({ tenant: createMemoryTenant(SMALL_TENANT), ...options });
  open.push(server);
  return server;
}

/** Closes what a test file started; to be called once at its top. */
export function closeAfterwards(): void {
  afterAll(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
  });
}

export type Got = { readonly status: number; readonly body: Entity; readonly headers: Headers };

/** One GET with the server's own token; `path` begins with the version, or is a whole address of a link. */
export async function get(
  server: GraphServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Got> {
  const address = path.startsWith('http') ? path : `${server.url}${path}`;
  const response = await fetch(address, {
    headers: { Authorization: `Bearer ${server.token()}`, ...headers },
    redirect: 'manual',
  });
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Some answers are no JSON on purpose.
  }
  return { status: response.status, body: body as Entity, headers: response.headers };
}

/** The objects of a list. */
export async function values(
  server: GraphServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly Entity[]> {
  const { body, status } = await get(server, path, headers);
  if (!Array.isArray(body['value'])) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body['value'] as readonly Entity[];
}

/** `status code` of an answer that is an error: `400 Request_BadRequest`. */
export async function refused(
  server: GraphServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { status, body } = await get(server, path, headers);
  const error = body['error'] as Entity | undefined;
  return `${status} ${String(error?.['code'])}`;
}

export const EVENTUAL = { ConsistencyLevel: 'eventual' };
