import type { Command } from 'commander';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { completionModel, type CompletedCommand } from './model.ts';
import { zsh } from './zsh.ts';

const SCRIPTS = { bash, zsh, fish } as const satisfies {
  readonly [shell: string]: (commands: readonly CompletedCommand[]) => string;
};

type Shell = keyof typeof SCRIPTS;

export const SHELLS = Object.keys(SCRIPTS) as readonly Shell[];

/** A script that makes a shell complete our commands, options, their values and rule ids. */
export function completionScript(shell: Shell, program: Command, rules: readonly string[]): string {
  return SCRIPTS[shell](completionModel(program, rules));
}
