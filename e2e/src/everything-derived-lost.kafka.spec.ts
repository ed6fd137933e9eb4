import { askBroker, ownBroker, type TestBroker } from '@stockproof/integration-bus-kafka/testing';
import { tellOfEverythingDerivedLost } from './testing/everything-derived-lost';

describe('all topics of Kafka and all views lost at once in the middle of a run', () => {
  let broker: TestBroker;
  // Of its own: the topics of another installation would be heard as if they were ours.
  beforeAll(async () => (broker = await ownBroker()), 120_000);
  afterAll(() => broker.remove());

  tellOfEverythingDerivedLost(() => ({
    environment: { KAFKA_BROKERS: broker.address },
    loseTopics: () =>
      askBroker([broker.address], async (admin) => {
        const topics = (await admin.listTopics()).filter((topic) => topic.startsWith('stockproof.'));
        await admin.deleteTopics({ topics });
        process.stdout.write(`deleted from ${broker.described}: ${topics.join(', ')}\n`);
      }),
    notices: {},
  }));
});
