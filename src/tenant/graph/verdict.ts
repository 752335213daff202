import { isJson, parseBody, type Body } from './body.ts';
import type { Exchange } from './exchange.ts';
import { graphErrorOf, identifier, type Scrub } from './graph-error.ts';
import { networkWords } from './network-words.ts';
import type { Again } from './patience.ts';
import { refusalOf, type Asked } from './refusals.ts';
import { retryAfter } from './retry-after.ts';
import type { GraphFault, GraphFaultKind } from './types.ts';

/** What an answer means for the request: it has its value, it is over, or it is to be sent again. */
export type Verdict =
  | { readonly next: 'done'; readonly value: unknown }
  | { readonly next: 'give-up'; readonly fault: GraphFault }
  /** `fault`: what it comes to when it is not sent again. */
  | { readonly next: 'again'; readonly again: Again; readonly fault: GraphFault };

/** An answer of Graph's: to a request of its own, or to a part of a batch. */
export type Reply = {
  readonly status: number;
  readonly body: Body;
  readonly header: (name: string) => string | null;
  /** By our clock, milliseconds. */
  readonly receivedAt: number;
};

type Evidence = Partial<Pick<GraphFault, 'status' | 'code' | 'requestId'>>;

export function fault(
  kind: GraphFaultKind,
  message: string,
  asked: Asked,
  evidence: Evidence = {},
): GraphFault {
  return { kind, message, status: null, code: null, requestId: null, ...evidence, request: asked.label };
}

/** Statuses that the same request may not meet again. 509 is Graph's "bandwidth limit exceeded". */
const PASSING = new Set([408, 425, 500, 502, 503, 504]);
const THROTTLED = new Set([429, 509]);

export function verdictOnReply(reply: Reply, asked: Asked, scrub: Scrub): Verdict {
  const { status, body, header } = reply;
  const error = graphErrorOf(body, scrub);
  const requestId = identifier(header('request-id'), scrub) ?? error?.requestId ?? null;
  const evidence = { status, code: error?.code ?? null, requestId };
  const giveUp = (kind: GraphFaultKind, message: string): Verdict => ({
    next: 'give-up',
    fault: fault(kind, message, asked, evidence),
  });
  const again = (why: Again['why'], kind: GraphFaultKind, message: string): Verdict => ({
    next: 'again',
    again: { why, wait: retryAfter(header('retry-after'), { date: header('date'), now: reply.receivedAt }) },
    fault: fault(kind, message, asked, evidence),
  });
  if (THROTTLED.has(status))
    return again('throttled', 'throttled', 'Graph throttles for longer than may be waited');
  if (PASSING.has(status))
    return again('failed', 'unreachable', `Graph fails with status ${status}, again and again`);
  if (status >= 500) return giveUp('unreachable', `Graph fails with status ${status}`);
  if (status === 200) {
    if (error !== null) return giveUp('malformed', 'The answer says that all is well and holds an error');
    if (body.ok) return { next: 'done', value: body.value };
    if (body.why === 'not-json')
      return giveUp(
        'malformed',
        'The answer is not JSON: something between here and Graph may answer in its place',
      );
    return again(
      'failed',
      'malformed',
      body.why === 'empty' ? 'The answer is empty' : 'The answer is cut off or broken',
    );
  }
  if (status >= 300 && status < 400)
    return giveUp('malformed', 'The answer is a redirect, which reading never needs');
  if (status < 400)
    return giveUp('malformed', `The answer has the status ${status}, which reading never has`);
  const isGraphs = error !== null || status === 401 || (status === 403 && !body.ok && body.why === 'empty');
  if (!isGraphs) return giveUp('malformed', `The answer has the status ${status} and is not Graph's`);
  const { kind, message } = refusalOf(status, error, asked);
  return giveUp(kind, message);
}

export function verdictOnExchange({ result, receivedAt }: Exchange, asked: Asked, scrub: Scrub): Verdict {
  const failed = (message: string, code: string | null): Verdict => ({
    next: 'again',
    again: { why: 'failed', wait: null },
    fault: fault('unreachable', message, asked, { code }),
  });
  const giveUp = (kind: GraphFaultKind, message: string): Verdict => ({
    next: 'give-up',
    fault: fault(kind, message, asked),
  });
  switch (result?.kind) {
    case 'answer': {
      const { status, headers, bytes } = result;
      const body = parseBody(bytes, headers.get('content-type'));
      return verdictOnReply({ status, body, header: (name) => headers.get(name), receivedAt }, asked, scrub);
    }
    case 'broken':
      return failed(`No whole answer came: ${networkWords(result.code)}`, result.code);
    case 'slow':
      return failed(
        result.in === 'headers'
          ? 'Graph does not answer in time'
          : 'Graph stopped in the middle of an answer',
        'TIMEOUT',
      );
    case 'too-large':
      return giveUp('malformed', 'The answer is larger than anything that Graph sends');
    case 'unsigned':
      return giveUp(result.problem.code === 'aborted' ? 'aborted' : 'unauthorized', result.problem.message);
    case 'aborted':
    case undefined:
      return giveUp('aborted', 'The run was stopped');
  }
}

/** A part of a batch has its body as a JSON value, and says of which type it is. */
export function bodyOfPart(value: unknown, contentType: string | null): Body {
  if (value === undefined || value === null) return { ok: false, why: 'empty' };
  const isPlain = typeof value === 'number' && /^text\/plain *(?:;|$)/i.test(contentType ?? '');
  // Errors of some services come without a type.
  if (isJson(contentType) || isPlain || contentType === null) return { ok: true, value };
  return { ok: false, why: 'not-json' };
}
