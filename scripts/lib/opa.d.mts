/** Root folder of the project. */
export const projectRoot: string;

/** Runs the pinned OPA in the root folder. Throws when it fails, unless failure is allowed. */
export function runOpa(
  args: readonly string[],
  options?: { readonly input?: string; readonly allowFailure?: boolean },
): { readonly status: number; readonly stdout: string; readonly stderr: string };

/** The executable of a pinned Go tool; built on first use. */
export function executable(tool: 'opa' | 'regal' | 'conftest' | 'actionlint'): string;
