import type { EffectiveSettings } from '../config/config.ts';
import { factsOf, type FactsContext } from '../model/facts-of.ts';
import { FamilyIndex, type Families } from '../model/families.ts';
import { KnownIndex } from '../model/known.ts';
import type { DocumentResource } from '../model/resource.ts';
import { textIn } from '../model/tenant-resource.ts';
import {
  BlueprintNames,
  blueprintOf,
  settingsTarget,
  type SettingsTarget,
} from '../model/settings-target.ts';
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
  readonly names: BlueprintNames;
  readonly data: PolicyData;
};

export type SubjectSettings = { readonly effective: EffectiveSettings; readonly production: boolean };

type Layer = {
  readonly effective: EffectiveSettings;
  readonly key: string;
  readonly off: ReadonlySet<string>;
};

/** A resource whose settings may differ once all blueprints are known. */
type Waiting = Pick<SettingsTarget, 'uri' | 'environments'> & {
  readonly index: number;
  readonly key: string;
  readonly blueprint: string;
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
  readonly #names = new BlueprintNames();
  readonly #waiting: Waiting[] = [];

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
    const named = { kind, properties: resource.properties, id: textIn(resource.properties, 'id') };
    this.#names.add(named);
    const target = settingsTarget({ uri: origin.uri, tenant: null }, named, this.#names);
    const { key, effective, off } = this.#layerFor(target);
    const facts = factsOf(resource, { settings: key, production: this.#production });
    const index = this.#subjects.length;
    // What its blueprint is called may stand in a file that comes later.
    const blueprint = blueprintOf(named);
    if (blueprint !== null)
      this.#waiting.push({ index, key, uri: origin.uri, environments: target.environments, blueprint });
    this.#known.add(resource, index);
    this.#families.add({ kind, ref, name, properties: facts.properties });
    this.#details.push(detailsOf(facts));
    this.#subjects.push({ ref, kind, from: origin.from, facts: JSON.stringify(facts), unknown, off });
    this.#settings.push({ effective, production: facts.production });
  }

  result(): Prepared {
    for (const waiting of this.#waiting.splice(0)) this.#settle(waiting);
    const options = Object.fromEntries(
      [...this.#layers.values()].map(({ key, effective }) => [key, optionsOf(effective)]),
    );
    return {
      subjects: this.#subjects,
      settings: this.#settings,
      details: this.#details,
      families: this.#families.result(),
      names: this.#names,
      data: { options, known: this.#known.result(), now: this.#now },
    };
  }

  #settle({ index, key, uri, environments, blueprint }: Waiting): void {
    const blueprints = this.#names.called(blueprint);
    const layer = this.#layerFor({ uri, tenant: null, environments, blueprints });
    const subject = this.#subjects[index];
    const settings = this.#settings[index];
    if (layer.key === key || subject === undefined || settings === undefined) return;
    this.#subjects[index] = { ...subject, facts: withSettings(subject.facts, layer.key), off: layer.off };
    this.#settings[index] = { ...settings, effective: layer.effective };
  }

  #layerFor(target: SettingsTarget): Layer {
    const effective = this.#request.settingsFor(target);
    const known = this.#layers.get(effective.key);
    if (known !== undefined) return known;
    const layer = { effective, key: String(this.#layers.size), off: rulesOff(effective) };
    this.#layers.set(effective.key, layer);
    return layer;
  }
}

/** Facts under other settings. */
function withSettings(facts: string, settings: string): string {
  return JSON.stringify({ ...(JSON.parse(facts) as object), settings });
}

function rulesOff({ rules }: EffectiveSettings): ReadonlySet<string> {
  return new Set(Object.keys(rules).filter((id) => rules[id]?.severity === 'off'));
}

function optionsOf({ rules }: EffectiveSettings): PolicyData['options'][string] {
  return Object.fromEntries(Object.entries(rules).map(([id, { options }]) => [id, options]));
}
