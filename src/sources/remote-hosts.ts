import type { SourceFault } from './problem.ts';

/** Whether the config names exactly this host, with its port unless that is 443. Letter case does not count. */
export function isNamed({ host }: URL, hosts: readonly string[]): boolean {
  return hosts.some((named) => named.toLowerCase().replace(/:443$/, '') === host);
}

export type RedirectTarget =
  { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly fault: SourceFault };

/** Where a redirect leads, if rules may come from there. */
export function redirectTarget(
  from: URL,
  location: string | undefined,
  hosts: readonly string[],
): RedirectTarget {
  const url = parse(location, from);
  if (url === null) return refused('The server redirects to nowhere');
  if (url.protocol !== 'https:') return refused('The server redirects to where there is no https');
  if (url.username !== '' || url.password !== '')
    return refused('The server redirects to an address with a user name or password');
  if (!isNamed(url, hosts))
    return refused(
      `The server redirects to ${url.host}, which the config does not name`,
      `Add "${url.host}" under \`remoteRules.hosts\` in the config, if its rules are to be trusted.`,
    );
  url.hash = '';
  return { ok: true, url };
}

function parse(location: string | undefined, base: URL): URL | null {
  return location !== undefined && URL.canParse(location, base.href) ? new URL(location, base) : null;
}

function refused(message: string, hint?: string): RedirectTarget {
  const fault = { code: 'source-redirect-refused', message } as const;
  return { ok: false, fault: hint === undefined ? fault : { ...fault, hint } };
}
