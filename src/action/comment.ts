import { isObject } from '../util/is-object.ts';
import { failureOf, isRefused, type GitHub, type Repository } from './github.ts';

/** What became of a comment; the sentence is for the log. */
export type Commented =
  | { readonly kind: 'written'; readonly sentence: string }
  | { readonly kind: 'not-allowed'; readonly sentence: string }
  | { readonly kind: 'failed'; readonly sentence: string };

export type StickyComment = {
  readonly number: number;
  /** The first line of the body, by which it is found again. */
  readonly marker: string;
  readonly body: string;
};

/**
 * Writes a comment to a pull request, or rewrites the one that was written before. Only a comment of the same author
 * counts as that: anybody can write the marker.
 */
export async function writeComment(
  comment: StickyComment,
  github: GitHub,
  repository: Repository,
): Promise<Commented> {
  const { number, body } = comment;
  try {
    const known = await knownComment(comment, github, repository);
    if (known === null) {
      await github.rest.issues.createComment({ ...repository, issue_number: number, body });
      return { kind: 'written', sentence: `commented on pull request ${number}` };
    }
    await github.rest.issues.updateComment({ ...repository, comment_id: known, body });
    return { kind: 'written', sentence: `updated the comment on pull request ${number}` };
  } catch (error) {
    const sentence = `the comment was not written: ${failureOf(error)}`;
    return isRefused(error)
      ? { kind: 'not-allowed', sentence: `${sentence}. It needs "pull-requests: write".` }
      : { kind: 'failed', sentence };
  }
}

async function knownComment(
  { number, marker }: StickyComment,
  github: GitHub,
  repository: Repository,
): Promise<number | null> {
  const author = await ownLogin(github);
  const pages = github.paginate.iterator(github.rest.issues.listComments, {
    ...repository,
    issue_number: number,
    per_page: 100,
  });
  for await (const { data } of pages) {
    const own = data.find(({ user, body }) => user?.login === author && body?.startsWith(`${marker}\n`));
    if (own !== undefined) return own.id;
  }
  return null;
}

/** The name that the token's comments have. */
async function ownLogin(github: GitHub): Promise<string> {
  try {
    const answer: unknown = await github.graphql('query { viewer { login } }');
    const viewer = isObject(answer) ? answer['viewer'] : undefined;
    if (isObject(viewer) && typeof viewer['login'] === 'string') return viewer['login'];
  } catch {
    // Not every token may ask; that of a job is this one's.
  }
  return 'github-actions[bot]';
}
