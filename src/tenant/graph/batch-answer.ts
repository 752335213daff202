import { isObject } from '../../util/is-object.ts';

/** The part of a batch's answer with an id. */
export type PartReply = {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: unknown;
};

/** What a batch's answer holds for each id that was asked for: one answer, none, or several that cannot all be right. */
export type PartReplies = ReadonlyMap<string, PartReply | 'missing' | 'twice' | 'broken'>;

/**
 * Sorts the parts of an answer by id; they come in any order. Ids that nobody asked for are left out.
 * `null` when it is no answer to a batch. https://learn.microsoft.com/graph/json-batching#response-format
 */
export function partReplies(value: unknown, ids: readonly string[]): PartReplies | null {
  if (!isObject(value) || !Array.isArray(value['responses'])) return null;
  const replies = new Map<string, PartReply | 'missing' | 'twice' | 'broken'>(
    ids.map((id) => [id, 'missing']),
  );
  for (const response of value['responses'] as readonly unknown[]) {
    const id = isObject(response) ? response['id'] : null;
    if (!isObject(response) || typeof id !== 'string' || !replies.has(id)) continue;
    replies.set(id, replies.get(id) === 'missing' ? replyOf(response) : 'twice');
  }
  return replies;
}

function replyOf({ status, headers, body }: Record<string, unknown>): PartReply | 'broken' {
  if (typeof status !== 'number' || !Number.isInteger(status)) return 'broken';
  const entries = isObject(headers) ? Object.entries(headers) : [];
  const texts = entries.flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' ? [[name.toLowerCase(), String(value)]] : [],
  );
  return { status, headers: new Map(texts), body };
}
