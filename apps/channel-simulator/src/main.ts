import { simulatorConfig } from './simulator.config';
import { startSimulator } from './start-simulator';

const main = async (): Promise<void> => {
  const { host, port, journalFile } = simulatorConfig();
  const simulator = await startSimulator({ host, port, journalFile, say: console.error });
  console.log(`channel simulator ready on ${simulator.url}, journal in ${journalFile}`);
  const stop = () => {
    simulator.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
