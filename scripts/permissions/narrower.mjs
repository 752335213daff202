// @ts-check
/** Finds the permission that would do in the common case. */

/**
 * @typedef {import('./sources.mjs').Row} Row
 * @typedef {Row & {tier: string | null, createsAgents: boolean, reasons: string[]}} JudgedRow
 * @typedef {{use: string[], text?: string}} Advice `use` names permissions of the same kind, or `delegated/<name>`.
 */

/**
 * @param {JudgedRow} row
 * @param {ReadonlyMap<string, JudgedRow>} rows By `<kind>/<name>`.
 * @param {Advice | undefined} advice The hand-kept advice, which wins over the derived one.
 * @returns {string | undefined}
 */
export function narrowerFor(row, rows, advice) {
  if (advice !== undefined) return advice.text ?? joined(advice.use);
  if (row.reasons.length === 0) return undefined;
  const candidate = candidates(row)
    .map((key) => rows.get(key))
    .find((other) => other !== undefined && isNarrower(other, row));
  return candidate === undefined
    ? undefined
    : joined([candidate.kind === row.kind ? candidate.name : `${candidate.kind}/${candidate.name}`]);
}

/**
 * @param {Row} row
 * @param {ReadonlyMap<string, JudgedRow>} rows
 * @param {Advice} advice
 * @returns {string[]} What is wrong with hand-kept advice: names that do not exist, are blocked or switched off, or go unmentioned in the text.
 */
export function adviceProblems(row, rows, advice) {
  return advice.use.flatMap((name) => {
    const key = name.includes('/') ? name : `${row.kind}/${name}`;
    const other = rows.get(key);
    if (other === undefined) return [`${key} does not exist`];
    if (other.blocked) return [`${key} is blocked for agents`];
    if (!other.enabled) return [`${key} is switched off`];
    if (other.name === row.name && other.kind === row.kind) return [`${key} is the permission itself`];
    return advice.text === undefined || advice.text.includes(other.name)
      ? []
      : [`the text does not name ${key}`];
  });
}

/** @param {Row} row */
function candidates({ name, kind }) {
  const read = name.replace(/^([^.]+)\.(?:ReadWrite|ReadUpdate|Manage|FullControl)(?=\.|$)/, '$1.Read');
  const basic = read.replace(/^([^.]+)\.Read(?=\.|$)/, '$1.ReadBasic');
  const same = [read, basic].filter((other) => other !== name).map((other) => `${kind}/${other}`);
  return kind === 'application' ? [...same, `delegated/${name}`, `delegated/${read}`] : same;
}

/**
 * @param {JudgedRow} other
 * @param {JudgedRow} row
 */
function isNarrower(other, row) {
  return (
    other.id !== null &&
    other.enabled &&
    !other.blocked &&
    other.reasons.every((reason) => !row.reasons.includes(reason)) &&
    other.tier !== 'broad-delegated'
  );
}

/** @param {readonly string[]} names */
function joined(names) {
  const phrases = names.map((name) => name.replace(/^delegated\//, 'the delegated '));
  const last = phrases.at(-1) ?? '';
  return phrases.length < 2 ? last : `${phrases.slice(0, -1).join(', ')} or ${last}`;
}
