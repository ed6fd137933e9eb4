import { freePort } from '@stockproof/service-host/testing';
import type { TestBroker } from './test-broker';

const inside = 9092;

/** The broker as its makers' image; `KAFKA_IMAGE` names another one with the same variables. */
export const brokerInContainer = async (version: string): Promise<TestBroker> => {
  const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers');
  const image = process.env['KAFKA_IMAGE'] ?? `apache/kafka:${version}`;
  const port = await freePort();
  const client = await getContainerRuntimeClient();
  const host = client.info.containerRuntime.host;
  const started = await new GenericContainer(image)
    .withExposedPorts({ container: inside, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: `PLAINTEXT://:${inside},CONTROLLER://:9093`,
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${host}:${port}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_BROKER_SESSION_TIMEOUT_MS: '2000',
      KAFKA_BROKER_HEARTBEAT_INTERVAL_MS: '500',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .withStartupTimeout(120_000)
    .start();
  const container = client.container.getById(started.getId());
  return {
    address: `${host}:${port}`,
    described: `the image ${image}, at ${host}:${port}`,
    kill: async () => void (await container.kill({ signal: 'SIGKILL' })),
    startAgain: async () => void (await container.start()),
    remove: async () => void (await started.stop({ timeout: 0, remove: true, removeVolumes: true })),
  };
};
