import type { ClientRequest, IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Problem } from '../documents/problem.ts';
import { nameOfAddress } from './address.ts';
import type { Cache } from './cache.ts';
import { digestOf } from './digest.ts';
import { sourceProblem, type SourceFault } from './problem.ts';
import { download, type Answer, type Downloaded } from './remote-download.ts';
import { isNamed } from './remote-hosts.ts';
import { networkFault, retryAfter, statusFault } from './remote-words.ts';
import type { RemoteRules, RuleSource } from './rule-source.ts';

type UrlSource = Extract<RuleSource, { readonly kind: 'url' }>;

export type FetchOptions = {
  readonly remote: Pick<RemoteRules, 'hosts' | 'requireDigest'>;
  /** Whether the network must not be used; what is in the cache still is. */
  readonly offline: boolean;
  readonly cache: Cache;
  /** Of agentid-lint; servers are told it. */
  readonly version: string;
  readonly network?: Network;
};

/** How the network is used; each has its default. */
type Network = {
  /** PEM of the certificates to trust instead of those that Node trusts. */
  readonly ca?: string;
  /** Milliseconds until an answer begins, and between two pieces of it: 10 s. */
  readonly idleTimeout?: number;
  /** Milliseconds for a bundle with all redirects and retries: 60 s. */
  readonly totalTimeout?: number;
  readonly wait?: (milliseconds: number) => Promise<void>;
};

export type FetchedBundle =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer>; readonly sha256: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const MAX_BYTES = 16 * 1024 * 1024;
const REDIRECTS = [301, 302, 303, 307, 308];
/** Faults that a second try may not meet. */
const PASSING = ['ECONNRESET', 'EPIPE'];

/**
 * The bytes of a bundle at an https address: the only thing that uses the network, and only for hosts that the config
 * names. A pinned bundle is compared with its digest before anything else looks at it, and fetched once: after that
 * it comes from the cache. Nothing of an address's query gets into a problem.
 */
export async function fetchBundle(source: UrlSource, options: FetchOptions): Promise<FetchedBundle> {
  const { remote, offline, cache } = options;
  const url = new URL(source.url);
  const refuse = (fault: SourceFault) => failed(fault, nameOfAddress(url));
  const fault = refusal(source, url, remote);
  if (fault !== null) return refuse(fault);
  const key = `bundle sha256:${source.sha256 ?? ''}`;
  const kept = source.sha256 === null ? null : cache.read(key);
  if (kept !== null && digestOf(kept) === source.sha256)
    return { ok: true, bytes: kept, sha256: source.sha256 };
  if (offline) return refuse(source.sha256 === null ? OFFLINE_UNPINNED : { code: 'source-offline' });

  const answer = await ask(url, options);
  if (!answer.ok) return refuse(answer.fault);
  const { bytes } = answer;
  const sha256 = digestOf(bytes);
  if (source.sha256 !== null && sha256 !== source.sha256) return refuse(mismatch(source.sha256, sha256));
  if (source.sha256 !== null) cache.write(key, bytes);
  return { ok: true, bytes, sha256 };
}

function refusal({ sha256 }: UrlSource, url: URL, remote: FetchOptions['remote']): SourceFault | null {
  if (!isNamed(url, remote.hosts)) {
    const hint = `Add "${url.host}" under \`remoteRules.hosts\` in the config, if its rules are to be trusted.`;
    return { code: 'source-host-not-named', message: `The config does not name the host ${url.host}`, hint };
  }
  return sha256 === null && remote.requireDigest ? { code: 'source-not-pinned' } : null;
}

const OFFLINE_UNPINNED: SourceFault = {
  code: 'source-offline',
  message: 'Without a digest a bundle is fetched in every run, and --offline forbids that',
  hint: 'Add #sha256=<64 hexadecimal digits>, or download the bundle and name its file.',
};

function mismatch(expected: string, got: string): SourceFault {
  const message = `The file is not the one that was pinned: expected sha256 ${expected}, got ${got}`;
  return { code: 'source-digest-mismatch', message };
}

