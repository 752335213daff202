import type { Asked } from '../lint/checks.ts';
import { applicationIdOf, textIn } from '../model/tenant-resource.ts';
import type { NamedResource, ResourceIdentity, SuppressionSources } from '../suppressions/types.ts';
import type { ScannedResource } from './places.ts';

type Kept = Omit<NamedResource, 'wasJudgedBy'> & { readonly asked: Asked; readonly isBroken: boolean };

/** Keeps of a tenant who the resources are that a waiver or a baseline names, and nothing of the others. */
export class NamedInTenant {
  readonly #refs: ReadonlySet<string>;
  readonly #names = {
    id: new Set<string>(),
    appId: new Set<string>(),
    uniqueName: new Set<string>(),
  } as const satisfies { readonly [by in keyof ResourceIdentity]: unknown };
  readonly #kept = new Map<number, Kept>();

  constructor({ waivers, baseline }: Pick<SuppressionSources, 'waivers' | 'baseline'>) {
    this.#refs = new Set([...(baseline?.entries.values() ?? [])].map(({ resource }) => resource));
    for (const { object } of waivers?.entries ?? [])
      if (object.by !== 'file') this.#names[object.by].add(object.value);
  }

  take(
    index: number,
    { resource, id, settings }: ScannedResource,
    { asked, isBroken }: Pick<Kept, 'asked' | 'isBroken'>,
  ): void {
    const { ref, kind, properties } = resource;
    const identity = {
      id,
      appId: applicationIdOf(kind, { id, properties }),
      uniqueName: textIn(properties, 'uniqueName'),
    };
    if (!this.#refs.has(ref) && !this.#isNamed(identity)) return;
    this.#kept.set(index, {
      ref,
      kind,
      identity,
      place: null,
      settings: settings.effective,
      asked,
      isBroken,
    });
  }

  /** They by their places in the run. */
  resources(wasJudged: (asked: Asked, rule: string) => boolean): ReadonlyMap<number, NamedResource> {
    const named = new Map<number, NamedResource>();
    for (const [index, { asked, isBroken, ...resource }] of this.#kept)
      named.set(index, { ...resource, wasJudgedBy: (rule) => !isBroken && wasJudged(asked, rule) });
    return named;
  }

  #isNamed(identity: ResourceIdentity): boolean {
    return (['id', 'appId', 'uniqueName'] as const).some((by) => {
      const name = identity[by];
      return name !== null && this.#names[by].has(name);
    });
  }
}
