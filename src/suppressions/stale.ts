import { identityOf } from '../findings/fingerprint.ts';
import { objectWords, placeWords } from './object-words.ts';
import { ruleNames, type RuleNames } from './rule-names.ts';
import type { BaselineEntry, InlineEntry, NamedResource, SuppressibleRule, Waiver } from './types.ts';
import { WaiverIndex } from './waiver-index.ts';

type Run = {
  readonly resources: ReadonlyMap<number, NamedResource>;
  readonly rules: readonly SuppressibleRule[];
  readonly waivers: WaiverIndex;
  readonly stateOf: (uri: string) => 'read' | 'gone' | 'unknown';
  readonly base: string;
};

const KNOWN_BY_FILE = /^[a-zA-Z0-9]+\/(.+?\.(?:jsonc?|ya?ml))(?:\[\d+\])?#(?:\/.*)?$/is;

/** Tells why a suppression that was about no finding is not needed; `null` when it may be, or nobody knows. */
export class Staleness {
  readonly #run: Run;
  readonly #names: RuleNames;
  readonly #byWaiver = new Map<Waiver, NamedResource[]>();
  readonly #byIdentity = new Map<string, NamedResource[]>();

  constructor(run: Run) {
    this.#run = run;
    this.#names = ruleNames(run.rules);
    for (const resource of run.resources.values()) {
      for (const waiver of run.waivers.of(resource)) push(this.#byWaiver, waiver, resource);
      push(this.#byIdentity, identityOf(resource.ref, run.base), resource);
    }
  }

  ofWaiver(waiver: Waiver): string | null {
    const { rule, object, value, fingerprint } = waiver;
    const words = objectWords(waiver);
    const resources = this.#byWaiver.get(waiver) ?? [];
    if (resources.length > 0) {
      if (!resources.every((resource) => resource.wasJudgedBy(rule))) return null;
      const what = value === null && fingerprint === null ? 'nothing' : 'no such thing';
      return `The rule finds ${what} there any more: ${words}.`;
    }
    // It may be in another file, or in another tenant.
    if (object.by !== 'file') return null;
    return this.#goneFrom(object.uri, words);
  }

  ofInline(entry: InlineEntry): string | null {
    const { rule, owners, isWhole } = entry;
    const resources = owners.flatMap((owner) => this.#run.resources.get(owner) ?? []);
    if (resources.length === 0)
      return isWhole ? `Nothing that is judged stands there: ${placeWords(entry)}.` : null;
    if (!resources.every((resource) => resource.wasJudgedBy(rule))) return null;
    return `The rule finds nothing there any more: ${placeWords(entry)}.`;
  }

  ofEntry({ rule, resource }: BaselineEntry): string | null {
    const id = this.#names.idOf(rule);
    const { base } = this.#run;
    const named =
      this.#byIdentity.get(identityOf(resource, base)) ?? this.#byIdentity.get(identityOf(resource, ''));
    if (id === null) return null;
    if (named !== undefined)
      return named.every((each) => each.wasJudgedBy(id))
        ? `The rule finds no such thing there any more: ${resource}.`
        : null;
    const uri = KNOWN_BY_FILE.exec(resource)?.[1];
    return uri === undefined ? null : this.#goneFrom(uri, resource);
  }

  /** Nothing of the name is in a file that is there. */
  #goneFrom(uri: string, words: string): string | null {
    switch (this.#run.stateOf(uri)) {
      case 'read':
        return `There is no such resource in the file any more: ${words}.`;
      case 'gone':
        return `The file is not there any more: ${words}.`;
      case 'unknown':
        return null;
    }
  }
}

function push<K>(lists: Map<K, NamedResource[]>, key: K, resource: NamedResource): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [resource]);
  else list.push(resource);
}
