import { RESOURCE_KINDS } from '../model/vocabulary.ts';
import type { InlinePlace, Waiver } from './types.ts';

/** What a waiver is about, as the waiver names it. Untrusted text. */
export function objectWords({ object, kind }: Pick<Waiver, 'object' | 'kind'>): string {
  const prefix = kind === null ? '' : `${RESOURCE_KINDS[kind].label} `;
  if (object.by !== 'file') return `${prefix}${object.by} ${object.value}`;
  const { uri, index, pointer } = object;
  const document = index === 0 ? '' : `, document ${index + 1}`;
  return `${prefix}${uri}${document}${pointer === '' ? '' : `, ${pointer}`}`;
}

/** What stands beside a suppression. Untrusted text. */
export function placeWords({ uri, covers }: Pick<InlinePlace, 'uri' | 'covers'>): string {
  if (covers.by === 'line') return covers.line === null ? uri : `${uri}, line ${covers.line}`;
  return covers.pointer === '' ? uri : `${uri}, ${covers.pointer}`;
}
