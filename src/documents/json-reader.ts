import { isExactNumber } from './exact-number.ts';
import { duplicateKey, type Fault } from './fault.ts';
import { unexpected, type Expected } from './json-faults.ts';
import { readNumber, readString, skipSpace, wordAt } from './json-tokens.ts';
import { MAX_DEPTH, MAX_PROBLEMS } from './limits.ts';
import { TapeBuilder, type RangeTape } from './range-tape.ts';

export type JsonReading = {
  readonly tape: RangeTape;
  /** Everything wrong, in the order of the text; reading ends at the first thing that is no JSON. */
  readonly faults: readonly Fault[];
};

/** `exact`: a number that cannot be represented exactly is a fault. `rounded`: it is what `JSON.parse` makes of it. */
export type Numbers = 'exact' | 'rounded';

type Container = {
  readonly node: number;
  readonly at: number;
  readonly isList: boolean;
  readonly keys: Set<string>;
};

/**
 * Reads JSON strictly (RFC 8259) without recursion: where every value and key stands, and what is wrong. It is
 * used when something is to be located or explained; values come from `JSON.parse`.
 */
export function readJson(text: string, numbers: Numbers = 'exact'): JsonReading {
  return new JsonReader(text, numbers).read();
}

class JsonReader {
  readonly #text: string;
  readonly #numbers: Numbers;
  readonly #tape = new TapeBuilder();
  readonly #faults: Fault[] = [];
  readonly #open: Container[] = [];
  #at = 0;
  #commaAt = -1;
  #key = '';
  #keyStart = -1;
  #keyEnd = -1;
  #failed = false;

  constructor(text: string, numbers: Numbers) {
    this.#text = text;
    this.#numbers = numbers;
  }

  read(): JsonReading {
    let expected: Expected = 'value';
    for (;;) {
      this.#at = skipSpace(this.#text, this.#at);
      if (expected === 'nothing' && this.#at === this.#text.length) break;
      expected = this.#step(expected);
      if (this.#failed || this.#faults.length >= MAX_PROBLEMS) break;
    }
    return { tape: this.#tape.finish(), faults: this.#faults };
  }

  #step(expected: Expected): Expected {
    const unit = this.#text.charAt(this.#at);
    switch (expected) {
      case 'first-item':
        return unit === ']' ? this.#close() : this.#value(expected);
      case 'first-key':
        return unit === '}' ? this.#close() : this.#readKey(expected);
      case 'key':
        return this.#readKey(expected);
      case 'colon':
        if (unit !== ':') return this.#fail(expected);
        this.#at += 1;
        return 'value';
      case 'comma-or-end':
        return this.#commaOrEnd(unit);
      case 'nothing':
        return this.#fail(expected);
      case 'value':
      case 'item':
        return this.#value(expected);
    }
  }

  #commaOrEnd(unit: string): Expected {
    const container = this.#open.at(-1);
    if (container === undefined) return this.#fail('comma-or-end');
    if (unit === (container.isList ? ']' : '}')) return this.#close();
    if (unit !== ',') return this.#fail('comma-or-end');
    this.#commaAt = this.#at;
    this.#at += 1;
    return container.isList ? 'item' : 'key';
  }

  #readKey(expected: Expected): Expected {
    if (this.#text.charAt(this.#at) !== '"') return this.#fail(expected);
    const start = this.#at;
    const token = readString(this.#text, start);
    this.#faults.push(...token.halves);
    if (token.fault !== null) return this.#stop(token.fault);
    const inner = this.#text.slice(start + 1, token.end - 1);
    this.#key = token.hasEscapes ? unescaped(this.#text.slice(start, token.end)) : inner;
    this.#keyStart = start;
    this.#keyEnd = token.end;
    this.#at = token.end;
    this.#noteKey();
    return 'colon';
  }

  #noteKey(): void {
    const container = this.#open.at(-1);
    if (container === undefined) return;
    if (!container.keys.has(this.#key)) {
      container.keys.add(this.#key);
      return;
    }
    const span = { start: this.#keyStart, end: this.#keyEnd };
    this.#faults.push(duplicateKey(this.#key, span, this.#tape.keySpan(container.node, this.#key)));
  }

  #value(expected: Expected): Expected {
    const unit = this.#text.charAt(this.#at);
    if (unit === '{' || unit === '[') return this.#openContainer(unit === '[');
    if (unit === '"') {
      const token = readString(this.#text, this.#at);
      this.#faults.push(...token.halves);
      return token.fault === null ? this.#leaf(token.end) : this.#stop(token.fault);
    }
    if (unit === '-' || (unit >= '0' && unit <= '9')) return this.#number(expected);
    const word = wordAt(this.#text, this.#at);
    if (word !== 'true' && word !== 'false' && word !== 'null') return this.#fail(expected);
    return this.#leaf(this.#at + word.length);
  }

  #number(expected: Expected): Expected {
    const { end, fault } = readNumber(this.#text, this.#at);
    if (fault !== null) return this.#open.length === 0 ? this.#fail(expected, fault) : this.#stop(fault);
    if (this.#numbers === 'exact' && !isExactNumber(this.#text.slice(this.#at, end))) {
      this.#faults.push({ code: 'number-not-exact', start: this.#at, end });
    }
    return this.#leaf(end);
  }

  #openContainer(isList: boolean): Expected {
    if (this.#open.length === MAX_DEPTH)
      return this.#stop({ code: 'too-deep', start: this.#at, end: this.#at + 1 });
    const node = this.#add(this.#at);
    this.#open.push({ node, at: this.#at, isList, keys: new Set() });
    this.#at += 1;
    this.#commaAt = -1;
    return isList ? 'first-item' : 'first-key';
  }

  #close(): Expected {
    this.#at += 1;
    const container = this.#open.pop();
    if (container !== undefined) this.#tape.close(container.node, this.#at);
    return this.#afterValue();
  }

  #leaf(end: number): Expected {
    this.#add(end);
    this.#at = end;
    return this.#afterValue();
  }

  #add(end: number): number {
    const node = this.#tape.add(this.#at, end, this.#keyStart, this.#keyEnd, this.#key);
    this.#key = '';
    this.#keyStart = -1;
    this.#keyEnd = -1;
    return node;
  }

  #afterValue(): Expected {
    this.#commaAt = -1;
    return this.#open.length === 0 ? 'nothing' : 'comma-or-end';
  }

  /** Ends the reading with what is known about the place, or with `fault` where the place says nothing better. */
  #fail(expected: Expected, fault?: Fault): Expected {
    const openAt = this.#open.at(-1)?.at ?? -1;
    const guess = unexpected({ text: this.#text, at: this.#at, expected, openAt, commaAt: this.#commaAt });
    return this.#stop(fault === undefined || guess.code === 'json-looks-like-yaml' ? guess : fault);
  }

  #stop(fault: Fault): Expected {
    this.#faults.push(fault);
    this.#failed = true;
    return 'nothing';
  }
}

/** The text of a string literal that was read without a fault. */
function unescaped(literal: string): string {
  const value: unknown = JSON.parse(literal);
  return typeof value === 'string' ? value : '';
}
