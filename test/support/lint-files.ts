import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Report } from '../../src/findings/report.ts';
import { lint } from '../../src/lint.ts';
import type { LintRequest } from '../../src/lint/request.ts';
import { builtInRules } from '../../src/rules.ts';
import { settingsWith, type SettingsParts } from './settings.ts';

const bundle = builtInRules();

export const NOW = '2026-11-23T00:00:00Z';

export type LintFilesOptions = Partial<LintRequest> &
  SettingsParts & { readonly relationships?: 'declared' | 'elsewhere' };

type Files = { readonly [name: string]: string };

/** Lints files that exist only for this call, with every rule on, through the whole pipeline. */
export async function lintFiles(files: Files, options: LintFilesOptions = {}): Promise<Report> {
  return withFiles(files, options, lint);
}

/** Puts files on disk for as long as `use` takes, which is given the request to lint them. */
export async function withFiles<T>(
  files: Files,
  options: LintFilesOptions,
  use: (request: LintRequest) => Promise<T>,
): Promise<T> {
  const cwd = mkdtempSync(join(tmpdir(), 'agentid-lint-test-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, name)), { recursive: true });
      writeFileSync(join(cwd, name), text);
    }
    const { ruleOptions = {}, ruleSeverities = {}, relationships = 'declared', ...request } = options;
    return await use({
      cwd,
      paths: [],
      files: { root: cwd, exclude: [], respectGitignore: false, maxFileSize: 10 * 1024 * 1024 },
      hintsFor: () => ({ relationships }),
      isManifest: () => false,
      settingsFor: () => settingsWith(bundle.catalogue.rules, { ruleOptions, ruleSeverities }),
      production: {
        environments: ['prd', 'prod', 'production'],
        tags: ['env:prd', 'env:prod', 'env:production'],
      },
      failOn: 'high',
      allowEmpty: false,
      allowIncomplete: false,
      bundles: [bundle],
      version: '0.0.0-test',
      now: NOW,
      ...request,
    });
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
