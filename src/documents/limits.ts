/** Containers inside each other, the root counted. Recursive code further on relies on it. */
export const MAX_DEPTH = 64;

/** Problems reported for one document; a file that has more is better read from the top again. */
export const MAX_PROBLEMS = 20;
