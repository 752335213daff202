import { reasonOfCode } from '../util/reason.ts';
import type { SourceFault } from './problem.ts';

/** Sentences here have no full stop: the address follows behind a colon. */
export function statusFault(status: number): SourceFault {
  return { code: 'source-refused-by-server', message: statusWords(status) };
}

function statusWords(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return `The server gives it only to those it knows (status ${status})`;
    case 404:
    case 410:
      return `The server has no such file (status ${status})`;
    case 429:
      return 'The server has had too many requests (status 429)';
    default:
      return status >= 500
        ? `The server has a fault (status ${status})`
        : `The server answers with status ${status} instead of the file`;
  }
}

/** A request that got no answer, or only a part of one. */
export function networkFault(error: unknown): SourceFault {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const certificate = CERTIFICATE[code];
  if (certificate !== undefined)
    return {
      code: 'source-untrusted-server',
      message: `The server is not to be trusted: ${certificate} (${code})`,
    };
  return { code: 'source-unreachable', message: `The server cannot be reached: ${whyUnreachable(code)}` };
}

function whyUnreachable(code: string): string {
  if (code === '') return 'unknown fault';
  const words = NETWORK[code] ?? PROTOCOLS.find(({ codes }) => codes.test(code))?.words;
  return words === undefined ? reasonOfCode(code) : `${words} (${code})`;
}

const NETWORK: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'its name cannot be looked up now',
  ECONNREFUSED: 'it refuses connections',
  ECONNRESET: 'it broke the connection off',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  ENOTFOUND: 'nobody knows its name',
  EPIPE: 'it broke the connection off',
  ETIMEDOUT: 'it does not answer',
};

const PROTOCOLS = [
  { codes: /^(?:EPROTO|ERR_SSL_.*|ERR_TLS_.*)$/, words: 'it does not speak TLS as it should' },
  { codes: /^HPE_/, words: 'it does not speak HTTP as it should' },
];

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  CERT_SIGNATURE_FAILURE: 'its certificate is forged',
  CERT_UNTRUSTED: 'its certificate is from an unknown authority',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it signed its certificate itself',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  INVALID_CA: 'its certificate is from an unknown authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is from an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is from an unknown authority',
};

/** Milliseconds that a `Retry-After` asks to wait, or `null`. A date is compared with the server's own clock. */
export function retryAfter(asked = '', serverDate = ''): number | null {
  if (/^\d{1,9}$/.test(asked)) return Number(asked) * 1000;
  // Of other texts Date.parse makes some date, too.
  const wait = / GMT$/.test(asked) ? Date.parse(asked) - Date.parse(serverDate) : NaN;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
