import type { RuleConfig } from './config.ts';

/** What a profile sets for one rule, and why. */
type ProfileEntry = { readonly set: RuleConfig; readonly reason: string };

export type Profile = {
  readonly description: string;
  /** What built-in rules are set to before `rules`: the catalogue's defaults, off, or what earlier layers say. */
  readonly base: 'defaults' | 'off' | 'earlier';
  readonly rules: { readonly [ruleId: string]: ProfileEntry };
};

type ProfileName = keyof typeof PROFILES;

/** The built-in profiles, in the order in which they are shown. */
export const PROFILES = {
  recommended: {
    description: 'Every rule as its own page says. Used when nothing is extended.',
    base: 'defaults',
    rules: {},
  },
  strict: {
    description: 'Every rule is on, lifetimes are shorter, and what recommended only hints at counts.',
    base: 'defaults',
    rules: {
      'accountability/no-owner': {
        set: { severity: 'high', options: {} },
        reason: 'without an owner nobody can change or remove the blueprint',
      },
      'accountability/single-sponsor': {
        set: { severity: 'medium', options: { minimum: 2 } },
        reason: 'one sponsor who leaves makes an agent without one',
      },
      'credentials/certificate-lifetime': {
        set: { severity: 'high', options: { maxDays: 180 } },
        reason: 'half of the default, for a rotation twice a year',
      },
      'credentials/expired-or-expiring': {
        set: { severity: 'high', options: {} },
        reason: 'a credential that runs out stops every agent of the blueprint',
      },
      'credentials/no-workload-federation': {
        set: { severity: 'medium', options: {} },
        reason: 'federation leaves no credential that can leak',
      },
      // Well above the 30 days of expired-or-expiring, or a secret would be about to expire from its first day on.
      'credentials/secret-lifetime': {
        set: { severity: 'high', options: { maxDays: 60 } },
        reason: 'a leaked secret is good for two months at most',
      },
      // Its maximum stays 2: a rotation without downtime needs the old and the new one for a while.
      'credentials/too-many-active': {
        set: { severity: 'medium', options: {} },
        reason: 'each one more is another secret to lose',
      },
      'metadata/description': {
        set: { severity: 'medium', options: {} },
        reason: 'a reviewer needs to know what the agent is for',
      },
      'permissions/manager-application': {
        set: { severity: 'medium', options: {} },
        reason: 'whoever owns the other application can create agents',
      },
    },
  },
  // What `a365 setup` writes down, read from its source (https://github.com/microsoft/Agent365-devTools,
  // BlueprintSubcommand.cs and CHANGELOG). Lowered to info instead of switched off, so that reports still show it.
  // Not accepted, because they are the project's to put right: a blueprint without sponsors or owners (left out
  // only when a first try fails), a committed a365.generated.config.json and the secret in it, template ids that
  // nobody replaced.
  agent365: {
    description: 'Accepts what the Agent 365 CLI creates by default; name it after another profile.',
    base: 'earlier',
    rules: {
      'credentials/client-secret': {
        set: { severity: 'info', options: {} },
        reason: 'setup gives the blueprint a client secret',
      },
      'credentials/no-workload-federation': {
        set: { severity: 'info', options: {} },
        reason: 'the client secret is the only credential that setup creates',
      },
      'credentials/secret-lifetime': {
        set: { options: { maxDays: 731 } },
        reason: 'the secret is valid for two years, which are 731 days with a leap day',
      },
      'exposure/multi-tenant': {
        set: { severity: 'info', options: {} },
        reason: 'the blueprint is created with the audience AzureADMultipleOrgs',
      },
      'exposure/unverified-publisher': {
        set: { severity: 'info', options: {} },
        reason: 'follows from that audience, whether or not other tenants are meant to use it',
      },
      'inheritance/all-allowed-sensitive': {
        set: { severity: 'info', options: {} },
        reason: 'newer versions make every granted permission inheritable and know no other kind but none',
      },
      'inheritance/declaration-disagree': {
        set: { severity: 'info', options: {} },
        reason: 'requiredResourceAccess is left empty while permissions are granted and inheritable',
      },
      'permissions/consent-all-users': {
        set: { severity: 'info', options: {} },
        reason: 'setup consents to its mail, chat and file permissions for all users',
      },
    },
  },
  off: {
    description: 'Every built-in rule is off, so that a config can switch on the ones it wants.',
    base: 'off',
    rules: {},
  },
} as const satisfies { readonly [name: string]: Profile };

/** The profile of that name, or `null`. */
export function profileNamed(name: string): Profile | null {
  return isProfileName(name) ? PROFILES[name] : null;
}

function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(PROFILES, name);
}
