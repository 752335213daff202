import { entriesOf, FAMILIES } from './families.ts';
import { holdsNothingAlive } from './judge.ts';

for (const [format, least] of entriesOf(FAMILIES.logs)) holdsNothingAlive(format, least);
holdsNothingAlive('pretty', FAMILIES.logs.pretty, { color: true });
