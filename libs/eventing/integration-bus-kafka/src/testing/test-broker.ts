import { brokerInContainer } from './broker-in-container';
import { brokerFromMaven, canRunMaven, type Door } from './broker-from-maven';

/** A real Kafka broker for tests. */
export type TestBroker = {
  /** `host:port`, for `KAFKA_BROKERS`. */
  readonly address: string;
  /** Which broker it is, for whoever reads the test's output. */
  readonly described: string;
  /** `kill -9`: nothing is flushed, nothing is said. */
  readonly kill: () => Promise<void>;
  /** Starts it again on what it has kept, at the same address. */
  readonly startAgain: () => Promise<void>;
  /** Stops it and removes what it has kept. */
  readonly remove: () => Promise<void>;
};

/** The version of Apache Kafka that these tests run on. */
export const kafkaVersion = process.env['STOCKPROOF_TEST_KAFKA_VERSION'] ?? '4.3.0';

export class NoBroker extends Error {}

/** A broker of this test's own: from Maven's artifacts, else in a container. Throws `NoBroker` where neither can be had. */
export const ownBroker = async (): Promise<TestBroker> => {
  if (await canRunMaven()) return brokerFromMaven(kafkaVersion);
  const container = await brokerInContainer(kafkaVersion).catch((error: unknown) => error);
  if (container instanceof Error || typeof container !== 'object' || container === null)
    throw new NoBroker(
      `The Kafka tests need a broker, and none can be had: KAFKA_BROKERS is not set, Maven with Java 17 or later is not installed, ` +
        `and a container did not start (${container instanceof Error ? container.message : String(container)}). ` +
        `Install Maven and Java, or Docker, or name a broker for tests in KAFKA_BROKERS.`,
    );
  return container as TestBroker;
};

/** A broker of this test's own that is reached by several doors, each under another address. Only Maven's artifacts make one. */
export const brokerWithDoors = async (doors: readonly Door[]): Promise<TestBroker> => {
  if (!(await canRunMaven()))
    throw new NoBroker("A broker with several listeners is made of Maven's artifacts: install Maven and Java 17 or later.");
  return brokerFromMaven(kafkaVersion, doors);
};

/** Where the running broker of the whole test run is told to its specs. */
export const sharedBroker = (): string => {
  const address = process.env['STOCKPROOF_TEST_KAFKA'];
  if (address === undefined) throw new NoBroker('These tests run by `npm run test:kafka`, which brings a broker.');
  return address;
};
