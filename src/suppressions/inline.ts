import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import { wellFormed } from '../findings/well-formed.ts';
import { looksSecret } from '../util/secret-text.ts';
import { suggest } from '../util/suggest.ts';
import { clock, DAY, readMoment, type Moment } from './moment.ts';
import { quoted, suppressionProblem, type SuppressionProblemCode } from './problem.ts';
import { ruleNames, type RuleNames } from './rule-names.ts';
import type { InlineEntry, InlineMark, SuppressibleRule, SuppressionPolicy } from './types.ts';

/** What suppressions beside findings are held against. */
export type InlineWorld = {
  readonly rules: readonly SuppressibleRule[];
  readonly policy: SuppressionPolicy;
  /** RFC 3339: the clock of the run. */
  readonly now: string;
};

type Reading = Pick<InlineWorld, 'policy'> & {
  readonly rules: RuleNames;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
};

export type InlineRead = { readonly entries: readonly InlineEntry[]; readonly problems: readonly Problem[] };

/**
 * What is written beside findings, as far as it fits the grammar and the config, and what does not.
 * @throws {TypeError} when `now` is no timestamp
 */
export function readInline(marks: readonly InlineMark[], world: InlineWorld): InlineRead {
  const entries: InlineEntry[] = [];
  const problems: Problem[] = [];
  const reading = { policy: world.policy, rules: ruleNames(world.rules), now: clock(world.now) };
  for (const mark of marks) {
    const reader = new MarkReader(mark, reading);
    const entry = reader.entry();
    if (entry !== null) entries.push(wellFormed(entry));
    problems.push(...reader.problems);
  }
  return { entries, problems };
}

type Word = { readonly text: string; readonly at: number };

const OPTIONS = ['until', 'approved-by', 'ticket'] as const;
type Option = (typeof OPTIONS)[number];

const OPTION = /^([a-z-]+)=(.*)$/s;
const LONGEST_REASON = 1_000;
/** Three letters or digits: fewer say nothing. */
const REASON = /(?:[\p{L}\p{N}][^\p{L}\p{N}]*){3}/u;

/** Reads one of them: `<rule> until=<date> [approved-by=<who>] [ticket=<id>] <reason>`. */
class MarkReader {
  readonly problems: Problem[] = [];
  readonly #mark: InlineMark;
  readonly #text: string;
  readonly #words: readonly Word[];
  readonly #world: Reading;

  constructor(mark: InlineMark, world: Reading) {
    this.#mark = mark;
    this.#text = mark.text ?? '';
    this.#words = [...this.#text.matchAll(/\S+/g)].map((match) => ({ text: match[0], at: match.index }));
    this.#world = world;
  }

  /** `null` when there is a problem with it. */
  entry(): InlineEntry | null {
    const { text, uri, index, covers, owners, isWhole, range } = this.#mark;
    const [name] = this.#words;
    if (text === null)
      return this.#complain('inline-malformed', null, 'This must be text, or a list of texts.');
    if (name?.at === 0) return this.#complain('inline-malformed', null);
    if (name === undefined) return this.#complain('inline-malformed', null, 'No rule is named.');
    const rule = this.#rule(name);
    const { options, reason } = this.#options();
    const until = this.#until(options, reason);
    const said = this.#reason(reason);
    const approvedBy = this.#value(options, 'approved-by');
    if (approvedBy === null && this.#world.policy.requireApprover) this.#complain('inline-no-approver', null);
    if (looksSecret(this.#text)) this.#complain('inline-secret', null);
    if (this.problems.length > 0 || rule === null || until === null) return null;
    return {
      rule,
      uri,
      index,
      covers,
      owners,
      isWhole,
      suppression: {
        kind: 'inline',
        reason: said,
        approvedBy,
        ticket: this.#value(options, 'ticket'),
        created: null,
        expires: until.text,
        location: { uri, range },
      },
      ends: until.ends,
    };
  }

  #rule(name: Word): string | null {
    const { rules } = this.#world;
    const id = rules.idOf(name.text);
    if (id !== null) return id;
    const { message, hint } = rules.unknown(name.text);
    return this.#complain('inline-unknown-rule', name, message, hint);
  }

  /** What stands between the rule and the reason. */
  #options(): { readonly options: ReadonlyMap<Option, Word>; readonly reason: Word | null } {
    const options = new Map<Option, Word>();
    for (const word of this.#words.slice(1)) {
      const [, name = '', value = ''] = OPTION.exec(word.text) ?? [];
      const option = OPTIONS.find((each) => each === name);
      if (option === undefined) {
        const near = suggest(name, OPTIONS);
        if (near === null) return { options, reason: word };
        this.#complain(
          'inline-malformed',
          word,
          `There is no ${quoted(`${name}=`)}.`,
          `Did you mean "${near}="?`,
        );
        continue;
      }
      if (value === '') this.#complain('inline-malformed', word, `"${option}=" has no value.`);
      if (options.has(option)) this.#complain('inline-malformed', word, `"${option}=" stands there twice.`);
      options.set(option, { text: value, at: word.at + name.length + 1 });
    }
    return { options, reason: null };
  }

  #value(options: ReadonlyMap<Option, Word>, option: Option): string | null {
    return options.get(option)?.text ?? null;
  }

  #until(options: ReadonlyMap<Option, Word>, reason: Word | null): Moment | null {
    const until = options.get('until');
    if (until === undefined) {
      const late = this.#words.find(
        ({ text, at }) => reason !== null && at >= reason.at && text.startsWith('until='),
      );
      return late === undefined
        ? this.#complain('inline-no-end', null)
        : this.#complain('inline-no-end', late, 'until=<date> stands before the reason.');
    }
    if (until.text === '') return null;
    const read = readMoment(until.text);
    if (!read.ok) return this.#complain('inline-invalid-date', until, `The end ${read.why}.`);
    const { policy, now } = this.#world;
    const { starts, ends } = read.moment;
    const from = ends === starts ? now : now - (((now % DAY) + DAY) % DAY);
    const days = Math.ceil((starts - from) / DAY);
    if (policy.maxDays === null || starts - from <= policy.maxDays * DAY) return read.moment;
    const message = `The suppression is for ${days} more days; the config allows ${policy.maxDays}.`;
    return this.#complain('inline-too-long', until, message);
  }

  #reason(first: Word | null): string {
    const reason = first === null ? '' : this.#text.slice(first.at).trim();
    const word = first === null ? null : { text: reason, at: first.at };
    if (!REASON.test(reason)) this.#complain('inline-no-reason', word);
    else if (reason.length > LONGEST_REASON)
      this.#complain('inline-malformed', word, `The reason is longer than ${LONGEST_REASON} characters.`);
    return reason;
  }

  /** @param word where it is wrong; `null` for all of it */
  #complain(code: SuppressionProblemCode, word: Word | null, message?: string, hint?: string): null {
    this.problems.push(
      suppressionProblem(code, {
        uri: this.#mark.uri,
        range: word === null ? this.#mark.range : this.#rangeOf(word),
        ...(message === undefined ? {} : { message }),
        ...(hint === undefined ? {} : { hint }),
      }),
    );
    return null;
  }

  #rangeOf({ text, at }: Word): Range {
    const { range, column } = this.#mark;
    if (column === null) return range;
    const { start } = range;
    const position = (place: number) => ({
      line: start.line,
      column: column + place,
      offset: start.offset + column - start.column + place,
    });
    return { start: position(at), end: position(at + text.length) };
  }
}
