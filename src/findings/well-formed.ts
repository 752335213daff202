/// <reference lib="es2024.string" />

/**
 * A value of JSON whose texts can all be written as UTF-8 and read again unchanged: half characters become U+FFFD, in the
 * keys of objects too. The very value when it has none. It is no deeper than a report is.
 */
export function wellFormed<T>(value: T): T {
  // Only texts are replaced, each by a text.
  return isWellFormed(value) ? value : (replaced(value) as T);
}

/** Looks at everything, and makes nothing. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isWellFormed);
  for (const key in value)
    if (!key.isWellFormed() || !isWellFormed(value[key as keyof typeof value])) return false;
  return true;
}

function replaced(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(replaced);
  // Not assignments: a key of its own named __proto__ must stay one.
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key.toWellFormed(), replaced(part)]));
}
