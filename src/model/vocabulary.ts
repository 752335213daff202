/**
 * Every kind of resource that can be judged: its words in messages, and the surface it is read from.
 * The first four are Graph's agent types (https://learn.microsoft.com/graph/api/resources/agentid-platform-overview);
 * the others are files of an Agent 365 project (https://github.com/microsoft/Agent365-devTools).
 */
export const RESOURCE_KINDS = {
  blueprint: { label: 'blueprint', surface: 'manifest', graphType: 'agentIdentityBlueprint' },
  blueprintPrincipal: {
    label: 'blueprint principal',
    surface: 'manifest',
    graphType: 'agentIdentityBlueprintPrincipal',
  },
  agentIdentity: { label: 'agent identity', surface: 'manifest', graphType: 'agentIdentity' },
  agentUser: { label: 'agent user', surface: 'manifest', graphType: 'agentUser' },
  agent365Config: { label: 'Agent 365 config', surface: 'repository', graphType: null },
  agent365GeneratedConfig: { label: 'Agent 365 generated config', surface: 'repository', graphType: null },
  toolingManifest: { label: 'tooling manifest', surface: 'repository', graphType: null },
  appPackageManifest: { label: 'app package manifest', surface: 'repository', graphType: null },
  agenticUserTemplate: { label: 'agentic user template', surface: 'repository', graphType: null },
} as const;

export type ResourceKind = keyof typeof RESOURCE_KINDS;

/** The groups of facts that may be unknown for a resource; a rule names those that it needs in `requires`. */
export const FACT_GROUPS = [
  'sponsors',
  'owners',
  'federatedIdentityCredentials',
  'inheritablePermissions',
] as const;

export type FactGroup = (typeof FACT_GROUPS)[number];

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** From worst to least. */
export type Severity = (typeof SEVERITIES)[number];
