import type * as Disk from 'node:fs/promises';

type Plan = {
  /** Number of the change to the disk that fails, from 1; 0 for none. */
  failAt: number;
  /** `once`: the disk is full for a moment. `dead`: the process ends there, and nothing more happens. */
  how: 'once' | 'dead';
  /** How many changes there were. */
  changes: number;
};

/** What happens to changes on the disk: set `failAt` to make one fail. */
export const disk: Plan = { failAt: 0, how: 'once', changes: 0 };

export function whole(): void {
  plan(0, 'once');
}

export function plan(failAt: number, how: Plan['how']): void {
  disk.failAt = failAt;
  disk.how = how;
  disk.changes = 0;
}

export class Fault extends Error {
  readonly code = 'ENOSPC';
  readonly syscall = 'write';
}

/** Whether the change that is about to be made fails. */
function fails(): boolean {
  disk.changes += 1;
  if (disk.failAt === 0) return false;
  return disk.how === 'once' ? disk.changes === disk.failAt : disk.changes >= disk.failAt;
}

/** `node:fs/promises` that follows the plan. What fails as a write has written a half of it before. */
export function faultyDisk(real: typeof Disk): typeof Disk {
  const guarded =
    <A extends unknown[], R>(call: (...list: A) => Promise<R>) =>
    (...list: A): Promise<R> =>
      fails() ? Promise.reject(new Fault('no space left')) : call(...list);
  const open: typeof Disk.open = async (path, flags, mode) => {
    const changes = flags !== 'r' && typeof flags === 'string';
    if (changes && fails()) throw new Fault('no space left');
    const handle = await real.open(path, flags, mode);
    if (!changes) return handle;
    const append = handle.appendFile.bind(handle);
    handle.appendFile = async (data, options) => {
      if (!fails()) return append(data, options);
      const bytes = Buffer.from(data as Uint8Array);
      if (disk.changes === disk.failAt) await append(bytes.subarray(0, bytes.length >> 1));
      throw new Fault('no space left');
    };
    handle.truncate = guarded(handle.truncate.bind(handle));
    handle.sync = guarded(handle.sync.bind(handle));
    return handle;
  };
  return {
    ...real,
    open,
    appendFile: guarded(real.appendFile),
    writeFile: guarded(real.writeFile),
    rename: guarded(real.rename),
    mkdir: guarded(real.mkdir as never) as typeof Disk.mkdir,
    mkdtemp: guarded(real.mkdtemp as never) as typeof Disk.mkdtemp,
    // What removes things fails only where nothing happens any more.
    rm: (path, options) =>
      disk.how === 'dead' && disk.failAt > 0 && disk.changes >= disk.failAt
        ? Promise.reject(new Fault('dead'))
        : real.rm(path, options),
  };
}
