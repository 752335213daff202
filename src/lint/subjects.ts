import type { EffectiveSettings } from '../config/config.ts';
import { factsOf } from '../model/facts-of.ts';
import { KnownIndex } from '../model/known.ts';
import { epochSeconds } from '../model/timestamps.ts';
import type { PolicyData } from '../policy/data.ts';
import type { Subject } from '../policy/subject.ts';
import type { LocatedResource } from './inputs.ts';
import type { LintRequest } from './request.ts';

export type Prepared = {
  readonly subjects: readonly Subject[];
  /** Settings of each subject, by index. */
  readonly settings: readonly SubjectSettings[];
  readonly data: PolicyData;
};

export type SubjectSettings = { readonly effective: EffectiveSettings; readonly production: boolean };

/** Turns resources into policy input: facts as JSON text, and the data that all of them share. */
export function prepareSubjects(resources: readonly LocatedResource[], request: LintRequest): Prepared {
  const production = {
    environments: new Set(request.production.environments.map((name) => name.toLowerCase())),
    tags: new Set(request.production.tags.map((tag) => tag.toLowerCase())),
  };
  const known = new KnownIndex();
  const layers = new Map<string, { effective: EffectiveSettings; key: string; off: ReadonlySet<string> }>();
  const settings: SubjectSettings[] = [];
  const subjects = resources.map(({ resource }, index): Subject => {
    known.add(resource, index);
    const effective = request.settingsFor(resource.origin.uri);
    const layer = layers.get(effective.key) ?? {
      effective,
      key: String(layers.size),
      off: rulesOff(effective),
    };
    layers.set(effective.key, layer);
    const facts = factsOf(resource, { settings: layer.key, production });
    settings.push({ effective, production: facts.production });
    return {
      ref: resource.ref,
      kind: resource.kind,
      facts: JSON.stringify(facts),
      unknown: resource.unknown,
      off: layer.off,
    };
  });
  const options = Object.fromEntries(
    [...layers.values()].map(({ key, effective }) => [key, optionsOf(effective)]),
  );
  return {
    subjects,
    settings,
    data: { options, known: known.result(), now: epochSeconds(request.now) ?? 0 },
  };
}

function rulesOff({ rules }: EffectiveSettings): ReadonlySet<string> {
  return new Set(Object.keys(rules).filter((id) => rules[id]?.severity === 'off'));
}

function optionsOf({ rules }: EffectiveSettings): PolicyData['options'][string] {
  return Object.fromEntries(Object.entries(rules).map(([id, { options }]) => [id, options]));
}
