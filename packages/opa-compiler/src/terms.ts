/** A term of OPA's JSON: `{ "type": "string", "value": "x" }`. */
export type Term = { readonly type: string; readonly value?: unknown };

/** Values of variables, by the names that the compiler gave them. */
export type Bindings = ReadonlyMap<string, Term>;

/**
 * A term as Rego text, with variables replaced by their values; `null` when it holds what cannot be written without its
 * surroundings (comprehensions, variables without a value).
 */
export function termText(term: Term, bindings: Bindings): string | null {
  const { type, value } = term;
  switch (type) {
    case 'null':
      return 'null';
    case 'boolean':
    case 'number':
      return String(value);
    case 'string':
      return JSON.stringify(value);
    case 'var':
      return variableText(String(value), bindings);
    case 'ref':
      return refText(value as readonly Term[], bindings);
    case 'array':
      return wrapped('[', value as readonly Term[], ']', bindings);
    case 'set': {
      const items = value as readonly Term[];
      return items.length === 0 ? 'set()' : wrapped('{', items, '}', bindings);
    }
    case 'object':
      return objectText(value as readonly (readonly [Term, Term])[], bindings);
    case 'call': {
      const [operator, ...args] = value as readonly Term[];
      return operator === undefined ? null : callText(operator, args, bindings);
    }
    default:
      return null;
  }
}

/** `name(arg, …)`. */
export function callText(operator: Term, args: readonly Term[], bindings: Bindings): string | null {
  const name = termText(operator, new Map());
  const list = wrapped('(', args, ')', bindings);
  return name === null || list === null ? null : `${name}${list}`;
}

function variableText(name: string, bindings: Bindings): string | null {
  const bound = bindings.get(name);
  if (bound !== undefined) return termText(bound, bindings);
  // Variables of the compiler that have no value.
  return name.startsWith('__local') || name.startsWith('$') ? null : name;
}

function refText(terms: readonly Term[], bindings: Bindings): string | null {
  const [head, ...rest] = terms;
  if (head === undefined) return null;
  let text = termText(head, bindings);
  for (const step of rest) {
    const key = termText(step, bindings);
    if (text === null || key === null) return null;
    const isPlain = step.type === 'string' && /^[A-Za-z_]\w*$/.test(String(step.value));
    text = isPlain ? `${text}.${String(step.value)}` : `${text}[${key}]`;
  }
  return text;
}

function objectText(pairs: readonly (readonly [Term, Term])[], bindings: Bindings): string | null {
  const items = pairs.map(([key, value]) => {
    const left = termText(key, bindings);
    const right = termText(value, bindings);
    return left === null || right === null ? null : `${left}: ${right}`;
  });
  return joined('{', items, '}');
}

function wrapped(open: string, terms: readonly Term[], close: string, bindings: Bindings): string | null {
  return joined(
    open,
    terms.map((term) => termText(term, bindings)),
    close,
  );
}

function joined(open: string, items: readonly (string | null)[], close: string): string | null {
  return items.includes(null) ? null : `${open}${items.join(', ')}${close}`;
}
