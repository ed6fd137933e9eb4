import type { ServiceRuntime } from '@stockproof/service-host';
import type { StockStreams } from '../stock.streams';
import { countOpenFindings } from './findings';
import { repairFindings } from './repairing';
import { verifyAll } from './verifying-all';
import { countUnverified, verifyAlways } from './verifying-always';

/** Has stock verified for ever and on demand, repairs what somebody asks for, and shows how much is wrong. */
export const verifyStock = async ({ jobs, store, databases, clock, metrics }: ServiceRuntime, streams: StockStreams): Promise<void> => {
  const tools = { store, database: databases.worker, clock };
  metrics.gauge(
    'invariant_violations',
    'What the verifier finds that must not be and nobody has looked at, by kind: always 0',
    async () => [...(await countOpenFindings(databases.writer))].map(([kind, value]) => ({ labels: { kind }, value })),
    ['kind'],
  );
  metrics.gauge('unverified_streams', 'Streams of stock that have changed since the verifier last looked at them', async () => [
    { value: await countUnverified(databases.worker) },
  ]);
  verifyAll(jobs, tools);
  repairFindings(jobs, { ...tools, streams });
  await verifyAlways(jobs, tools);
};
