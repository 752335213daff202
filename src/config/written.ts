import type { Path } from '../documents/pointer.ts';
import type { Config, ManifestEntry, RuleConfig } from './config.ts';

/** A config file as its author wrote it, once it fits `schemas/config.schema.json`. */
export type WrittenConfig = {
  readonly version: 1;
  readonly extends?: readonly string[];
  readonly manifests?: readonly (Pick<ManifestEntry, 'files' | 'as'> & Partial<ManifestEntry>)[];
  readonly exclude?: readonly string[];
  readonly failOn?: Config['failOn'];
  readonly production?: Partial<Config['production']>;
  readonly rules?: WrittenRules;
  readonly overrides?: readonly {
    readonly match: { readonly path: string | readonly string[] };
    readonly rules: WrittenRules;
  }[];
};

/** Severity alone or settings, by rule id or by a rule's old name. */
export type WrittenRules = { readonly [name: string]: NonNullable<RuleConfig['severity']> | WrittenRule };

type WrittenRule = Omit<RuleConfig, 'options'> & { readonly [option: string]: unknown };

/** Every `rules` of a config and where it stands. */
export function rulesIn(
  config: WrittenConfig,
): readonly { readonly path: Path; readonly rules: WrittenRules }[] {
  const own = config.rules === undefined ? [] : [{ path: ['rules'], rules: config.rules }];
  const inOverrides = (config.overrides ?? []).map(({ rules }, place) => ({
    path: ['overrides', place, 'rules'],
    rules,
  }));
  return [...own, ...inOverrides];
}

/** Every glob of a config and where it stands. */
export function globsIn(config: WrittenConfig): readonly { readonly path: Path; readonly glob: string }[] {
  const listed = (path: Path, globs: readonly string[]) =>
    globs.map((glob, place) => ({ path: [...path, place], glob }));
  return [
    ...(config.manifests ?? []).flatMap(({ files }, place) => listed(['manifests', place, 'files'], files)),
    ...listed(['exclude'], config.exclude ?? []),
    ...(config.overrides ?? []).flatMap(({ match }, place) => {
      const path = ['overrides', place, 'match', 'path'];
      return typeof match.path === 'string' ? [{ path, glob: match.path }] : listed(path, match.path);
    }),
  ];
}
