/** Rego source texts by path. Paths are relative with forward slashes; OPA's messages and positions name them. */
export type Modules = { readonly [path: string]: string };

/** Something OPA has to say about a module. Rows and columns are 1-based; columns count code points, as OPA does. */
export type CompilerProblem = {
  /** A path of the request's modules; `null` when it is about none of them. */
  readonly file: string | null;
  readonly row: number | null;
  readonly column: number | null;
  /** OPA's code, such as `rego_type_error`. */
  readonly code: string;
  readonly message: string;
  /** For a reference that the schema of `input` does not have: the names that it has at that place. */
  readonly candidates: readonly string[];
};

export type Failed = { readonly ok: false; readonly problems: readonly CompilerProblem[] };

/** OPA's capabilities document (https://www.openpolicyagent.org/docs/deployments#capabilities). */
export type Capabilities = { readonly builtins: readonly unknown[]; readonly [key: string]: unknown };

export type CheckRequest = {
  readonly modules: Modules;
  readonly capabilities?: Capabilities;
  /** JSON Schema of `input`; a reference to a property it does not have is a problem. */
  readonly inputSchema?: unknown;
};

export type BuildRequest = {
  readonly modules: Modules;
  /** Paths with slashes, such as `agentid/main/blueprint`. */
  readonly entrypoints: readonly string[];
  readonly capabilities: Capabilities;
};

export type Built = {
  readonly ok: true;
  readonly wasm: Uint8Array<ArrayBuffer>;
  /** Names of the built-in functions that the modules call, operators such as `plus` among them, sorted. */
  readonly builtins: readonly string[];
  /** The METADATA of all modules, in the form of `opa inspect --annotations --format json`. */
  readonly annotations: readonly Annotation[];
};

export type Annotation = {
  readonly annotations: { readonly [key: string]: unknown };
  readonly location: { readonly file: string; readonly row: number; readonly col: number };
  /** The annotated package or rule as terms. */
  readonly path: readonly { readonly type: string; readonly value: unknown }[];
};

/** OPA's abstract syntax tree of a module, with a `location` on every node; see `opa parse --format json`. */
export type SyntaxTree = { readonly [key: string]: unknown };

export type Parsed = { readonly ok: true; readonly trees: { readonly [path: string]: SyntaxTree } };

export type TestRequest = {
  readonly modules: Modules;
  /** OPA's `data` document. */
  readonly data?: unknown;
  /** Regular expression (Go's syntax) over `<package>.<test>`. */
  readonly run?: string;
  readonly coverage?: boolean;
};

export type TestResult = {
  /** Path of the module. */
  readonly file: string;
  readonly row: number;
  /** Such as `data.agentid.acme.naming_test`. */
  readonly package: string;
  readonly name: string;
  readonly outcome: 'pass' | 'fail' | 'error' | 'skip';
  /** For `error`: what OPA said. */
  readonly error: string | null;
  /** What the test printed. */
  readonly output: string;
  /** For a test over named cases (`test_x[name]`): how each ended; `outer / inner` for `test_x[outer][inner]`. */
  readonly cases: { readonly [name: string]: 'pass' | 'fail' };
  /** For `fail`: the expression that did not hold, with the values that it compared. */
  readonly failure: TestFailure | null;
};

export type TestFailure = {
  readonly file: string;
  readonly row: number;
  readonly column: number;
  /** The expression as it is written. */
  readonly text: string;
  /** The two sides of a comparison as Rego terms, as far as they are known; `null` for other expressions. */
  readonly got: string | null;
  readonly expected: string | null;
  /** The author's variables at that point, as Rego terms. */
  readonly variables: { readonly [name: string]: string };
};

export type Coverage = {
  /** Per file the covered and not covered lines, 1-based; lines that hold nothing to evaluate are in neither. */
  readonly files: {
    readonly [path: string]: { readonly covered: readonly number[]; readonly notCovered: readonly number[] };
  };
};

export type Tested = {
  readonly ok: true;
  /** In the order of files and rows. */
  readonly results: readonly TestResult[];
  /** `null` when it was not asked for; an executable gives none either while tests fail. */
  readonly coverage: Coverage | null;
};

export type EvaluateRequest = {
  readonly modules: Modules;
  readonly data?: unknown;
  readonly input: unknown;
  /** Such as `data.agentid.acme.naming.findings`. */
  readonly query: string;
};

export type Evaluated = {
  readonly ok: true;
  /** The value of each solution of the query; none when it is undefined. Sets are arrays. */
  readonly values: readonly unknown[];
  /** Which lines were evaluated. */
  readonly coverage: Coverage;
};

export type Formatted = { readonly ok: true; readonly modules: Modules };

/** OPA's compiler. Requests are answered one after another, in their order. */
export type Compiler = {
  /** What it is, for cache keys and reports: `opa 1.18.2 (wasm sha256:…)` or `opa 1.18.2 (executable)`. */
  readonly identity: string;
  /** Strict check without a build. */
  readonly check: (request: CheckRequest) => Promise<{ readonly ok: true } | Failed>;
  readonly build: (request: BuildRequest) => Promise<Built | Failed>;
  readonly parse: (modules: Modules) => Promise<Parsed | Failed>;
  readonly test: (request: TestRequest) => Promise<Tested | Failed>;
  readonly evaluate: (request: EvaluateRequest) => Promise<Evaluated | Failed>;
  readonly format: (modules: Modules) => Promise<Formatted | Failed>;
  /** Names of every built-in function of this OPA, sorted. */
  readonly builtins: () => Promise<readonly string[]>;
  /** Ends its worker; a compiler that is closed answers nothing. */
  readonly close: () => Promise<void>;
};

export type OpenOptions = {
  /** An `opa` executable to use instead of the WebAssembly that this package carries. */
  readonly opa?: string;
  /** Milliseconds after which a request is given up; ten minutes when absent. */
  readonly timeout?: number;
};
