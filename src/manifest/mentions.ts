/** Words one of which every shape holds: Graph's agent types, or properties that tell an application from other JSON. */
const WORDS =
  /agent[-_]?(?:ic)?[-_]?(?:identity|user|blueprint)|signInAudience|requiredResourceAccess|identifierUris|(?:password|key|federatedIdentity)Credentials|inheritablePermissions|identityParentId|sponsors@odata/i;

/** Names that say what a file is for, whatever is left in it. */
const NAMES =
  /(?:^|\/)(?:a365(?:\.generated)?\.config|toolingmanifest|agenticusertemplatemanifest)\.json$|\.blueprints?\.(?:json|ya?ml)$/i;

/**
 * Whether a file that nobody named could hold something of ours. A text that says no is not worth parsing, and its
 * faults (comments in a tsconfig.json, tags in somebody's YAML) are none of our business.
 */
export function mayHoldManifest(uri: string, text: string): boolean {
  return WORDS.test(text) || NAMES.test(uri);
}
