import { type Shape } from '../candidate.ts';
import { isObject } from '../../util/is-object.ts';
import { NOTHING } from '../typed-candidate.ts';
import type { SourceDocument } from '../../documents/document.ts';
import type { DocumentKind } from '../../model/vocabulary.ts';

type FileKind = { readonly file: string; readonly kind: DocumentKind; readonly keys: readonly string[] };

/**
 * The files of an Agent 365 project. A file is one of them when it has the name and one of the keys: names like
 * `manifest.json` are common. https://github.com/microsoft/Agent365-devTools
 */
const FILES: readonly FileKind[] = [
  {
    file: 'a365.config.json',
    kind: 'agent365Config',
    keys: [
      'tenantId',
      'clientAppId',
      'agentIdentityDisplayName',
      'agentBlueprintDisplayName',
      'deploymentProjectPath',
      'customBlueprintPermissions',
    ],
  },
  {
    file: 'a365.generated.config.json',
    kind: 'agent365GeneratedConfig',
    keys: [
      'agentBlueprintId',
      'agentBlueprintObjectId',
      'agentBlueprintClientSecret',
      'AgenticAppId',
      'resourceConsents',
      'cliVersion',
    ],
  },
  { file: 'toolingmanifest.json', kind: 'toolingManifest', keys: ['mcpServers'] },
  { file: 'manifest.json', kind: 'appPackageManifest', keys: ['agenticUserTemplates'] },
  {
    file: 'agenticusertemplatemanifest.json',
    kind: 'agenticUserTemplate',
    keys: ['agentIdentityBlueprintId', 'communicationProtocol'],
  },
];

export const agent365File: Shape = {
  name: 'agent365-file',
  recognises: (document) => kindOf(document) !== null,
  read: (document) => {
    const kind = kindOf(document);
    const { data } = document;
    if (kind === null || !isObject(data)) return NOTHING;
    return { candidates: [{ kind, path: [], data, unknownProperties: 'let-through' }], problems: [] };
  },
};

/** File names are compared without case: the tools run on Windows, too. */
function kindOf({ uri, data }: SourceDocument): DocumentKind | null {
  const name = uri.slice(uri.lastIndexOf('/') + 1).toLowerCase();
  const file = FILES.find((each) => each.file === name);
  if (file === undefined || !isObject(data)) return null;
  return file.keys.some((key) => Object.hasOwn(data, key)) ? file.kind : null;
}
