import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** Tags of DER, the encoding of certificates: https://www.rfc-editor.org/rfc/rfc5280 */
const TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
  dnsName: 0x82,
  ipAddress: 0x87,
} as const;

function der(tag: keyof typeof TAGS, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([TAGS[tag], ...size]), content]);
}

function objectId(...bytes: readonly number[]): Buffer {
  return der('objectId', Buffer.from(bytes));
}

/** ecdsa-with-SHA256 */
const ALGORITHM = der('sequence', objectId(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
/** commonName */
const NAME = der(
  'sequence',
  der('set', der('sequence', objectId(0x55, 0x04, 0x03), der('utf8', Buffer.from('localhost')))),
);

function timeOf(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return der('time', Buffer.from(digits.slice(2)));
}

function extension(id: Buffer, value: Buffer, critical = false): Buffer {
  const mark = critical ? [der('boolean', Buffer.from([0xff]))] : [];
  return der('sequence', id, ...mark, der('octetString', value));
}

function contentOf(publicKey: KeyObject, from: number, to: number): Buffer {
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const serial = createHash('sha256').update(key).digest().subarray(0, 8);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const authority = der('sequence', der('boolean', Buffer.from([0xff])));
  const names = der(
    'sequence',
    der('dnsName', Buffer.from('localhost')),
    der('ipAddress', Buffer.from([127, 0, 0, 1])),
  );
  return der(
    'sequence',
    der('version', der('integer', Buffer.from([2]))),
    der('integer', serial),
    ALGORITHM,
    NAME,
    der('sequence', timeOf(from), timeOf(to)),
    NAME,
    key,
    der(
      'extensions',
      der(
        'sequence',
        extension(objectId(0x55, 0x1d, 0x13), authority, true),
        extension(objectId(0x55, 0x1d, 0x11), names),
      ),
    ),
  );
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/**
 * A new key and a certificate for `localhost` and `127.0.0.1` that it signed itself, good for a day; clients that
 * shall trust it are given the certificate. For `tls` of the server: the sign-in of Microsoft's libraries wants https.
 */
export function loopbackCertificate(now: number = Date.now()): {
  readonly key: string;
  readonly cert: string;
} {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const content = contentOf(publicKey, now - 3_600_000, now + 86_400_000);
  const signature = sign('sha256', content, privateKey);
  const signed = der('sequence', content, ALGORITHM, der('bitString', Buffer.from([0]), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem('CERTIFICATE', signed),
  };
}
