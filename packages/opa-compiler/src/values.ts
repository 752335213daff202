import type { Expression } from './failures.ts';
import type { Compiler, TestRequest } from './types.ts';

/** Collects expressions until nobody asks for more at once, and has them all evaluated together. */
export class Values {
  readonly #request: TestRequest;
  readonly #evaluate: Compiler['evaluate'];
  #expressions: Expression[] = [];
  #answer: Promise<readonly string[]> | null = null;

  constructor(request: TestRequest, evaluate: Compiler['evaluate']) {
    this.#request = request;
    this.#evaluate = evaluate;
  }

  /** The values as Rego terms, `undefined` for those that are not defined. */
  async ask(expressions: readonly Expression[]): Promise<readonly string[]> {
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
  async #evaluated(expressions: readonly Expression[]): Promise<readonly string[]> {
    const { modules, data = {} } = this.#request;
    const lists = expressions.map(
      ({ text, modifiers }) => `[t | t := sprintf("%v", [[${text}]])${modifiers}]`,
    );
    const query = `__values__ := [${lists.join(', ')}]; __values__`;
    const answer = await this.#evaluate({ modules, data, input: {}, query });
    const values = answer.ok ? answer.values[0] : null;
    if (Array.isArray(values)) return values.map(termIn);
    if (expressions.length === 1) return ['undefined'];
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
