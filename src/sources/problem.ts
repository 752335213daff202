import type { Problem } from '../documents/problem.ts';
import { RULE_PROBLEMS } from './rule-problems.ts';
import { BUNDLE_PROBLEMS } from './bundle-problems.ts';

type CodeText = {
  /** The sentence used when the place knows nothing more exact to say. */
  readonly title: string;
  readonly hint: string;
};

/** Every problem of own rules, their bundles and the places they come from. Codes are stable: they are documented. */
export const SOURCE_PROBLEMS = {
  'source-not-found': {
    title: 'There is no such source of rules.',
    hint: 'Name a folder, a bundle (.tar.gz), an https address with #sha256=…, or an installed npm package.',
  },
  'source-empty': {
    title: 'The source of rules is empty.',
    hint: 'Name a folder, a bundle (.tar.gz), an https address with #sha256=…, or an installed npm package.',
  },
  'source-invalid': {
    title: 'This cannot be the name of a source of rules.',
    hint: 'Name a folder, a bundle (.tar.gz), an https address with #sha256=…, or an installed npm package.',
  },
  'source-unreadable': {
    title: 'The source of rules cannot be read.',
    hint: 'Check the permissions of the path and of every folder on the way.',
  },
  'source-unsupported-file': {
    title: 'A single file is a source of rules only when it is a bundle, which ends in .tar.gz or .tgz.',
    hint: 'Name the folder that the rules are in.',
  },
  'source-unsupported-scheme': {
    title: 'Rules are fetched over https only.',
    hint: 'Write an address that starts with https://, or download the bundle and name its file.',
  },
  'source-credentials-in-address': {
    title: 'The address has a user name or password in it.',
    hint: 'Remove it, and replace it wherever it was valid: addresses end up in logs. Rules are fetched without signing in.',
  },
  'source-invalid-address': {
    title: 'This is no valid https address.',
    hint: 'For example: https://rules.example.com/team.tar.gz#sha256=<64 hexadecimal digits>',
  },
  'source-invalid-digest': {
    title: 'The digest is not sha256 with 64 hexadecimal digits.',
    hint: '"sha256sum <bundle>" prints it; in an address it stands at the end: #sha256=<64 hexadecimal digits>',
  },
  'source-outside': {
    title: 'The source of rules is outside of the repository.',
    hint: 'Copy it into the repository, or name it on the command line with --rules.',
  },

  'source-package-not-installed': {
    title: 'The npm package is not installed.',
    hint: 'Install it with "npm install --save-dev <name>".',
  },
  'source-package-without-rules': {
    title: 'The npm package has no rules.',
    hint: 'Its package.json names them: "agentid-lint": { "rules": "./rules" }.',
  },
  'source-package-rules-outside': {
    title: 'The npm package names rules that are outside of it.',
    hint: 'The path in its package.json must stay inside of the package, also behind links.',
  },
  'source-package-rules-not-found': {
    title: 'The rules that the npm package names are not there.',
    hint: 'Ask its author: the path in package.json is wrong, or the files were left out when it was published.',
  },

  'source-host-not-named': {
    title: 'The config does not name this host.',
    hint: 'Add it under `remoteRules.hosts` in the config, if its rules are to be trusted.',
  },
  'source-not-pinned': {
    title: 'The address has no digest.',
    hint: 'Add #sha256=<64 hexadecimal digits>, or set `remoteRules.requireDigest: false` in the config.',
  },
  'source-offline': {
    title: 'The bundle is not in the cache, and --offline forbids to fetch it.',
    hint: 'Run once without --offline, or download the bundle and name its file.',
  },
  'source-redirect-refused': {
    title: 'The server redirects to where rules are not fetched from.',
    hint: 'Name the final address.',
  },
  'source-unreachable': {
    title: 'The server cannot be reached.',
    hint: 'Check the address and the network, or download the bundle and name its file.',
  },
  'source-untrusted-server': {
    title: 'The certificate of the server is not to be trusted.',
    hint: 'For an authority of your organisation, name its certificate in NODE_EXTRA_CA_CERTS.',
  },
  'source-timeout': {
    title: 'The server took too long.',
    hint: 'Try again, or download the bundle and name its file.',
  },
  'source-refused-by-server': {
    title: 'The server did not give the bundle.',
    hint: 'Check the address. Rules are fetched without signing in.',
  },
  'source-too-large': {
    title: 'The bundle is larger than 16 MiB.',
    hint: 'Check the address: bundles are a few hundred KiB.',
  },
  'source-digest-mismatch': {
    title: 'The file is not the one that was pinned.',
    hint: 'Find out why it changed. Pin the new digest only if the change is meant.',
  },

  // Warnings.
  'source-cache-unusable': {
    title: 'The cache cannot be used.',
    hint: 'The run goes on without. AGENTID_LINT_CACHE_DIR names another folder, --no-cache uses none.',
  },

  ...BUNDLE_PROBLEMS,

  ...RULE_PROBLEMS,
} as const satisfies { readonly [code: string]: CodeText };

export type SourceProblemCode = keyof typeof SOURCE_PROBLEMS;

type Words = { readonly message?: string; readonly hint?: string };

/** A problem of a source without its place, which only those know who read where the source is named. */
export type SourceFault = Words & { readonly code: SourceProblemCode };

export function sourceProblem(
  code: SourceProblemCode,
  { message, hint }: Words,
  place: Pick<Problem, 'uri' | 'range'> & Pick<Problem, 'related'>,
): Problem {
  const { title, hint: usual } = SOURCE_PROBLEMS[code];
  return { code, message: message ?? title, hint: hint ?? usual, ...place };
}
