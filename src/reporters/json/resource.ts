import type { ReportedPrincipal, ReportedResource, RuleChecks } from '../../findings/report.ts';
import type { EffectivePermission } from '../../model/permissions.ts';
import type { JsonChecks, JsonPermission, JsonPrincipal, JsonResource } from '../json-v1.ts';

/** A resource that was judged as programs read it. */
export function toJsonResource(resource: ReportedResource): JsonResource {
  const { ref, kind, name, id, appId, location, portalUrl, blueprint } = resource;
  const { sponsors, owners, permissions, passesOn, agents, checks, broken } = resource;
  return {
    ...{ ref, kind, name, id, appId },
    location:
      location.kind === 'file'
        ? { kind: location.kind, uri: location.uri, pointer: location.pointer }
        : { kind: location.kind, uri: location.uri },
    portalUrl,
    blueprint: blueprint === null ? null : { ref: blueprint.ref, name: blueprint.name },
    sponsors: sponsors === null ? null : sponsors.map(toJsonPrincipal),
    owners: owners === null ? null : owners.map(toJsonPrincipal),
    permissions: permissions.map(toJsonPermission),
    passesOn: passesOn.map(toJsonPermission),
    agents,
    checks,
    broken,
  };
}

function toJsonPrincipal({ kind, id, name, state }: ReportedPrincipal): JsonPrincipal {
  return { kind, id, name, state };
}

function toJsonPermission({ kind, name, resource, origin, consent }: EffectivePermission): JsonPermission {
  return {
    kind,
    name,
    resource: { appId: resource.appId, displayName: resource.displayName },
    origin:
      origin.by === 'direct' ? { by: origin.by } : { by: origin.by, from: origin.from, name: origin.name },
    consent,
  };
}

/** What was asked of resources as programs read it. */
export function toJsonChecks({ evaluated, skipped }: RuleChecks): JsonChecks {
  return {
    evaluated,
    skipped: skipped.map(({ rule, reason, missing }) => ({ rule, reason, missing })),
  };
}
