import type { Problem } from '../documents/problem.ts';
import { writeBundleFile } from '../sources/bundle-file.ts';
import { buildFolder } from '../sources/compile.ts';
import { digestOf } from '../sources/digest.ts';
import type { Signing } from '../sources/signature.ts';
import { fromFolder, type FolderOptions } from './analysed-folder.ts';

export type BuildOptions = FolderOptions & {
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
export function buildBundle(path: string, { version, signing, ...options }: BuildOptions): Promise<Built> {
  const { library } = options;
  return fromFolder<Built>(path, options, async ({ folder, rules, modules, compiler }) => {
    const built = await buildFolder(folder, { rules, modules, compiler, library, version });
    if (!built.ok) return built;
    const written = await writeBundleFile(built.content, signing ?? undefined);
    if (!written.ok) return written;
    const { bytes, digest } = written;
    return { ok: true, bytes, digest, sha256: digestOf(bytes), rules: rules.map(({ rule }) => rule.id) };
  });
}
