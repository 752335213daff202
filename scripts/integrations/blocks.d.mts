/** A file that a page offers to copy: a fenced block of YAML whose first line is `# <path of the file>`. */
export type Block = {
  readonly page: string;
  readonly line: number;
  readonly path: string;
  readonly text: string;
};

/** Those of all pages. */
export function readBlocks(): readonly Block[];

export function blocksOf(page: string, markdown: string): readonly Block[];
