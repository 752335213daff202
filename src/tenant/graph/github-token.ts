import { isObject } from '../../util/is-object.ts';
import { parseBody } from './body.ts';
import { networkWords } from './network-words.ts';
import { receive, type ReceiveLimits } from './receive.ts';
import { refused, type Refused } from './sign-in-problem.ts';

const LIMITS: ReceiveLimits = { headers: 30_000, idle: 30_000, total: 60_000, bytes: 64 * 1024 };
const HINT = 'See that the job has the permission `id-token: write`.';

/**
 * GitHub's identity token for a workflow run, meant for `audience`.
 * https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
export async function githubToken(
  { url: text, bearer }: { readonly url: string; readonly bearer: string },
  { audience, signal }: { readonly audience: string; readonly signal: AbortSignal },
): Promise<{ readonly ok: true; readonly token: string } | Refused> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !isTrusted(url))
    return refused(
      'bad-url',
      'ACTIONS_ID_TOKEN_REQUEST_URL is no https URL',
      'It is set by GitHub Actions: leave it as it is.',
    );
  url.searchParams.set('audience', audience);
  const headers = { authorization: `Bearer ${bearer}`, accept: 'application/json' };
  const received = await receive(url.href, { method: 'GET', headers }, { limits: LIMITS, signal });
  switch (received.kind) {
    case 'answer': {
      if (received.status !== 200)
        return refused('sign-in-refused', `GitHub gives no identity token (status ${received.status})`, HINT);
      const body = parseBody(received.bytes, received.headers.get('content-type'));
      const token = body.ok && isObject(body.value) ? body.value['value'] : null;
      if (typeof token === 'string' && token !== '') return { ok: true, token };
      return refused('sign-in-refused', 'GitHub answers with something else than an identity token', HINT);
    }
    case 'broken':
      return unreachable(networkWords(received.code));
    case 'slow':
      return unreachable('it does not answer in time');
    case 'too-large':
      return refused('sign-in-refused', 'GitHub answers with something else than an identity token', HINT);
    case 'aborted':
      return refused('aborted', 'The run was stopped', 'Run it again.');
  }
}

function unreachable(words: string): Refused {
  return refused('login-unreachable', `GitHub's identity tokens cannot be reached: ${words}`, 'Try again.');
}

/** The request carries a token: https, or a host that is this machine. */
function isTrusted({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || hostname === '127.0.0.1';
}
