import { Option } from 'commander';
import { visibleJson } from '../reporters/escape.ts';
import { choiceOf } from './flags.ts';

const TEXT_OR_JSON = ['text', 'json'] as const;

export type FormatFlag = { readonly format: string };

/** The option of commands whose output is no report. */
export function textOrJson(): Option {
  const option = new Option('-f, --format <format>', 'text for people (default) or json for programs');
  option.argChoices = [...TEXT_OR_JSON];
  return option.default('text').helpGroup('Output:');
}

/** @throws {UsageError} when it is neither */
export function isJson(format: string): boolean {
  return choiceOf({ value: format, source: '--format' }, TEXT_OR_JSON) === 'json';
}

/** JSON that no CI log obeys: own rules and configs may be anybody's. */
export function jsonText(value: unknown): string {
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}
