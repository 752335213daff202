import { followPath } from '../documents/links.ts';
import type { Problem } from '../documents/problem.ts';
import { uriOf, workspaceAt } from '../documents/workspace.ts';
import type { BundleSource, PolicyBundle } from '../policy/bundle.ts';
import type { Catalogue } from '../policy/types.ts';
import { readBundleBytes } from './bundle-bytes.ts';
import type { Examples } from './bundle-content.ts';
import { readBundleFile } from './bundle-file.ts';
import { NO_CACHE, type Cache } from './cache.ts';
import { compileFolder, type CompilerAccess } from './compile.ts';
import { compilerAccess } from './compiler-access.ts';
import { digestOf } from './digest.ts';
import { loadLibrary, type Library } from './library.ts';
import { readNamedSource } from './named-source.ts';
import { nameClashes } from './name-clashes.ts';
import { resolvePackage } from './npm-package.ts';
import { sourceProblem, type SourceFault } from './problem.ts';
import { fetchBundle } from './remote.ts';
import type { RemoteRules, RuleSource } from './rule-source.ts';
import { verifyEntries } from './signature.ts';

export type SourceOptions = {
  /** Absolute working directory. */
  readonly cwd: string;
  /** Of agentid-lint. */
  readonly version: string;
  readonly builtIn: Catalogue;
  /** `policies/` and `schemas/` of this package, which own rules are compiled with. */
  readonly home: { readonly policies: string; readonly schemas: string };
  /** Whether the network must not be used. */
  readonly offline: boolean;
  /** An `opa` executable to compile with instead of the compiler that comes along. */
  readonly opa: string | null;
  /** `null`: nothing is kept. */
  readonly cache: Cache | null;
};

/** The rules of one source. */
export type OwnBundle = PolicyBundle & {
  readonly examples: Examples;
  /** Absolute folder of the Rego that it was compiled from; `null` when it came compiled. */
  readonly folder: string | null;
};

type Refused = { readonly ok: false; readonly problems: readonly Problem[] };
type Loaded = { readonly ok: true; readonly bundle: OwnBundle } | Refused;

export type LoadedSources =
  | {
      readonly ok: true;
      /** In the order of the sources, each place once. */
      readonly bundles: readonly OwnBundle[];
      /** What did not keep them from being loaded. */
      readonly warnings: readonly Problem[];
    }
  | Refused;

/** Reads the names of sources, and loads what they name. */
export function sourceLoader(options: SourceOptions) {
  return {
    read: readNamedSource,
    load: (sources: readonly RuleSource[], remote: RemoteRules) => loadRuleSources(sources, remote, options),
  };
}

/**
 * Loads the rules of every source, one after the other, and sees to it that each name stands for one rule. With any
 * problem nothing of them is used; every problem of every source is told.
 */
async function loadRuleSources(
  sources: readonly RuleSource[],
  remote: RemoteRules,
  options: SourceOptions,
): Promise<LoadedSources> {
  const compiler = compilerAccess(options.opa);
  const names = options.builtIn.rules.flatMap(({ id, aliases }) => [id, ...aliases]);
  const cache = options.cache ?? NO_CACHE;
  const world = {
    ...options,
    remote,
    cache,
    compiler,
    library: onceOnly(() => loadLibrary({ ...options.home, ids: names })),
  };
  const bundles: OwnBundle[] = [];
  const problems: Problem[] = [];
  try {
    for (const source of eachOnce(sources)) {
      const loaded = await loadSource(source, source, world);
      if (loaded.ok) bundles.push(loaded.bundle);
      else problems.push(...loaded.problems);
    }
  } finally {
    await compiler.close();
  }
  problems.push(...nameClashes(bundles, options.builtIn));
  if (problems.length > 0) return { ok: false, problems };
  const warning = cache.warning();
  return { ok: true, bundles, warnings: warning === null ? [] : [warning] };
}

type World = SourceOptions & {
  readonly cache: Cache;
  readonly remote: RemoteRules;
  readonly compiler: CompilerAccess;
  readonly library: () => Library;
};

