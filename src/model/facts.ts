import type { Path } from '../documents/pointer.ts';
import type { JsonObject, Origin } from './resource.ts';
import type { SecretFact } from './secrets.ts';
import type { FactGroup, ResourceKind } from './vocabulary.ts';

/** A sponsor or owner as far as its source tells. `kind` is `unknown` when only an id or name is given. */
export type PrincipalFact = {
  readonly path: Path;
  readonly kind: 'user' | 'group' | 'servicePrincipal' | 'agentUser' | 'unknown';
  readonly id: string | null;
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  /** Only for groups whose properties the source shows; `null` means not told. */
  readonly groupTypes: readonly string[] | null;
  readonly securityEnabled: boolean | null;
  readonly isAssignableToRole: boolean | null;
  /** Whether the account can still act; only a tenant tells. */
  readonly state: 'enabled' | 'disabled' | 'deleted' | 'unknown';
  /** `Member` or `Guest`, of users. */
  readonly userType: string | null;
  /** Of applications. */
  readonly appId: string | null;
  /** Of groups: members, also of groups within, whose accounts are enabled. */
  readonly enabledMembers: number | null;
};

/** A client secret or certificate. Times are seconds since 1970-01-01T00:00:00Z; `null` when not stated. */
export type CredentialFact = {
  readonly path: Path;
  readonly type: 'secret' | 'certificate';
  readonly keyId: string | null;
  readonly displayName: string | null;
  readonly usage: string | null;
  readonly start: number | null;
  readonly end: number | null;
};

/**
 * The policy's `input`: one resource and what was derived from it. GUIDs are lower case. `docs/writing-rules.md`
 * describes the keys to policy authors.
 */
export type Facts = {
  readonly ref: string;
  readonly kind: ResourceKind;
  readonly name: string;
  /** `uri` is the path of a file, or of the object in Graph. Only files have a `directory`, only tenants an id. */
  readonly origin: {
    readonly from: Origin['from'];
    readonly uri: string;
    readonly directory: string;
    readonly shape: string;
    readonly tenantId: string | null;
  };
  /** Key into `data.agentid.options`: the effective rule options of this resource. */
  readonly settings: string;
  /** Whether one of the configured production markers (`environment`, tags) is on the resource. */
  readonly production: boolean;
  /** Fact groups that cannot be known here; rules that require one are skipped by the host. */
  readonly unknown: readonly FactGroup[];
  readonly properties: JsonObject;
  /** When it was created, seconds since 1970-01-01T00:00:00Z; `null` when not stated. */
  readonly created: number | null;
  /** The last sign-in that there is evidence of, and which; both `null` when there is none. */
  readonly activity: { readonly last: number | null; readonly source: string | null };
  readonly sponsors: readonly PrincipalFact[];
  readonly owners: readonly PrincipalFact[];
  readonly credentials: readonly CredentialFact[];
  /** Properties that hold a secret value or a stand-in for one; the values are `null` in `properties`. */
  readonly secrets: readonly SecretFact[];
};
