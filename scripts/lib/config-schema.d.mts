export type JsonSchema = { [keyword: string]: any };

export type CatalogueForSchema = {
  readonly rules: readonly {
    readonly id: string;
    readonly title: string;
    readonly severity: string;
    readonly aliases: readonly string[];
    readonly options: { readonly [name: string]: JsonSchema };
  }[];
};

/** The config schema with the settings of every rule of the catalogue, in its order. Throws when two names collide. */
export function withRules(base: JsonSchema, catalogue: CatalogueForSchema): JsonSchema;
