import { expect, test } from 'vitest';
import type { GraphRequest } from '../../../src/tenant/graph/types.ts';
import { AGENTS, outcome, OWNERS } from './opening.ts';
import { failure, raw } from './scripted-server.ts';

const RISKY: GraphRequest = {
  api: 'beta',
  path: '/identityProtection/riskyAgents',
  label: '/identityProtection/riskyAgents',
  lane: 'directory',
};

const INHERITED: GraphRequest = {
  api: 'beta',
  path: '/servicePrincipals/microsoft.graph.agentIdentity/a1/inheritedAppRoleAssignments',
  label: '/servicePrincipals/microsoft.graph.agentIdentity/{id}/inheritedAppRoleAssignments',
  lane: 'directory',
};

type Case = readonly [status: number, code: string, message: string, request: GraphRequest, says: string];

const GONE = 'not-found: The object is not there any more';
const FORBIDDEN = 'forbidden: A permission is missing';
const NO_LICENCE = 'unlicensed: The tenant does not have the feature: a licence is missing, or it is off';
const NO_FEATURE = 'unlicensed: The tenant, or its cloud, does not have the feature';
const AGAIN = 'token-expired: The place in the list is not known any more: it has to be read from the start';

const CASES: readonly Case[] = [
  [
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
    AGENTS,
    FORBIDDEN,
  ],
  [403, 'Forbidden', '', RISKY, FORBIDDEN],
  [
    403,
    'AccessDenied',
    'You cannot perform the requested operation, required scopes are missing in the token.',
    RISKY,
    FORBIDDEN,
  ],
  [
    403,
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    'Neither tenant is B2C or tenant doesn’t have premium license',
    RISKY,
    NO_LICENCE,
  ],
  [403, 'Forbidden', 'Your tenant is not licensed for this feature.', RISKY, NO_LICENCE],
  [400, 'BadRequest', 'This feature is not enabled for this tenant.', AGENTS, NO_LICENCE],
  [404, 'Request_ResourceNotFound', 'Resource does not exist.', OWNERS, GONE],
  [404, 'Request_ResourceNotFound', 'Resource not found for this principal type.', INHERITED, GONE],
  [404, 'UnknownError', '', RISKY, NO_FEATURE],
  [400, 'BadRequest', 'Resource not found for the segment ‘riskyAgents’.', RISKY, NO_FEATURE],
  [
    400,
    'BadRequest',
    'Resource not found for the segment ‘inheritedAppRoleAssignments’.',
    INHERITED,
    NO_FEATURE,
  ],
  [400, 'BadRequest', 'Could not find a property named ‘agentType’ on type ‘signIn’.', RISKY, NO_FEATURE],
  [400, 'Request_BadRequest', 'Bad.', INHERITED, 'refused: Graph refuses the request: Bad'],
  [404, 'Request_ResourceNotFound', 'No.', AGENTS, 'refused: Graph refuses the request: No'],
  [400, 'Request_UnsupportedQuery', '', AGENTS, 'refused: Graph refuses the request'],
  [
    405,
    'Request_BadRequest',
    'Specified HTTP method is not allowed.',
    AGENTS,
    'refused: Graph refuses the request: Specified HTTP method is not allowed',
  ],
  [409, 'Conflict', 'x', AGENTS, 'refused: Graph refuses the request: x'],
  [410, 'Gone', 'x', AGENTS, AGAIN],
  [410, 'resyncRequired', 'x', OWNERS, AGAIN],
  [400, 'Directory_ExpiredPageToken', 'The specified page token value has expired', AGENTS, AGAIN],
  [400, 'syncStateNotFound', 'The sync state generation is not found.', AGENTS, AGAIN],
  [400, 'resyncRequired', 'x', RISKY, AGAIN],
];

test.each(CASES)(
  'G20 %i %s “%s” is told apart, and asked for once',
  async (status, code, message, request, says) => {
    const { answer, asked, fault } = await outcome(failure(status, code, message), request);
    expect([answer, asked]).toEqual([says, 1]);
    expect(fault).toMatchObject({
      status,
      code,
      request: request.label,
      requestId: '00000000-0000-4000-8000-000000000001',
    });
  },
);

test.each([400, 403, 404, 410, 418])(
  'G15 a %i that is not Graph’s own says nothing about the object',
  async (status) => {
    const page = raw(status, { 'content-type': 'text/html' }, '<h1>Blocked by your proxy</h1>');
    const { answer, asked } = await outcome(page, OWNERS);
    expect([answer, asked]).toEqual([`malformed: The answer has the status ${status} and is not Graph's`, 1]);
  },
);

test('a 403 without a body is a permission that is missing', async () => {
  expect((await outcome(raw(403, {}))).answer).toBe(FORBIDDEN);
});

test('what Graph says is cut, on one line, and its ids are only kept when they look like ids', async () => {
  const long = `two\nlines ${'x'.repeat(1000)}`;
  const { fault } = await outcome(failure(400, 'a\nb', long, { 'request-id': 'bad id\u00ff' }));
  expect(fault).toMatchObject({ code: 'a b', requestId: '00000000-0000-4000-8000-000000000001' });
  expect(fault?.message).toBe(`Graph refuses the request: two lines ${'x'.repeat(190)}…`);
});

test('Graph’s request-id comes from its header first', async () => {
  const id = '11111111-0000-4000-8000-000000000001';
  expect((await outcome(failure(400, 'x', 'y', { 'request-id': id }))).fault?.requestId).toBe(id);
});
