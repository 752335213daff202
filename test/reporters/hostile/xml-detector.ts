import { difference, obeyed, remembered, unseen, type Detector } from './harm.ts';

/** As much of XML as a report needs: no document type, no comment, no instruction but the first line. */
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const TOKEN =
  /<(?<close>\/)?(?<name>[\w:.-]+)(?<attributes>(?:\s+[\w:.-]+="[^"<]*")*)\s*(?<empty>\/)?>|<!\[CDATA\[(?<data>[\s\S]*?)\]\]>|(?<text>[^<]+)/gy;
const ATTRIBUTE = /([\w:.-]+)="([^"<]*)"/g;
const REFERENCE = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/;
/** https://www.w3.org/TR/xml/#charsets */
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Well-formed, with the elements and attributes that it should have. */
export const inXml: Detector = (output, twin) => {
  if (NO_CHARACTER.test(output)) return 'a character that XML cannot have';
  const shape = shapeOf(output);
  return typeof shape === 'string'
    ? shape
    : (obeyed(output) ?? unseen(output) ?? difference(shape, shapeOfTwin(twin) as readonly string[]));
};

const shapeOfTwin = remembered(shapeOf);

/** Elements with their attributes, in order; a sentence when the text is not well-formed. */
function shapeOf(xml: string): readonly string[] | string {
  if (!xml.startsWith(DECLARATION)) return 'no declaration';
  const shape: string[] = [];
  const open: string[] = [];
  TOKEN.lastIndex = DECLARATION.length;
  let at = DECLARATION.length;
  for (const token of xml.matchAll(TOKEN)) {
    if (token.index !== at) break;
    at += token[0].length;
    const { close, name = '', attributes = '', empty, text } = token.groups ?? {};
    if (REFERENCE.test(text ?? attributes)) return `an entity in ${JSON.stringify(token[0])}`;
    if (text?.includes(']]>')) return '"]]>" in a text';
    if (name === '') continue;
    if (close === undefined) {
      shape.push(`${open.join('/')}/${name} ${attributesOf(attributes)}`);
      if (empty === undefined) open.push(name);
    } else if (open.pop() !== name) return `</${name}> closes something else`;
  }
  if (at !== xml.length) return `not well-formed at ${JSON.stringify(xml.slice(at, at + 80))}`;
  return open.length > 0 ? `<${open.join('> <')}> is open` : shape;
}

function attributesOf(text: string): string {
  const attributes = [...text.matchAll(ATTRIBUTE)].map(([, name = '']) => name);
  return attributes.join(' ');
}
