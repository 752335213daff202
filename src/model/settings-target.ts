import type { JsonObject, Resource } from './resource.ts';
import { textIn } from './tenant-resource.ts';

/** What decides which settings hold for a resource. Texts are in lower case. */
export type SettingsTarget = {
  /** The file that it stands in, relative to the working directory; `null` when it is in a tenant. */
  readonly uri: string | null;
  /** `name` is what the config calls it; `null` when nobody said so. */
  readonly tenant: { readonly id: string; readonly name: string | null } | null;
  /** Its `environment`, its tags, and what follows `env:` or `environment:` in a tag. */
  readonly environments: readonly string[];
  /** Application id, object id and unique name of the blueprint that it is, that it is the principal of, or that it was made from. */
  readonly blueprints: readonly string[];
};

/** Where a resource is, as far as settings go. */
export type SettingsPlace = Pick<SettingsTarget, 'uri' | 'tenant'>;

type Named = Pick<Resource, 'kind' | 'properties'> & {
  /** Object id; `null` when it is not known. */
  readonly id: string | null;
};

const NOTHING: readonly string[] = [];

/** Nothing in particular: what holds in general. */
export const ANYTHING: SettingsTarget = {
  uri: null,
  tenant: null,
  environments: NOTHING,
  blueprints: NOTHING,
};

/** A resource as settings see it. Its texts are looked up when they are asked for: most configs never do. */
export function settingsTarget(place: SettingsPlace, resource: Named, names: BlueprintNames): SettingsTarget {
  return {
    uri: place.uri,
    tenant: place.tenant,
    get environments() {
      return environmentsOf(resource.properties);
    },
    get blueprints() {
      return names.of(resource);
    },
  };
}

const TAGGED = /^(?:env|environment)\s*[:=]\s*(.+)$/;

function environmentsOf({ environment, tags }: JsonObject): readonly string[] {
  const texts = [environment, ...(Array.isArray(tags) ? (tags as readonly unknown[]) : [])];
  return texts.flatMap((text) => {
    if (typeof text !== 'string') return [];
    const lower = text.trim().toLowerCase();
    const tagged = TAGGED.exec(lower)?.[1];
    return tagged === undefined ? [lower] : [lower, tagged];
  });
}

/** What blueprints are called, by any of their ids. */
export class BlueprintNames {
  readonly #byId = new Map<string, readonly string[]>();

  /** Takes note of a blueprint; of several that state one id the first counts. */
  add(resource: Named): void {
    if (resource.kind !== 'blueprint') return;
    const names = ownNames(resource);
    for (const id of idsOf(resource)) if (!this.#byId.has(id)) this.#byId.set(id, names);
  }

  /** What the blueprint is called that a resource has to do with. */
  of(resource: Named): readonly string[] {
    if (resource.kind === 'blueprint') return ownNames(resource);
    const id = blueprintOf(resource);
    return id === null ? NOTHING : this.called(id);
  }

  /** All that the blueprint of an id is called, as far as it is known. */
  called(id: string): readonly string[] {
    return this.#byId.get(id) ?? [id];
  }
}

/** The id of the blueprint that a principal stands for or an agent was made from; `null` when it states none. */
export function blueprintOf({ kind, properties }: Pick<Named, 'kind' | 'properties'>): string | null {
  const property = kind === 'blueprintPrincipal' ? 'appId' : MADE_FROM[kind];
  return property === undefined ? null : (textIn(properties, property)?.toLowerCase() ?? null);
}

const MADE_FROM: { readonly [kind in Resource['kind']]?: string } = {
  agentIdentity: 'agentIdentityBlueprintId',
  agenticUserTemplate: 'agentIdentityBlueprintId',
  riskyAgent: 'blueprintId',
};

function idsOf({ id, properties }: Named): readonly string[] {
  const texts = [textIn(properties, 'appId'), id, textIn(properties, 'id')];
  return [...new Set(texts.flatMap((text) => text?.toLowerCase() ?? []))];
}

function ownNames(resource: Named): readonly string[] {
  const name = textIn(resource.properties, 'uniqueName');
  return name === null ? idsOf(resource) : [...idsOf(resource), name.toLowerCase()];
}
