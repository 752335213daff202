const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----/;
/** Three dotted base64url parts of which the first is an object (RFC 7519). The look-behind keeps a long run from being read twice. */
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*/;
/** Signatures and keys in Azure Storage, Service Bus and Event Hubs addresses and connection strings. */
const SHARED_ACCESS = /(?:[?&;]sig=|sharedaccesskey=|accountkey=)/i;
/**
 * A client secret as Entra makes them: three characters, a digit, `Q~`, and 31 to 34 more
 * (https://github.com/microsoft/security-utilities, SEC101/156).
 */
const CLIENT_SECRET = /(?<![\w.~-])[\w.~-]{3}\dQ~[\w.~-]{31,34}(?![\w.~-])/;

/** Most texts have none of these parts, which is told faster than by all the tests. */
const HINT = /eyJ|PRIVATE KEY|sig=|key=|Q~/i;

/** Whether a text is, or holds, a secret by its looks: a private key, a token, a client secret, a key of a storage account. */
export function looksSecret(text: string): boolean {
  return (
    HINT.test(text) &&
    (JSON_WEB_TOKEN.test(text) ||
      PRIVATE_KEY.test(text) ||
      SHARED_ACCESS.test(text) ||
      CLIENT_SECRET.test(text))
  );
}
