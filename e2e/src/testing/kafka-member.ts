import { kafkaBus } from '@stockproof/integration-bus-kafka';
import { openDatabases } from '@stockproof/postgres-connection';
import { consumerOn, writingDown } from './kafka-world';

/** One member of a consumer group as a process of its own, for tests that kill it: brokers, database, topic, group. */
const [brokers = '', url = '', topic = '', group = ''] = process.argv.slice(2);

const run = async (): Promise<void> => {
  const databases = openDatabases({ url, service: 'sales', log: { warn: () => undefined } });
  const transport = consumerOn(kafkaBus({ brokers: brokers.split(','), clientId: 'stockproof-member' }), databases);
  const handler = writingDown(group);
  const hear = async (batch: Parameters<typeof handler>[0]) => {
    process.stdout.write(`handles ${batch.partition}\n`);
    return handler(batch);
  };
  transport.addHandler(topic, hear, true, { group });
  await new Promise<void>((resolve, reject) => transport.listen((error) => (error ? reject(error as Error) : resolve())));
  process.stdout.write('listens\n');
};

void run();
