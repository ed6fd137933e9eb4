import { askBroker, sharedBroker } from '@stockproof/integration-bus-kafka/testing';
import { expectedDemoTable, runDemo } from './testing/demonstration';

/** Topics of another installation would be heard as if they were ours. */
const refuseUsedBroker = async (): Promise<void> => {
  const topics = await askBroker(sharedBroker().split(','), (admin) => admin.listTopics());
  const used = topics.filter((topic) => topic.startsWith('stockproof.') && !topic.startsWith('stockproof.testing.'));
  if (used.length > 0) throw new Error(`The broker of the tests already carries an installation (${used[0]} and more): name an empty one.`);
};

describe('the demonstration on Kafka', () => {
  it('ends with the same table as on the bus in Postgres, by the five services as processes of their own', async () => {
    await refuseUsedBroker();
    const table = await runDemo({ app: 'services-launcher', environment: { KAFKA_BROKERS: sharedBroker() } });
    expect(table.invariants.filter(({ holds }) => !holds)).toEqual([]);
    expect(table).toEqual(expectedDemoTable());
  }, 400_000);
});
