import type { Path } from '../documents/pointer.ts';
import { canonicalText } from './canonical.ts';
import type { Origin, Resource } from './resource.ts';
import type { ResourceKind } from './vocabulary.ts';
import { isObject } from '../util/is-object.ts';

/** A path in one of the run's resources. `resource` is its place in the list that was given. */
export type Place = {
  readonly ref: string;
  readonly name: string;
  readonly uri: string;
  readonly resource: number;
  readonly path: Path;
};

export type BlueprintIdPlace = Place & { readonly id: string; readonly kind: ResourceKind };

/** `any`: all scopes of a tool resource are inheritable, or what is declared cannot be resolved to names. */
type ToolScopes = { readonly any: boolean; readonly scopes: { readonly [name: string]: true } };

/** Look-ups over all resources of a run, for rules about more than one resource. `policies/lib/known.rego` reads them. */
export type Known = {
  /** `issuer` and `subject` joined by a line break → federated credentials on more than one resource. */
  readonly shared_federated_identities: { readonly [issuerAndSubject: string]: readonly Place[] };
  /** `<kind>/<display name in lower case>` → names that more than one resource has; not of agents of a tenant. */
  readonly shared_names: { readonly [kindAndName: string]: readonly Place[] };
  /** Folder → all blueprint ids that its files state; only folders with a file whose id is compared with the others. */
  readonly blueprint_ids: { readonly [directory: string]: readonly BlueprintIdPlace[] };
  /** Folder → scopes that its blueprints and Agent 365 configs make available to tools. */
  readonly tool_scopes: { readonly [directory: string]: ToolScopes };
  /** Of a tenant; absent when files are judged. */
  readonly tenant?: KnownTenant;
};

/** Look-ups over the objects of a tenant. `resource` is the place of an object in the run. */
type KnownTenant = {
  /** By application id. What is not known is `null`. */
  readonly blueprints: { readonly [appId: string]: KnownBlueprint };
  /** By application id. */
  readonly blueprint_principals: { readonly [appId: string]: KnownBlueprintPrincipal };
  /** What was deleted and can be restored, by object id and by application id. */
  readonly deleted: { readonly [id: string]: KnownDeleted };
};

export type KnownBlueprint = {
  readonly ref: string;
  readonly name: string;
  readonly resource: number;
  readonly inheritablePermissions: readonly unknown[] | null;
  readonly agentIdentityCount: number | null;
};

export type KnownBlueprintPrincipal = {
  readonly ref: string;
  readonly name: string;
  readonly resource: number;
  readonly id: string;
  readonly accountEnabled: boolean | null;
  readonly appOwnerOrganizationId: string | null;
};

export type KnownDeleted = {
  /** `#microsoft.graph.agentIdentity`; `null` when it is not told. */
  readonly type: string | null;
  readonly name: string | null;
  readonly deletedDateTime: string | null;
};

/** Microsoft Graph: its scopes are never a tool server's. */
const GRAPH = '00000003-0000-0000-c000-000000000000';

/** Where a kind of resource states the blueprint's application id. */
const BLUEPRINT_ID: { readonly [kind in ResourceKind]?: string } = {
  blueprint: 'appId',
  agentIdentity: 'agentIdentityBlueprintId',
  agent365GeneratedConfig: 'agentBlueprintId',
  agenticUserTemplate: 'agentIdentityBlueprintId',
};

/** The kinds whose blueprint id must be one that another file of the folder states. */
const COMPARED: ReadonlySet<ResourceKind> = new Set(['agent365GeneratedConfig', 'agenticUserTemplate']);

/** Gathers the look-ups from all resources of a run, one by one. */
export class KnownIndex {
  readonly #federated = new Map<string, Place[]>();
  readonly #names = new Map<string, Place[]>();
  readonly #blueprintIds = new Map<string, BlueprintIdPlace[]>();
  readonly #toolScopes = new Map<string, { any: boolean; scopes: Set<string> }>();

  add(resource: Resource, index: number): void {
    const place = (path: Path): Place => ({
      ref: resource.ref,
      name: resource.name,
      uri: uriOf(resource.origin),
      resource: index,
      path,
    });
    this.#addFederated(resource, place);
    this.#addName(resource, place);
    if (resource.origin.from === 'tenant') return;
    // What a folder's files say belongs together.
    const directory = directoryOf(resource.origin.uri);
    this.#addBlueprintId(resource, directory, place);
    this.#addToolScopes(resource, directory);
  }

