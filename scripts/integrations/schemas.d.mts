export const PRE_COMMIT_HOOKS: object;
export const PRE_COMMIT_CONFIG: object;
export const AZURE_PIPELINES: object;

/** What is wrong with YAML that should be of a schema. */
export function faultsOf(schema: object, yaml: string): readonly string[];
