import type { EffectiveSettings } from '../config/config.ts';
import { ANYTHING, settingsTarget, type BlueprintNames } from '../model/settings-target.ts';
import type { TenantRecord } from '../model/tenant-resource.ts';
import type { ResourceKind } from '../model/vocabulary.ts';
import type { OptionsBySettings } from '../policy/data.ts';
import type { ScannedTenant, ScanRequest } from './request.ts';
import type { SnapshotSource } from './source.ts';
import { JUDGED } from './streams.ts';

/** Settings that some objects of a tenant have. */
type SettingsLayer = {
  /** What the policies know them by. */
  readonly key: string;
  readonly effective: EffectiveSettings;
  /** Ids of the rules that are off, the same set for all objects with these settings. */
  readonly off: ReadonlySet<string>;
};

/** What holds for the objects of a tenant. */
export type TenantSettings = {
  readonly of: (kind: ResourceKind, record: Pick<TenantRecord, 'id' | 'properties'>) => SettingsLayer;
  /** Options under every settings that an object of the tenant has. */
  readonly options: OptionsBySettings;
  /** Ids of the rules that are off for whatever object the tenant may have. */
  readonly offEverywhere: ReadonlySet<string>;
};

type SettingsRequest = Pick<ScanRequest, 'settingsFor' | 'offEverywhere'>;

/**
 * What holds for the objects of a snapshot. Where it differs from object to object, all of them are read for it, as policies
 * are told all options before they judge the first one; nothing of them is kept.
 */
export async function readSettings(
  source: Pick<SnapshotSource, 'records'>,
  request: SettingsRequest,
  { tenant, names }: { readonly tenant: ScannedTenant; readonly names: BlueprintNames },
): Promise<TenantSettings> {
  const layers = new Map<string, SettingsLayer>();
  const layerOf = (effective: EffectiveSettings): SettingsLayer => {
    const known = layers.get(effective.key);
    if (known !== undefined) return known;
    const key = layers.size === 0 ? 'tenant' : `tenant ${layers.size}`;
    const layer = { key, effective, off: rulesOff(effective) };
    layers.set(effective.key, layer);
    return layer;
  };
  const place = { uri: null, tenant };
  const general = generalSettings(request, tenant);
  const usual = layerOf(general.effective);
  const of: TenantSettings['of'] = general.isForAll
    ? () => usual
    : (kind, { id, properties }) =>
        layerOf(request.settingsFor(settingsTarget(place, { kind, properties, id }, names)));
  if (!general.isForAll)
    for (const { stream, kind } of JUDGED)
      for await (const { records } of source.records(stream)) for (const record of records) of(kind, record);
  return {
    of,
    options: Object.fromEntries(
      [...layers.values()].map(({ key, effective }) => [key, optionsOf(effective)]),
    ),
    offEverywhere: request.offEverywhere?.(tenant) ?? usual.off,
  };
}

/** What holds where nothing is known of an object, and whether it holds for all: then nothing of the object was looked at. */
function generalSettings(
  { settingsFor }: SettingsRequest,
  tenant: ScannedTenant,
): { readonly effective: EffectiveSettings; readonly isForAll: boolean } {
  let isForAll = true;
  const looked = (): readonly string[] => {
    isForAll = false;
    return [];
  };
  const effective = settingsFor({
    ...ANYTHING,
    tenant,
    get environments() {
      return looked();
    },
    get blueprints() {
      return looked();
    },
  });
  return { effective, isForAll };
}

function rulesOff({ rules }: EffectiveSettings): ReadonlySet<string> {
  return new Set(Object.keys(rules).filter((id) => rules[id]?.severity === 'off'));
}

function optionsOf({ rules }: EffectiveSettings): OptionsBySettings[string] {
  return Object.fromEntries(Object.entries(rules).map(([id, { options }]) => [id, options]));
}
