import type { Problem } from '../documents/problem.ts';
import { sortProblems } from '../findings/sort.ts';
import { analyse, modulesOf } from '../sources/analyse.ts';
import { writeBundleFile } from '../sources/bundle-file.ts';
import { buildFolder, withCompiler } from '../sources/compile.ts';
import { compilerAccess } from '../sources/compiler-access.ts';
import { digestOf } from '../sources/digest.ts';
import { readExamples } from '../sources/examples.ts';
import { readRuleFolder } from '../sources/folder.ts';
import type { Library } from '../sources/library.ts';
import type { Signing } from '../sources/signature.ts';

export type BuildOptions = {
  /** Absolute working directory. */
  readonly cwd: string;
  readonly library: Library;
  /** An `opa` executable to use instead of the compiler that comes along. */
  readonly opa: string | null;
  /** Version of agentid-lint. */
  readonly version: string;
  /** `null`: the bundle is not signed. */
  readonly signing: Signing | null;
};

export type Built =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array<ArrayBuffer>;
      /** SHA-256 of the bytes, as 64 hexadecimal digits: what those who use the file pin. */
      readonly sha256: string;
      /** Of the content, whatever its signature: what reports show. */
      readonly digest: string;
      /** Ids of its rules, in order. */
      readonly rules: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * A folder of own rules as a policy bundle. Equal folders give equal bytes, but for signatures of the PS and ES
 * algorithms. With anything wrong in layout, METADATA, Rego or examples there is none.
 */
export async function buildBundle(
  path: string,
  { cwd, library, opa, version, signing }: BuildOptions,
): Promise<Built> {
  const read = readRuleFolder(path, { cwd });
  if (!read.ok) return read;
  const { folder } = read;
  const access = compilerAccess(opa);
  try {
    return await withCompiler(async () => {
      const compiler = await access.open();
      const modules = modulesOf(folder, library);
      const { rules, problems } = await analyse(folder, modules, { compiler, library });
      const found = [...problems, ...folder.examples.flatMap((file) => readExamples(file).problems)];
      if (found.length > 0) return { ok: false, problems: sortProblems(found) };
      const built = await buildFolder(folder, { rules, modules, compiler, library, version });
      if (!built.ok) return built;
      const written = await writeBundleFile(built.content, signing ?? undefined);
      if (!written.ok) return written;
      const { bytes, digest } = written;
      return { ok: true, bytes, digest, sha256: digestOf(bytes), rules: rules.map(({ rule }) => rule.id) };
    });
  } finally {
    await access.close();
  }
}
