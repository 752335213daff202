import type { SourceDocument } from '../documents/document.ts';
import { own, type Shape } from './candidate.ts';
import { isObject } from '../util/is-object.ts';
import { contextType, isForeign, statedType } from './odata.ts';
import type { ManifestHints } from './result.ts';
import { agent365File } from './shapes/agent365-file.ts';
import { graphCollection } from './shapes/graph-collection.ts';
import { graphCreateBody } from './shapes/graph-create-body.ts';
import { graphObject } from './shapes/graph-object.ts';
import { nativeFile } from './shapes/native-file.ts';
import { portalManifest } from './shapes/portal-manifest.ts';

/** The first that recognises a document reads it: what a file says about itself counts before what the config says. */
const SHAPES: readonly Shape[] = [
  agent365File,
  nativeFile,
  graphCollection,
  graphCreateBody,
  graphObject,
  portalManifest,
];

/** The shape that a document has; without one, whether it is application JSON all the same. */
export function recognise(document: SourceDocument, hints: ManifestHints): Shape | 'unmarked' | 'ignored' {
  const shape = SHAPES.find((each) => each.recognises(document, hints));
  return shape ?? (looksLikeApplication(document.data) ? 'unmarked' : 'ignored');
}

/** Property names that hardly stand anywhere but in the JSON of an application or service principal of Graph. */
const TELLING = [
  'signInAudience',
  'requiredResourceAccess',
  'identifierUris',
  'passwordCredentials',
  'keyCredentials',
  'inheritablePermissions',
  'federatedIdentityCredentials',
  'agentIdentityBlueprintId',
  'identityParentId',
  'sponsors@odata.bind',
];

/** Names that go with them. */
const COMMON = [
  'displayName',
  'id',
  'appId',
  'uniqueName',
  'userPrincipalName',
  'sponsors',
  'owners',
  'api',
  'appRoles',
  'web',
];

function looksLikeApplication(data: unknown): boolean {
  if (Array.isArray(data)) return data.some(isApplication);
  if (!isObject(data) || isForeign(contextType(data))) return false;
  const value = own(data, 'value');
  return Array.isArray(value) ? value.some(isApplication) : isApplication(data);
}

function isApplication(data: unknown): boolean {
  if (!isObject(data) || statedType(data) !== null) return false;
  const telling = TELLING.filter((name) => Object.hasOwn(data, name)).length;
  const common = COMMON.filter((name) => Object.hasOwn(data, name)).length;
  return telling > 0 && telling + common > 1;
}
