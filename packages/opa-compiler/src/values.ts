import type { Expression } from './failures.ts';
import type { Compiler, TestRequest } from './types.ts';

/** A Rego term; `undefined` as text for what is not defined, `null` for what could not be evaluated. */
export type Value = string | null;

/** Collects expressions until nobody asks for more at once, and has them all evaluated together. */
export class Values {
  readonly #request: TestRequest;
  readonly #evaluate: Compiler['evaluate'];
  #expressions: Expression[] = [];
  #answer: Promise<readonly Value[]> | null = null;

  constructor(request: TestRequest, evaluate: Compiler['evaluate']) {
    this.#request = request;
    this.#evaluate = evaluate;
  }

  async ask(expressions: readonly Expression[]): Promise<readonly Value[]> {
    const from = this.#expressions.length;
    this.#expressions.push(...expressions);
    this.#answer ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      const all = this.#expressions;
      this.#expressions = [];
      this.#answer = null;
      return this.#evaluated(all);
    });
    return (await this.#answer).slice(from, from + expressions.length);
  }

  /** One that breaks the evaluation of all is found by evaluating each half. */
  async #evaluated(expressions: readonly Expression[]): Promise<readonly Value[]> {
    const { modules, data = {} } = this.#request;
    const lists = expressions.map(
      ({ text, modifiers }) => `[t | t := sprintf("%v", [[${text}]])${modifiers}]`,
    );
    const query = `__values__ := [${lists.join(', ')}]; __values__`;
    const answer = await this.#evaluate({ modules, data, input: {}, query });
    const values = answer.ok ? answer.values[0] : null;
    if (Array.isArray(values)) return values.map(termIn);
    if (expressions.length === 1) return [null];
    const middle = Math.ceil(expressions.length / 2);
    return [
      ...(await this.#evaluated(expressions.slice(0, middle))),
      ...(await this.#evaluated(expressions.slice(middle))),
    ];
  }
}

/** The term in `["[term]"]`; without one the expression is not defined. */
function termIn(list: unknown): string {
  const text: unknown = Array.isArray(list) ? list[0] : undefined;
  return typeof text === 'string' ? text.slice(1, -1) : 'undefined';
}
