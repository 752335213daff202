import { codeIn } from './rego-code.ts';

/** What modules mention of `data.agentid`. `all` means that a name is only known when they run, or that the whole is read. */
type Mentions = { readonly libs: ReadonlySet<string> | 'all'; readonly tables: ReadonlySet<string> | 'all' };

export type Closure = {
  /** Names of the lib modules that are needed, also by each other, sorted. */
  readonly libs: readonly string[];
  /** Names of the tables that are read, sorted. */
  readonly tables: readonly string[];
};

type Available = {
  /** Lib modules by name: their text. */
  readonly libs: ReadonlyMap<string, string>;
  readonly tables: readonly string[];
};

/**
 * The lib modules and tables that texts need, told from the texts alone so that no compiler has to run. It may take
 * too much, never too little. Names that are not available are left out: the compiler or the catalogue reports them.
 */
export function closureOf(texts: readonly string[], { libs, tables }: Available): Closure {
  const needed = new Set<string>();
  const read = new Set<string>();
  const open = [...texts];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const mentions = mentionsIn(text);
    for (const table of mentions.tables === 'all' ? tables : mentions.tables) read.add(table);
    for (const name of mentions.libs === 'all' ? libs.keys() : mentions.libs) {
      const source = libs.get(name);
      if (source === undefined || needed.has(name)) continue;
      needed.add(name);
      open.push(source);
    }
  }
  return { libs: [...needed].sort(), tables: tables.filter((table) => read.has(table)).sort() };
}

/** A reference that starts at `data`, with its steps as far as they are names. */
const REFERENCE = /(?<![\w.])data(?!\w)((?:\s*\.\s*[A-Za-z_]\w*)*)/g;

function mentionsIn(text: string): Mentions {
  const libs = new Set<string>();
  const tables = new Set<string>();
  const found = { libs: false, tables: false };
  for (const [, chain = ''] of codeIn(text).matchAll(REFERENCE)) {
    const [root, section, name] = chain
      .split('.')
      .slice(1)
      .map((step) => step.trim());
    if (root !== undefined && root !== 'agentid') continue;
    if (root === undefined || section === undefined) {
      found.libs = true;
      found.tables = true;
    } else if (section === 'lib' || section === 'tables') {
      const names = section === 'lib' ? libs : tables;
      if (name !== undefined) names.add(name);
      else found[section === 'lib' ? 'libs' : 'tables'] = true;
    }
  }
  return { libs: found.libs ? 'all' : libs, tables: found.tables ? 'all' : tables };
}
