import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import type { WrittenWaiver } from '../suppressions/waiver.ts';

type Found = Pick<Finding, 'resource' | 'location'>;

/**
 * How a waiver names the resource of a finding: by the most stable name that it states, which its `ref` has, else by its
 * file. `inRoot` gives a path relative to the folder that waivers name files from.
 */
export function waivedObject(
  { resource: { ref, kind }, location }: Found,
  { resources }: Pick<Report, 'resources'>,
  inRoot: (uri: string) => string,
): WrittenWaiver['object'] {
  const name = ref.slice(kind.length + 1);
  const stated = resources.find((resource) => resource.ref === ref);
  if (stated?.appId?.toLowerCase() === name) return { appId: name };
  if (stated?.id?.toLowerCase() === name) return { id: name };
  const place = location.kind === 'file' ? placeIn(name, location.uri) : null;
  if (place === null) return { uniqueName: name };
  const { document, pointer } = place;
  return {
    file: inRoot(location.uri),
    ...(document === 1 ? {} : { document }),
    ...(pointer === '' ? {} : { pointer }),
  };
}

/** Where a resource without a name stands: `agents/a.yaml[1]#/pointer`, with the document counted from 0. */
function placeIn(name: string, uri: string): { readonly document: number; readonly pointer: string } | null {
  if (!name.startsWith(uri)) return null;
  const match = /^(?:\[(\d+)\])?#(.*)$/.exec(name.slice(uri.length));
  return match === null ? null : { document: Number(match[1] ?? 0) + 1, pointer: match[2] ?? '' };
}
