import type { Config } from './config.ts';

/** Every value that holds when nothing says otherwise; a rule's own defaults stand in the catalogue. */
export const DEFAULTS = {
  manifests: [],
  /** For files that no entry of `manifests` names. */
  relationships: 'declared',
  exclude: [],
  failOn: 'high',
  production: { environments: ['production', 'prod'], tags: ['production', 'prod'] },
  ruleSources: [],
  builtIn: true,
  waivers: { file: null, maxDays: null, requireApprover: false, warnBeforeDays: 14 },
  baseline: null,
  exemptPrincipals: [],
  tenants: {},
  remoteRules: { hosts: [], requireDigest: true, requireSignature: true, keys: [] },
} as const satisfies Partial<Config> & { relationships: string };

/** The config of a run without a config file in the working directory `cwd`, an absolute path. */
export function defaultConfig(cwd: string): Config {
  return {
    root: cwd,
    base: '',
    file: null,
    manifests: DEFAULTS.manifests,
    exclude: DEFAULTS.exclude,
    failOn: DEFAULTS.failOn,
    production: DEFAULTS.production,
    rules: {},
    ruleSources: DEFAULTS.ruleSources,
    builtIn: DEFAULTS.builtIn,
    remoteRules: DEFAULTS.remoteRules,
    overrides: [],
    waivers: DEFAULTS.waivers,
    baseline: DEFAULTS.baseline,
    exemptPrincipals: DEFAULTS.exemptPrincipals,
    tenants: DEFAULTS.tenants,
    flags: {},
    sources: {},
  };
}
