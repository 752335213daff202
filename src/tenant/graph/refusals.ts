import type { GraphError } from './graph-error.ts';
import type { ApiVersion, GraphFaultKind } from './types.ts';

/** The request that was refused. */
export type Asked = { readonly api: ApiVersion; readonly label: string };

export type Refusal = { readonly kind: GraphFaultKind; readonly message: string };

/** `syncStateNotFound`, `resyncRequired`: https://learn.microsoft.com/graph/delta-query-overview#token-duration */
const EXPIRED_CODE =
  /^(?:directory_expiredpagetoken|syncstate(?:notfound|invalid)|resync\w*|(?:delta|skip|sync)token\w*)$/i;
const UNLICENSED =
  /licen[sc]e|non-?premium|premium (?:P\d|tenant)|not (?:enabled|available|supported|onboarded|provisioned) (?:for|in|on) (?:this|your|the) (?:tenant|organi[sz]ation|cloud)/i;
/** What OData says of a path or property that the service does not know. */
const UNKNOWN_PATH = /resource not found for the segment|could not find a property named/i;

/** What an answer with a 4xx status that is final means. `null` stands for an answer that is not Graph's. */
export function refusalOf(status: number, error: GraphError | null, asked: Asked): Refusal {
  if (status === 401)
    return { kind: 'unauthorized', message: 'Graph refuses the token, and a fresh one too' };
  const code = error?.code ?? '';
  const text = error?.message ?? '';
  if (status === 410 || (status === 400 && EXPIRED_CODE.test(code)))
    return {
      kind: 'token-expired',
      message: 'The place in the list is not known any more: it has to be read from the start',
    };
  const isUnlicensed = UNLICENSED.test(code) || UNLICENSED.test(text);
  if ((status === 400 || status === 403) && isUnlicensed)
    return {
      kind: 'unlicensed',
      message: 'The tenant does not have the feature: a licence is missing, or it is off',
    };
  if (status === 403) return { kind: 'forbidden', message: 'A permission is missing' };
  if (isNotThere(status, text, asked))
    return { kind: 'unlicensed', message: 'The tenant, or its cloud, does not have the feature' };
  if (status === 404 && isOfObject(asked))
    return { kind: 'not-found', message: 'The object is not there any more' };
  const said = text === '' ? '' : `: ${text}`;
  return { kind: 'refused', message: `Graph refuses the request${said.replace(/[.\s]+$/, '')}` };
}

/** A beta collection that answers 400 or 404 is one that the tenant does not have; so is a path that OData does not know. */
function isNotThere(status: number, text: string, asked: Asked): boolean {
  if (asked.api !== 'beta' || (status !== 400 && status !== 404)) return false;
  return !isOfObject(asked) || UNKNOWN_PATH.test(text);
}

/** Whether a request is about one object: its label has a place for an id. */
function isOfObject({ label }: Asked): boolean {
  return label.includes('{');
}
