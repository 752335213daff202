import type { KeyTree, SchemaError } from '../../schemas/generated/types.d.mts';
import type { DocumentKind } from '../model/vocabulary.ts';

export type Validator = {
  readonly validate: (data: unknown) => readonly SchemaError[];
  readonly keys: KeyTree;
};

/** The schema a resource is held to: the native form's, or the same types with everything unknown let through. */
export type SchemaForm = 'native' | 'open';

type Load = () => Promise<Validator>;

/** Every schema is a file of its own and loaded when the first resource needs it: they are large and most runs need one or two. */
const LOADERS: { readonly [kind in DocumentKind]: { readonly [form in SchemaForm]: Load } } = {
  blueprint: {
    native: async () => {
      const schema = await import('../../schemas/generated/blueprint.mjs');
      return { validate: schema.validateBlueprint, keys: schema.blueprintKeys };
    },
    open: async () => {
      const schema = await import('../../schemas/generated/graph-blueprint.mjs');
      return { validate: schema.validateGraphBlueprint, keys: schema.graphBlueprintKeys };
    },
  },
  blueprintPrincipal: {
    native: async () => {
      const schema = await import('../../schemas/generated/blueprint-principal.mjs');
      return { validate: schema.validateBlueprintPrincipal, keys: schema.blueprintPrincipalKeys };
    },
    open: async () => {
      const schema = await import('../../schemas/generated/graph-blueprint-principal.mjs');
      return { validate: schema.validateGraphBlueprintPrincipal, keys: schema.graphBlueprintPrincipalKeys };
    },
  },
  agentIdentity: {
    native: async () => {
      const schema = await import('../../schemas/generated/agent-identity.mjs');
      return { validate: schema.validateAgentIdentity, keys: schema.agentIdentityKeys };
    },
    open: async () => {
      const schema = await import('../../schemas/generated/graph-agent-identity.mjs');
      return { validate: schema.validateGraphAgentIdentity, keys: schema.graphAgentIdentityKeys };
    },
  },
  agentUser: {
    native: async () => {
      const schema = await import('../../schemas/generated/agent-user.mjs');
      return { validate: schema.validateAgentUser, keys: schema.agentUserKeys };
    },
    open: async () => {
      const schema = await import('../../schemas/generated/graph-agent-user.mjs');
      return { validate: schema.validateGraphAgentUser, keys: schema.graphAgentUserKeys };
    },
  },
  agent365Config: onlyOpen(async () => {
    const schema = await import('../../schemas/generated/agent365-config.mjs');
    return { validate: schema.validateAgent365Config, keys: schema.agent365ConfigKeys };
  }),
  agent365GeneratedConfig: onlyOpen(async () => {
    const schema = await import('../../schemas/generated/agent365-generated-config.mjs');
    return { validate: schema.validateAgent365GeneratedConfig, keys: schema.agent365GeneratedConfigKeys };
  }),
  toolingManifest: onlyOpen(async () => {
    const schema = await import('../../schemas/generated/tooling-manifest.mjs');
    return { validate: schema.validateToolingManifest, keys: schema.toolingManifestKeys };
  }),
  appPackageManifest: onlyOpen(async () => {
    const schema = await import('../../schemas/generated/app-package-manifest.mjs');
    return { validate: schema.validateAppPackageManifest, keys: schema.appPackageManifestKeys };
  }),
  agenticUserTemplate: onlyOpen(async () => {
    const schema = await import('../../schemas/generated/agentic-user-template.mjs');
    return { validate: schema.validateAgenticUserTemplate, keys: schema.agenticUserTemplateKeys };
  }),
};

/** The format of an Agent 365 file is Microsoft's: there is no form of ours to be strict about. */
function onlyOpen(load: Load): { readonly [form in SchemaForm]: Load } {
  return { native: load, open: load };
}

const loaded = new Map<Load, Validator>();

/** The validator for a kind of resource in one form. */
export async function validatorFor(kind: DocumentKind, form: SchemaForm): Promise<Validator> {
  const load = LOADERS[kind][form];
  const known = loaded.get(load);
  if (known !== undefined) return known;
  const validator = await load();
  loaded.set(load, validator);
  return validator;
}
