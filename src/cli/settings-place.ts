import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Config } from '../config/config.ts';
import { isInside } from '../config/config-text.ts';
import { repositoryRoot } from '../config/find.ts';
import type { Problem } from '../documents/problem.ts';
import type { CliContext } from './context.ts';

/** Where settings and own rules are looked for. */
export type SettingsPlace = {
  /** Absolute folder that stands for the working directory. */
  readonly cwd: string;
  /** A path as it is typed, so that it names the file that is to be read when it is seen from there. */
  readonly typed: (path: string) => string;
  /** Where what stands at an absolute path of the working tree is read. */
  readonly source: (path: string) => string;
  /** A config that was read there, as if it had been read in the working directory, where the files are that it is for. */
  readonly config: (config: Config) => Config;
  /** A problem of such a config, likewise. */
  readonly problem: (problem: Problem) => Problem;
};

/** The working directory, or the folder that stands for it: see `CliContext.trusted`. */
export function settingsPlace({ cwd, trusted }: Pick<CliContext, 'cwd' | 'trusted'>): SettingsPlace {
  if (trusted === undefined) return { cwd, typed: asIs, source: asIs, config: asIs, problem: asIs };
  const here = { cwd, repository: repositoryRoot(cwd) ?? cwd };
  const there = { cwd: trusted.cwd, repository: repositoryRoot(trusted.cwd) ?? trusted.cwd };
  const back = (path: string): string => moved(path, there, here);
  return {
    cwd: trusted.cwd,
    typed: (path) => {
      const absolute = resolve(cwd, path);
      // Nothing of the change stands outside of its repository.
      if (!isInside(here.repository, absolute)) return absolute;
      return isAbsolute(path) ? withDot(relative(cwd, absolute)) : path;
    },
    source: (path) => moved(path, here, there),
    config: (config) => ({
      ...config,
      root: back(config.root),
      waivers: { ...config.waivers, file: config.waivers.file === null ? null : back(config.waivers.file) },
      baseline: config.baseline === null ? null : back(config.baseline),
      file: config.file === null ? null : uriSeenFrom(here, config.file, there),
      exemptPrincipals: config.exemptPrincipals.map((principal) =>
        principal.location === undefined || principal.location === null
          ? principal
          : {
              ...principal,
              location: { ...principal.location, uri: uriSeenFrom(here, principal.location.uri, there) },
            },
      ),
      ruleSources: config.ruleSources.map((source) =>
        'path' in source ? { ...source, path: back(source.path) } : source,
      ),
      remoteRules: {
        ...config.remoteRules,
        keys: config.remoteRules.keys.map((key) => ({ ...key, file: back(key.file) })),
      },
    }),
    problem: (problem) =>
      problem.uri === null ? problem : { ...problem, uri: uriSeenFrom(here, problem.uri, there) },
  };
}

type Place = { readonly cwd: string; readonly repository: string };

function asIs<T>(value: T): T {
  return value;
}

/** What stands in one repository where a path of the other one is; a path outside of both is as it was. */
function moved(path: string, from: Place, to: Place): string {
  return isInside(from.repository, path) ? resolve(to.cwd, relative(from.cwd, path)) : path;
}

function uriSeenFrom(here: Place, uri: string, there: Place): string {
  return relative(here.cwd, moved(resolve(there.cwd, uri), there, here)).replaceAll(sep, '/');
}

/** Without a dot it could be the name of a package. */
function withDot(path: string): string {
  const uri = path.replaceAll(sep, '/');
  return uri.startsWith('../') ? uri : `./${uri}`;
}