/** `reportedAs` is what the user named; the rules of a package stand somewhere else. */
async function loadSource(source: RuleSource, reportedAs: BundleSource, world: World): Promise<Loaded> {
  switch (source.kind) {
    case 'folder': {
      const compiled = await compileFolder(source.path, {
        ...world,
        name: source.name,
        library: world.library(),
      });
      if (!compiled.ok) return compiled;
      const { bundle, examples } = compiled;
      return {
        ok: true,
        bundle: { ...bundle, source: asReported(reportedAs), examples, folder: source.path },
      };
    }
    case 'bundle':
      return loadBundleFile(source, reportedAs, world);
    case 'url': {
      const fetched = await fetchBundle(source, world);
      if (!fetched.ok) return fetched;
      const isSignatureNeeded = world.remote.requireSignature;
      return openBundle(fetched.bytes, reportedAs, { uri: null, remote: world.remote, isSignatureNeeded });
    }
    case 'package': {
      const resolved = resolvePackage(source, world);
      return resolved.ok ? loadSource(resolved.rules, resolved.reportedAs, world) : resolved;
    }
  }
}

async function loadBundleFile(
  { path, sha256 }: Extract<RuleSource, { readonly kind: 'bundle' }>,
  reportedAs: BundleSource,
  { cwd, remote }: World,
): Promise<Loaded> {
  const uri = uriOf(workspaceAt(cwd), path);
  const read = readBundleBytes({ path, uri });
  if (!read.ok) return read;
  const digest = digestOf(read.bytes);
  if (sha256 !== null && digest !== sha256) {
    const message = `The sha256 of the bundle is ${digest}, and not the one that was pinned.`;
    return refused({ code: 'source-digest-mismatch', message }, uri);
  }
  return openBundle(read.bytes, reportedAs, { uri, remote, isSignatureNeeded: false });
}

/** A signature that is there must be right, wherever a bundle comes from, as soon as there are keys to tell. */
async function openBundle(
  bytes: Uint8Array,
  reportedAs: BundleSource,
  {
    uri,
    remote,
    isSignatureNeeded,
  }: {
    readonly uri: string | null;
    readonly remote: RemoteRules;
    readonly isSignatureNeeded: boolean;
  },
): Promise<Loaded> {
  const file = readBundleFile(bytes, { source: asReported(reportedAs), uri });
  if (!file.ok) return file;
  if (isSignatureNeeded || (file.isSigned && remote.keys.length > 0)) {
    const verified = await verifyEntries(file.entries, remote.keys, { uri });
    if (!verified.ok) return verified;
  }
  return { ok: true, bundle: { ...file.bundle, examples: file.examples, folder: null } };
}

function asReported({ kind, name }: BundleSource): BundleSource {
  return { kind, name };
}

/** Each place once, as it is first named; where it is also named with a digest, it is held to that. */
function eachOnce(sources: readonly RuleSource[]): readonly RuleSource[] {
  const kept = new Map<string, RuleSource>();
  for (const source of sources) {
    const place = placeOf(source);
    const before = kept.get(place);
    const pin = pinOf(source);
    if (before === undefined || (pinOf(before) === null && pin !== null)) kept.set(place, source);
    else if (pin !== null && pin !== pinOf(before)) kept.set(`${place} ${pin}`, source);
  }
  return [...kept.values()];
}

function pinOf(source: RuleSource): string | null {
  return 'sha256' in source ? source.sha256 : null;
}

function placeOf(source: RuleSource): string {
  switch (source.kind) {
    case 'folder':
    case 'bundle': {
      const target = followPath(source.path);
      return `path ${target.kind === 'failed' ? source.path : target.path}`;
    }
    case 'url':
      return `url ${source.url}`;
    case 'package':
      return `package ${source.package} from ${source.from}`;
  }
}

function onceOnly<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function refused({ code, ...words }: SourceFault, uri: string | null): Refused {
  return { ok: false, problems: [sourceProblem(code, words, { uri, range: null })] };
}
