/** A run that uses a cache for a while, as a program of its own: `node cache-run.mjs <folder> <what> <rounds>`. */
import { openCache } from '../../src/sources/cache.ts';

const [folder = '', what = '', rounds = ''] = process.argv.slice(2);
const cache = openCache({ folder, now: Date.now() });
const KEYS = 5;

/** Different for each key, and larger than what is written in one go. */
function contentOf(key: number): Uint8Array {
  return new Uint8Array(200_000 + key).fill(key);
}

let wrong = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  const key = round % KEYS;
  if (what === 'write' || what === 'both') cache.write(String(key), contentOf(key));
  if (what === 'clear') cache.clear();
  const read = cache.read(String(key));
  if (read !== null && Buffer.compare(read, contentOf(key)) !== 0) wrong += 1;
}
const present = Array.from({ length: KEYS }, (_, key) => cache.read(String(key)) !== null);
process.stdout.write(JSON.stringify({ wrong, present, warning: cache.warning()?.message ?? null }));
