import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { isHarmlessAddress, remembered, unseen, type Detector } from './harm.ts';
import { segmentsOf, textsInPlace } from './template.ts';
import { hasMark } from './twins.ts';

type Node = DefaultTreeAdapterTypes.Node;

/** An element, or a text or an attribute with its value. */
type Part = { readonly shape: string; readonly value: string };

const FOLLOWED = /^(?:href|src|srcset|action|formaction|data|poster|xlink:href|cite|background)$/;
const CODE = /^(?:style|srcdoc|on.*)$/;

/** The elements, attributes and texts that a page should have; from outside come texts and values of attributes only. */
export const inHtml: Detector = (output, twin, { isAddress, isProse }) => {
  if (isSameTemplate(output, twin)) return null;
  const elided = isAddress ? LINK : isProse ? PROSE : NOTHING;
  const [own, other] = [withoutOurs(output, twin), withoutOurs(twin, twin)];
  const parts = partsOf(own, elided);
  const others = elided === NOTHING ? partsOfTwin(other) : partsOf(other, elided);
  for (const [index, part] of parts.entries()) {
    const meant = others[index];
    if (part.shape !== meant?.shape)
      return `${part.shape} ${JSON.stringify(part.value.slice(0, 80))} in place of ${meant?.shape ?? 'nothing'}`;
    const harm = part.value === meant.value ? null : harmOf(part, meant.value);
    if (harm !== null) return harm;
  }
  return parts.length < others.length ? 'something is missing' : null;
};

/** What text may be made of between tags and in double quotes: no delimiter of HTML. */
const INERT = /^(?:[^<>"'&]|&(?:amp|lt|gt|quot|#39);)*$/;

/**
 * Whether a page is its twin with inert texts in place of the harmless ones, wherever those stand. Then it needs no
 * parsing.
 */
function isSameTemplate(output: string, twin: string): boolean {
  if (!isMarkInert(twin)) return false;
  const segments = segmentsOf(twin);
  const texts = textsInPlace(output, segments) ?? [];
  const all = texts.join('\n');
  return (
    texts.length > 0 &&
    INERT.test(all) &&
    unseen(all) === null &&
    texts.every((text, index) => !isInFragment(segments[index] ?? '') || /^[\w/-]*$/.test(text))
  );
}

function isInFragment(before: string): boolean {
  return before.startsWith('"#', before.lastIndexOf('"'));
}

const BLOCK = /<(style|script)\b[\s\S]*?<\/\1>/g;
const TAG = /<\/?[a-z][\w-]*(?:\s+[\w:-]+(?:="[^"<>]*")?)*\s*\/?>/gi;
const ATTRIBUTE = /\s(?<name>[\w:-]+)="(?<value>[^"<>]*)"/g;

/**
 * Whether harmless texts stand in texts and quoted attributes only, in none that is a program, a style or followed. What
 * is not as plain as this asks is left to the parser.
 */
const isMarkInert = remembered((twin) => {
  const isKept = (part: string): string => (hasMark(part) ? '<' : '');
  // What begins with a number sign leads nowhere else, whatever follows.
  const isPlain = (name: string, value: string): boolean =>
    !CODE.test(name) && (!FOLLOWED.test(name) || value.startsWith('#'));
  const markup = twin.replace(/^<!doctype html>/i, '').replaceAll(BLOCK, isKept);
  const texts = markup.replaceAll(TAG, (tag) =>
    hasMark(tag)
      ? isKept(
          tag.replaceAll(ATTRIBUTE, (whole, name: string, value: string) =>
            isPlain(name, value) ? '' : whole,
          ),
        )
      : '',
  );
  return !texts.includes('<');
});

const partsOfTwin = remembered((html) => partsOf(html, NOTHING));

/** Whether what stands there is a program or a style. */
function isRun(shape: string): boolean {
  return CODE.test(shape.slice(shape.lastIndexOf(' ') + 1)) || /\/(?:script|style) #text$/.test(shape);
}

/** The page without our style sheet and script where they are as they should be: they are most of a small page. */
function withoutOurs(html: string, twin: string): string {
  return (twin.match(BLOCK) ?? []).reduce((rest, block) => rest.replace(block, () => ''), html);
}

function harmOf({ shape, value }: Part, twin: string): string | null {
  const name = shape.slice(shape.lastIndexOf(' ') + 1);
  if (!hasMark(twin) && !shape.endsWith('#text')) return `${shape} is ${JSON.stringify(value)}`;
  if (isRun(shape)) return `${shape} has a text from outside`;
  if (FOLLOWED.test(name) && !isHarmlessAddress(value)) return `${shape} leads to ${JSON.stringify(value)}`;
  return unseen(value);
}

/** Attributes that our links have. */
const OURS: ReadonlySet<string> = new Set(['rel=noreferrer noopener']);
const NOTHING: ReadonlySet<string> = new Set();
/** Not every text is an address: links, and what they lead to, are looked at by themselves. */
const LINK: ReadonlySet<string> = new Set(['a']);
/** How a page shows prose. */
const PROSE: ReadonlySet<string> = new Set(['p', 'code']);

/** The parts of a page, but for some elements whose contents then stand where they stand. */
function partsOf(html: string, elided: ReadonlySet<string>): readonly Part[] {
  const parts: Part[] = [];
  const add = (shape: string, value: string): void => {
    const last = parts.at(-1);
    const isSameText = shape.endsWith(' #text') && last?.shape === shape;
    if (isSameText) parts[parts.length - 1] = { shape, value: last.value + value };
    else parts.push({ shape, value });
  };
  const walk = (node: Node, path: string): void => {
    if (node.nodeName === '#text' && 'value' in node) {
      add(`${path} #text`, node.value);
      return;
    }
    const isElided = elided.has(node.nodeName);
    const here = isElided ? path : `${path}/${node.nodeName}`.slice(-120);
    if (!isElided) add(here, 'data' in node ? node.data : '');
    for (const { name, value } of 'attrs' in node ? node.attrs : []) {
      const isFine = isElided && name === 'href' && isHarmlessAddress(value);
      // An element that may be left out has no other attribute that a text could have brought along.
      if (!isElided || !(isFine || OURS.has(`${name}=${value}`))) add(`${here} ${name}`, value);
    }
    for (const child of 'childNodes' in node ? node.childNodes : []) walk(child, here);
  };
  walk(parse(html), '');
  return parts;
}
