import { entriesOf, FAMILIES } from './families.ts';
import { holdsNothingAlive } from './judge.ts';

for (const [format, least] of entriesOf(FAMILIES.data)) holdsNothingAlive(format, least);
