import type { Known } from '../model/known.ts';
import type { PolicyBundle } from './bundle.ts';

/** Options of every rule, by settings key and rule id. */
export type OptionsBySettings = {
  readonly [settings: string]: { readonly [ruleId: string]: { readonly [option: string]: unknown } };
};

export type PolicyData = {
  readonly options: OptionsBySettings;
  readonly known: Known;
  /** Seconds since 1970-01-01T00:00:00Z that expiry is judged against. */
  readonly now: number;
};

/** JSON text of the policy's `data` document. The tables are already JSON text and are not parsed again. */
export function dataText(bundle: PolicyBundle, data: PolicyData): string {
  const { options, known, now } = data;
  const rest = JSON.stringify({ options, known, run: { now } });
  return `{"agentid":{"tables":${bundle.tables.trim()},${rest.slice(1)}}`;
}
