/** Names of everything that is called in OPA's syntax trees, operators among them. */
export function namesCalled(tree: unknown, names: Set<string> = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(tree)) {
    for (const entry of tree) namesCalled(entry, names);
    return names;
  }
  if (typeof tree !== 'object' || tree === null) return names;
  const { type, value, terms } = tree as { type?: unknown; value?: unknown; terms?: unknown };
  // An expression with a list of terms is a call, as a call inside of a term is.
  for (const list of [type === 'call' ? value : null, terms]) {
    if (Array.isArray(list)) note(list[0], names);
  }
  for (const child of Object.values(tree)) namesCalled(child, names);
  return names;
}

function note(operator: unknown, names: Set<string>): void {
  const { type, value } = operator as { type?: unknown; value?: unknown };
  if (type !== 'ref' || !Array.isArray(value)) return;
  names.add(value.map((step: { value: unknown }) => String(step.value)).join('.'));
}
