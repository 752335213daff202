import type { ReportedPrincipal } from '../findings/report.ts';
import { reportedPrincipal } from '../lint/reported-principal.ts';
import type { PrincipalFact } from '../model/facts.ts';
import type { EffectivePermission } from '../model/permissions.ts';
import type { PrincipalTexts } from '../model/principal-texts.ts';

/** More different permissions than agents of a tenant have. */
const MOST = 8_192;

const NOBODY: readonly ReportedPrincipal[] = [];

/** What many resources of a tenant have in common, held once: thousands of agents have the same few people and permissions. */
export class SharedParts {
  readonly #principals: PrincipalTexts;
  readonly #people = new WeakMap<PrincipalFact, ReportedPrincipal>();
  readonly #permissions = new Map<string, EffectivePermission>();

  constructor(principals: PrincipalTexts) {
    this.#principals = principals;
  }

  /** The people, groups and applications in a relationship. Anything but a list is no one. */
  people(value: unknown): readonly ReportedPrincipal[] {
    if (!Array.isArray(value) || value.length === 0) return NOBODY;
    return value.map((entry: unknown) => this.#person(entry));
  }

  /** Permissions that are granted to a resource itself. */
  permissions(direct: readonly EffectivePermission[]): readonly EffectivePermission[] {
    return direct.map((permission) => this.#permission(permission));
  }

  #person(entry: unknown): ReportedPrincipal {
    const fact = this.#principals.fact(entry);
    const person = this.#people.get(fact) ?? reportedPrincipal(fact);
    this.#people.set(fact, person);
    return person;
  }

  #permission(permission: EffectivePermission): EffectivePermission {
    const { kind, name, resource } = permission;
    const key = `${kind} ${name} ${resource.appId}`;
    const known = this.#permissions.get(key);
    if (known !== undefined && isSame(known, permission)) return known;
    if (known !== undefined || this.#permissions.size < MOST) this.#permissions.set(key, permission);
    return permission;
  }
}

/** Both are granted to a resource itself. */
function isSame(one: EffectivePermission, other: EffectivePermission): boolean {
  return (
    one.name === other.name &&
    one.kind === other.kind &&
    one.consent === other.consent &&
    one.resource.appId === other.resource.appId &&
    one.resource.displayName === other.resource.displayName
  );
}
