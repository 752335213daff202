import { discover } from './documents/discover.ts';
import { exists } from './documents/links.ts';
import { readFileSafely } from './documents/read.ts';
import { patternsFor, type FileGroup } from './init/patterns.ts';
import { readInputs } from './lint/inputs.ts';
import type { LintRequest } from './lint/request.ts';
import type { DocumentResource } from './model/resource.ts';
import { DOCUMENT_KINDS, RESOURCE_KINDS, type DocumentKind } from './model/vocabulary.ts';

export { configText, preCommitEntry, preCommitText, workflowText } from './init/texts.ts';

/** What is in a repository, as a run of `lint` would find it. Paths are relative to the working directory. */
export type Survey = {
  /** How many there are of each kind of agent object that there is, in the order of kinds. */
  readonly kinds: readonly { readonly kind: DocumentKind; readonly count: number }[];
  /** How many files hold them. */
  readonly files: number;
  /** Files that say what they are and keep everything. */
  readonly declared: FileGroup;
  /** Answers of Graph without a single sponsor, owner, federated credential or inheritable permission. */
  readonly bare: FileGroup;
  /** Application JSON that does not say what it is. */
  readonly unmarked: FileGroup;
  /** Folders of Agent 365 projects; empty for the working directory itself. */
  readonly projects: readonly string[];
  /** Problems that keep something from being read. */
  readonly problems: number;
};

/** Looks at the files that a request is about, and judges none of them. */
export async function surveyFiles(request: LintRequest): Promise<Survey> {
  const seen = new Map<string, DocumentResource[]>();
  const inputs = await readInputs(request, (resource) => {
    const { uri } = resource.origin;
    const entry = seen.get(uri) ?? [];
    entry.push(resource);
    seen.set(uri, entry);
  });
  const { cwd, paths, files } = request;
  const all = (await discover({ cwd, paths, ...files })).files.map(({ uri }) => uri);
  const agents = [...seen].filter(([, resources]) => resources.some(isAgent));
  const bare = agents.filter(([, resources]) => resources.every(isBare)).map(([uri]) => uri);
  const projectFiles = [...seen].filter(([, found]) => !found.some(isAgent)).map(([uri]) => uri);
  const declared = agents.map(([uri]) => uri).filter((uri) => !bare.includes(uri));
  const { unmarked } = inputs.counts;
  // What could not be read may be anything.
  const unread = new Set(inputs.problems.flatMap(({ uri }) => uri ?? []));
  const readable = all.filter((uri) => !unread.has(uri));
  const resources = agents.flatMap(([, found]) => found);
  return {
    kinds: DOCUMENT_KINDS.map((kind) => ({
      kind,
      count: resources.filter((resource) => resource.kind === kind).length,
    })).filter(({ count }) => count > 0),
    files: agents.length,
    declared: groupOf(declared, readable),
    bare: groupOf(bare, readable),
    unmarked: groupOf(unmarked, readable),
    projects: outermost(projectFiles.map((uri) => uri.slice(0, uri.lastIndexOf('/') + 1))),
    problems: inputs.problems.length,
  };
}

/** Whether there is a file that says the text. */
export function fileSays(path: string, text: string): boolean {
  const read = exists(path) ? readFileSafely({ uri: path, path }) : null;
  return read?.ok === true && read.text.includes(text);
}

function groupOf(files: readonly string[], all: readonly string[]): FileGroup {
  const own = new Set(files);
  const others = all.filter((uri) => !own.has(uri));
  return { files, patterns: files.length === 0 ? [] : patternsFor(files, others) };
}

function isAgent({ kind }: DocumentResource): boolean {
  return RESOURCE_KINDS[kind].surface === 'manifest';
}

const ANSWERS = ['graph-object', 'graph-collection'];
const RELATIONSHIPS = ['sponsors', 'owners', 'federatedIdentityCredentials', 'inheritablePermissions'];

/** Graph leaves relationships out of an answer unless they are asked for. */
function isBare({ origin, properties }: DocumentResource): boolean {
  return ANSWERS.includes(origin.shape) && !RELATIONSHIPS.some((name) => Object.hasOwn(properties, name));
}

/** Folders that are in no other of them, without the slash at their end. */
function outermost(folders: readonly string[]): readonly string[] {
  const all = [...new Set(folders)];
  return all
    .filter((folder) => !all.some((other) => other !== folder && folder.startsWith(other)))
    .map((folder) => folder.replace(/\/$/, ''));
}
