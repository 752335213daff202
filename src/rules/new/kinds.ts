import type { DocumentKind } from '../../model/vocabulary.ts';

/** What the first version of a rule looks at in a kind of resource, and a manifest of that kind to show it with. */
export type KindSample = {
  /** A property that holds text. */
  readonly property: string;
  readonly file: string;
  /** What messages call the resource of the manifest. */
  readonly name: string;
  /** The manifest with a text in the property, with `null` in it, or without it. */
  readonly source: (value: string | null | undefined) => string;
};

export const KIND_SAMPLES: { readonly [kind in DocumentKind]: KindSample } = {
  blueprint: graphSample('agentIdentityBlueprint', 'notes', 'invoice.blueprint.yaml'),
  blueprintPrincipal: graphSample('agentIdentityBlueprintPrincipal', 'notes', 'invoice.principal.yaml'),
  agentIdentity: graphSample('agentIdentity', 'notes', 'invoice.agent.yaml'),
  agentUser: graphSample('agentUser', 'aboutMe', 'invoice.user.yaml'),
  agent365Config: projectSample('a365.config.json', 'agentDescription', {
    agentBlueprintDisplayName: 'invoice-bot',
  }),
  agent365GeneratedConfig: projectSample('a365.generated.config.json', 'AgenticUserId', {
    cliVersion: '1.0.0',
  }),
  toolingManifest: projectSample('ToolingManifest.json', 'notes', { mcpServers: [] }),
  appPackageManifest: projectSample('manifest.json', 'version', { agenticUserTemplates: [] }),
  agenticUserTemplate: projectSample('agenticUserTemplateManifest.json', 'schemaVersion', {
    communicationProtocol: 'activityProtocol',
  }),
};

function graphSample(type: string, property: string, file: string): KindSample {
  const head = `kind: ${type}\ndisplayName: invoice-bot\n`;
  return {
    property,
    file,
    name: 'invoice-bot',
    source: (value) => (value === undefined ? head : `${head}${property}: ${value ?? 'null'}\n`),
  };
}

/** A file of an Agent 365 project, which is known by its name and one of its keys. */
function projectSample(file: string, property: string, key: Readonly<Record<string, unknown>>): KindSample {
  return {
    property,
    file,
    name: file,
    // A property that is undefined is left out.
    source: (value) => `${JSON.stringify({ ...key, [property]: value }, null, 2)}\n`,
  };
}
