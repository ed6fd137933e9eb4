import { startStandIn } from './stand-in';

/** The stand-in as a process of its own: `node … <port>`. What it holds is gone when it ends. */
const main = async (): Promise<void> => {
  const { url } = await startStandIn(Number(process.argv[2] ?? 0));
  process.stdout.write(`A stand-in for EventStoreDB (no server; keeps nothing) answers at ${url}\n`);
};

void main();
