/**
 * node bench/tenant/floor.mjs <snapshot>: what nobody who judges a snapshot can do without. Unpacks it and parses every
 * line as JSON, and nothing else.
 */
import { createReadStream, openSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';

const [path] = process.argv.slice(2);
const file = openSync(path, 'r');
const block = Buffer.alloc(512);
let records = 0;
let at = 0;
while (readSync(file, block, 0, 512, at) === 512 && block[0] !== 0) {
  const name = block.toString('latin1', 0, 100).replace(/\0.*$/s, '');
  const size = parseInt(block.toString('latin1', 124, 136), 8);
  if (name.endsWith('.gz')) await readLines(at + 512, at + 512 + size - 1);
  at += 512 + Math.ceil(size / 512) * 512;
}
console.log(records);

async function readLines(start, end) {
  let rest = '';
  const stream = createReadStream(path, { start, end, highWaterMark: 1 << 18 }).pipe(
    createGunzip({ chunkSize: 1 << 18 }),
  );
  stream.setEncoding('utf8');
  for await (const text of stream) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      JSON.parse(line);
      records += 1;
    }
  }
}
