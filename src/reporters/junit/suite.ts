/** How a case ended. Texts are untrusted. */
export type CaseResult =
  | { readonly kind: 'passed' }
  | { readonly kind: 'skipped'; readonly message: string }
  | {
      readonly kind: 'failure' | 'error';
      readonly type: string;
      readonly message: string;
      /** Lines. */
      readonly body: readonly string[];
    };

export type TestCase = {
  /** Id of a rule, or what else is tested. */
  readonly subject: string;
  readonly name: string;
  readonly result: CaseResult;
};

export type TestSuite = {
  readonly name: string;
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly TestCase[];
};

export const PASSED: CaseResult = { kind: 'passed' };
