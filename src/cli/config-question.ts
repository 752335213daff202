import { relative, resolve, sep } from 'node:path';
import type { Config } from '../config/config.ts';
import { manifestEntryFor, manifestIndexFor } from '../config/matching.ts';
import type { ConfigQuestion, NamedTarget } from '../config/print.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { tenantTarget } from './tenant-target.ts';

/** What the command line says about a resource. */
export type AskedResource = { readonly environment?: string; readonly blueprint?: string };

type World = { readonly flags: Flags; readonly config: Config; readonly context: CliContext };

/**
 * What is asked of a config; `null` for what holds in general. Of a file that is there, environments and blueprints are those of
 * the resources in it, unless the command line says others.
 * @throws {UsageError} when a file and a tenant are asked about, or a tenant that is not known
 */
export async function configQuestion(
  { path, environment, blueprint }: AskedResource & { readonly path: string | undefined },
  { flags, config, context }: World,
): Promise<ConfigQuestion | null> {
  const tenant = flags.isGiven('--tenant') ? tenantTarget(flags, config, context) : null;
  if (path !== undefined && tenant !== null)
    throw usageError('--tenant: a file is in no tenant', 'Leave out the path or --tenant.');
  if (path === undefined && tenant === null && environment === undefined && blueprint === undefined)
    return null;
  const uri =
    path === undefined ? null : relative(context.cwd, resolve(context.cwd, path)).replaceAll(sep, '/');
  const given = Object.entries({
    tenant: tenant === null ? undefined : (tenant.name ?? tenant.tenantId ?? ''),
    environment,
    blueprint,
  }).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value, source: `--${key}` }]));
  return {
    target: {
      uri,
      tenant: tenant === null ? null : { id: tenant.tenantId?.toLowerCase() ?? '', name: tenant.name },
      environments: lowerCase(environment),
      blueprints: lowerCase(blueprint),
    },
    given,
    resources: uri === null || given.length > 0 ? [] : await resourcesIn(uri, config, context),
  };
}

function lowerCase(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text.trim().toLowerCase()];
}

const MAX_FILE_SIZE = 10 * 1024 * 1024;

/** What a blueprint is called may stand in another file, which is looked for only where a config asks. */
async function resourcesIn(
  uri: string,
  config: Config,
  { cwd, exists }: CliContext,
): Promise<readonly NamedTarget[]> {
  const asksForBlueprints = config.overrides.some(({ match }) => match.blueprint !== undefined);
  const asks = asksForBlueprints || config.overrides.some(({ match }) => match.environment !== undefined);
  if (!asks || !exists(resolve(cwd, uri))) return [];
  const { targetsIn } = await import('../lint/targets.ts');
  const request = {
    cwd,
    paths: asksForBlueprints ? ['.', uri] : [uri],
    files: { root: config.root, exclude: config.exclude, respectGitignore: true, maxFileSize: MAX_FILE_SIZE },
    hintsFor: (name: string) => manifestEntryFor(config, name) ?? ({ relationships: 'declared' } as const),
    isManifest: (name: string) => manifestIndexFor(config, name) !== null,
  };
  return targetsIn(request, uri);
}
