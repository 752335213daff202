import type { SourceFault } from './problem.ts';
import { redirectTarget } from './remote-hosts.ts';

/** What one request came to. */
export type Answer =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'redirect'; readonly location: string | undefined }
  /** `retryIn`: the milliseconds that the server asks for at least; `null` when another try is of no use. */
  | { readonly kind: 'fault'; readonly fault: SourceFault; readonly retryIn: number | null };

export type Downloaded =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly fault: SourceFault };

type DownloadOptions = {
  readonly hosts: readonly string[];
  readonly get: (url: URL) => Promise<Answer>;
  readonly wait: (milliseconds: number) => Promise<unknown>;
};

const MAX_REDIRECTS = 3;
const MAX_RETRIES = 2;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 5_000;

/** Asks until there are bytes or a fault: follows up to 3 redirects to hosts that are named, and tries up to 2 times again. */
export async function download(first: URL, { hosts, get, wait }: DownloadOptions): Promise<Downloaded> {
  let url = first;
  let redirects = 0;
  let retries = 0;
  for (;;) {
    const answer = await get(url);
    switch (answer.kind) {
      case 'bytes':
        return { ok: true, bytes: answer.bytes };
      case 'redirect': {
        if (redirects === MAX_REDIRECTS) return { ok: false, fault: TOO_MANY_REDIRECTS };
        const target = redirectTarget(url, answer.location, hosts);
        if (!target.ok) return target;
        redirects += 1;
        url = target.url;
        break;
      }
      case 'fault': {
        const { fault, retryIn } = answer;
        if (retryIn === null || retries === MAX_RETRIES) return { ok: false, fault };
        if (retryIn > LONGEST_DELAY) return { ok: false, fault: askedToWait(fault, retryIn) };
        await wait(Math.max(retryIn, FIRST_DELAY * 2 ** retries));
        retries += 1;
      }
    }
  }
}

const TOO_MANY_REDIRECTS: SourceFault = {
  code: 'source-redirect-refused',
  message: `The server redirects more than ${MAX_REDIRECTS} times`,
};

function askedToWait(fault: SourceFault, milliseconds: number): SourceFault {
  return { ...fault, hint: `The server asks to try again in ${Math.ceil(milliseconds / 1000)} seconds.` };
}
