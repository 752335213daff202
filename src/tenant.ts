import type { CollectOutcome, CollectRequest } from './collect.ts';
import type { Report } from './findings/report.ts';
import type { NeededPermissions, PermissionsRequest } from './permissions.ts';
import type { ScanRequest } from './scan.ts';
import type { NoSignIn, PreparedSignIn, SignInRequest } from './sign-in.ts';

// What the library offers about tenants is loaded when it is used: most of its users lint files.

/** Decides where and how to sign in to a tenant, from the settings and the environment alone. */
export async function prepareSignIn(request: SignInRequest): Promise<PreparedSignIn | NoSignIn> {
  return (await import('./sign-in.ts')).prepareSignIn(request);
}

/** Reads a tenant into a snapshot. Only a fault of our own throws. */
export async function collectTenant(request: CollectRequest): Promise<CollectOutcome> {
  return (await import('./collect.ts')).collectTenant(request);
}

/**
 * Judges a snapshot.
 * @throws {Error} with the name `SnapshotError`, a `code` and a `hint`, when the file cannot be read as a snapshot
 */
export async function scan(request: ScanRequest): Promise<Report> {
  return (await import('./scan.ts')).scan(request);
}

/** The least permissions of Microsoft Graph that rules need to judge a tenant. */
export async function neededPermissions(request: PermissionsRequest): Promise<NeededPermissions> {
  return (await import('./permissions.ts')).neededPermissions(request);
}
