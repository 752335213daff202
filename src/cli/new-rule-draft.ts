import { DOCUMENT_KINDS, SEVERITIES, type DocumentKind } from '../model/vocabulary.ts';
import { problemOfTitle, usualTitle, type FreeName, type RuleDraft, type RuleName } from '../rules/new.ts';
import type { CliContext } from './context.ts';
import { UsageError, usageError } from './errors.ts';
import { choiceOf } from './flags.ts';
import { answerTo, canAsk, type Question } from './interview.ts';
import { mistakeOf } from './load-config.ts';

/** What the command line says about the rule. */
export type GivenRule = {
  readonly id: string | undefined;
  readonly title?: string;
  readonly severity?: string;
  readonly appliesTo?: readonly string[];
};

/**
 * What is known of a rule before it is written: what is given, and for the rest what somebody at a terminal answers, or
 * what is usual. Everything that is given is looked at before the first question.
 * @throws {UsageError} when something cannot be read, or the id is missing and nobody is there to ask
 * @throws {InterruptedError} when the person ends the command instead of answering
 */
export async function ruleDraft(
  given: GivenRule,
  { context, isFree }: { readonly context: CliContext; readonly isFree: (id: string) => FreeName },
): Promise<RuleDraft> {
  const asks = canAsk(context);
  const readName = (id: string) => nameOf(id, isFree);
  const name = given.id === undefined ? null : readName(given.id);
  const title = given.title === undefined ? null : titleOf(given.title, '--title');
  const severity =
    given.severity === undefined
      ? null
      : choiceOf({ value: given.severity, source: '--severity' }, SEVERITIES);
  const kinds = given.appliesTo === undefined ? null : kindsOf(given.appliesTo, '--applies-to');
  if (name === null && !asks)
    throw usageError(
      'the id of the rule is missing',
      'For example: agentid-lint rules new ownership/team-tag',
    );

  const answer = async <T>(known: T | null, question: Question<T>): Promise<T> =>
    known ?? (asks ? answerTo(question, context) : question.read(question.usual));
  const named = await answer(name, {
    text: 'Id of the rule, <domain>/<rule-name>',
    usual: '',
    read: readName,
  });
  return {
    ...named,
    title: await answer(title, {
      text: 'What is wrong, in a few words',
      usual: usualTitle(named),
      read: (text) => titleOf(text, 'title'),
    }),
    severity: await answer(severity, {
      text: `Severity (${SEVERITIES.join(', ')})`,
      usual: 'low',
      read: (text) => choiceOf({ value: text, source: 'severity' }, SEVERITIES),
    }),
    kinds: await answer(kinds, {
      text: `Kinds that it judges (${DOCUMENT_KINDS.join(', ')})`,
      usual: 'blueprint',
      read: (text) => kindsOf(text.split(/[\s,]+/), 'kind'),
    }),
  };
}

function nameOf(id: string, isFree: (id: string) => FreeName): RuleName {
  const free = isFree(id);
  if (!free.ok) throw new UsageError([mistakeOf(free.problem)]);
  return free.name;
}

function titleOf(text: string, source: string): string {
  const title = text.trim();
  const problem = problemOfTitle(title);
  if (problem === null) return title;
  throw usageError(`${source}: ${problem}`, 'For example: Blueprint has no team tag');
}

function kindsOf(words: readonly string[], source: string): readonly DocumentKind[] {
  const chosen = new Set(words.map((value) => choiceOf({ value, source }, DOCUMENT_KINDS)));
  return DOCUMENT_KINDS.filter((kind) => chosen.has(kind));
}
