import type { Reply } from './call.ts';
import type { Entity } from './entities.ts';
import { errorBody } from './errors.ts';
import type { Fault, ItemFault, NextLinkFault } from './faults.ts';

export type DamageContext = {
  readonly origin: string;
  /** Address of the request, for links that lead back to it. */
  readonly address: string;
  /** First object that a list with the same path gave. */
  readonly first: Entity | null;
  readonly requestId: string;
  readonly now: number;
};

/** A text that is sent as it is, in place of JSON. */
export type RawReply = Omit<Reply, 'body'> & { readonly raw: string };

const HTML = '<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>';

function nextLink(to: NextLinkFault, { origin, address }: DamageContext): unknown {
  const url = new URL(address, origin);
  const path = `${url.pathname}${url.search}`;
  switch (to) {
    case 'loop':
      return `${origin}${path}`;
    case 'empty':
      return '';
    case 'null':
      return null;
    case 'number':
      return 7;
    case 'foreign':
      return `https://graph.microsoft.example${path}`;
    case 'http':
      return `http://graph.microsoft.com${path}`;
    case 'port':
      return `${url.protocol}//${url.hostname}:1${path}`;
    case 'userinfo':
      return `${url.protocol}//${url.host}:x@localhost:1${path}`;
  }
}

const CHANGES: { readonly [change in Exclude<ItemFault, 'all null' | 'missing property'>]: unknown } = {
  'unknown enum': 'somethingNobodyHeardOf',
  'wrong type': { unexpected: true },
  'lone surrogate': 'half \ud83d of a pair',
  'big number': 9007199254740993,
  'seven digits': '2026-06-18T08:12:44.1234567Z',
  'control characters': 'red \u001b[31m bell \u0007 line\r\n::error::injected \u202e\u0085',
};

function damaged(item: Entity, change: ItemFault, property: string): Entity {
  const kept = Object.entries(item);
  if (change === 'all null') {
    return Object.fromEntries(
      kept.map(([name, value]) => [name, ['@odata.type', 'id'].includes(name) ? value : null]),
    );
  }
  if (change === 'missing property') return Object.fromEntries(kept.filter(([name]) => name !== property));
  return { ...item, [property]: CHANGES[change] };
}

function withItem(body: Entity, fault: Extract<Fault, { kind: 'item' }>): Entity {
  const property = fault.property ?? 'displayName';
  const { value } = body;
  if (!Array.isArray(value)) return damaged(body, fault.change, property);
  return {
    ...body,
    value: value.map((item: unknown, index) =>
      index === fault.index ? damaged(item as Entity, fault.change, property) : item,
    ),
  };
}

function withValue(body: Entity, is: 'missing' | 'null' | 'object' | 'strings'): Entity {
  const { value, ...rest } = body;
  if (is === 'missing') return rest;
  if (is === 'null') return { ...rest, value: null };
  return { ...rest, value: is === 'object' ? { first: value } : ['a', 'b'] };
}

function instead(of: Extract<Fault, { kind: 'instead' }>['of'], context: DamageContext): Reply | RawReply {
  const headers = { 'Content-Type': 'text/html; charset=utf-8' };
  switch (of) {
    case 'html':
      return { status: 200, headers, raw: HTML };
    case 'no content type':
      return { status: 200, headers: { 'Content-Type': '' }, raw: HTML };
    case 'error':
      return {
        status: 200,
        headers: {},
        body: errorBody('UnknownError', 'Something went wrong.', context.requestId, context.now),
      };
    case 'empty 204':
      return { status: 204, headers: {}, raw: '' };
    case 'null':
      return { status: 200, headers: {}, raw: 'null' };
    case 'text':
      return { status: 200, headers: {}, raw: '"fine"' };
  }
}

function redirect({ status, to }: Extract<Fault, { kind: 'redirect' }>, context: DamageContext): RawReply {
  const url = new URL(context.address, context.origin);
  const path = `${url.pathname}${url.search}`;
  const location = {
    foreign: `https://graph.microsoft.example${path}`,
    http: `http://graph.microsoft.com${path}`,
    relative: '/v1.0/organization',
    itself: context.address,
  }[to];
  return { status, headers: { Location: location }, raw: '' };
}

const CODES: { readonly [status: number]: string } = {
  400: 'Request_BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'Request_ResourceNotFound',
  409: 'Request_Conflict',
  410: 'syncStateNotFound',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

function failed(fault: Extract<Fault, { kind: 'status' }>, context: DamageContext): Reply | RawReply {
  const { status, retryAfter } = fault;
  const headers = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
  if (fault.html) return { status, headers: { ...headers, 'Content-Type': 'text/html' }, raw: HTML };
  const code = fault.code ?? CODES[status] ?? 'UnknownError';
  return { status, headers, body: errorBody(code, `Scripted ${status}.`, context.requestId, context.now) };
}

/**
 * What a fault makes of an answer. Faults of the connection itself leave it as it is; the server plays those while it
 * sends.
 */
export function damage(reply: Reply, fault: Fault, context: DamageContext): Reply | RawReply {
  const body = typeof reply.body === 'object' && reply.body !== null ? reply.body : null;
  switch (fault.kind) {
    case 'status':
      return failed(fault, context);
    case 'claims':
      return {
        ...failed({ kind: 'status', status: 401 }, context),
        headers: {
          'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${Buffer.from(fault.claims).toString('base64')}"`,
        },
      };
    case 'instead':
      return instead(fault.of, context);
    case 'redirect':
      return redirect(fault, context);
    case 'truncated': {
      const whole = JSON.stringify(reply.body);
      return { ...reply, raw: whole.slice(0, Math.max(1, Math.floor(whole.length * 0.6))) };
    }
    case 'value':
      return body === null ? reply : { ...reply, body: withValue(body, fault.is) };
    case 'next link':
      return body === null
        ? reply
        : { ...reply, body: { ...body, '@odata.nextLink': nextLink(fault.to, context) } };
    case 'empty pages':
      return body === null
        ? reply
        : { ...reply, body: { ...body, value: [], '@odata.nextLink': nextLink('loop', context) } };
    case 'duplicate': {
      const value = body?.['value'];
      if (!Array.isArray(value)) return reply;
      const again = context.first ?? (value[0] as Entity | undefined);
      return again === undefined
        ? reply
        : { ...reply, body: { ...body, value: [...(value as unknown[]), again] } };
    }
    case 'gap': {
      const value = body?.['value'];
      if (!Array.isArray(value)) return reply;
      return {
        ...reply,
        body: { ...body, value: value.slice(0, Math.max(0, value.length - fault.objects)) as unknown },
      };
    }
    case 'item':
      return body === null ? reply : { ...reply, body: withItem(body, fault) };
    case 'parts': {
      const responses = body?.['responses'];
      if (!Array.isArray(responses)) return reply;
      const [last, ...rest] = (responses as readonly Entity[]).toReversed();
      if (last === undefined) return reply;
      const changed = {
        missing: rest,
        twice: [last, last, ...rest],
        'unknown id': [{ ...last, id: 'nobody asked for this' }, ...rest],
      }[fault.change];
      return { ...reply, body: { ...body, responses: changed } };
    }
    case 'reset':
    case 'hang':
    case 'drip':
    case 'vanish':
      return reply;
  }
}
