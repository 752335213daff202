/** What a comment begins with that suppresses findings. */
export const IGNORE_MARKER = 'agentid-lint-ignore';

/** The key that suppresses findings about the object that it stands in. It is no property of anything. */
export const IGNORE_KEY = `x-${IGNORE_MARKER}`;
