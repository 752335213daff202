/** Whether an example is a tenant, and not a manifest. */
export function isTenantExample<E extends object>(
  example: E,
): example is Extract<E, { readonly tenant: unknown }> {
  return 'tenant' in example;
}
