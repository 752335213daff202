import type { NamedResource, WaivedObject, Waiver, WaiversFile } from './types.ts';

/** Finds the waivers of a resource by any way in which they name it. */
export class WaiverIndex {
  readonly #byObject = new Map<string, Waiver[]>();

  constructor(file: WaiversFile | null) {
    for (const waiver of file?.entries ?? []) {
      const key = keyOf(waiver.object);
      const known = this.#byObject.get(key);
      if (known === undefined) this.#byObject.set(key, [waiver]);
      else known.push(waiver);
    }
  }

  /** In no particular order; of whatever rule. */
  of(resource: Pick<NamedResource, 'kind' | 'identity' | 'place'>): readonly Waiver[] {
    if (this.#byObject.size === 0) return [];
    return objectsOf(resource)
      .flatMap((object) => this.#byObject.get(keyOf(object)) ?? [])
      .filter(({ kind }) => kind === null || kind === resource.kind);
  }
}

/** All that a resource could be named by. */
function objectsOf({ identity, place }: Pick<NamedResource, 'identity' | 'place'>): readonly WaivedObject[] {
  const objects: WaivedObject[] = place === null ? [] : [{ by: 'file', ...place }];
  for (const by of ['id', 'appId', 'uniqueName'] as const) {
    const value = identity[by];
    if (value !== null) objects.push({ by, value });
  }
  return objects;
}

/** A file with what is in it, or a name. */
function keyOf(object: WaivedObject): string {
  return object.by === 'file'
    ? JSON.stringify([object.uri, object.index, object.pointer])
    : `${object.by} ${object.value}`;
}
