/** node bench/tenant/serve.mjs <agents>: serves a generated tenant until it is told `end`, then says what it was asked for. */
import { createInterface } from 'node:readline';
import { importSource } from '../../scripts/lib/source.mjs';

const { serveLargeTenant } = await importSource('bench/tenant/server.ts');
const { url, token, units } = await serveLargeTenant(Number(process.argv[2]));
console.log(JSON.stringify({ url, token }));
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'end') continue;
  console.log(JSON.stringify({ units: units() }));
  process.exit();
}
