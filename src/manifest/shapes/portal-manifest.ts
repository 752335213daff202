import type { SourceDocument } from '../../documents/document.ts';
import type { Problem } from '../../documents/problem.ts';
import { isNamed, type Shape } from '../candidate.ts';
import { isObject } from '../../util/is-object.ts';
import { contextType, mayHold, statedType } from '../odata.ts';
import { NOTHING } from '../typed-candidate.ts';

/** Property names of the Azure AD Graph manifest, which the portal gave up for Microsoft Graph's: nothing in one would be seen. */
const RETIRED = [
  'oauth2AllowImplicitFlow',
  'oauth2AllowIdTokenImplicitFlow',
  'oauth2Permissions',
  'replyUrlsWithType',
];

/** Application JSON without a marker, such as the portal's manifest editor gives. Only the config can say what it is. */
export const portalManifest: Shape = {
  name: 'portal-manifest',
  recognises: ({ data }, { as }) =>
    as !== undefined && isObject(data) && statedType(data) === null && mayHold(contextType(data), as),
  read: (document, { as }) => {
    const { data } = document;
    if (as === undefined || !isObject(data)) return NOTHING;
    const retired = RETIRED.find((name) => Object.hasOwn(data, name));
    if (retired !== undefined) return { candidates: [], problems: [retiredFormat(document, retired)] };
    if (!isNamed(data)) return { candidates: [], problems: [notAManifest(document)] };
    return {
      candidates: [{ kind: as, path: [], data, unknownProperties: 'near-misses-refused' }],
      problems: [],
    };
  },
};

function retiredFormat(document: SourceDocument, name: string): Problem {
  return {
    code: 'retired-format',
    message: 'This is a manifest in the retired Azure AD Graph format.',
    hint: 'Download it again as a Microsoft Graph app manifest.',
    uri: document.uri,
    range: document.locateKey([name]).range,
  };
}

function notAManifest(document: SourceDocument): Problem {
  return {
    code: 'not-a-manifest',
    message: 'The config reads this file as a manifest, but it has neither a name nor an id.',
    hint: 'Narrow the pattern under "manifests" in the config.',
    uri: document.uri,
    range: document.locate([]).range,
  };
}
