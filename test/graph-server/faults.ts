import type { Version } from './schema.ts';

/** Where a connection breaks. */
type Break = 'before headers' | 'after headers' | 'in the body';

/** Where a `@odata.nextLink` leads instead of to the next page. */
export type NextLinkFault = 'loop' | 'empty' | 'null' | 'number' | 'foreign' | 'http' | 'port' | 'userinfo';

/** What becomes of one object of an answer. */
export type ItemFault =
  | 'all null'
  | 'unknown enum'
  | 'wrong type'
  | 'missing property'
  | 'lone surrogate'
  | 'big number'
  | 'seven digits'
  | 'control characters';

/** Something that goes wrong. */
export type Fault =
  /** An answer of this status with Graph's error body, or with an HTML page. `retryAfter` is sent as it is. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly retryAfter?: string;
      readonly html?: true;
    }
  /** 401 that asks for more claims, as continuous access evaluation does. */
  | { readonly kind: 'claims'; readonly claims: string }
  | { readonly kind: 'reset'; readonly when: Break }
  /** The request is read and never answered. */
  | { readonly kind: 'hang' }
  /** The body comes so many bytes at a time, with a pause between. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly pauseMs: number }
  /** The body ends in the middle, properly framed. */
  | { readonly kind: 'truncated' }
  /** Status 200 with something that is not the answer. */
  | {
      readonly kind: 'instead';
      readonly of: 'html' | 'no content type' | 'error' | 'empty 204' | 'null' | 'text';
    }
  | { readonly kind: 'value'; readonly is: 'missing' | 'null' | 'object' | 'strings' }
  | { readonly kind: 'next link'; readonly to: NextLinkFault }
  /** No items, and a link to the same page, for as long as the fault lasts. */
  | { readonly kind: 'empty pages' }
  | {
      readonly kind: 'redirect';
      readonly status: number;
      readonly to: 'foreign' | 'http' | 'relative' | 'itself';
    }
  /** The first object of the first page of this list comes once more. */
  | { readonly kind: 'duplicate' }
  /** The last objects of the page are left out. */
  | { readonly kind: 'gap'; readonly objects: number }
  /** The object of the path is deleted just before the answer; or the one named. */
  | { readonly kind: 'vanish'; readonly id?: string }
  | { readonly kind: 'item'; readonly index: number; readonly change: ItemFault; readonly property?: string }
  /** Batches: parts are left out, or come twice. */
  | { readonly kind: 'parts'; readonly change: 'missing' | 'twice' | 'unknown id' };

/** Which requests a fault is for. Every condition given must hold. */
export type FaultMatch = {
  /** Documented path: `/servicePrincipals/{id}/owners`, or `/$batch` for the batch as a whole, `/token` for sign-in. */
  readonly label?: string | RegExp;
  /** Path and query after the version. */
  readonly url?: RegExp;
  readonly version?: Version;
  /** Only requests that continue a list (`true`), or only those that begin one. */
  readonly continued?: boolean;
  /** Only parts of batches (`true`), or only requests sent alone. */
  readonly part?: boolean;
  /** The first request that matches the rest is 1. */
  readonly nth?: number;
};

export type FaultRule = {
  readonly match: FaultMatch;
  readonly fault: Fault;
  /** How often, 1 unless given; `Infinity` for ever. */
  readonly times?: number;
};

type Faultable = {
  readonly label: string | null;
  readonly url: string;
  readonly version: Version;
  readonly part: boolean;
};

function fits(match: FaultMatch, request: Faultable): boolean {
  const { label, url, version, part, continued } = match;
  if (typeof label === 'string' && label !== request.label) return false;
  if (label instanceof RegExp && !label.test(request.label ?? '')) return false;
  if (url !== undefined && !url.test(request.url)) return false;
  if (version !== undefined && version !== request.version) return false;
  if (continued !== undefined && continued !== request.url.includes('skiptoken=')) return false;
  return part === undefined || part === request.part;
}

export type FaultScript = {
  /** The fault for a request, which is used up by it; `null` when all is well. */
  readonly take: (request: Faultable) => Fault | null;
  readonly add: (rule: FaultRule) => void;
  /** Number of faults that were used. */
  readonly used: () => number;
};

/** Plays a script of faults: each request gets the first rule that is for it and not used up. */
export function createFaultScript(rules: readonly FaultRule[]): FaultScript {
  const open = rules.map((rule) => ({ rule, seen: 0, left: rule.times ?? 1 }));
  let used = 0;
  return {
    used: () => used,
    add: (rule) => {
      open.push({ rule, seen: 0, left: rule.times ?? 1 });
    },
    take: (request) => {
      for (const entry of open) {
        if (!fits(entry.rule.match, request)) continue;
        entry.seen += 1;
        const nth = entry.rule.match.nth ?? 1;
        if (entry.left <= 0 || entry.seen < nth) continue;
        entry.left -= 1;
        used += 1;
        return entry.rule.fault;
      }
      return null;
    },
  };
}
