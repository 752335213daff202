// @ts-check
/** Says whose data a permission reaches, from its name and kind. */

/** @typedef {import('./sources.mjs').Kind} Kind */

/**
 * Whose data, by the last segment of the name; the first that fits wins. `{}` stands for the noun of the
 * name's first segment.
 *
 * @type {ReadonlyArray<{ends: RegExp, application: string, delegated: string}>}
 */
const TEMPLATES = [
  both(/(?:^|\.)(?:\w*Selected\w*)(?:\.All)?$/, 'only the {} it is given access to'),
  both(/\.(?:OwnedBy|CreatedByApp|IdentityParentedBy)$/, 'only the {} that it created or owns'),
  both(/\.ManagedBy$/, 'only the {} that it manages'),
  both(/\.AppFolder$/, 'only the {} in its own folder'),
  both(/\.Chat$/, 'the {} of the chats it is installed in'),
  both(/\.Group$/, 'the {} of the teams it is installed in'),
  both(/\.WhereInstalled$/, 'the {} of the chats it is installed in'),
  both(/\.User$/, 'the {} of the users it is installed for'),
  {
    ends: /\.Shared$/,
    application: 'all {} in the tenant',
    delegated: "the signed-in user's {} and all that others share with them",
  },
  {
    ends: /(?:^|\.)\w*SelfFor(?:Chat|Team|User)(?:\.All)?$/,
    application: 'its own {} everywhere in the tenant',
    delegated: 'its own {} wherever the signed-in user can see them',
  },
  {
    ends: /\.All$/,
    application: 'all {} in the tenant',
    delegated: 'all {} that the signed-in user can reach',
  },
  {
    ends: /\..+\./,
    application: 'all {} of one kind in the tenant',
    delegated: 'all {} of one kind that the signed-in user can reach',
  },
];

/** Permissions without a scope in their name: everything for an application, one's own for a user. */
const UNSCOPED = { application: 'all {} in the tenant', delegated: "the signed-in user's {}" };

/**
 * @param {string} name
 * @param {Kind} kind
 */
export function reachTemplate(name, kind) {
  return (TEMPLATES.find(({ ends }) => ends.test(name)) ?? UNSCOPED)[kind];
}

/**
 * The first segment of a name as words: `UserAuthMethod-TAP` becomes `user auth method TAP data`.
 *
 * @param {string} word
 */
export function nounFor(word) {
  const words = word.split('-').flatMap((part) => part.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [part]);
  const text = words
    .map((part) => (part.length > 1 && part === part.toUpperCase() ? part : part.toLowerCase()))
    .join(' ');
  if (/(?:s|data|settings|information|content|media)$/.test(text)) return text;
  if (/[A-Z]$/.test(text)) return `${text} data`;
  if (/(?:x|ch|sh)$/.test(text)) return `${text}es`;
  if (/[^aeiou]y$/.test(text)) return `${text.slice(0, -1)}ies`;
  return `${text}s`;
}

/**
 * @param {RegExp} ends
 * @param {string} template
 */
function both(ends, template) {
  return { ends, application: template, delegated: template };
}
