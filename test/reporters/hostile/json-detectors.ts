import { obeyed, remembered, unseen, type Detector } from './harm.ts';
import { segmentsOf, textsInPlace } from './template.ts';
import { hasMark } from './twins.ts';

const parsed = remembered((text): unknown => JSON.parse(text));

/** One JSON text. */
export const inJson: Detector = (output, twin, options) =>
  dangerIn(output) ?? (isSameTemplate(output, twin) ? null : compared([output], [twin], options));

/** One JSON text a line. */
export const inNdjson: Detector = (output, twin, options) =>
  dangerIn(output) ??
  (isSameTemplate(output, twin) ? null : compared(linesOf(output), linesOf(twin), options));

/** What is alive in the log of a runner, or on a screen. */
function dangerIn(output: string): string | null {
  return obeyed(output) ?? unseen(output);
}

/** What the inside of a string is made of. */
const INERT = /^(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*$/;

/**
 * Whether an output is its twin with other contents of the strings that are values. Names are for the parser: two may be
 * the same.
 */
function isSameTemplate(output: string, twin: string): boolean {
  const segments = segmentsOf(twin);
  if (hasMarkInName(twin)) return false;
  const texts = textsInPlace(output, segments);
  return texts !== null && texts.every((text) => INERT.test(text));
}

const hasMarkInName = remembered((twin) =>
  segmentsOf(twin)
    .slice(1)
    .some((segment) => /^[^"]*"\s*:/.test(segment)),
);

/**
 * What SARIF may go without: a snippet that is too long, the root that a file elsewhere is not relative to, the short name
 * of a rule whose id has no letters, the domain of one whose id has none.
 */
const OPTIONAL: ReadonlySet<string> = new Set(['snippet', 'contextRegion', 'uriBaseId', 'name', 'tags']);

/** SARIF, where places are references to files. */
export const inSarif: Detector = (output, twin, options) => {
  const danger = dangerIn(output);
  if (danger !== null) return danger;
  const isTemplate = isSameTemplate(output, twin);
  if (isTemplate && hasPlainPlaces(twin)) return null;
  const odd = placesIn(JSON.parse(output)).find((place) => !isRelativeReference(place));
  if (odd !== undefined) return `${JSON.stringify(odd)} is no relative reference`;
  return isTemplate ? null : compared([output], [twin], options, OPTIONAL);
};

/** Whether each address of a file is a relative reference without a text from outside. */
const hasPlainPlaces = remembered((twin) =>
  placesIn(parsed(twin)).every((place) => !hasMark(place) && isRelativeReference(place)),
);

function compared(
  outputs: readonly string[],
  twins: readonly string[],
  { isAddress }: { readonly isAddress: boolean },
  optional: ReadonlySet<string> = new Set(),
): string | null {
  if (outputs.length !== twins.length) return `${outputs.length} lines in place of ${twins.length}`;
  if (isAddress) return null;
  for (const [index, output] of outputs.entries()) {
    const harm = otherShape(JSON.parse(output), parsed(twins[index] ?? ''), '$', optional);
    if (harm !== null) return harm;
  }
  return null;
}

function linesOf(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}

/** Where two values differ but in their strings, and in the names in `args`, which are not ours; `null` for nowhere. */
function otherShape(
  value: unknown,
  twin: unknown,
  path: string,
  optional: ReadonlySet<string>,
): string | null {
  if (typeof value !== typeof twin || Array.isArray(value) !== Array.isArray(twin))
    return `${path} is of another kind`;
  if (typeof value !== 'object' || value === null || typeof twin !== 'object' || twin === null)
    return (value === null) === (twin === null) ? null : `${path} is of another kind`;
  const [names, others] = [value, twin].map((object) =>
    Object.keys(object).filter((name) => !optional.has(name)),
  );
  if (names?.length !== others?.length)
    return `${path} has ${names?.length} entries in place of ${others?.length}`;
  for (const [index, name] of (names ?? []).entries()) {
    const other = others?.[index] ?? '';
    if (name !== other && !path.endsWith('.args')) return `${path}.${name} in place of ${other}`;
    const harm = otherShape(entryOf(value, name), entryOf(twin, other), `${path}.${name}`, optional);
    if (harm !== null) return harm;
  }
  return null;
}

function entryOf(object: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(object, name)?.value;
}

/** Every address of a file. */
function placesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(placesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]: [string, unknown]) => {
    const uri = key === 'artifactLocation' ? entryOf(Object(entry) as object, 'uri') : undefined;
    return typeof uri === 'string' ? [uri] : placesIn(entry);
  });
}

/** RFC 3986, section 4.2: no scheme, no host, no root, nothing that is not encoded. */
function isRelativeReference(uri: string): boolean {
  const isPath = /^(?:[\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/.test(uri) && !uri.startsWith('/');
  return isPath && URL.canParse(uri, 'https://root.example/') && isDecodable(uri);
}

function isDecodable(uri: string): boolean {
  try {
    return decodeURIComponent(uri).length > 0;
  } catch {
    return false;
  }
}
