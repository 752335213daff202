import type { Facts } from '../model/facts.ts';
import { settingsTarget, type SettingsTarget } from '../model/settings-target.ts';
import { textIn } from '../model/tenant-resource.ts';
import type { Prepared } from '../lint/subjects.ts';

/** A resource of a run as settings see it. */
export function targetOf(
  { kind, properties, origin }: Pick<Facts, 'kind' | 'properties' | 'origin'>,
  { names }: Pick<Prepared, 'names'>,
): SettingsTarget {
  return settingsTarget(
    { uri: origin.uri, tenant: null },
    { kind, properties, id: textIn(properties, 'id') },
    names,
  );
}
