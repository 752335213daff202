import type { InventoryBuilder } from '../lint/inventory.ts';
import { tenantResource, type TenantPlace } from '../model/tenant-resource.ts';
import { described } from './places.ts';
import type { SharedParts } from './shared-parts.ts';
import type { SnapshotSource } from './source.ts';
import { JUDGED } from './streams.ts';

/** Reads what is listed and was not described while it was judged once more, and nothing beyond the last of it. */
export async function describeOpen(
  source: Pick<SnapshotSource, 'records'>,
  inventory: InventoryBuilder,
  { place, shared }: { readonly place: TenantPlace; readonly shared: SharedParts },
): Promise<void> {
  const open = inventory.open();
  let left = open.size;
  let next = 0;
  for (const { stream, kind } of JUDGED) {
    if (left === 0) return;
    for await (const { records } of source.records(stream)) {
      for (const record of records) {
        const describe = open.get(next);
        next += 1;
        if (describe === undefined) continue;
        describe(described({ resource: tenantResource(kind, record, place, {}), id: record.id }, shared));
        left -= 1;
      }
      if (left === 0) return;
    }
  }
}
