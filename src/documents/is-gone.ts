import { lstatSync } from 'node:fs';
import { errorCode } from '../util/error-code.ts';

/** Whether there is certainly nothing at an absolute path. What cannot be looked at may be there. */
export function isGone(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    return errorCode(error) === 'ENOTDIR';
  }
}
