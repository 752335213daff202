import type { Path } from '../documents/pointer.ts';
import type { WrittenSource } from '../sources/parse.ts';
import type { FailOn } from '../findings/report.ts';
import type { Config, ExemptPrincipal, ManifestEntry, OverrideMatch, RuleConfig } from './config.ts';
import type { Tenants } from './tenants.ts';
import { SOURCE_KEYS } from './rule-settings.ts';

/** A config file as its author wrote it, once it fits `schemas/config.schema.json`. */
export type WrittenConfig = {
  readonly version: 1;
  readonly extends?: readonly string[];
  readonly manifests?: readonly (Pick<ManifestEntry, 'files' | 'as'> & Partial<ManifestEntry>)[];
  readonly exclude?: readonly string[];
  readonly failOn?: Config['failOn'];
  readonly production?: Partial<Config['production']>;
  readonly rules?: WrittenRules;
  readonly remoteRules?: WrittenRemoteRules;
  readonly tenants?: Tenants;
  readonly overrides?: readonly WrittenOverride[];
  readonly waivers?: WrittenWaivers;
  readonly baseline?: string | null;
  readonly exemptPrincipals?: readonly Pick<ExemptPrincipal, 'id' | 'reason'>[];
};

type WrittenOverride = {
  readonly match: WrittenMatch;
  readonly failOn?: FailOn;
  readonly rules?: WrittenRules;
};

export type WrittenMatch = { readonly [key in keyof OverrideMatch]?: string | readonly string[] };

type WrittenWaivers = {
  readonly file?: string | null;
  readonly maxDays?: number | null;
  readonly requireApprover?: boolean;
  readonly warnBeforeDays?: number;
};

/** Settings by rule id or by a rule's old name; under the keys `sources` and `builtIn`, which rules there are. */
export type WrittenRules = {
  readonly [name: string]: WrittenSettings | readonly WrittenSource[] | boolean;
};

/** The settings in a mapping of rules, by rule id or old name. */
export function settingsOfRules(rules: WrittenRules): readonly (readonly [string, WrittenSettings])[] {
  return Object.entries(rules).flatMap(([name, settings]) =>
    SOURCE_KEYS.includes(name) || typeof settings === 'boolean' || isList(settings) ? [] : [[name, settings]],
  );
}

/** `Array.isArray` does not tell readonly lists. */
function isList(value: WrittenRules[string]): value is readonly WrittenSource[] {
  return Array.isArray(value);
}

/** Severity alone or settings. */
export type WrittenSettings =
  | NonNullable<RuleConfig['severity']>
  | (Omit<RuleConfig, 'options'> & { readonly [option: string]: unknown });

export type WrittenRemoteRules = {
  readonly hosts?: readonly string[];
  readonly requireDigest?: boolean;
  readonly requireSignature?: boolean;
  readonly keys?: readonly WrittenKey[];
};

export type WrittenKey = { readonly id: string; readonly algorithm: string; readonly file: string };

/** Every glob of a config and where it stands. */
export function globsIn(config: WrittenConfig): readonly { readonly path: Path; readonly glob: string }[] {
  const listed = (path: Path, globs: readonly string[]) =>
    globs.map((glob, place) => ({ path: [...path, place], glob }));
  return [
    ...(config.manifests ?? []).flatMap(({ files }, place) => listed(['manifests', place, 'files'], files)),
    ...listed(['exclude'], config.exclude ?? []),
    ...(config.overrides ?? []).flatMap(({ match }, place) => {
      const path = ['overrides', place, 'match', 'path'];
      return typeof match.path === 'string' ? [{ path, glob: match.path }] : listed(path, match.path ?? []);
    }),
  ];
}
