import { isSecretName } from '../util/secret-name.ts';
import { looksSecret } from '../util/secret-text.ts';
import { keyOf, nodeAfter, type RangeTape } from './range-tape.ts';

const KEY_CREDENTIALS = 'keycredentials';

/** The nodes whose values nobody should see: what stands under a name for secrets, and text that is one by its looks. */
export function secretNodes(tape: RangeTape, data: unknown): readonly number[] {
  const found: number[] = [];
  collect({ tape, found }, 0, data, false);
  return found;
}

type Search = { readonly tape: RangeTape; readonly found: number[] };

/** Documents are at most `MAX_DEPTH` deep. */
function collect(search: Search, node: number, value: unknown, inKeyCredentials: boolean): void {
  if (typeof value === 'string') {
    if (looksSecret(value)) search.found.push(node);
    return;
  }
  if (!isContainer(value)) return;
  const { tape } = search;
  let place = 0;
  for (let child = node + 1; child < nodeAfter(tape, node); child = nodeAfter(tape, child)) {
    if (Array.isArray(value)) collect(search, child, value[place], inKeyCredentials);
    else collectMember(search, child, memberOf(value, keyOf(tape, child)), inKeyCredentials);
    place += 1;
  }
}

function collectMember(search: Search, node: number, value: unknown, inKeyCredentials: boolean): void {
  const key = keyOf(search.tape, node);
  const name = key.toLowerCase();
  // `key` alone is the name of a secret only beside a certificate.
  const isSecret = isSecretName(key) || (inKeyCredentials && name === 'key');
  if (isSecret && value !== null && typeof value !== 'boolean') search.found.push(node);
  else collect(search, node, value, name === KEY_CREDENTIALS);
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function memberOf(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}
