/**
 * What the commands for authors of rules do. They are loaded through this file together: as files of their own, what each
 * has in common with the rest would be one more file for every run to open.
 */
export { askLine } from './ask.ts';
export { newRule } from './new-rule.ts';
export { buildRules } from './rule-bundle.ts';
export { documentedFolder } from './rule-docs.ts';
export { testOwnRules } from './rule-test.ts';
