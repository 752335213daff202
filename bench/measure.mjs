import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @typedef {{ wall: number, cpu: number, rss: number, status: number | null, stdout: string }} Measurement wall and cpu in ms, rss in MB */

/**
 * Runs a command to its end. CPU time and the memory high-water mark are read from /proc while it runs (Linux).
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, keep?: boolean }} [options]
 * @returns {Promise<Measurement>}
 */
export function measure(command, args, { cwd, keep = false } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
    let sample = { cpu: 0, rss: 0 };
    const look = () => {
      const { cpu, rss } = readProc(child.pid) ?? sample;
      // An ended process that nobody has waited for yet has no memory any more.
      sample = { cpu, rss: Math.max(rss, sample.rss) };
    };
    const timer = setInterval(look, 4);
    const chunks = [];
    child.stdout.on('data', (chunk) => {
      look();
      if (keep) chunks.push(chunk);
    });
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(timer);
      resolve({
        wall: performance.now() - started,
        ...sample,
        status,
        stdout: Buffer.concat(chunks).toString('utf8'),
      });
    });
  });
}

/** Runs two or more commands in turn, `rounds` times, so that a busy moment of the machine hits all of them. */
export async function compare(commands, rounds) {
  const results = commands.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { command, args, cwd }] of commands.entries())
      results[index].push(await measure(command, args, { cwd }));
  }
  return results.map((runs) => ({
    wall: median(runs, 'wall'),
    cpu: median(runs, 'cpu'),
    rss: Math.max(...runs.map(({ rss }) => rss)),
    status: runs[0].status,
  }));
}

function median(runs, key) {
  const sorted = runs.map((run) => run[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const TICK = 10;

function readProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const rss = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    return { cpu: (Number(fields[11]) + Number(fields[12])) * TICK, rss };
  } catch {
    return null;
  }
}
