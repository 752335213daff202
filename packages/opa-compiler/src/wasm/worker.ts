import { parentPort, workerData } from 'node:worker_threads';
import { loadArtifact } from '../artifact.ts';
import { startReactor } from './reactor.ts';
import { withTieringBudget, type Effort } from './tiering.ts';

const port = parentPort;
if (port === null) throw new Error('this file is run by a worker');
const reactor = startReactor(withTieringBudget(workerData as Effort, loadArtifact));
port.on('message', (request: string) => {
  port.postMessage(reactor.call(request));
});
