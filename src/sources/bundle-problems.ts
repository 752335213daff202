/** Every problem of the files that carry policy bundles; a part of `SOURCE_PROBLEMS`. */
export const BUNDLE_PROBLEMS = {
  'bundle-too-large': {
    title: 'The bundle is too large.',
    hint: 'A bundle has at most 16 MiB, unpacked at most 32 MiB, and each of its JSON files at most 4 MiB.',
  },
  'bundle-not-gzip': {
    title: 'The file is no gzip archive.',
    hint: 'A policy bundle is a file as "agentid-lint rules build" writes it.',
  },
  'bundle-damaged': { title: 'The archive is damaged.', hint: 'Build or download it again.' },
  'bundle-entry-refused': {
    title: 'The archive holds something that is no part of a policy bundle.',
    hint: 'It holds policy.wasm, data.json, .manifest and .signatures.json, each once; "agentid-lint rules build" makes it.',
  },
  'bundle-entry-missing': {
    title: 'A file of the bundle is missing.',
    hint: 'Build it again with "agentid-lint rules build".',
  },
  'bundle-json': {
    title: 'A JSON file of the bundle cannot be read.',
    hint: 'Build it again with "agentid-lint rules build".',
  },
  'bundle-content': {
    title: 'A file of the bundle does not hold what it should.',
    hint: 'Build it again with "agentid-lint rules build".',
  },
  'bundle-version': {
    title: 'The bundle is of another version of agentid-lint.',
    hint: 'Build it again with this version, or use the version that built it.',
  },
  'bundle-digest-mismatch': {
    title: 'The content of the bundle has another digest than its manifest says.',
    hint: 'It was changed after it was built. Build or download it again.',
  },
  'bundle-not-signed': {
    title: 'The bundle is not signed.',
    hint: 'Sign it with "agentid-lint rules build --sign".',
  },
  'bundle-signature-malformed': {
    title: 'The signature of the bundle cannot be read.',
    hint: 'Sign the bundle again.',
  },
  'bundle-signature-key': {
    title: 'None of the configured keys belongs to the signature of the bundle.',
    hint: 'Add the public key of its author to "remoteRules.keys".',
  },
  'bundle-signature-algorithm': {
    title: 'The signature of the bundle uses an algorithm that is not accepted.',
    hint: 'The config says for each key which algorithm it is for.',
  },
  'bundle-signature-invalid': {
    title: 'The signature of the bundle is not by the key that it names.',
    hint: 'Do not use the bundle. Ask its author for the right file or key.',
  },
  'bundle-signature-scope': {
    title: 'The bundle was signed for another scope.',
    hint: 'Use a bundle that was signed for this use.',
  },
  'bundle-signature-files': {
    title: 'The bundle does not hold the files that were signed.',
    hint: 'It was changed after it was signed. Do not use it; build or download it again.',
  },
  'bundle-key-unusable': {
    title: 'The key cannot be used.',
    hint: 'RS, PS and ES algorithms take a key in PEM, HS algorithms a long secret.',
  },
} as const;
