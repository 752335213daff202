/** What OPA's command line and its Go types say about an error. */
export type RawError = {
  readonly message: string;
  readonly code?: string;
  readonly location?: { readonly file?: string; readonly row?: number; readonly col?: number };
  readonly details?: unknown;
};

/** An answer in the words of OPA's JSON. */
export type RawAnswer = { readonly result: unknown } | { readonly errors: readonly RawError[] };

export type Operation = 'build' | 'builtins' | 'check' | 'evaluate' | 'format' | 'parse' | 'test';

/** A way to run OPA. */
export type Backend = {
  readonly identity: string;
  /** @throws {CompilerFaultError} when OPA itself breaks */
  readonly call: (operation: Operation, args: object) => Promise<RawAnswer>;
  readonly close: () => Promise<void>;
};
