// @ts-check
/** Merges permission rows and curation into the table that rules look up, and reads the rows back out of it. */
import { adviceProblems, narrowerFor } from './narrower.mjs';
import { nounFor, reachTemplate } from './reach.mjs';
import { KINDS } from './sources.mjs';

/**
 * @typedef {import('./sources.mjs').Row} Row
 * @typedef {import('./sources.mjs').Kind} Kind
 * @typedef {import('./narrower.mjs').JudgedRow} JudgedRow
 * @typedef {object} Curation
 * @property {Record<string, string>} reasons Phrase a reason code; `{blockedDate}` is filled in.
 * @property {Record<string, string[]>} tiers Keys `<kind>/<name>` a tier.
 * @property {string[]} createsAgents Keys beside the tier `agent-factory`.
 * @property {Record<string, string>} nouns
 * @property {Record<string, string>} reach
 * @property {Record<string, import('./narrower.mjs').Advice>} narrower
 *
 * @typedef {{source: string[], date: string, blocked_date: string}} Provenance
 *
 * @typedef {object} Entry
 * @property {Kind} kind
 * @property {number | null} level
 * @property {boolean} admin_consent
 * @property {boolean} blocked
 * @property {boolean} enabled
 * @property {boolean} published
 * @property {string | null} tier
 * @property {boolean} creates_agents
 * @property {string[]} reasons
 * @property {string} reach
 *
 * @typedef {Provenance & {
 *   reasons: Record<string, string>, records: Entry[], names: Record<string, [number | null, number | null]>, list: string[],
 *   application: Record<string, number>, delegated: Record<string, number>,
 *   nouns: Record<string, string>, reach: Record<string, string>, narrower: Record<string, string>,
 * }} Table
 */

/** A tier that marks narrow permissions, and so is no reason to report one. */
const NARROW_TIER = 'scoped-alternative';
const FACTORY_TIER = 'agent-factory';

/**
 * @param {readonly Row[]} rows
 * @param {Curation} curation
 * @param {Provenance} provenance
 * @returns {Table} The same bytes for the same arguments, whatever the order of `rows`.
 * @throws {Error} naming every curated permission that does not exist and every unusable piece of advice.
 */
export function buildTable(rows, curation, provenance) {
  const judged = judge(rows, curation);
  failOn(curationProblems(judged, curation));
  const list = unique(judged.values(), (row) => row.name);
  const place = new Map(list.map((name, index) => [name, index]));
  const texts = unique(judged.values(), (row) => JSON.stringify(entryOf(row)));
  const record = new Map(texts.map((text, index) => [text, index]));
  const recordOf = (/** @type {Kind} */ kind, /** @type {string} */ name) => {
    const row = judged.get(`${kind}/${name}`);
    return row === undefined ? null : (record.get(JSON.stringify(entryOf(row))) ?? null);
  };
  return {
    ...provenance,
    reasons: fill(curation.reasons, provenance.blocked_date),
    records: texts.map((text) => JSON.parse(text)),
    names: Object.fromEntries(
      list.map((name) => [name, [recordOf('application', name), recordOf('delegated', name)]]),
    ),
    list,
    application: idsOf(judged, 'application', place),
    delegated: idsOf(judged, 'delegated', place),
    nouns: Object.fromEntries(
      unique(judged.values(), (row) => wordOf(row.name)).map((word) => [
        word,
        curation.nouns[word] ?? nounFor(word),
      ]),
    ),
    reach: sorted(curation.reach),
    narrower: narrowerTexts(judged, curation),
  };
}

/**
 * @param {Table} table
 * @returns {Row[]} The rows the table was built from, so that a change of the curation needs no download.
 */
export function rowsFromTable(table) {
  const ids = { application: byPlace(table.application), delegated: byPlace(table.delegated) };
  return table.list.flatMap((name, index) =>
    KINDS.flatMap((kind, column) => {
      const number = table.names[name]?.[column];
      const entry = typeof number === 'number' ? table.records[number] : undefined;
      if (entry === undefined) return [];
      const { level, admin_consent: adminConsent, enabled, blocked } = entry;
      return [{ name, kind, id: ids[kind].get(index) ?? null, level, adminConsent, enabled, blocked }];
    }),
  );
}

/**
 * @param {Table} table
 * @returns {string} JSON with one line an entry, so that a new permission is a one-line difference.
 */
export function renderTable(table) {
  const sections = Object.entries(table).map(([key, value]) => `${JSON.stringify(key)}:${section(value)}`);
  return `{\n${sections.join(',\n')}\n}\n`;
}