  result(): Known {
    return {
      shared_federated_identities: sharedOnly(this.#federated),
      shared_names: sharedOnly(this.#names),
      blueprint_ids: Object.fromEntries(
        [...this.#blueprintIds].filter(
          ([, places]) => places.length > 1 && places.some(({ kind }) => COMPARED.has(kind)),
        ),
      ),
      tool_scopes: Object.fromEntries(
        [...this.#toolScopes].map(([directory, { any, scopes }]) => [
          directory,
          { any, scopes: Object.fromEntries([...scopes].map((scope) => [scope, true as const])) },
        ]),
      ),
    };
  }

  #addFederated({ properties }: Resource, place: (path: Path) => Place): void {
    for (const [index, credential] of objects(properties['federatedIdentityCredentials'])) {
      const { issuer, subject } = credential;
      if (typeof issuer !== 'string' || typeof subject !== 'string') continue;
      const key = `${canonicalText(issuer)}\n${canonicalText(subject)}`;
      push(this.#federated, key, place(['federatedIdentityCredentials', index, 'subject']));
    }
  }

  #addName({ kind, properties }: Resource, place: (path: Path) => Place): void {
    const name = properties['displayName'];
    if (typeof name === 'string' && name !== '')
      push(this.#names, `${kind}/${lower(name)}`, place(['displayName']));
  }

  #addBlueprintId({ kind, properties }: Resource, directory: string, place: (path: Path) => Place): void {
    const property = BLUEPRINT_ID[kind];
    const id = property === undefined ? undefined : properties[property];
    if (property === undefined || typeof id !== 'string' || id === '') return;
    // All of them: an id is only wrong when none of the folder's blueprints has it.
    const places = this.#blueprintIds.get(directory) ?? [];
    places.push({ ...place([property]), id: canonicalText(id), kind });
    this.#blueprintIds.set(directory, places);
  }

  #addToolScopes({ kind, properties }: Resource, directory: string): void {
    if (kind !== 'blueprint' && kind !== 'agent365Config' && kind !== 'agent365GeneratedConfig') return;
    const entry = this.#toolScopes.get(directory) ?? { any: false, scopes: new Set<string>() };
    let told = false;
    for (const [, permission] of objects(properties['inheritablePermissions'])) {
      told = true;
      const { inheritableScopes: inheritable, resourceAppId } = permission;
      if (!isObject(inheritable)) continue;
      if (inheritable['kind'] === 'allAllowed' && resourceAppId !== GRAPH) entry.any = true;
      addStrings(entry.scopes, inheritable['scopes']);
    }
    for (const list of [properties['customBlueprintPermissions'], properties['resourceConsents']]) {
      for (const [, permission] of objects(list)) {
        told = true;
        addStrings(entry.scopes, permission['scopes']);
      }
    }
    if (told) this.#toolScopes.set(directory, entry);
  }
}

/** The file that a resource stands in, or its path in Graph. */
export function uriOf(origin: Origin): string {
  return origin.from === 'document' ? origin.uri : origin.path;
}

/** The folder of a file, with forward slashes; the empty string at the top. */
export function directoryOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.lastIndexOf('/')));
}

/** A finding names a few other places; that there are thousands more helps nobody and costs each of them a look at all. */
const MOST_PLACES = 12;

/** Keeps the first places, and among them always one of another resource than the first, as rules ask for those. */
function push(map: Map<string, Place[]>, key: string, place: Place): void {
  const places = map.get(key);
  if (places === undefined) map.set(key, [place]);
  else if (places.length < MOST_PLACES || isNews(places, place)) places.push(place);
}

function isNews(places: readonly Place[], { ref }: Place): boolean {
  return (
    places.length === MOST_PLACES && places.every((kept) => kept.ref !== ref && kept.ref === places[0]?.ref)
  );
}

function sharedOnly<P>(map: ReadonlyMap<string, readonly P[]>): { readonly [key: string]: readonly P[] } {
  return Object.fromEntries([...map].filter(([, places]) => places.length > 1));
}

function objects(list: unknown): readonly (readonly [number, Record<string, unknown>])[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index) => (isObject(entry) ? [[index, entry] as const] : []));
}

/** Lower case as Rego's `lower` has it, which looks these names up: one character for one, so no final sigma. */
function lower(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, (one) => String.fromCodePoint(one.toLowerCase().codePointAt(0) ?? 0)).join('');
}

function addStrings(set: Set<string>, list: unknown): void {
  if (!Array.isArray(list)) return;
  for (const entry of list) if (typeof entry === 'string') set.add(entry);
}
