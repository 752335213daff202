/** What nobody sees or what moves what is seen, but line breaks and tabs; and characters that are alone. */
const UNSEEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]/;

/**
 * Holds for every format: well-formed, ends with a line break, hides nothing.
 * @param {string} text
 * @returns {readonly string[]}
 */
export function textFaults(text) {
  const hidden = text.split('\n').findIndex((line) => UNSEEN.test(line));
  return [
    ...(text.endsWith('\n') ? [] : ['does not end with a line break']),
    ...(hidden === -1 ? [] : [`line ${hidden + 1} has a character that nobody sees`]),
  ];
}
