import { resolve } from 'node:path';
import { joinLines, visible } from '../reporters/escape.ts';
import { count } from '../reporters/text.ts';
import { builtInLibrary } from '../rules.ts';
import { buildBundle, type Built } from '../rules/build.ts';
import { problemOfKey, readKeyFile, SIGNATURE_ALGORITHMS } from '../rules/signing-key.ts';
import type { Signing } from '../sources/signature.ts';
import { bytesInWords } from '../util/bytes.ts';
import type { CliContext } from './context.ts';
import { UsageError, usageError } from './errors.ts';
import { choiceOf, SIGNING_KEY_VARIABLE, type Flags } from './flags.ts';
import { mistakeOf, opaOf } from './load-config.ts';
import { writeReportFile } from './output.ts';
import { oneRuleFolder } from './rule-folders.ts';
import { shellWord } from './shell-word.ts';
import { isJson, jsonText } from './text-or-json.ts';
import { VERSION } from './version.ts';

export type BuildFlags = {
  readonly output: string;
  readonly format: string;
  readonly sign?: true;
  readonly key?: string;
  readonly keyId?: string;
  readonly algorithm?: string;
};

type World = { readonly flags: Flags; readonly context: CliContext };
type Bundle = Extract<Built, { readonly ok: true }>;

/**
 * Builds a folder of own rules into a file. Gives the text that tells what it is and how it is used.
 * @throws {UsageError} with everything that is wrong with the rules, or with how the command is used
 * @throws {OutputError} when the file could not be written; an older one is then untouched
 */
export async function buildRules(
  path: string | undefined,
  options: BuildFlags,
  { flags, context }: World,
): Promise<string> {
  const { output: name } = options;
  const asJson = isJson(options.format);
  if (!/[^/\\]\.(?:tar\.gz|tgz)$/i.test(name))
    throw usageError(
      `--output: ${JSON.stringify(name)} does not end in .tar.gz`,
      'By that a bundle is known: for example -o team-rules.tar.gz',
    );
  const signing = signingOf(options, context);
  const folder = await oneRuleFolder(path, flags, context);
  const built = await buildBundle(folder.path, {
    cwd: context.cwd,
    library: await builtInLibrary(),
    opa: opaOf(flags, context),
    version: VERSION,
    signing,
  });
  if (!built.ok) throw new UsageError(built.problems.map(mistakeOf));
  writeReportFile({ name, path: resolve(context.cwd, name), what: 'the bundle' }, built.bytes);
  if (asJson) return jsonText(bundleJson(name, built, signing));
  const lines = [
    ...writtenLines(name, built, signing),
    ...(flags.isOn('--quiet') ? [] : usageLines(name, built, signing)),
  ];
  return joinLines(lines.map(visible));
}

/** @throws {UsageError} when there is no key, or one that cannot be used */
function signingOf({ sign, key, keyId, algorithm }: BuildFlags, context: CliContext): Signing | null {
  if (sign === undefined) {
    const [extra] = Object.entries({ '--key': key, '--key-id': keyId, '--algorithm': algorithm }).filter(
      ([, value]) => value !== undefined,
    );
    if (extra === undefined) return null;
    throw usageError(`${extra[0]} is given without --sign`, 'Add --sign, or leave it out.');
  }
  const signing = {
    ...keyOf(key, context),
    keyId: keyId ?? 'default',
    algorithm: choiceOf({ value: algorithm ?? 'RS256', source: '--algorithm' }, SIGNATURE_ALGORITHMS),
  };
  if (!/^\P{Cc}{1,256}$/u.test(signing.keyId))
    throw usageError('--key-id is not a name of 1 to 256 characters', 'For example: --key-id team');
  const problem = problemOfKey(signing.key, signing.algorithm, signing.from);
  if (problem !== null) throw new UsageError([mistakeOf(problem)]);
  return { key: signing.key, keyId: signing.keyId, algorithm: signing.algorithm };
}

function keyOf(file: string | undefined, { cwd, env }: CliContext) {
  if (file !== undefined) {
    const read = readKeyFile({ path: resolve(cwd, file), name: file });
    if (!read.ok) throw new UsageError([mistakeOf(read.problem)]);
    return { key: read.key, from: file };
  }
  const key = env[SIGNING_KEY_VARIABLE] ?? '';
  if (key !== '') return { key, from: SIGNING_KEY_VARIABLE };
  throw usageError(
    '--sign needs a key',
    `Name its file with --key, or put the key itself into ${SIGNING_KEY_VARIABLE}.`,
  );
}

function writtenLines(name: string, { bytes, rules, sha256, digest }: Bundle, signing: Signing | null) {
  const by =
    signing === null ? 'not signed' : `signed with the key "${signing.keyId}" by ${signing.algorithm}`;
  return [
    `wrote ${name}: ${count(rules.length, 'rule')}, ${bytesInWords(bytes.length)}, ${by}`,
    `sha256 ${sha256}  of the file, to pin it`,
    `digest ${digest}  of its content, as reports show it`,
  ];
}

function usageLines(name: string, { sha256 }: Bundle, signing: Signing | null): readonly string[] {
  const file = /^(?:[./]|[A-Za-z]:)/.test(name) ? name : `./${name}`;
  return [
    '',
    'To use it once:',
    `  agentid-lint lint --rules ${shellWord(file)}`,
    'In every run, as it is now, by the config:',
    '  rules:',
    '    sources:',
    `      - { bundle: ${yamlWord(file)}, sha256: ${sha256} }`,
    ...(signing === null
      ? []
      : [
          '  remoteRules:',
          '    keys:',
          `      - { id: ${yamlWord(signing.keyId)}, algorithm: ${signing.algorithm}, file: <its public key> }`,
        ]),
  ];
}

function yamlWord(word: string): string {
  return /^[A-Za-z./][\w./-]*$/.test(word) ? word : JSON.stringify(word);
}

function bundleJson(
  name: string,
  { bytes, rules, sha256, digest }: Bundle,
  signing: Signing | null,
): unknown {
  return {
    format: 'rules-build-v1',
    file: name,
    bytes: bytes.length,
    sha256,
    digest,
    rules,
    signature: signing === null ? null : { keyId: signing.keyId, algorithm: signing.algorithm },
  };
}
