import { repositoryPath } from '../repository-path.ts';

const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A file as a relative reference (RFC 3986, section 4.2) from the root of the repository. A colon is encoded wherever it
 * stands, so that nothing in front of it is read as a scheme.
 */
export function fileUri(base: string, uri: string): string {
  return encodedPath(repositoryPath(base, uri));
}

/**
 * A path that no file has, for an object of a tenant: GitHub shows no result without a location, and tells alerts apart
 * by it, so it is the same in every run.
 */
export function tenantUri(tenantId: string, uri: string): string {
  return `entra/tenants/${encodedPath(repositoryPath(tenantId.replaceAll('/', '-'), uri))}`;
}

function encodedPath(path: string): string {
  return path.replaceAll(LONE_SURROGATES, '\ufffd').split('/').map(encodeURIComponent).join('/');
}
