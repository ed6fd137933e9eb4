import { ownBroker, type TestBroker } from './test-broker';

const holder = globalThis as { stockproofTestBroker?: TestBroker };

/** Once for the whole run: the broker in KAFKA_BROKERS, or one of its own. Says which it is. */
export default async (): Promise<void> => {
  const given = process.env['KAFKA_BROKERS'] ?? '';
  if (given !== '') {
    process.env['STOCKPROOF_TEST_KAFKA'] = given;
    process.stderr.write(`Kafka tests run on the broker in KAFKA_BROKERS: ${given}\n`);
    return;
  }
  const broker = await ownBroker();
  holder.stockproofTestBroker = broker;
  process.env['STOCKPROOF_TEST_KAFKA'] = broker.address;
  process.stderr.write(`Kafka tests run on ${broker.described}\n`);
};
