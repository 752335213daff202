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
import { readManifest, type ManifestResult } from '../manifest/read.ts';
import type { DocumentResource } from '../model/resource.ts';
import type { InlineMark } from '../suppressions/types.ts';
import { IGNORE_MARKER } from '../util/ignore-marker.ts';
import type { LintRequest } from './request.ts';

/** What has to be known to read the inputs of a run. */
export type InputRequest = Pick<
  LintRequest,
  'cwd' | 'paths' | 'stdin' | 'texts' | 'files' | 'hintsFor' | 'isManifest' | 'suppressions'
>;

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
  /** What stands beside findings to suppress them; none when that is not honoured. */
  readonly marks: readonly InlineMark[];
  /** Files that were read to their end without a problem, when something is suppressed by the names of files. */
  readonly whole: ReadonlySet<string>;
};

type Resources = Extract<ManifestResult, { readonly status: 'resources' }>;

const NOTHING: Discovery = { files: [], excluded: [], problems: [], unmatched: [] };

/**
 * Reads every input of a run to its end, one after another in the order of their names. Each resource is handed to
 * `take` as soon as it is read.
 */
export async function readInputs(
  request: InputRequest,
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
  readonly #request: InputRequest;
  readonly #take: (resource: DocumentResource) => void;
  readonly #resources: PlacedResource[] = [];
  readonly #problems: Problem[] = [];
  readonly #unmarked: string[] = [];
  readonly #honoursMarks: boolean;
  readonly #marks: InlineMark[] = [];
  readonly #namesFiles: boolean;
  readonly #whole = new Set<string>();
  #refused = 0;
  #read = 0;
  #failed = 0;
  #ignored = 0;

  constructor(request: InputRequest, take: (resource: DocumentResource) => void) {
    this.#request = request;
    this.#take = take;
    const { waivers = null, baseline = null, inline = true } = request.suppressions ?? {};
    this.#honoursMarks = inline;
    this.#namesFiles = waivers !== null || baseline !== null;
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
      this.#addWhole(uri);
      return;
    }
    const { documents, problems } = await parse(uri, decoded.text);
    this.#problems.push(...problems);
    const found = new Set<string>();
    let isWhole = problems.length === 0;
    for (const document of documents) {
      const result = await readManifest(document, hints);
      found.add(result.status);
      if (result.status !== 'resources') continue;
      if (result.problems.length > 0 || result.refused > 0) isWhole = false;
      if (this.#honoursMarks && document.mentions(IGNORE_MARKER)) await this.#addMarks(document, result);
      for (const resource of result.resources) {
        const { ref, kind, name, origin } = resource;
        this.#resources.push({ ref, kind, name, origin, document });
        this.#take(resource);
      }
      this.#problems.push(...result.problems);
      this.#refused += result.refused;
    }
    for (const document of documents) document.forget();
    if (isWhole && !found.has('unmarked')) this.#addWhole(uri);
    if (problems.length > 0) this.#failed += 1;
    else if (found.has('resources')) this.#read += 1;
    else if (found.has('unmarked')) this.#unmarked.push(uri);
    else this.#ignored += 1;
  }

  /** Before the resources of the document are taken: the next place is that of the first. */
  async #addMarks(
    document: SourceDocument,
    { resources, ignores, problems, refused }: Resources,
  ): Promise<void> {
    const { marksIn } = await import('../suppressions/marks.ts');
    const next = this.#resources.length;
    const marks = marksIn({
      document,
      ignores,
      resources: resources.map(({ origin }, index) => ({ owner: next + index, path: origin.path })),
      isWhole: problems.length === 0 && refused === 0,
    });
    for (const mark of marks) this.#marks.push(mark);
  }

  #addWhole(uri: string): void {
    if (this.#namesFiles) this.#whole.add(uri);
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
      marks: this.#marks,
      whole: this.#whole,
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
