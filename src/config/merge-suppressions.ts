import { dirname, resolve } from 'node:path';
import { toPointer, type Path } from '../documents/pointer.ts';
import type { Config, ExemptPrincipal, ValueSource } from './config.ts';
import { placeIn, type ConfigFile } from './file.ts';

/** What earlier layers say. */
type Draft = {
  waivers: Config['waivers'];
  baseline: Config['baseline'];
  exemptPrincipals: Config['exemptPrincipals'];
  readonly sources: Map<string, ValueSource>;
};

/** Lays what a file says about findings that do not count over what is there: exempt principals are added, all else replaced. */
export function addSuppressions(draft: Draft, file: ConfigFile): void {
  const { waivers, baseline, exemptPrincipals } = file.config;
  const folder = dirname(file.path);
  const note = (target: Path, path: Path = target): void => {
    draft.sources.set(toPointer(target), placeIn(file, path));
  };
  if (waivers !== undefined) {
    const { file: name, ...settings } = waivers;
    const named = name === undefined ? {} : { file: name === null ? null : resolve(folder, name) };
    draft.waivers = { ...draft.waivers, ...settings, ...named };
    for (const key of Object.keys(waivers)) note(['waivers', key]);
  }
  if (baseline !== undefined) {
    draft.baseline = baseline === null ? null : resolve(folder, baseline);
    note(['baseline']);
  }
  for (const [place, { id, reason }] of (exemptPrincipals ?? []).entries()) {
    const range = file.document.locate([...file.at, 'exemptPrincipals', place]).range;
    const entry: ExemptPrincipal = {
      id: id.toLowerCase(),
      reason,
      location: { uri: file.document.uri, range },
    };
    const earlier = draft.exemptPrincipals.findIndex((one) => one.id === entry.id);
    // The nearer file gives the reason of a principal that an extended file exempts as well.
    const target = earlier === -1 ? draft.exemptPrincipals.length : earlier;
    draft.exemptPrincipals = draft.exemptPrincipals.toSpliced(target, 1, entry);
    for (const key of ['id', 'reason'])
      note(['exemptPrincipals', target, key], ['exemptPrincipals', place, key]);
  }
}
