/** Folders of `policies/` that hold no rules; any other is a domain. */
export const NOT_DOMAINS = new Set(['lib', 'data', 'bundle']);
