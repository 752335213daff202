import { decode, type Decoded } from '../documents/decode.ts';
import { discover, type DiscoveredFile } from '../documents/discover.ts';
import type { SourceDocument } from '../documents/document.ts';
import { languageOf, parseText } from '../documents/parse.ts';
import type { Problem } from '../documents/problem.ts';
import { readFileSafely } from '../documents/read.ts';
import type { Ledger } from '../findings/report.ts';
import { mayHoldManifest } from '../manifest/mentions.ts';
import { readManifest } from '../manifest/read.ts';
import type { Resource } from '../model/resource.ts';
import type { LintRequest } from './request.ts';

export type LocatedResource = { readonly resource: Resource; readonly document: SourceDocument };

export type Inputs = {
  readonly resources: readonly LocatedResource[];
  readonly problems: readonly Problem[];
  /** Resources that were seen and not taken because of a problem in them. */
  readonly refused: number;
  readonly counts: Ledger['inputs'];
};

/** Reads every input of a run to its end, one after another in the order of their names. */
export async function readInputs(request: LintRequest): Promise<Inputs> {
  const { cwd, paths, stdin, files } = request;
  const reader = new InputReader(request);
  const wantsFiles = stdin === undefined || paths.length > 0;
  const discovery = wantsFiles ? await discover({ cwd, paths, ...files }) : null;
  if (stdin !== undefined) {
    await reader.add({ uri: stdin.uri, explicit: true }, decode(stdin.uri, Buffer.from(stdin.bytes)));
  }
  for (const file of discovery?.files ?? []) {
    await reader.add(file, readFileSafely(file, files.maxFileSize));
  }
  return reader.result(discovery?.problems ?? [], discovery?.excluded ?? []);
}

class InputReader {
  readonly #request: LintRequest;
  readonly #resources: LocatedResource[] = [];
  readonly #problems: Problem[] = [];
  readonly #unmarked: string[] = [];
  #refused = 0;
  #read = 0;
  #failed = 0;
  #ignored = 0;

  constructor(request: LintRequest) {
    this.#request = request;
  }

  async add({ uri, explicit }: Pick<DiscoveredFile, 'uri' | 'explicit'>, decoded: Decoded): Promise<void> {
    if (!decoded.ok) {
      this.#failed += 1;
      this.#problems.push(decoded.problem);
      return;
    }
    const hints = this.#request.hintsFor(uri);
    if (!explicit && hints.as === undefined && !mayHoldManifest(uri, decoded.text)) {
      this.#ignored += 1;
      return;
    }
    const { documents, problems } = parseText({ uri, text: decoded.text, language: languageOf(uri) });
    this.#problems.push(...problems);
    const found = new Set<string>();
    for (const document of documents) {
      const result = await readManifest(document, hints);
      found.add(result.status);
      if (result.status !== 'resources') continue;
      for (const resource of result.resources) this.#resources.push({ resource, document });
      this.#problems.push(...result.problems);
      this.#refused += result.refused;
    }
    if (problems.length > 0) this.#failed += 1;
    else if (found.has('resources')) this.#read += 1;
    else if (found.has('unmarked')) this.#unmarked.push(uri);
    else this.#ignored += 1;
  }

  result(found: readonly Problem[], excluded: Ledger['inputs']['excluded']): Inputs {
    return {
      resources: this.#resources,
      problems: [...found, ...this.#problems],
      refused: this.#refused,
      counts: {
        read: this.#read,
        failed: this.#failed,
        ignored: this.#ignored,
        unmarked: this.#unmarked,
        excluded,
      },
    };
  }
}
