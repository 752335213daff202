import { compareCodePoints } from '../documents/code-points.ts';
import { decode, type Decoded } from '../documents/decode.ts';
import { discover, type DiscoveredFile, type Discovery } from '../documents/discover.ts';
import type { SourceDocument } from '../documents/document.ts';
import { parseJson } from '../documents/json.ts';
import { languageOf } from '../documents/language.ts';
import type { Parsed } from '../documents/parsed.ts';
import type { Problem } from '../documents/problem.ts';
import { documentProblem } from '../documents/problem-codes.ts';
import { readFileSafely } from '../documents/read.ts';
import { unmatchedProblem } from '../documents/unmatched.ts';
import type { Ledger } from '../findings/report.ts';
import { mayHoldManifest } from '../manifest/mentions.ts';
import { readManifest } from '../manifest/read.ts';
import type { DocumentResource } from '../model/resource.ts';
import type { LintRequest } from './request.ts';

/** Who a resource is and where it stands; what is in it went to the subjects. */
export type PlacedResource = Pick<DocumentResource, 'ref' | 'kind' | 'name' | 'origin'> & {
  readonly document: SourceDocument;
};

export type Inputs = {
  readonly resources: readonly PlacedResource[];
  readonly problems: readonly Problem[];
  /** Resources that were seen and not taken because of a problem in them. */
  readonly refused: number;
  /** What was asked for, when nothing at all was found for it. */
  readonly missed: readonly string[];
  readonly counts: Ledger['inputs'];
};

const NOTHING: Discovery = { files: [], excluded: [], problems: [], unmatched: [] };

/**
 * Reads every input of a run to its end, one after another in the order of their names. Each resource is handed to
 * `take` as soon as it is read.
 */
export async function readInputs(
  request: LintRequest,
  take: (resource: DocumentResource) => void,
): Promise<Inputs> {
  const { cwd, paths, stdin, texts = [], files } = request;
  const reader = new InputReader(request, take);
  const wantsFiles = (stdin === undefined && request.texts === undefined) || paths.length > 0;
  const found = wantsFiles ? await discover({ cwd, paths, ...files }) : NOTHING;
  if (stdin !== undefined) {
    await reader.add({ uri: stdin.uri, explicit: true }, decodeStdin(stdin, files.maxFileSize));
  }
  for (const { uri, text } of texts.toSorted((a, b) => compareCodePoints(a.uri, b.uri))) {
    await reader.add({ uri, explicit: false }, { ok: true, text });
  }
  for (const file of found.files) {
    await reader.add(file, readFileSafely(file, files.maxFileSize));
  }
  // Nothing at all is a result of its own; beside others, an argument that finds nothing is a gap in the answer.
  const foundNothing =
    stdin === undefined && found.unmatched.length > 0 && found.unmatched.length === paths.length;
  const unmatched = foundNothing ? [] : found.unmatched.map((argument) => unmatchedProblem(cwd, argument));
  return {
    ...reader.result([...found.problems, ...unmatched], found.excluded),
    missed: foundNothing ? found.unmatched : [],
  };
}

function decodeStdin({ uri, bytes }: NonNullable<LintRequest['stdin']>, limit: number): Decoded {
  if (bytes.length <= limit) return decode(uri, Buffer.from(bytes));
  const message = `The input is larger than the limit of ${limit} bytes.`;
  return { ok: false, problem: documentProblem('file-too-large', { uri, message }) };
}

class InputReader {
  readonly #request: LintRequest;
  readonly #take: (resource: DocumentResource) => void;
  readonly #resources: PlacedResource[] = [];
  readonly #problems: Problem[] = [];
  readonly #unmarked: string[] = [];
  #refused = 0;
  #read = 0;
  #failed = 0;
  #ignored = 0;

  constructor(request: LintRequest, take: (resource: DocumentResource) => void) {
    this.#request = request;
    this.#take = take;
  }

  async add({ uri, explicit }: Pick<DiscoveredFile, 'uri' | 'explicit'>, decoded: Decoded): Promise<void> {
    if (!decoded.ok) {
      this.#failed += 1;
      this.#problems.push(decoded.problem);
      return;
    }
    const hints = this.#request.hintsFor(uri);
    const isNamed = explicit || hints.as !== undefined || this.#request.isManifest(uri);
    if (!isNamed && !mayHoldManifest(uri, decoded.text)) {
      this.#ignored += 1;
      return;
    }
    const { documents, problems } = await parse(uri, decoded.text);
    this.#problems.push(...problems);
    const found = new Set<string>();
    for (const document of documents) {
      const result = await readManifest(document, hints);
      found.add(result.status);
      if (result.status !== 'resources') continue;
      for (const resource of result.resources) {
        const { ref, kind, name, origin } = resource;
        this.#resources.push({ ref, kind, name, origin, document });
        this.#take(resource);
      }
      this.#problems.push(...result.problems);
      this.#refused += result.refused;
    }
    for (const document of documents) document.forget();
    if (problems.length > 0) this.#failed += 1;
    else if (found.has('resources')) this.#read += 1;
    else if (found.has('unmarked')) this.#unmarked.push(uri);
    else this.#ignored += 1;
  }

  result(found: readonly Problem[], excluded: Ledger['inputs']['excluded']): Omit<Inputs, 'missed'> {
    return {
      resources: this.#resources,
      problems: [...found, ...this.#problems],
      refused: this.#refused,
      counts: {
        read: this.#read,
        failed: this.#failed + found.length,
        ignored: this.#ignored,
        unmarked: this.#unmarked,
        excluded,
      },
    };
  }
}

/** The YAML parser is loaded when the first YAML file comes. */
async function parse(uri: string, text: string): Promise<Parsed> {
  const language = languageOf(uri);
  if (language === 'json') return parseJson({ uri, text, language });
  const { parseYaml } = await import('../documents/yaml.ts');
  return parseYaml({ uri, text });
}
