import { ANSWER, inMebibytes } from './limits.ts';

const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Looks at JSON text before it is parsed, in one pass and without memory of its own.
 * @throws {RangeError} when parsing it could take more than a thread may have
 */
export function checkAnswer(json: Uint8Array): void {
  if (json.length > ANSWER.bytes)
    throw new RangeError(`it gave an answer of more than ${inMebibytes(ANSWER.bytes)}`);
  let values = 0;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    switch (byte) {
      case QUOTE:
        at = endOfText(json, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        values += 1;
        depth += 1;
        if (depth > ANSWER.depth)
          throw new RangeError(`it gave an answer of more than ${ANSWER.depth} levels`);
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth -= 1;
        break;
      case COMMA:
      case COLON:
        values += 1;
        break;
      default:
    }
    if (values > ANSWER.values)
      throw new RangeError(`it gave an answer of more than ${ANSWER.values} values`);
  }
}

/** The place of the quotation mark that ends the text that begins at `start`. */
function endOfText(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}
