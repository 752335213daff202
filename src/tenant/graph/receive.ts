/** What came back for one HTTP request. */
export type Received =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      readonly bytes: Uint8Array;
    }
  /** No whole answer; `code` is the system's or Node's, such as `ECONNRESET`. */
  | { readonly kind: 'broken'; readonly code: string | null }
  | { readonly kind: 'slow'; readonly in: 'headers' | 'body' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'aborted' };

export type ReceiveLimits = {
  /** Milliseconds until the answer begins. */
  readonly headers: number;
  /** Milliseconds between two pieces of it. */
  readonly idle: number;
  /** Milliseconds for all of it. */
  readonly total: number;
  /** Bytes of the body, unpacked. */
  readonly bytes: number;
};

/**
 * 30 s until an answer begins and between pieces, 5 minutes in all, 64 MiB.
 * https://learn.microsoft.com/graph/best-practices-concept sets no limits; Graph's pages have 999 objects at most.
 */
export const RECEIVE_LIMITS: ReceiveLimits = {
  headers: 30_000,
  idle: 30_000,
  total: 300_000,
  bytes: 64 * 1024 * 1024,
};

type Stop = Exclude<Received, { readonly kind: 'answer' | 'broken' }>;

/** Sends a request and reads all of its answer, whatever its status. Follows no redirect. Never rejects. */
export async function receive(
  url: string,
  init: RequestInit,
  { limits, signal }: { readonly limits: ReceiveLimits; readonly signal: AbortSignal },
): Promise<Received> {
  const watch = new Watch(limits, signal);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: watch.signal });
    watch.bodyBegins();
    const bytes = await readBody(response, { most: limits.bytes, watch });
    return watch.stopped ?? { kind: 'answer', status: response.status, headers: response.headers, bytes };
  } catch (error) {
    return watch.stopped ?? { kind: 'broken', code: codeOf(error) };
  } finally {
    watch.end();
  }
}

/** Stops a request when it takes too long, is too large, or is not wanted any more; remembers why. */
class Watch {
  stopped: Stop | null = null;
  readonly #limits: ReceiveLimits;
  readonly #outer: AbortSignal;
  readonly #controller = new AbortController();
  readonly #total: NodeJS.Timeout;
  #idle: NodeJS.Timeout;

  constructor(limits: ReceiveLimits, outer: AbortSignal) {
    this.#limits = limits;
    this.#outer = outer;
    this.#idle = this.#after(limits.headers, { kind: 'slow', in: 'headers' });
    this.#total = this.#after(limits.total, { kind: 'slow', in: 'body' });
    outer.addEventListener('abort', this.#onAbort);
    if (outer.aborted) this.#onAbort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  bodyBegins(): void {
    clearTimeout(this.#idle);
    this.#idle = this.#after(this.#limits.idle, { kind: 'slow', in: 'body' });
  }

  pieceCame(): void {
    this.#idle.refresh();
  }

  stop(why: Stop): void {
    this.stopped ??= why;
    this.#controller.abort();
  }

  end(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#total);
    this.#outer.removeEventListener('abort', this.#onAbort);
  }

  #after(milliseconds: number, why: Stop): NodeJS.Timeout {
    return setTimeout(() => {
      this.stop(why);
    }, milliseconds);
  }

  readonly #onAbort = (): void => {
    this.stop({ kind: 'aborted' });
  };
}

type Reading = { readonly most: number; readonly watch: Watch };

async function readBody(response: Response, { most, watch }: Reading): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  if (body === null) return new Uint8Array();
  for await (const chunk of body) {
    watch.pieceCame();
    length += chunk.length;
    if (length > most) {
      watch.stop({ kind: 'too-large' });
      break;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The first code along the causes of an error: `fetch` wraps what the system said. */
function codeOf(error: unknown): string | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1)
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return null;
}
