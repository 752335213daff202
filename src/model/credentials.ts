import { canonicalText } from './canonical.ts';
import type { CredentialFact } from './facts.ts';
import type { JsonObject } from './resource.ts';
import { epochSeconds } from './timestamps.ts';

const LISTS = [
  ['passwordCredentials', 'secret'],
  ['keyCredentials', 'certificate'],
] as const;

/** Client secrets, then certificates, in the order written. Secret values are never copied. */
export function credentialFacts(properties: JsonObject): readonly CredentialFact[] {
  return LISTS.flatMap(([property, type]) => {
    const list = properties[property];
    if (!Array.isArray(list)) return [];
    return list.flatMap((entry: unknown, index) =>
      typeof entry === 'object' && entry !== null
        ? [credentialFact([property, index], type, { ...entry })]
        : [],
    );
  });
}

function credentialFact(
  path: CredentialFact['path'],
  type: CredentialFact['type'],
  source: Record<string, unknown>,
): CredentialFact {
  return {
    path,
    type,
    keyId: text(source['keyId']),
    displayName: text(source['displayName']),
    usage: text(source['usage']),
    start: seconds(source['startDateTime']),
    end: seconds(source['endDateTime']),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? canonicalText(value) : null;
}

function seconds(value: unknown): number | null {
  return typeof value === 'string' ? epochSeconds(value) : null;
}
