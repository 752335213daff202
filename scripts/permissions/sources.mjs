// @ts-check
/** Reads the published sources of the permission table into rows. */

/**
 * @typedef {'application' | 'delegated'} Kind
 * @typedef {object} Row One permission of one kind.
 * @property {string} name
 * @property {Kind} kind
 * @property {string | null} id `null` for names without an id on the Microsoft Graph service principal.
 * @property {number | null} level
 * @property {boolean} adminConsent
 * @property {boolean} enabled
 * @property {boolean} blocked
 */

/** @type {readonly Kind[]} */
export const KINDS = ['application', 'delegated'];

/** The scheme names of `permissions.json`; `DelegatedPersonal` is for consumer accounts and left out. */
const SCHEMES = { application: 'Application', delegated: 'DelegatedWork' };

/**
 * @param {object} sources
 * @param {ReadonlyArray<{Id: string, Value: string, IsEnabled: boolean}>} sources.appRoles `appRoles` of the Graph service principal.
 * @param {ReadonlyArray<{Id: string, Value: string, IsEnabled: boolean, Type: string}>} sources.delegated `oauth2PermissionScopes` of the same.
 * @param {{permissions: Record<string, {schemes: Record<string, {requiresAdminConsent?: boolean, privilegeLevel?: number}>}>}} sources.permissions Microsoft's permission reference.
 * @param {string} sources.blocked Markdown page with the table of permissions blocked for agents.
 * @returns {Row[]} One row a name and kind, in no particular order.
 */
export function rowsFromSources({ appRoles, delegated, permissions, blocked }) {
  /** @type {Map<string, Row>} */
  const rows = new Map();
  for (const role of appRoles) add(rows, publishedRow(role, 'application'));
  for (const scope of delegated) add(rows, publishedRow(scope, 'delegated'));
  for (const [name, { schemes }] of Object.entries(permissions.permissions)) {
    for (const kind of KINDS) {
      const scheme = schemes[SCHEMES[kind]];
      if (scheme === undefined) continue;
      const row = rowOf(rows, name, kind);
      row.level = scheme.privilegeLevel ?? null;
      if (kind === 'delegated' && scheme.requiresAdminConsent !== undefined)
        row.adminConsent = scheme.requiresAdminConsent;
    }
  }
  for (const { name, kind } of blockedPermissions(blocked)) rowOf(rows, name, kind).blocked = true;
  return [...rows.values()];
}

/**
 * Cells with the cross mark only. The page's legend explains its dash as "not applicable/blocked", so a dash says nothing.
 *
 * @param {string} markdown
 * @returns {Array<{name: string, kind: Kind}>}
 */
function blockedPermissions(markdown) {
  const rows = markdown.split('\n').map((line) => line.trim());
  const header = rows.findIndex((line) =>
    /^\|\s*Permission name\s*\|\s*Delegated\s*\|\s*Application\s*\|$/.test(line),
  );
  if (header === -1) throw new Error('The page has no table "Permission name | Delegated | Application".');
  const blocked = [];
  for (const line of rows.slice(header + 2)) {
    if (!line.startsWith('|')) break;
    const [, label = '', delegated = '', application = ''] = line.split('|').map((cell) => cell.trim());
    const name = /^\[([^\]]+)\]/.exec(label)?.[1] ?? label;
    if (delegated === '❌') blocked.push({ name, kind: /** @type {Kind} */ ('delegated') });
    if (application === '❌') blocked.push({ name, kind: /** @type {Kind} */ ('application') });
  }
  return blocked;
}

/**
 * @param {{Id: string, Value: string, IsEnabled: boolean, Type?: string}} entry
 * @param {Kind} kind
 * @returns {Row}
 */
function publishedRow(entry, kind) {
  return {
    name: entry.Value,
    kind,
    id: entry.Id.toLowerCase(),
    level: null,
    adminConsent: kind === 'application' || entry.Type === 'Admin',
    enabled: entry.IsEnabled,
    blocked: false,
  };
}

/**
 * @param {Map<string, Row>} rows
 * @param {string} name
 * @param {Kind} kind
 */
function rowOf(rows, name, kind) {
  const known = rows.get(`${kind}/${name}`);
  if (known !== undefined) return known;
  /** @type {Row} */
  const row = { name, kind, id: null, level: null, adminConsent: true, enabled: true, blocked: false };
  add(rows, row);
  return row;
}

/**
 * @param {Map<string, Row>} rows
 * @param {Row} row
 */
function add(rows, row) {
  const key = `${row.kind}/${row.name}`;
  if (rows.has(key)) throw new Error(`${key} is listed twice.`);
  rows.set(key, row);
}
