import { ResourceListing } from '../findings/inventory.ts';
import type { Report, ReportedPrincipal, ReportedResource } from '../findings/report.ts';
import type { Families } from '../model/families.ts';
import type { EffectivePermission } from '../model/permissions.ts';
import { hasRelationship } from '../model/principals.ts';
import type { PolicyError } from '../policy/policy-error.ts';
import type { RuleOutcome } from '../policy/types.ts';
import { AskedPool, CheckTable, type Asked } from './checks.ts';
import type { SourcedRule } from './policies.ts';

/** The part of a report that tells which resources were judged. */
export type Inventory = Pick<Report, 'resources' | 'unlisted' | 'checks'>;

/** A resource that was given to the policies, and what came of it. */
export type InventoryEntry = {
  readonly asked: Asked;
  readonly hasFindings: boolean;
  /** Why no rule could judge it. */
  readonly fault: PolicyError | null;
  /** Application id of the blueprint that an agent identity was made from; `null` for other kinds. */
  readonly madeFrom: string | null;
  /** Whether it is another place that tells of an agent identity which was there before. */
  readonly isAgain: boolean;
  /** Asked only when it is listed; `null` when it is described later. */
  readonly describe: (() => Description) | null;
};

/** What is told of a resource by itself. */
export type Description = Pick<
  ReportedResource,
  'ref' | 'name' | 'id' | 'appId' | 'location' | 'portalUrl'
> & {
  readonly sponsors: readonly ReportedPrincipal[];
  readonly owners: readonly ReportedPrincipal[];
  /** Granted to it. */
  readonly permissions: readonly EffectivePermission[];
};

/** A row; what only the end of the run tells is set then. */
type Row = Omit<ReportedResource, 'agents' | 'checks'> & {
  agents: ReportedResource['agents'];
  checks: ReportedResource['checks'];
};

/** A resource that is listed. */
type Slot = {
  readonly asked: Asked;
  readonly madeFrom: string | null;
  readonly broken: string | null;
  row: Row | null;
};

/** Gathers the resources of a run, in its order, and holds no more of them than are listed. */
export class InventoryBuilder {
  readonly #families: Families;
  readonly #listing = new ResourceListing<Slot>();
  /** How many agent identities were judged, by the application id of their blueprint. */
  readonly #agents = new Map<string, number>();
  readonly #asked = new AskedPool();

  constructor(families: Families) {
    this.#families = families;
  }

  add({ asked, hasFindings, fault, madeFrom, isAgain, describe }: InventoryEntry): void {
    if (madeFrom !== null && fault === null && !isAgain)
      this.#agents.set(madeFrom, (this.#agents.get(madeFrom) ?? 0) + 1);
    const isWanted = asked.kind === 'blueprint' || fault !== null;
    this.#listing.add(hasFindings ? 'found' : isWanted ? 'wanted' : 'other', () => {
      const slot: Slot = {
        asked: this.#asked.shared(asked),
        madeFrom,
        broken: fault?.message ?? null,
        row: null,
      };
      if (describe !== null) slot.row = this.#rowOf(slot, describe());
      return slot;
    });
  }

  /** What is listed and has yet to be described, by its place in the run: a function for each that takes it. */
  open(): ReadonlyMap<number, (description: Description) => void> {
    const { listed } = this.#listing.result();
    const open = listed.filter(({ row: slot }) => slot.row === null);
    return new Map(
      open.map(({ place, row: slot }) => [
        place,
        (description) => {
          slot.row = this.#rowOf(slot, description);
        },
      ]),
    );
  }

  /**
   * What is listed, as far as it is described. Asked once, at the end.
   * @param rules in the order of their ids
   */
  result(rules: readonly SourcedRule[], outcomes: readonly RuleOutcome[]): Inventory {
    const { listed, unlisted } = this.#listing.result();
    const table = new CheckTable(rules, outcomes);
    const resources = listed.flatMap(({ row: { row, asked } }) => {
      if (row === null) return [];
      // Set, as copies of thousands of objects take several times the memory.
      if (row.kind === 'blueprint') row.agents = this.#agents.get(row.appId ?? '') ?? 0;
      row.checks = table.placeOf(asked);
      return [row];
    });
    return { resources, unlisted: unlisted + listed.length - resources.length, checks: table.checks };
  }

  #rowOf({ asked, madeFrom, broken }: Slot, description: Description): Row {
    const { ref, name, id, appId, location, portalUrl, sponsors, owners, permissions } = description;
    const { kind, unknown } = asked;
    const family = this.#families.get(madeFrom ?? '');
    const head = kind === 'blueprint' ? this.#families.get(appId ?? '') : undefined;
    const isTold = (relationship: 'sponsors' | 'owners') =>
      hasRelationship(kind, relationship) && unknown[relationship] === undefined;
    return {
      ref,
      kind,
      name,
      id,
      appId,
      location,
      portalUrl,
      blueprint: family === undefined ? null : { ref: family.ref, name: family.name },
      sponsors: isTold('sponsors') ? sponsors : null,
      owners: isTold('owners') ? owners : null,
      permissions: [...permissions, ...(family?.inherited ?? [])],
      passesOn: head?.inherited ?? [],
      agents: null,
      checks: 0,
      broken,
    };
  }
}
