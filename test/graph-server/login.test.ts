import { Agent, get as getOver } from 'node:https';
import { describe, expect, test } from 'vitest';
import { loopbackCertificate } from './certificate.ts';
import { closeAfterwards, stand } from './client.ts';
import { IDS } from './fixtures.ts';

closeAfterwards();

async function ask(url: string, form: Record<string, string>) {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('signing in', () => {
  test('leads by way of its configuration to a token that Graph takes', async () => {
    const server = await stand({ secrets: ['right'], roles: ['Organization.Read.All'] });
    const configuration = await fetch(`${server.url}/${IDS.tenant}/v2.0/.well-known/openid-configuration`);
    const { token_endpoint: endpoint } = (await configuration.json()) as { token_endpoint: string };
    const form = {
      grant_type: 'client_credentials',
      client_id: 'app',
      scope: 'https://graph.microsoft.com/.default',
    };
    const { body } = await ask(endpoint, { ...form, client_secret: 'right' });
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const answer = await fetch(`${server.url}/v1.0/organization`, {
      headers: { Authorization: `Bearer ${String(body['access_token'])}` },
    });
    expect(answer.status).toBe(200);
    const wrong = await ask(endpoint, { ...form, client_secret: 'wrong' });
    expect([wrong.status, wrong.body['error']]).toEqual([400, 'invalid_client']);
  });

  test('takes assertions and device codes', async () => {
    const server = await stand();
    const base = `${server.url}/${IDS.tenant}/oauth2/v2.0`;
    const asserted = await ask(`${base}/token`, {
      grant_type: 'client_credentials',
      client_id: 'app',
      client_assertion: 'signed',
    });
    const device = await ask(`${base}/devicecode`, { client_id: 'app', scope: 'x' });
    const given = await ask(`${base}/token`, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: String(device.body['device_code']),
    });
    expect([asserted.status, device.status, given.status]).toEqual([200, 200, 200]);
    expect((await ask(`${base}/token`, { grant_type: 'password' })).body['error']).toBe(
      'unsupported_grant_type',
    );
  });

  test('knows its own host', async () => {
    const server = await stand();
    const response = await fetch(`${server.url}/common/discovery/instance?api-version=1.1`);
    const { host } = new URL(server.url);
    expect(await response.json()).toMatchObject({ metadata: [{ aliases: [host] }] });
  });

  test('works over https for those who trust its certificate, and for nobody else', async () => {
    const tls = loopbackCertificate();
    const server = await stand({ tls });
    const url = `${server.url}/${IDS.tenant}/v2.0/.well-known/openid-configuration`;
    const status = (agent: Agent) =>
      new Promise((resolve) => {
        getOver(url, { agent }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', (error: NodeJS.ErrnoException) => {
          resolve(error.code);
        });
      });
    expect(await status(new Agent({ ca: tls.cert }))).toBe(200);
    expect(await status(new Agent())).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });
});
