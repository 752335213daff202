import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exists } from '../documents/links.ts';
import type { Problem } from '../documents/problem.ts';
import { absolutePath, prefixOf, uriOf, workspaceAt } from '../documents/workspace.ts';
import { ruleId } from '../sources/layout.ts';
import { sourceProblem } from '../sources/problem.ts';
import { fileNamesOf, readName, type RuleName } from './new/names.ts';
import { ruleFiles, type RuleDraft } from './new/template.ts';

export { problemOfTitle, usualTitle } from './new/names.ts';
export type { RuleName } from './new/names.ts';
export type { RuleDraft } from './new/template.ts';

/** Where a rule is to be written. */
export type NewRulePlace = {
  /** Absolute working directory. */
  readonly cwd: string;
  /** The folder of own rules; it need not exist. */
  readonly folder: string;
  /** Ids, present and former, that are taken. */
  readonly ids: ReadonlySet<string>;
};

type Refused = { readonly ok: false; readonly problem: Problem };
export type FreeName = { readonly ok: true; readonly name: RuleName } | Refused;

/** The parts of an id that no other rule has, and whose files are not there yet. */
export function freeName(id: string, { cwd, folder, ids }: NewRulePlace): FreeName {
  const read = readName(id);
  if (!read.ok) return read;
  const { domain, name } = read.name;
  if (ids.has(ruleId(domain, name))) return taken(`${id} is the id of a built-in rule.`, null);
  const base = join(folder, domain);
  for (const file of Object.values(fileNamesOf(read.name))) {
    if (exists(join(base, file))) return taken('The file exists already.', uriIn(cwd, base, file));
  }
  return read;
}

function taken(message: string, uri: string | null): Refused {
  const hint = 'Choose another name. Nothing was written.';
  return { ok: false, problem: sourceProblem('rules-name-taken', { message, hint }, { uri, range: null }) };
}

/**
 * Writes the three files of a rule whose name is free: all of them or none. Gives their paths relative to the working
 * directory.
 * @throws {Error} of the file system
 */
export function writeRule(draft: RuleDraft, { cwd, folder }: NewRulePlace): readonly string[] {
  const base = join(folder, draft.domain);
  const made = mkdirSync(base, { recursive: true });
  const written: string[] = [];
  try {
    writeAll(base, ruleFiles(draft), written);
  } catch (error) {
    for (const path of written) rmSync(path, { force: true });
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    throw error;
  }
  return Object.values(fileNamesOf(draft)).map((file) => uriIn(cwd, base, file));
}

/** Under other names first, so that what can fail has happened before any file gets its own. */
function writeAll(base: string, files: ReadonlyMap<string, string>, written: string[]): void {
  const folder = mkdtempSync(join(base, '.agentid-lint-'));
  try {
    for (const [name, text] of files) writeFileSync(join(folder, name), text, { flag: 'wx' });
    for (const name of files.keys()) {
      renameSync(join(folder, name), join(base, name));
      written.push(join(base, name));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function uriIn(cwd: string, base: string, file: string): string {
  const workspace = workspaceAt(cwd);
  return `${prefixOf(uriOf(workspace, absolutePath(workspace, base)))}${file}`;
}
