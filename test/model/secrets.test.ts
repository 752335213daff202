import { describe, expect, test } from 'vitest';
import { secretForm } from '../../src/model/secrets.ts';
import { isSecretName } from '../../src/util/secret-name.ts';

describe('the form of a secret', () => {
  test.each([
    '<your-secret>',
    '<>',
    '<a> <b>',
    '${CLIENT_SECRET}',
    '${{ secrets.CLIENT_SECRET }}',
    '$(ClientSecret)',
    '{{ client_secret }}',
    '{{{client_secret}}}',
    '#{ClientSecret}#',
    '#{ClientSecret}',
    '%CLIENT_SECRET%',
    '[client secret]',
    "[parameters('secret')]",
    '@Microsoft.KeyVault(SecretUri=https://invoice.vault.azure.net/secrets/ci/)',
    '$CLIENT_SECRET',
    '$env:CLIENT_SECRET',
    'env:CLIENT_SECRET',
    'env.CLIENT_SECRET',
    'secrets.CLIENT_SECRET',
    'secret:ci/invoice',
    'vault:secret/data/ci#password',
    'op://ci/invoice/password',
    'https://invoice.vault.azure.net/secrets/ci',
    'HTTPS://INVOICE.VAULT.AZURE.NET/secrets/ci',
    'xxxx',
    'XXXXXXXXXXXXXXXX',
    '****',
    '........',
    '0000',
    'your-secret',
    'your_client_secret_here',
    'YOUR CLIENT SECRET',
    'yoursecret',
    'changeme',
    'change-me',
    'CHANGE_ME',
    'placeholder',
    'REDACTED',
    'none',
    'null',
    'n/a',
    'TODO',
    'tbd',
    '  <your-secret>\n',
  ])('a stand-in is a placeholder: %j', (text) => {
    expect(secretForm(text)).toBe('placeholder');
  });

  test.each([
    'Zx9~not-a-real-secret-2f81',
    'bm90LWEtcmVhbC1zZWNyZXQ=',
    'hunter2',
    'p@ssw0rd!',
    'aaaab',
    'a<b>',
    '<a',
    '${A',
    'x${A}',
    '%100',
    '%a% and %b%',
    '#hash',
    'changeme1',
    'my placeholder',
    'secretly',
    'environment',
    'vaulted',
    'https://example.com/secrets/ci',
    'https://evil.example/?x=.vault.azure.net/',
    '$up3r.Secret!',
    'null0',
  ])('anything else is a value: %j', (text) => {
    expect(secretForm(text)).toBe('value');
  });

  test.each([[''], [' \t\n'], [null], [undefined], [true], [7], [{}], [['a']]])(
    '%j is no secret',
    (value) => {
      expect(secretForm(value)).toBeNull();
    },
  );

  test('is told in linear time', () => {
    for (const text of ['<', '${', '{{', '#{', '%', '[', 'x', '$A', 'your-', '(']) {
      expect(secretForm(text.repeat(200_000))).not.toBeNull();
      expect(secretForm(`${text.repeat(200_000)}!`)).toBe('value');
    }
  }, 2_000);
});

describe('a name for secrets', () => {
  test.each([
    'secretText',
    'clientSecret',
    'CLIENT_SECRET',
    'client-secret',
    'agentBlueprintClientSecret',
    'secret',
    'secretValue',
    'password',
    'passphrase',
    'DB_PASSWORD',
    'connectionString',
    'api-key',
    'ApiKey',
    'accessKey',
    'storage_account_key',
    'privateKey',
    'access_token',
    'refreshToken',
    'sas-token',
  ])('%s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each([
    'passwordCredentials',
    'keyCredentials',
    'key',
    'keyId',
    'token',
    'tokenType',
    'idTokenClaims',
    'agentBlueprintClientSecretProtected',
    'secretsUrl',
    'displayName',
    'publicKey',
    '',
  ])('not %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
