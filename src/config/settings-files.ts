import type { RuleSource } from '../sources/rule-source.ts';
import type { Config } from './config.ts';
import { isInside, uriOf } from './config-text.ts';
import { repositoryRoot } from './find.ts';
import type { Layers } from './layers.ts';

/**
 * What decides how files are judged, as far as it is in the repository: the config file, the files that it extends, key
 * files, and folders and bundles of own rules. Relative to the working directory, each once, the config file first.
 */
export function settingsFiles(
  { layers }: Pick<Layers, 'layers'>,
  { ruleSources, remoteRules }: Pick<Config, 'ruleSources' | 'remoteRules'>,
  cwd: string,
): readonly string[] {
  // A file comes after everything that it extends.
  const configs = layers.flatMap((layer) => (layer.kind === 'file' ? [layer.file.path] : [])).reverse();
  const paths = [...configs, ...remoteRules.keys.map(({ file }) => file), ...ruleSources.flatMap(placeOf)];
  const repository = repositoryRoot(cwd) ?? cwd;
  const inside = paths.filter((path) => isInside(repository, path));
  return [...new Set(inside.map((path) => uriOf(path, cwd)))];
}

function placeOf(source: RuleSource): readonly string[] {
  return source.kind === 'folder' || source.kind === 'bundle' ? [source.path] : [];
}
