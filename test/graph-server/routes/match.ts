import type { Route } from '../call.ts';
import { badRequest } from '../errors.ts';
import type { Version } from '../schema.ts';
import { APPLICATION_ROUTES } from './applications.ts';
import { DELTA_ROUTES } from './delta.ts';
import { PEOPLE_ROUTES } from './people.ts';
import { SERVICE_PRINCIPAL_ROUTES } from './service-principals.ts';
import { SERVICE_ROUTES } from './services.ts';

/** Every documented read, fixed segments before variable ones. */
const ROUTES: readonly Route[] = [
  ...DELTA_ROUTES,
  ...APPLICATION_ROUTES,
  ...SERVICE_PRINCIPAL_ROUTES,
  ...PEOPLE_ROUTES,
  ...SERVICE_ROUTES,
];

type Pattern = { readonly route: Route; readonly segments: readonly RegExp[] };

const VALUES: { readonly [name: string]: string } = {
  id: '[^/()$.]{1,120}',
  appId: "[^/()']{1,120}",
  cast: '[A-Za-z]+',
};

function patternOf(segment: string): RegExp {
  const escaped = segment.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^${escaped.replaceAll(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${VALUES[name] ?? ''})`)}$`,
  );
}

const PATTERNS: ReadonlyMap<number, readonly Pattern[]> = (() => {
  const byLength = new Map<number, Pattern[]>();
  for (const route of ROUTES) {
    const segments = route.template.slice(1).split('/').map(patternOf);
    byLength.set(segments.length, [...(byLength.get(segments.length) ?? []), { route, segments }]);
  }
  return byLength;
})();

export type Match = { readonly route: Route; readonly parameters: { readonly [name: string]: string } };

function matchOne({ route, segments }: Pattern, path: readonly string[]): Match | null {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const match = segment.exec(path[index] ?? '');
    if (match === null) return null;
    Object.assign(parameters, match.groups);
  }
  return { route, parameters };
}

/** The documented request that a path is; 400 for one that no page describes in that version, as Graph answers. */
export function matchRoute(path: string, version: Version): Match {
  const segments = path.split('/').slice(1);
  for (const pattern of PATTERNS.get(segments.length) ?? []) {
    if (!pattern.route.versions.includes(version)) continue;
    const match = matchOne(pattern, segments);
    if (match !== null) return match;
  }
  throw badRequest(`Resource not found for the segment '${segments.at(-1) ?? ''}'.`, 'BadRequest');
}
