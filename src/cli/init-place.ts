import { join, relative, sep } from 'node:path';
import type { Config } from '../config/config.ts';
import { repositoryRoot } from '../config/find.ts';
import { fileSays } from '../init.ts';
import type { CliContext } from './context.ts';
import type { Flags } from './flags.ts';
import { configPath } from './load-config.ts';
import { suppressionPlaces } from './suppressions.ts';

/** A file that a repository may begin with. */
export type StarterFile = {
  /** Relative to the working directory, forward slashes. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly isThere: boolean;
};

/** Where files are written, and what is there. */
export type InitPlace = {
  /** Whether the working directory is in a repository; without one there are neither workflows nor hooks. */
  readonly isRepository: boolean;
  /** The working directory seen from the top of the repository; empty when it is the top. */
  readonly folder: string;
  readonly isOnGitHub: boolean;
  /** The branch that changes are merged into. */
  readonly branch: string;
  readonly config: StarterFile;
  readonly workflow: StarterFile;
  readonly preCommit: StarterFile;
  readonly baseline: StarterFile;
  /** Whether the config of pre-commit has our hook. */
  readonly hasHook: boolean;
  /** Whether the workflow is about another folder than this one. */
  readonly isOtherWorkflow: boolean;
};

const USUAL_BRANCH = 'main';

/** @throws {UsageError} when it cannot be told which config holds */
export async function initPlace(flags: Flags, config: Config, context: CliContext): Promise<InitPlace> {
  const { cwd, env, exists } = context;
  const root = repositoryRoot(cwd);
  const top = root ?? cwd;
  const starter = (path: string): StarterFile => ({ name: nameOf(path, cwd), path, isThere: exists(path) });
  const folder = relative(top, cwd).replaceAll(sep, '/');
  const { originOf } = await import('../changes/origin.ts');
  const origin = root === null ? { host: null, branch: null } : await originOf({ cwd, env });
  const [yml, yaml] = ['yml', 'yaml'].map((extension) =>
    starter(join(top, '.github', 'workflows', `agentid-lint.${extension}`)),
  );
  const workflow = yaml?.isThere === true ? yaml : (yml ?? starter(top));
  const preCommit = starter(join(top, '.pre-commit-config.yaml'));
  return {
    isRepository: root !== null,
    folder,
    isOnGitHub: isGitHub(origin.host) || (root !== null && exists(join(top, '.github'))),
    branch: origin.branch ?? USUAL_BRANCH,
    config: starter(configPath(flags, context) ?? join(cwd, 'agentid-lint.config.yaml')),
    workflow,
    preCommit,
    baseline: starter(suppressionPlaces(flags, config, context).baseline.path),
    hasHook: fileSays(preCommit.path, 'id: agentid-lint'),
    isOtherWorkflow: folder !== '' && workflow.isThere && !fileSays(workflow.path, folder),
  };
}

/** github.com, its data residency, and servers that companies call so. */
function isGitHub(host: string | null): boolean {
  return host !== null && /^(?:ssh\.)?github\.|\.ghe\.com$/.test(host);
}

function nameOf(path: string, cwd: string): string {
  return relative(cwd, path).replaceAll(sep, '/');
}
