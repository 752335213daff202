/**
 * What the commands for authors of rules, those about tenants and those about saved reports do. They are loaded through this file together: as files of
 * their own, what each has in common with the rest would be one more file for every run to open.
 */
export { askLine } from './ask.ts';
export { collectSnapshot } from './collect-tenant.ts';
export { examine } from './examine.ts';
export { historyFor } from './history.ts';
export { initRepository } from './init.ts';
export { newRule } from './new-rule.ts';
export { printPermissions } from './print-permissions.ts';
export { buildRules } from './rule-bundle.ts';
export { rewriteReport } from './rewrite-report.ts';
export { scanTenant } from './scan-tenant.ts';
export { diffFiles } from './diff-files.ts';
export { documentedFolder } from './rule-docs.ts';
export { testOwnRules } from './rule-test.ts';
export { printTrend } from './trend.ts';
export { createBaseline } from './baseline-create.ts';
export { checkBaseline, pruneBaseline } from './baseline-check.ts';
export { addWaiver } from './waivers-add.ts';
export { checkWaivers, pruneWaivers } from './waivers-check.ts';
export { listWaivers } from './waivers-list.ts';
