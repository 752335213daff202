type Validator = (text: string) => readonly string[] | Promise<readonly string[]>;

/** For every format what is held against a report in it, besides what holds for all. */
export const VALIDATORS: Readonly<Record<string, readonly Validator[]>>;

/** Everything that is wrong with a report; nothing when it is valid. */
export function faultsOf(format: string, text: string): Promise<readonly string[]>;

/** Faults by the published schema of SARIF 2.1.0. */
export function sarifSchemaFaults(text: string): readonly string[];

/** Errors and warnings of Microsoft's SARIF multitool, its rules for GitHub too, in all the texts. */
export function multitoolFaults(texts: readonly string[]): readonly string[];
