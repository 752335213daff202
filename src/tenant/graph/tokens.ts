import type { SignInProblem } from './sign-in-problem.ts';
import { checkToken, type TokenDemands, type TokenFacts } from './token-check.ts';

/** A token, or why there is none. */
export type TokenAnswer =
  /** `expiresAt`: milliseconds since 1970. */
  | { readonly ok: true; readonly token: string; readonly expiresAt: number }
  | { readonly ok: false; readonly problem: SignInProblem };

export type TokenRequest = {
  /** Whether a token that is kept somewhere will not do. */
  readonly fresh: boolean;
  /** Claims that Graph demands of the token, as JSON. https://learn.microsoft.com/entra/identity-platform/claims-challenge */
  readonly claims: string | null;
  readonly signal: AbortSignal;
};

/** Asks for a token. Never rejects. */
export type AskForToken = (request: TokenRequest) => Promise<TokenAnswer>;

export type Signed =
  | { readonly ok: true; readonly token: string; readonly facts: TokenFacts }
  | Extract<TokenAnswer, { readonly ok: false }>;

/** A token is renewed when it has so many milliseconds left. */
const RENEW_BEFORE = 120_000;

type TokensOptions = {
  readonly ask: AskForToken;
  readonly demands: Omit<TokenDemands, 'now'>;
  readonly now: () => number;
  readonly signal: AbortSignal;
};

/** The token of a run: asked for once for all that need it at a time, checked before anything is sent with it. */
export class Tokens {
  readonly #options: TokensOptions;
  readonly #given = new Set<string>();
  #current: (Extract<Signed, { ok: true }> & { readonly expiresAt: number }) | null = null;
  #asking: Promise<Signed> | null = null;

  constructor(options: TokensOptions) {
    this.#options = options;
  }

  get(): Promise<Signed> {
    const current = this.#current;
    if (current !== null && current.expiresAt - RENEW_BEFORE > this.#options.now())
      return Promise.resolve(current);
    return this.#ask({ fresh: false, claims: null });
  }

  /** A token other than the one that was refused: the one that somebody else has got by now, or a new one. */
  renew(refused: string, claims: string | null): Promise<Signed> {
    const current = this.#current;
    if (claims === null && current !== null && current.token !== refused) return Promise.resolve(current);
    return this.#ask({ fresh: true, claims });
  }

  /** The text without any token of this run, nor anything that has the form of one. */
  withoutTokens(text: string): string {
    let clean = text;
    for (const token of this.#given) clean = clean.replaceAll(token, '…');
    return clean.replaceAll(/eyJ[\w-]{8,}(?:\.[\w-]*)*/g, '…');
  }

  #ask(request: Omit<TokenRequest, 'signal'>): Promise<Signed> {
    this.#asking ??= this.#fetch(request).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #fetch(request: Omit<TokenRequest, 'signal'>): Promise<Signed> {
    const { ask, demands, now, signal } = this.#options;
    const answer = await ask({ ...request, signal });
    if (!answer.ok) return answer;
    const { token, expiresAt } = answer;
    this.#given.add(token);
    const checked = checkToken(token, { ...demands, now: now() });
    if (!checked.ok) return checked;
    this.#current = { ok: true, token, facts: checked.facts, expiresAt };
    return this.#current;
  }
}
