/** The reference tables by name. */
export function readTables(): Readonly<Record<string, unknown>>;