function failed({ code, message, hint }: SourceFault, name: string): FetchedBundle {
  const { message: title } = sourceProblem(code, {}, NOWHERE);
  const words = {
    message: `${message ?? title.replace(/\.$/, '')}: ${name}`,
    ...(hint === undefined ? {} : { hint }),
  };
  return { ok: false, problems: [sourceProblem(code, words, NOWHERE)] };
}

const NOWHERE = { uri: null, range: null };

/** Asks the network, within the time that there is for everything together. */
async function ask(first: URL, { remote, version, network = {} }: FetchOptions): Promise<Downloaded> {
  const { ca, totalTimeout = 60_000, idleTimeout = 10_000, wait = delay } = network;
  const { request } = await import('node:https');
  const headers = { accept: '*/*', connection: 'close', 'user-agent': `agentid-lint/${version}` };
  const trust = { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) };
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, totalTimeout);
  const get = (url: URL) =>
    answerTo(request(url, { method: 'GET', headers, ...trust }), { idleTimeout, signal: controller.signal });
  try {
    return await download(first, { hosts: remote.hosts, get, wait });
  } finally {
    clearTimeout(timer);
  }
}

type Limits = { readonly idleTimeout: number; readonly signal: AbortSignal };

/** Sends a request. Never rejects; the connection is gone when it resolves. */
function answerTo(outgoing: ClientRequest, { idleTimeout, signal }: Limits): Promise<Answer> {
  return new Promise((resolve) => {
    const settle = (answer: Answer) => {
      clearTimeout(idle);
      signal.removeEventListener('abort', onTotal);
      resolve(answer);
      outgoing.destroy();
    };
    const onTotal = () => {
      settle(timeout('The server needs more time than there is for a bundle'));
    };
    const idle = setTimeout(() => {
      settle(timeout('The server does not answer any more'));
    }, idleTimeout);
    signal.addEventListener('abort', onTotal);
    // Errors that come after it has settled change nothing, and must be listened to all the same.
    outgoing.on('error', (error) => {
      settle(brokenOff(error));
    });
    outgoing.on('upgrade', () => {
      settle({ kind: 'fault', fault: statusFault(101), retryIn: null });
    });
    outgoing.on('response', (response) => {
      idle.refresh();
      readAnswer(response, { settle, onProgress: () => idle.refresh() });
    });
    if (signal.aborted) onTotal();
    else outgoing.end();
  });
}

type Reader = { readonly settle: (answer: Answer) => void; readonly onProgress: () => void };

function readAnswer(response: IncomingMessage, { settle, onProgress }: Reader): void {
  response.on('error', (error) => {
    settle(brokenOff(error));
  });
  const early = answerWithoutBody(response);
  if (early !== null) {
    settle(early);
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    onProgress();
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_BYTES) settle(TOO_LARGE);
  });
  response.on('end', () => {
    settle({ kind: 'bytes', bytes: new Uint8Array(Buffer.concat(chunks)) });
  });
}

/** `null` when the body is the file. Its length is believed only when it is too much. */
function answerWithoutBody({ statusCode = 0, headers }: IncomingMessage): Answer | null {
  if (REDIRECTS.includes(statusCode)) return { kind: 'redirect', location: headers.location };
  if (statusCode === 200) return Number(headers['content-length'] ?? 0) > MAX_BYTES ? TOO_LARGE : null;
  const isPassing = statusCode === 429 || statusCode >= 500;
  const retryIn = isPassing ? (retryAfter(headers['retry-after'], headers.date) ?? 0) : null;
  return { kind: 'fault', fault: statusFault(statusCode), retryIn };
}

const TOO_LARGE: Answer = { kind: 'fault', fault: { code: 'source-too-large' }, retryIn: null };

function timeout(message: string): Answer {
  return { kind: 'fault', fault: { code: 'source-timeout', message }, retryIn: null };
}

function brokenOff(error: Error): Answer {
  const isPassing = 'code' in error && PASSING.some((code) => code === error.code);
  return { kind: 'fault', fault: networkFault(error), retryIn: isPassing ? 0 : null };
}
