const SECRET_NAME =
  /(?:secret|secrettext|secretvalue|password|passphrase|connectionstring|apikey|accesskey|accountkey|privatekey|accesstoken|refreshtoken|sastoken)$/;

/** Most names have none of these words, which is told faster than by the whole test. */
const HINT = /secret|pass|connection|key|token/i;

/** Whether a property of this name holds a secret, whatever its case and separators: `secretText`, `CLIENT_SECRET`, `api-key`. */
export function isSecretName(name: string): boolean {
  return HINT.test(name) && SECRET_NAME.test(name.toLowerCase().replaceAll(/[_-]/g, ''));
}
