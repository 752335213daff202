import { mkdtempSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Compiler, Modules } from '../../../packages/opa-compiler/src/types.ts';
import type { Problem } from '../../documents/problem.ts';
import { OpaPlaces } from '../../sources/opa-places.ts';
import type { RuleFolder, SourceFile } from '../../sources/folder.ts';
import { sourceProblem } from '../../sources/problem.ts';
import { reason } from '../../util/reason.ts';

/** A file that is not as OPA formats it. */
export type Unformatted = { readonly file: SourceFile; readonly formatted: string };

/** The files of a folder that OPA would format in another way. Files that cannot be parsed are passed over. */
export async function unformattedFiles(
  folder: RuleFolder,
  isParsed: (path: string) => boolean,
  compiler: Compiler,
): Promise<readonly Unformatted[]> {
  const files = [...folder.rules, ...folder.libs, ...folder.tests].filter(({ path }) => isParsed(path));
  const modules: Modules = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  const answer = await compiler.format(modules);
  if (!answer.ok) return [];
  return files.flatMap((file) => {
    const formatted = answer.modules[file.path] ?? file.text;
    // How lines end is for git to say.
    return formatted === withLineFeeds(file.text) ? [] : [{ file, formatted }];
  });
}

export function formattingProblem({ file, formatted }: Unformatted): Problem {
  const [is, wanted] = [withLineFeeds(file.text).split('\n'), formatted.split('\n')];
  const index = is.findIndex((line, place) => line !== wanted[place]);
  const range = new OpaPlaces(file.text).line(Math.max(index, 0) + 1);
  return sourceProblem('rules-not-formatted', {}, { uri: file.uri, range });
}

/** Writes files as OPA formats them, each in one step; those that cannot be written are problems. */
export function writeFormatted({ root }: RuleFolder, files: readonly Unformatted[]): readonly Problem[] {
  return files.flatMap(({ file, formatted }) => {
    const text = file.text.includes('\r\n') ? formatted.replaceAll('\n', '\r\n') : formatted;
    try {
      replaceFile(realpathSync(join(root, file.path)), text);
      return [];
    } catch (error) {
      const message = `The file cannot be written: ${reason(error)}.`;
      return [sourceProblem('rules-not-written', { message }, { uri: file.uri, range: null })];
    }
  });
}

/** Beside the file, because only there a rename is one step. */
function replaceFile(path: string, text: string): void {
  const folder = mkdtempSync(join(dirname(path), '.agentid-lint-'));
  try {
    const temporary = join(folder, basename(path));
    writeFileSync(temporary, text, { flag: 'wx', mode: statSync(path).mode & 0o777 });
    renameSync(temporary, path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
