import type { SourceDocument } from '../documents/document.ts';
import { toPointer } from '../documents/pointer.ts';
import { canonicalText, isId } from '../model/canonical.ts';
import type { DocumentOrigin, DocumentResource, JsonObject, ResourceRef } from '../model/resource.ts';
import { RESOURCE_KINDS, type DocumentKind, type FactGroup } from '../model/vocabulary.ts';
import { own, type Candidate } from './candidate.ts';
import type { ManifestHints } from './result.ts';

/** The relationships that a kind has in Graph and a file may leave to somewhere else. */
const RELATIONSHIPS: { readonly [kind in DocumentKind]: readonly FactGroup[] } = {
  blueprint: ['sponsors', 'owners', 'federatedIdentityCredentials', 'inheritablePermissions'],
  blueprintPrincipal: ['sponsors', 'owners'],
  agentIdentity: ['sponsors', 'owners'],
  agentUser: ['sponsors'],
  agent365Config: [],
  agent365GeneratedConfig: [],
  toolingManifest: [],
  appPackageManifest: [],
  agenticUserTemplate: [],
};

/** The ids of a kind, the most stable first. A blueprint is known by its appId, an agent identity by its object id. */
const IDS: { readonly [kind in DocumentKind]: readonly string[] } = {
  blueprint: ['appId', 'id'],
  blueprintPrincipal: ['appId', 'id'],
  agentIdentity: ['id', 'appId'],
  agentUser: ['id'],
  agent365Config: [],
  agent365GeneratedConfig: [],
  toolingManifest: [],
  appPackageManifest: [],
  agenticUserTemplate: [],
};

type Parts = {
  readonly document: SourceDocument;
  readonly hints: ManifestHints;
  readonly shape: string;
  readonly candidate: Candidate;
  readonly properties: JsonObject;
  readonly aliases: DocumentOrigin['aliases'];
};

/** The resource that a checked candidate is. */
export function resourceOf({
  document,
  hints,
  shape,
  candidate,
  properties,
  aliases,
}: Parts): DocumentResource {
  const { kind, path } = candidate;
  const { uri, index } = document;
  return {
    ref: refOf(document, candidate),
    kind,
    name:
      text(properties, 'displayName') ??
      text(properties, 'uniqueName') ??
      uri.slice(uri.lastIndexOf('/') + 1),
    origin: { from: 'document', uri, index, path, shape, aliases },
    properties,
    unknown: hints.relationships === 'elsewhere' ? notStated(kind, properties) : {},
  };
}

/** An id counts when it is a GUID: templates hold placeholders that many files share. */
function refOf(document: SourceDocument, { kind, path, data }: Candidate): ResourceRef {
  for (const name of IDS[kind]) {
    const id = text(data, name);
    if (id !== null && isId(id)) return `${kind}/${canonicalText(id)}`;
  }
  const uniqueName = RESOURCE_KINDS[kind].surface === 'manifest' ? text(data, 'uniqueName') : null;
  const place = document.index === 0 ? document.uri : `${document.uri}[${document.index}]`;
  return `${kind}/${uniqueName ?? `${place}#${toPointer(path)}`}`;
}

function notStated(kind: DocumentKind, properties: JsonObject): DocumentResource['unknown'] {
  const missing = RELATIONSHIPS[kind].filter((group) => !Object.hasOwn(properties, group));
  return Object.fromEntries(missing.map((group) => [group, 'declared-elsewhere']));
}

function text(data: JsonObject, key: string): string | null {
  const value = own(data, key);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
