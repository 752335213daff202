import type { EffectiveSettings } from '../config/config.ts';
import { factsOf, type FactsContext } from '../model/facts-of.ts';
import { FamilyIndex, type Families } from '../model/families.ts';
import { KnownIndex } from '../model/known.ts';
import type { DocumentResource } from '../model/resource.ts';
import { epochSeconds } from '../model/timestamps.ts';
import type { PolicyData } from '../policy/data.ts';
import type { Subject } from '../policy/subject.ts';
import { detailsOf, type ResourceDetails } from './details.ts';
import type { LintRequest } from './request.ts';

export type Prepared = {
  readonly subjects: readonly Subject[];
  /** Settings of each subject, by index. */
  readonly settings: readonly SubjectSettings[];
  /** What a report tells of each, by index. */
  readonly details: readonly ResourceDetails[];
  readonly families: Families;
  readonly data: PolicyData;
};

export type SubjectSettings = { readonly effective: EffectiveSettings; readonly production: boolean };

type Layer = {
  readonly effective: EffectiveSettings;
  readonly key: string;
  readonly off: ReadonlySet<string>;
};

/**
 * Turns resources into policy input, one after another: facts as JSON text, and the data that all of them share.
 * Nothing of a resource is kept besides but what a report tells of it, so that a run over many files holds their text once.
 */
export class SubjectBuilder {
  readonly #request: LintRequest;
  readonly #now: number;
  readonly #production: FactsContext['production'];
  readonly #known = new KnownIndex();
  readonly #families = new FamilyIndex();
  readonly #layers = new Map<string, Layer>();
  readonly #subjects: Subject[] = [];
  readonly #settings: SubjectSettings[] = [];
  readonly #details: ResourceDetails[] = [];

  /** @throws {TypeError} when the request's `now` is no timestamp: no credential would ever expire */
  constructor(request: LintRequest) {
    const { environments, tags } = request.production;
    const now = epochSeconds(request.now);
    if (now === null) throw new TypeError('`now` must be an RFC 3339 timestamp with a zone');
    this.#request = request;
    this.#now = now;
    this.#production = {
      environments: new Set(environments.map((name) => name.toLowerCase())),
      tags: new Set(tags.map((tag) => tag.toLowerCase())),
    };
  }

  add(resource: DocumentResource): void {
    const { ref, kind, name, unknown, origin } = resource;
    const { key, effective, off } = this.#layerFor(origin.uri);
    const facts = factsOf(resource, { settings: key, production: this.#production });
    this.#known.add(resource, this.#subjects.length);
    this.#families.add({ kind, ref, name, properties: facts.properties });
    this.#details.push(detailsOf(facts));
    this.#subjects.push({ ref, kind, from: origin.from, facts: JSON.stringify(facts), unknown, off });
    this.#settings.push({ effective, production: facts.production });
  }

  result(): Prepared {
    const options = Object.fromEntries(
      [...this.#layers.values()].map(({ key, effective }) => [key, optionsOf(effective)]),
    );
    return {
      subjects: this.#subjects,
      settings: this.#settings,
      details: this.#details,
      families: this.#families.result(),
      data: { options, known: this.#known.result(), now: this.#now },
    };
  }

  #layerFor(uri: string): Layer {
    const effective = this.#request.settingsFor(uri);
    const known = this.#layers.get(effective.key);
    if (known !== undefined) return known;
    const layer = { effective, key: String(this.#layers.size), off: rulesOff(effective) };
    this.#layers.set(effective.key, layer);
    return layer;
  }
}

function rulesOff({ rules }: EffectiveSettings): ReadonlySet<string> {
  return new Set(Object.keys(rules).filter((id) => rules[id]?.severity === 'off'));
}

function optionsOf({ rules }: EffectiveSettings): PolicyData['options'][string] {
  return Object.fromEntries(Object.entries(rules).map(([id, { options }]) => [id, options]));
}
