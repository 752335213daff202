/** The compiler cannot be used at all: it was not built, or the named executable is none. */
export class CompilerUnavailableError extends Error {
  override readonly name = 'CompilerUnavailableError';
}

/** The compiler broke or took too long over a request; the next request starts a fresh one. */
export class CompilerFaultError extends Error {
  override readonly name = 'CompilerFaultError';
}
