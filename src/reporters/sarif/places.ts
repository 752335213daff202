import type { Range } from '../../documents/range.ts';
import type { FileLocation, Finding, Location, SourceLine } from '../../findings/finding.ts';
import { visible } from '../escape.ts';
import { fileUri, tenantUri } from './uri.ts';
import { plain } from './words.ts';

/** A longer line of source helps nobody. */
const MOST_SNIPPET = 1000;

/** What is outside of the repository is not relative to its root. */
function srcRoot(uri: string): object {
  return uri.startsWith('../') ? {} : { uriBaseId: '%SRCROOT%' };
}

/** Gives SARIF locations; files are seen from the root of the repository. */
export function placer(base: string) {
  const ofFile = (uri: string, range: Range | null, snippet: readonly SourceLine[] = []): object => {
    const relative = fileUri(base, uri);
    return {
      artifactLocation: { uri: relative, ...srcRoot(relative) },
      ...(range === null ? {} : regions(range, snippet)),
    };
  };
  const physical = (location: Location): object =>
    location.kind === 'file'
      ? ofFile(location.uri, location.range, location.snippet)
      : {
          artifactLocation: {
            uri: tenantUri(location.tenantId, location.uri),
            uriBaseId: '%SRCROOT%',
            description: { text: `Object ${plain(location.uri)} of tenant ${plain(location.tenantId)}.` },
          },
        };
  return { ofFile, physical };
}

export type Placer = ReturnType<typeof placer>;

/** The place of a finding in words: the resource, and where in it. */
export function logicalLocations({ resource, location }: Finding): readonly object[] {
  const name = plain(resource.ref);
  const whole = { name: plain(resource.name), fullyQualifiedName: name, kind: 'resource' };
  return location.pointer === ''
    ? [whole]
    : [whole, { fullyQualifiedName: `${name}#${plain(location.pointer)}`, kind: 'member' }];
}

/** The first related place in a file: where a finding about an object of a tenant is best shown. */
export function anchorOf({ location, related }: Finding): FileLocation | null {
  if (location.kind === 'file') return location;
  return related.map((each) => each.location).find((each) => each.kind === 'file') ?? null;
}

/** The exact region, with its text and its lines when all of them are known. */
function regions({ start, end }: Range, snippet: readonly SourceLine[]): object {
  const region = {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
  const lines = snippet.map(({ text }) => text);
  const whole = snippet[0]?.number === start.line && snippet.at(-1)?.number === end.line;
  const isLong = snippet.some(({ text, cut }) => cut !== undefined || text.length > MOST_SNIPPET);
  if (!whole || isLong) return { region };
  const context = lines.map(visible).join('\n');
  const text = cutOut(lines, start.column - 1, end.column - 1)
    .map(visible)
    .join('\n');
  return {
    region: { ...region, snippet: { text } },
    // A context has to be larger than its region (SARIF 2.1.0, 3.29.5).
    ...(text === context
      ? {}
      : { contextRegion: { startLine: start.line, endLine: end.line, snippet: { text: context } } }),
  };
}

function cutOut(lines: readonly string[], from: number, to: number): readonly string[] {
  return lines.map((line, index) =>
    line.slice(index === 0 ? from : 0, index === lines.length - 1 ? to : undefined),
  );
}
