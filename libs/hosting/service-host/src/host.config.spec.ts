import { readHostConfig } from './host.config';

const defaults = { port: 3000, adminPort: 9464, oneOfMany: true };

describe('the configuration of a process', () => {
  it('needs nothing: one machine, everything in the data folder', () => {
    expect(readHostConfig({}, defaults)).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      adminPort: 9464,
      roles: ['api', 'worker'],
      eventStore: 'postgres',
      bus: 'postgres',
      databaseUrl: null,
      dataDir: '.stockproof',
      migrateAtStart: true,
    });
  });

  it('takes a server that is named for the engine to use', () => {
    const config = readHostConfig(
      {
        DATABASE_URL: 'postgres://db/x',
        EVENTSTOREDB_URL: 'esdb://store:2113',
        KAFKA_BROKERS: 'a:9092, b:9092',
        STOCKPROOF_ROLES: 'worker',
        STOCKPROOF_KEY: 'ab'.repeat(32),
      },
      defaults,
    );
    expect(config).toMatchObject({
      host: '0.0.0.0',
      eventStore: 'eventstoredb',
      bus: 'kafka',
      kafka: {
        brokers: ['a:9092', 'b:9092'],
        clientId: 'stockproof',
        tls: null,
        login: null,
        replicationFactor: null,
        retentionDays: null,
      },
      roles: ['worker'],
      migrateAtStart: false,
    });
  });

  it('names every wrong value at once', () => {
    const wrong = {
      DATABASE_URL: 'mysql://db',
      STOCKPROOF_PORT: 'http',
      KAFKA_BROKERS: 'kafka.example',
      KAFKA_REPLICATION_FACTOR: '0',
      KAFKA_RETENTION_DAYS: 'week',
      KAFKA_TLS: 'yes',
      KAFKA_SASL_MECHANISM: 'gssapi',
      KAFKA_CLIENT_ID: 'a b',
      STOCKPROOF_ADMIN_PORT: '70000',
      STOCKPROOF_ROLES: 'api,king',
      STOCKPROOF_EVENT_STORE: 'sqlite',
      STOCKPROOF_KEY: 'short',
      STOCKPROOF_ADMIN_PASSWORD: 'secret',
      STOCKPROOF_LOG_LEVEL: 'loud',
      STOCKPROOF_LINGER_SECONDS: '16',
    };
    expect(() => readHostConfig(wrong, defaults)).toThrow(
      new RegExp(
        Object.keys(wrong)
          .map((name) => `(?=[\\s\\S]*${name} must)`)
          .join(''),
      ),
    );
  });

  it('wants the key of services that share a database', () => {
    expect(() => readHostConfig({ DATABASE_URL: 'postgres://db/x' }, defaults)).toThrow(
      /STOCKPROOF_KEY must be set, the same for all services/,
    );
    expect(readHostConfig({ DATABASE_URL: 'postgres://db/x' }, { ...defaults, oneOfMany: false })).toMatchObject({
      key: null,
      migrateAtStart: true,
    });
  });

  it('never repeats a secret that it refuses', () => {
    expect(() => readHostConfig({ STOCKPROOF_KEY: 'hunter2hunter2', STOCKPROOF_ADMIN_PASSWORD: 'hunter2' }, defaults)).toThrow(
      /^(?![\s\S]*hunter2)/,
    );
  });

  it('wants the address of an engine that was chosen', () => {
    expect(() => readHostConfig({ STOCKPROOF_EVENT_STORE: 'eventstoredb', STOCKPROOF_BUS: 'kafka' }, defaults)).toThrow(
      /EVENTSTOREDB_URL must be set[\s\S]*KAFKA_BROKERS must be set/,
    );
  });

  it('takes how Kafka is reached, and names everything that does not fit together', () => {
    const kafka = {
      KAFKA_BROKERS: 'a:9093',
      KAFKA_TLS: 'true',
      KAFKA_TLS_CA_FILE: '/ca.pem',
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'u',
      KAFKA_SASL_PASSWORD: 'p',
      KAFKA_REPLICATION_FACTOR: '3',
      KAFKA_RETENTION_DAYS: '30',
    };
    expect(readHostConfig(kafka, defaults).kafka).toEqual({
      brokers: ['a:9093'],
      clientId: 'stockproof',
      replicationFactor: 3,
      retentionDays: 30,
      tls: { caFile: '/ca.pem', certificateFile: null, keyFile: null },
      login: { mechanism: 'scram-sha-512', username: 'u', password: 'p' },
    });
    expect(() => readHostConfig({ KAFKA_TLS_KEY_FILE: '/key.pem', KAFKA_SASL_PASSWORD: 'p' }, defaults)).toThrow(
      /KAFKA_TLS must be true when[\s\S]*KAFKA_TLS_CERTIFICATE_FILE and KAFKA_TLS_KEY_FILE must be set together[\s\S]*KAFKA_SASL_MECHANISM must be set/,
    );
    expect(() => readHostConfig({ KAFKA_SASL_MECHANISM: 'plain' }, defaults)).toThrow(
      /KAFKA_SASL_USERNAME must be set[\s\S]*KAFKA_SASL_PASSWORD must be set[\s\S]*KAFKA_TLS must be true when KAFKA_SASL_MECHANISM is plain/,
    );
  });
});
