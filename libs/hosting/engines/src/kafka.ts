import { readFileSync } from 'node:fs';
import { PartitionsDiffer } from '@stockproof/integration-bus';
import { isTransientKafka, kafkaBus, whyUnreachable, type KafkaBus, type KafkaBusOptions } from '@stockproof/integration-bus-kafka';
import { StartupError, type KafkaConfig, type Log } from '@stockproof/service-host';

export { isTransientKafka };

const dayMs = 86_400_000;

const optionsOf = (config: KafkaConfig, log: Log, service: string): KafkaBusOptions => ({
  brokers: config.brokers,
  clientId: `${config.clientId}.${service}`,
  login: config.login,
  tls: config.tls && {
    ...pem('ca', 'KAFKA_TLS_CA_FILE', config.tls.caFile),
    ...pem('certificate', 'KAFKA_TLS_CERTIFICATE_FILE', config.tls.certificateFile),
    ...pem('key', 'KAFKA_TLS_KEY_FILE', config.tls.keyFile),
  },
  log,
  ...(config.replicationFactor === null ? {} : { replicationFactor: config.replicationFactor }),
  ...(config.retentionDays === null ? {} : { retentionMs: config.retentionDays * dayMs }),
});

const pem = (name: 'ca' | 'certificate' | 'key', variable: string, file: string | null): Readonly<Record<string, string>> => {
  if (file === null) return {};
  try {
    return { [name]: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new StartupError(`The file in ${variable} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  }
};

/** Asks the cluster for an answer before anything is built on it, and says where it is. Throws a `StartupError`. */
export const findKafka = async (config: KafkaConfig, log: Log): Promise<string> => {
  const bus = kafkaBus(optionsOf(config, log, 'start'));
  try {
    await bus.probe();
    return `Kafka at ${config.brokers.join(', ')}`;
  } catch (error) {
    throw new StartupError(`Kafka in KAFKA_BROKERS (${config.brokers.join(', ')}) ${whyUnreachable(error)}`, { cause: error });
  } finally {
    await bus.close();
  }
};

/** The bus of one service, whose topics must be what they were created as. */
export const openKafka = (config: KafkaConfig, log: Log, service: string): KafkaBus => {
  const bus = kafkaBus(optionsOf(config, log, service));
  return {
    ...bus,
    ensureTopics: async (topics, partitions) => {
      try {
        await bus.ensureTopics(topics, partitions);
      } catch (error) {
        if (error instanceof PartitionsDiffer) throw new StartupError(error.message, { cause: error });
        throw error;
      }
    },
  };
};
