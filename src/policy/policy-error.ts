/** Judging failed: the bundle is not usable, or an evaluation broke. The message never repeats policy input. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  /**
   * `bundle`: refused at load. `evaluation`: a rule broke. `receipt`: the answer does not account for its input.
   * `limit`: it took more time or memory than it may.
   */
  readonly code: 'bundle' | 'evaluation' | 'receipt' | 'limit';

  constructor(code: PolicyError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
