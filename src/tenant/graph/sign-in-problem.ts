/** Why there is no token, or none that may be used. */
export type SignInProblem = {
  readonly code: SignInProblemCode;
  /** A sentence for people, without a full stop. No secret is in it. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
};

export type SignInProblemCode =
  /** A URL that the user gave cannot be used. */
  | 'bad-url'
  /** A way to sign in was named, or found, and something that it needs is missing. */
  | 'setting-missing'
  /** Nothing in the environment says how to sign in. */
  | 'no-credential'
  /** The identity service, or the tool that asks it, said no. */
  | 'sign-in-refused'
  /** The identity service did not answer. */
  | 'login-unreachable'
  /** The token is of another tenant than the one that was asked for. */
  | 'wrong-tenant'
  /** The token is not for Graph of this cloud. */
  | 'wrong-audience'
  /** The token is no longer, or not yet, valid. */
  | 'token-expired'
  /** The token could change what is only to be read. */
  | 'write-permissions'
  /** The run was stopped. */
  | 'aborted';

export type Refused = { readonly ok: false; readonly problem: SignInProblem };

export function refused(code: SignInProblemCode, message: string, hint: string): Refused {
  return { ok: false, problem: { code, message, hint } };
}
