import { cut } from '../../util/cut.ts';
import { visible } from '../escape.ts';

/** A longer text says no more; GitHub cuts names and descriptions at 1,024 itself. */
const MOST = 1000;

/** Untrusted text for a property: nothing in it is unseen, and it ends somewhere. */
export function plain(text: string): string {
  return visible(cut(text, MOST));
}

/** Text of a rule: its line breaks are only where its source was folded. */
export function prose(text: string): string {
  return plain(text.replaceAll(/\s+/g, ' ').trim());
}

/**
 * Untrusted text in a message. `[words](target)` in a message is a link (SARIF 2.1.0, 3.11.6) and `{0}` stands for an
 * argument (3.11.5): a space keeps either from it.
 */
export function inMessage(text: string): string {
  return plain(text)
    .replaceAll('](', '] (')
    .replaceAll(/\{(?=\d+\})/g, '{ ');
}

/** The text with a full stop, unless it ends a sentence by itself. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