/** @param {unknown} value */
function section(value) {
  if (Array.isArray(value)) return `[\n${value.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`,
  );
  return `{\n${entries.join(',\n')}\n}`;
}

/**
 * @param {readonly Row[]} rows
 * @param {Curation} curation
 * @returns {Map<string, JudgedRow>}
 */
function judge(rows, { tiers, createsAgents }) {
  const tierOf = new Map(Object.entries(tiers).flatMap(([tier, keys]) => keys.map((key) => [key, tier])));
  return new Map(
    rows.map((row) => {
      const key = `${row.kind}/${row.name}`;
      const tier = tierOf.get(key) ?? null;
      const reasons = [
        row.blocked ? 'blocked' : null,
        tier === NARROW_TIER ? null : tier,
        row.level === 4 ? 'level-4' : null,
      ];
      const creates = tier === FACTORY_TIER || createsAgents.includes(key);
      return [
        key,
        { ...row, tier, createsAgents: creates, reasons: reasons.filter((reason) => reason !== null) },
      ];
    }),
  );
}

/**
 * @param {ReadonlyMap<string, JudgedRow>} judged
 * @param {Curation} curation
 */
function curationProblems(judged, { tiers, createsAgents, reach, narrower, nouns }) {
  const words = new Set([...judged.values()].map((row) => wordOf(row.name)));
  const keys = [
    ...Object.values(tiers).flat(),
    ...createsAgents,
    ...Object.keys(reach),
    ...Object.keys(narrower),
  ];
  const twice = Object.values(tiers)
    .flat()
    .filter((key, index, all) => all.indexOf(key) !== index);
  return [
    ...keys.filter((key) => !judged.has(key)).map((key) => `${key} does not exist`),
    ...Object.keys(nouns)
      .filter((word) => !words.has(word))
      .map((word) => `no permission begins with ${word}`),
    ...twice.map((key) => `${key} is in two tiers`),
    ...Object.entries(narrower).flatMap(([key, advice]) => {
      const row = judged.get(key);
      return row === undefined
        ? []
        : adviceProblems(row, judged, advice).map((problem) => `advice for ${key}: ${problem}`);
    }),
  ];
}

/** @param {readonly string[]} problems */
function failOn(problems) {
  if (problems.length > 0)
    throw new Error(`The curation does not fit the sources:\n  ${problems.join('\n  ')}`);
}

/**
 * @param {ReadonlyMap<string, JudgedRow>} judged
 * @param {Curation} curation
 */
function narrowerTexts(judged, { narrower }) {
  const texts = [...judged].flatMap(([key, row]) => {
    const text = narrowerFor(row, judged, narrower[key]);
    return text === undefined ? [] : [/** @type {[string, string]} */ ([key, text])];
  });
  return sorted(Object.fromEntries(texts));
}

/**
 * @param {JudgedRow} row
 * @returns {Entry}
 */
function entryOf({ name, kind, level, adminConsent, blocked, enabled, id, tier, createsAgents, reasons }) {
  const reach = reachTemplate(name, kind);
  const published = id !== null;
  return {
    kind,
    level,
    admin_consent: adminConsent,
    blocked,
    enabled,
    published,
    tier,
    creates_agents: createsAgents,
    reasons,
    reach,
  };
}

/**
 * @param {ReadonlyMap<string, JudgedRow>} judged
 * @param {Kind} kind
 * @param {ReadonlyMap<string, number>} place
 */
function idsOf(judged, kind, place) {
  const rows = [...judged.values()].filter((row) => row.kind === kind && row.id !== null);
  return sorted(Object.fromEntries(rows.map((row) => [row.id, place.get(row.name) ?? -1])));
}

/** @param {Record<string, number>} ids */
function byPlace(ids) {
  return new Map(Object.entries(ids).map(([id, index]) => [index, id]));
}

/** @param {string} name */
function wordOf(name) {
  return name.split('.', 1)[0] ?? name;
}

/**
 * @param {Record<string, string>} reasons
 * @param {string} blockedDate
 */
function fill(reasons, blockedDate) {
  return Object.fromEntries(
    Object.entries(reasons).map(([code, text]) => [code, text.replace('{blockedDate}', blockedDate)]),
  );
}

/**
 * @template T
 * @param {Iterable<T>} values
 * @param {(value: T) => string} text
 * @returns {string[]} In code-unit order.
 */
function unique(values, text) {
  return [...new Set([...values].map(text))].sort();
}

/**
 * @template T
 * @param {Record<string, T>} object
 * @returns {Record<string, T>}
 */
function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
