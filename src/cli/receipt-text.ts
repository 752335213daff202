import type { Collection, CollectionStatus } from '../model/collection.ts';
import { joinLines, visible } from '../reporters/escape.ts';
import { styleFor, type Style, type Tone } from '../reporters/style.ts';
import { count, wrapWords } from '../reporters/text.ts';
import type { SnapshotHeader } from '../tenant/snapshot/types.ts';
import { bytesInWords } from '../util/bytes.ts';
import { collectionInWords, listed } from './fact-words.ts';

/** What came of a collection. */
export type Receipt = {
  /** As the user named the file. */
  readonly name: string;
  readonly bytes: number;
  readonly digest: string;
  readonly header: SnapshotHeader;
};

const STATUS: { readonly [status in CollectionStatus]: readonly [text: string, tone: Tone] } = {
  complete: ['complete', 'good'],
  partial: ['partial', 'medium'],
  forbidden: ['forbidden', 'problem'],
  unlicensed: ['unlicensed', 'medium'],
  failed: ['failed', 'problem'],
  notAsked: ['not asked', 'dim'],
};
const STATUS_WIDTH = Math.max(...Object.values(STATUS).map(([text]) => text.length));

/** Kinds of objects whose numbers people know. */
const KINDS = ['blueprints', 'blueprintPrincipals', 'agentIdentities', 'agentUsers'] as const;

/** The receipt of a collection for people: what is in the file, and everything that is not. */
export function receiptText(
  receipt: Receipt,
  look: { readonly color: boolean; readonly width: number },
): string {
  const style = styleFor(look);
  const { header, name, bytes, digest } = receipt;
  const { tenant, collections, startedAt, redacted } = header;
  const called = tenant.displayName === null ? tenant.id : `${tenant.displayName} (${tenant.id})`;
  const hidden = redacted.length === 0 ? '' : `, without ${listed(redacted)}`;
  const read = collections.filter(({ status }) => status === 'complete');
  return joinLines([
    visible(`wrote ${name} (${bytesInWords(bytes)})`),
    `  ${digest}`,
    ...wrapWords(`${called}, as of ${startedAt}${hidden}`.split(' '), look.width).map(visible),
    ...wrapWords(objectsInWords(collections).split(' '), look.width),
    `  ${statusWords('complete', style)}  ${count(read.length, 'group')} of facts`,
    ...collections
      .filter(({ status }) => status !== 'complete' && status !== 'notAsked')
      .flatMap((collection) => missingLines(collection, { style, width: look.width })),
    ...leftOutLines(collections, style),
    ...wrapWords(requestsInWords(header).split(' '), look.width),
    ...basisLines(header, look.width),
  ]);
}

function objectsInWords(collections: readonly Collection[]): string {
  const counts = KINDS.flatMap((group) => {
    const list = collections.find((collection) => collection.group === group);
    return list === undefined || list.status === 'notAsked'
      ? []
      : [`${list.objects} ${collectionInWords(list)}`];
  });
  return counts.length === 0 ? 'nothing about agents was asked for' : listed(counts);
}

function statusWords(status: CollectionStatus, style: Style): string {
  const [text, tone] = STATUS[status];
  return style.paint(tone, text.padEnd(STATUS_WIDTH));
}

type Page = { readonly style: Style; readonly width: number };

function missingLines(collection: Collection, { style, width }: Page): readonly string[] {
  const { status, reason, unread, evidence, permissions } = collection;
  const code =
    evidence === null || evidence.status === null
      ? ''
      : ` (${[evidence.status, evidence.code].filter((part) => part !== null).join(' ')})`;
  const missing = status === 'partial' && unread > 0 ? `, ${unread} unread` : '';
  const needs = status === 'forbidden' ? `; needs ${listed(permissions)}` : '';
  const words = `${reason ?? 'no reason is known'}${code}${missing}${needs}`.split(' ');
  const indent = ' '.repeat(STATUS_WIDTH + 4);
  return [
    `  ${statusWords(status, style)}  ${visible(collectionInWords(collection))}`,
    ...wrapWords(words, width - indent.length).map((line) => indent + visible(line)),
  ];
}

/** What nobody needed is not worth a line; what the user chose to do without is. */
function leftOutLines(collections: readonly Collection[], style: Style): readonly string[] {
  const chosen = collections.filter(({ status, by }) => status === 'notAsked' && by === 'user');
  return chosen.length === 0
    ? []
    : [
        `  ${statusWords('notAsked', style)}  ${count(chosen.length, 'group')} of the beta of Graph (--no-beta)`,
      ];
}

function requestsInWords({ requests }: SnapshotHeader): string {
  const { requests: all, roundTrips, retries, throttled, waited } = requests;
  const again = retries === 0 ? '' : `, ${retries} sent again`;
  const seconds = Math.round(waited / 1000);
  const slow = throttled === 0 ? '' : `, throttled ${count(throttled, 'time')} (waited ${seconds} s)`;
  return `${count(all, 'request')} in ${count(roundTrips, 'round trip')}${again}${slow}`;
}

function basisLines({ basis }: SnapshotHeader, width: number): readonly string[] {
  const { kind, note } = basis;
  if (note !== null) return wrapWords(`read in full: ${note}`.split(' '), width).map(visible);
  return kind === 'delta' ? ['only what has changed was read where Graph can tell'] : [];
}
