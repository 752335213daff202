import { dirname, resolve } from 'node:path';
import { toPointer, type Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import type { Config, ValueSource } from './config.ts';
import { readConfigText, uriOf } from './config-text.ts';
import { DEFAULTS } from './defaults.ts';
import { placeIn, type ReadFile } from './file.ts';
import { mayExist } from './find.ts';
import { configProblem, quoted } from './problem.ts';
import type { WrittenKey } from './written.ts';

type Remote = {
  readonly remoteRules: Config['remoteRules'];
  /** JSON Pointer of a value to where it was set. */
  readonly origins: ReadonlyMap<string, ValueSource>;
  readonly problems: readonly { readonly file: ReadFile; readonly problem: Problem }[];
};

type Key = Config['remoteRules']['keys'][number];

type World = { readonly cwd: string; readonly within: string };

/** What the files, weakest first, say about bundles from elsewhere: the last one that sets a key sets all of it. */
export function remoteRulesOf(files: readonly ReadFile[], world: World): Remote {
  let remoteRules: Config['remoteRules'] = DEFAULTS.remoteRules;
  const origins = new Map<string, ValueSource>();
  const problems: { file: ReadFile; problem: Problem }[] = [];
  for (const file of files) {
    const { keys: written, hosts, ...requirements } = file.structure.remoteRules;
    remoteRules = {
      ...remoteRules,
      ...requirements,
      ...(hosts === undefined ? {} : { hosts: hosts.map((host) => host.toLowerCase()) }),
    };
    for (const [place, host] of (hosts ?? []).entries())
      if (!isHost(host)) problems.push({ file, problem: noHost(['remoteRules', 'hosts', place], file) });
    for (const key of Object.keys(file.structure.remoteRules)) {
      const path = ['remoteRules', key];
      origins.set(toPointer(path), placeIn(file, path));
    }
    if (written === undefined) continue;
    const keys: Key[] = [];
    for (const [place, entry] of written.entries()) {
      const path: Path = ['remoteRules', 'keys', place];
      const read = readKey(entry, path, file, world);
      if (read.ok) keys.push(read.key);
      else problems.push({ file, problem: read.problem });
      if (written.findIndex(({ id }) => id === entry.id) < place)
        problems.push({ file, problem: twice(entry, path, file) });
    }
    remoteRules = { ...remoteRules, keys };
  }
  return { remoteRules, origins, problems };
}

/** A name or an address, and a port where it is not 443; written as addresses of bundles are compared with it. */
function isHost(text: string): boolean {
  const host = text.toLowerCase().replace(/:443$/, '');
  const address = `https://${host}`;
  return /^[a-z0-9.:[\]-]+$/.test(host) && URL.canParse(address) && new URL(address).host === host;
}

function noHost(at: Path, { document, at: root }: ReadFile): Problem {
  const { range } = document.locate([...root, ...at]);
  const message = `Item ${Number(at.at(-1)) + 1} of "hosts" must be the name of a host.`;
  const hint = 'For example rules.example.com, or rules.example.com:8443.';
  return configProblem({ code: 'config-invalid-value', message, hint }, { uri: document.uri, range });
}

function readKey(
  { id, algorithm, file: name }: WrittenKey,
  at: Path,
  file: ReadFile,
  { cwd, within }: World,
): { readonly ok: true; readonly key: Key } | { readonly ok: false; readonly problem: Problem } {
  const path = resolve(dirname(file.path), name);
  if (!mayExist(path)) {
    const { uri } = file.document;
    const { range } = file.document.locate([...file.at, ...at, 'file']);
    const message = `There is no file ${quoted(uriOf(path, cwd))}.`;
    return { ok: false, problem: configProblem({ code: 'config-key-not-found', message }, { uri, range }) };
  }
  const read = readConfigText(path, { cwd, boundary: within });
  return read.ok ? { ok: true, key: { id, algorithm, key: read.text, file: path } } : read;
}

function twice({ id }: WrittenKey, at: Path, { document, at: root }: ReadFile): Problem {
  const message = `Two keys have the id ${quoted(id)}.`;
  const { range } = document.locate([...root, ...at, 'id']);
  return configProblem({ code: 'config-duplicate-key', message }, { uri: document.uri, range });
}
