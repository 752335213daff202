import type { Problem } from '../documents/problem.ts';
import type { DocumentResource } from '../model/resource.ts';
import type { IgnoreKey } from './ignore-keys.ts';

/** The kinds that have a native form and a Graph form. */
export type AgentKind = 'blueprint' | 'blueprintPrincipal' | 'agentIdentity' | 'agentUser';

/** What the config says about a file. */
export type ManifestHints = {
  /** Kind of application JSON that does not say what it is. */
  readonly as?: AgentKind;
  /** `elsewhere`: relationships that a file does not state are kept somewhere else, and so unknown instead of absent. */
  readonly relationships: 'declared' | 'elsewhere';
};

export type ManifestResult =
  | {
      readonly status: 'resources';
      readonly resources: readonly DocumentResource[];
      /** At most 100, in the order of the text. */
      readonly problems: readonly Problem[];
      /** Resources that were recognised and are not in `resources`, because of a problem in them. Never 0 when there is a problem. */
      readonly refused: number;
      /** Where findings are suppressed beside them by a key. No property of a resource has it. */
      readonly ignores: readonly IgnoreKey[];
    }
  /** Application JSON that does not say whether it is an agent's. */
  | { readonly status: 'unmarked' }
  /** Nothing of ours. */
  | { readonly status: 'ignored' };
