import { join, posix } from 'node:path';
import type { Report } from '../findings/report.ts';
import { isObject } from '../util/is-object.ts';
import { readSmallFile } from './files.ts';
import { count } from '../reporters/text.ts';
import type { Base } from './base.ts';

/** What settings are kept in, wherever it is. */
const OF_SETTINGS = /(?:^|\/)(?:agentid-lint\.config\.(?:ya?ml|json)|\.agentid-lint\/.*)$/;

const PACKAGE = /(?:^|\/)package\.json$/;
/** Of a `package.json` that is looked into. */
const MOST_BYTES = 10 * 1024 * 1024;

/**
 * The files of settings and of own rules that a change touches, relative to the top of the repository: those that the report
 * was made with, and those that would count if the change were merged. They had no say.
 */
export function changedSettings(
  report: Report,
  { changed, prefix, top }: Pick<Base, 'changed' | 'prefix' | 'top'>,
): readonly string[] {
  const used = report.config.files.map((file) => posix.normalize(posix.join(prefix, file)));
  return changed.filter(
    (path) =>
      OF_SETTINGS.test(path) ||
      used.some((file) => path === file || path.startsWith(`${file}/`)) ||
      (PACKAGE.test(path) && hasSettings(join(top, path))),
  );
}

/** Whether a `package.json` of the change has settings; one that cannot be read has none that would count. */
function hasSettings(path: string): boolean {
  try {
    const content: unknown = JSON.parse(readSmallFile(path, MOST_BYTES) ?? '');
    return isObject(content) && Object.hasOwn(content, 'agentid-lint');
  } catch {
    return false;
  }
}

const IGNORES = /(?:^|\/)\.gitignore$/;

/** What a change does to the judging of it, as a sentence; `null` when it does nothing. */
export function settingsSentence(
  report: Report,
  base: Pick<Base, 'changed' | 'prefix' | 'top'>,
): string | null {
  const sentences = [
    touchedSentence(changedSettings(report, base)),
    ignoreSentence(base.changed.filter((path) => IGNORES.test(path))),
  ].filter((sentence) => sentence !== null);
  return sentences.length === 0 ? null : sentences.join('; ');
}

function touchedSentence(files: readonly string[]): string | null {
  const [first, second] = files;
  if (first === undefined) return null;
  const what =
    second === undefined
      ? first
      : `${first} and ${count(files.length - 1, 'more file', 'more files')} of settings`;
  return `this change touches ${what}; the settings of the base were used`;
}

/** Git keeps files that are ignored and yet added; they are not read. */
function ignoreSentence(files: readonly string[]): string | null {
  const [first, second] = files;
  if (first === undefined) return null;
  const what = second === undefined ? first : `${first} and ${count(files.length - 1, 'more', 'more')}`;
  return `this change touches ${what}, and files that are ignored are not read`;
}
