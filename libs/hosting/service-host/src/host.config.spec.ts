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
      kafkaBrokers: ['a:9092', 'b:9092'],
      roles: ['worker'],
      migrateAtStart: false,
    });
  });

  it('names every wrong value at once', () => {
    const wrong = {
      DATABASE_URL: 'mysql://db',
      STOCKPROOF_PORT: 'http',
      STOCKPROOF_ADMIN_PORT: '70000',
      STOCKPROOF_ROLES: 'api,king',
      STOCKPROOF_EVENT_STORE: 'sqlite',
      STOCKPROOF_KEY: 'short',
      STOCKPROOF_ADMIN_PASSWORD: 'secret',
      STOCKPROOF_LOG_LEVEL: 'loud',
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
});
