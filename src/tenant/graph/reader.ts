import { isObject } from '../../util/is-object.ts';
import { sendInBatches } from './batch.ts';
import type { Call } from './exchange.ts';
import { checkLink } from './links.ts';
import { pageOf } from './page.ts';
import type { Sender } from './sender.ts';
import { Trails } from './trail.ts';
import type { Answer, GraphPage, GraphReader, GraphRequest } from './types.ts';
import { fault } from './verdict.ts';

export type ReaderTools = {
  readonly sender: Sender;
  /** Origin of Graph. */
  readonly origin: string;
  /** Batches under way at a time. */
  readonly concurrency: number;
};

type JsonObject = { readonly [key: string]: unknown };

/** Reads Graph through a sender; see `GraphReader`. */
export function createReader({ sender, origin, concurrency }: ReaderTools): GraphReader {
  const { tally } = sender.tools;
  const trails = new Trails();
  let parts = 0;
  const nextId = () => (parts += 1);
  const urlOf = ({ api, path }: GraphRequest) => `${origin}/${api}${path}`;

  const ask = async (request: GraphRequest, url: string): Promise<Answer<unknown>> => {
    tally.asked(1);
    return sender.send(callOf(request, url));
  };

  const get = async (request: GraphRequest): Promise<Answer<JsonObject>> => {
    const answer = await ask(request, urlOf(request));
    if (!answer.ok) return answer;
    if (isObject(answer.value)) return { ok: true, value: answer.value };
    return malformed('The answer is not an object', request);
  };

  const page = async (request: GraphRequest, nextLink?: string): Promise<Answer<GraphPage>> => {
    const { api } = request;
    const link = nextLink === undefined ? null : checkLink(nextLink, { origin, api, name: 'next link' });
    if (link !== null && !link.ok) return malformed(link.message, request);
    const answer = await ask(request, link === null ? urlOf(request) : link.url);
    if (!answer.ok) return answer;
    const checked = pageOf(answer.value, { origin, api });
    if (!checked.ok) return malformed(checked.message, request);
    const { items, nextLink: next } = checked.page;
    const astray = trails.note(link === null ? null : link.url, items, next);
    return astray === null ? { ok: true, value: checked.page } : malformed(astray, request);
  };

  return {
    get,
    page,
    batch: (wanted) => sendInBatches(wanted, { sender, origin, width: concurrency, nextId, alone: get }),
    stats: () => tally.stats,
  };
}

function callOf({ api, lane, label, headers = {} }: GraphRequest, url: string): Call {
  return { api, lane, label, method: 'GET', url, headers, body: null };
}

/** The answer was whole, and is not what a reader can go on with. */
function malformed(
  message: string,
  request: GraphRequest,
): { readonly ok: false; readonly fault: ReturnType<typeof fault> } {
  return { ok: false, fault: fault('malformed', message, request, { status: 200 }) };
}
