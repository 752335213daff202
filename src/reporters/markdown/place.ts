import type { Finding, Location } from '../../findings/finding.ts';
import { positionSuffix } from '../text.ts';
import { KIND_WORDS } from '../tenant-words.ts';
import { adminCenterLink, code } from './inline.ts';

/** `agents/a.yaml:7:3`, or the object of a tenant with the way there. */
export function placeCell(location: Location): string {
  const link = location.kind === 'tenant' ? adminCenterLink(location.portalUrl) : '';
  return `${code(`${location.uri}${positionSuffix(location.range)}`)}${link}`;
}

export function resourceCell({ kind, name }: Pick<Finding['resource'], 'kind' | 'name'>): string {
  return `${KIND_WORDS[kind][0]} ${code(name)}`;
}
