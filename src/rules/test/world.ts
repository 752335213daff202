import type { Modules } from '../../../packages/opa-compiler/src/types.ts';
import { closureOf } from '../../sources/closure.ts';
import type { RegoFile, RuleFolder } from '../../sources/folder.ts';
import { libraryPath, type Library } from '../../sources/library.ts';
import type { ShownFile } from '../shown-problems.ts';

/** Everything that the tests of a folder run in. */
export type TestWorld = {
  readonly folder: RuleFolder;
  readonly library: Library;
  /** The folder's own files by their paths in it, tests among them. */
  readonly own: ReadonlyMap<string, RegoFile>;
  /** All modules by the paths that the compiler knows them by: the folder's own, and the built-in helpers they need. */
  readonly modules: Modules;
  /** The same as files that can be shown. */
  readonly files: ReadonlyMap<string, ShownFile>;
  /** JSON text of the `data` document. */
  readonly data: string;
};

export function testWorld(folder: RuleFolder, library: Library): TestWorld {
  const own = [...folder.rules, ...folder.libs, ...folder.tests];
  const tables = new Map([
    ...library.tables,
    ...folder.tables.map(({ name, json }) => [name, json] as const),
  ]);
  const closure = closureOf(
    own.map(({ text }) => text),
    { libs: library.libs, tables: [...tables.keys()] },
  );
  const helpers = closure.libs.map((name) => [libraryPath(name), library.libs.get(name) ?? ''] as const);
  const members = closure.tables.map((name) => `${JSON.stringify(name)}:${tables.get(name) ?? 'null'}`);
  return {
    folder,
    library,
    own: new Map(own.map((file) => [file.path, file])),
    modules: {
      ...Object.fromEntries(own.map(({ path, text }) => [path, text])),
      ...Object.fromEntries(helpers),
    },
    files: new Map<string, ShownFile>([
      ...own.map((file) => [file.path, file] as const),
      ...helpers.map(([path, text]) => [path, { uri: path, text }] as const),
    ]),
    data: `{"agentid":{"tables":{${members.join(',')}}}}`,
  };
}

/** What a file is about: `ownership/team-tag` for `ownership/team_tag_test.rego`, `lib/names` for `lib/names.rego`. */
export function subjectOf({ path }: Pick<RegoFile, 'path'>): string {
  return path.replace(/(?:_test)?\.rego$/, '').replaceAll('_', '-');
}
