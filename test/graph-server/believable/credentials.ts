import type { Entity } from '../entities.ts';
import type { Draft } from './draft.ts';
import { guid } from './guid.ts';

/** A client secret, valid between two days from now. */
export function secret(draft: Draft, name: string, from: number, to: number): Entity {
  return {
    keyId: guid(`secret ${name}`),
    displayName: name,
    hint: 'q7R',
    customKeyIdentifier: null,
    secretText: 'the stand-in never shows this',
    startDateTime: draft.at(from),
    endDateTime: draft.at(to),
  };
}

/** A certificate. */
export function certificate(draft: Draft, name: string, from: number, to: number): Entity {
  return {
    keyId: guid(`certificate ${name}`),
    displayName: `CN=${name}`,
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    customKeyIdentifier: '5F0C1B0E9A',
    key: 'MIIBexample',
    startDateTime: draft.at(from),
    endDateTime: draft.at(to),
  };
}
