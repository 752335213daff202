import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import multitool from '@microsoft/sarif-multitool';
import { parsed, schemaValidator } from './schema.mjs';

const SCHEMA = 'node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json';
const CONFIG = fileURLToPath(new URL('sarif-multitool.xml', import.meta.url));
const DONE = 'Analysis completed successfully.';

/** @type {((value: unknown) => readonly string[]) | undefined} */
let validate;

/**
 * Faults by the published schema of SARIF 2.1.0.
 * @param {string} text
 */
export function sarifSchemaFaults(text) {
  validate ??= schemaValidator(SCHEMA);
  const log = parsed(text);
  return 'fault' in log ? [log.fault] : validate(log.value);
}

/**
 * Errors and warnings of Microsoft's SARIF multitool: its rules for SARIF and those for GitHub's code scanning. What is
 * left out, and why, is in `sarif-multitool.xml`. Its notes (level, embedded files, version control) are advice.
 * @param {readonly string[]} texts logs with one run each; `runs[2]` of a fault is the third
 * @returns {readonly string[]}
 */
export function multitoolFaults(texts) {
  const folder = mkdtempSync(join(tmpdir(), 'agentid-lint-sarif-'));
  try {
    const file = join(folder, 'report.sarif');
    writeFileSync(file, inOneLog(texts));
    const { stdout, stderr, error } = runMultitool(file, join(folder, 'result.sarif'));
    if (error !== undefined) return [`the multitool did not start: ${error.message}`];
    const faults = stdout.split('\n').filter((line) => /\): (?:error|warning) /.test(line));
    if (faults.length === 0 && !stdout.includes(DONE)) return [`the multitool broke: ${stdout}${stderr}`];
    return faults.map((fault) => fault.replace(`${folder}/`, '').slice(0, 500));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * It takes as long for a file as for many runs.
 * @param {readonly string[]} texts
 */
function inOneLog(texts) {
  if (texts.length === 1) return texts[0] ?? '';
  const logs = texts.map((text) => JSON.parse(text));
  return JSON.stringify({ ...logs[0], runs: logs.flatMap(({ runs }) => runs) });
}

/**
 * @param {string} file
 * @param {string} output
 */
function runMultitool(file, output) {
  const args = ['validate', file, '--config', CONFIG, '--output', output];
  const rules = ['--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning', '--kind', 'Fail'];
  makeExecutable();
  return spawnSync(multitool, [...args, ...rules], {
    encoding: 'utf8',
    timeout: 120_000,
    // It has no ICU of its own.
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
  });
}

/** The install script of the npm package, which may not have run, does the same. */
function makeExecutable() {
  try {
    accessSync(multitool, constants.X_OK);
  } catch {
    chmodSync(multitool, 0o755);
  }
}

/**
 * @param {string} text
 * @returns {readonly string[]}
 */
export function sarifFaults(text) {
  const faults = sarifSchemaFaults(text);
  return faults.length > 0 ? faults : multitoolFaults([text]);
}
