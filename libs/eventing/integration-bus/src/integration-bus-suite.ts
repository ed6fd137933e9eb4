import { randomUUID } from 'node:crypto';
import type { IntegrationBus } from './integration-bus';
import { suiteOfDelivery } from './integration-bus-suite.delivery';
import { suiteOfGroups } from './integration-bus-suite.groups';
import { suiteOfPublishing } from './integration-bus-suite.publishing';
import type { SuiteBus } from './suite-bus';

/** A bus and what its suite must be able to do to it. */
export type BusUnderTest = {
  /** One more client of the same bus, as another process would be. */
  readonly connect: () => Promise<IntegrationBus>;
  /** Gives a partition of a group to another owner at once, while the first may still have a batch in hand. */
  readonly takeAway: (group: string, topic: string, partition: number) => Promise<void>;
  readonly end: () => Promise<void>;
};

/** What every integration bus promises. */
export const integrationBusSuite = (name: string, make: () => Promise<BusUnderTest>): void => {
  describe(`integration bus: ${name}`, () => {
    let under: BusUnderTest;
    let first: IntegrationBus;
    const clients: IntegrationBus[] = [];
    const connect = async () => {
      const client = await under.connect();
      clients.push(client);
      return client;
    };
    beforeAll(async () => {
      under = await make();
      first = await connect();
    });
    afterAll(async () => {
      await Promise.all(clients.map((client) => client.close()));
      await under.end();
    });
    const suiteBus: SuiteBus = {
      bus: () => first,
      another: connect,
      takeAway: (group, topic, partition) => under.takeAway(group, topic, partition),
      freshGroup: () => `testing.group-${randomUUID()}`,
      freshTopic: async (partitions) => {
        const topic = `stockproof.testing.topic-${randomUUID()}.v1`;
        await first.ensureTopics([topic], partitions);
        return topic;
      },
    };
    suiteOfPublishing(suiteBus);
    suiteOfDelivery(suiteBus);
    suiteOfGroups(suiteBus);
  });
};
