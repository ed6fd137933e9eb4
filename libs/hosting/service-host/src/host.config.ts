import { z } from 'zod';
import { kafkaConfigOf, kafkaContradictions, kafkaSettings, type KafkaConfig } from './kafka.config';
import { StartupError } from './startup-error';

/** What a process is told from outside. Every value is checked before anything starts. */
export type HostConfig = {
  /** Address that the HTTP listener binds to. */
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  /** `api` answers HTTP; `worker` runs projections, consumers, the publisher and jobs. */
  readonly roles: readonly ('api' | 'worker')[];
  readonly eventStore: 'postgres' | 'eventstoredb';
  readonly bus: 'postgres' | 'kafka';
  /** `null`: the embedded Postgres. */
  readonly databaseUrl: string | null;
  readonly eventStoreDbUrl: string | null;
  readonly kafka: KafkaConfig;
  /** Where the embedded default keeps everything that outlives the process. */
  readonly dataDir: string;
  /** The master key as text; `null`: kept in the data folder. */
  readonly key: string | null;
  /** The first password of the installation administrator; `null`: kept in the data folder. */
  readonly adminPassword: string | null;
  /** Addresses that outbound calls may reach although they are private. */
  readonly outboundAllow: readonly string[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Whether the process brings the database up to date before it starts. */
  readonly migrateAtStart: boolean;
  /** How long a process that stops goes on answering those who keep a connection, before it closes the idle ones. */
  readonly lingerMs: number;
};

/** What differs from app to app. */
export type HostDefaults = {
  readonly port: number;
  readonly adminPort: number;
  readonly logLevel?: HostConfig['logLevel'];
  /** One of several processes that share a database: it is brought up to date as a step of its own, and they share a key. */
  readonly oneOfMany: boolean;
};

/** Where the channel simulator listens: the one private address that a single machine may call unasked. */
const channelSimulator = '127.0.0.1:3900';

type Environment = Readonly<Record<string, string | undefined>>;

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean),
);
const port = (byDefault: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a port from 1 to 65535')
    .transform(Number)
    .refine((value) => value >= 1 && value <= 65_535, 'must be a port from 1 to 65535')
    .default(byDefault);
/** Those who keep a connection longer than this say so in vain: draining as a whole takes 20 s at most. */
export const lingerSeconds = z
  .string()
  .regex(/^(\d|1[0-5])$/, 'must be a whole number of seconds from 0 to 15')
  .transform(Number)
  .default(0);
const key = z.string().regex(/^([0-9a-fA-F]{64}|[\w+/-]{43}=?)$/, 'must be 32 bytes as 64 hexadecimal digits or base64');
const url = (...protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be a URL starting with ${protocols.map((each) => `${each}//`).join(' or ')}`,
    );
const target = z
  .string()
  .regex(/^([^/]+:\d{1,5}|[\da-fA-F.:]+\/\d{1,3})$/, 'must be host:port or a network such as 10.1.0.0/16, with commas between');
const role = z.enum(['api', 'worker'], 'must be api, worker, or both with a comma between');

const schemaFor = (defaults: HostDefaults) =>
  z.object({
    DATABASE_URL: url('postgres:', 'postgresql:').optional(),
    EVENTSTOREDB_URL: url('esdb:', 'esdb+discover:').optional(),
    ...kafkaSettings,
    STOCKPROOF_HOST: z.string().optional(),
    STOCKPROOF_PORT: port(defaults.port),
    STOCKPROOF_ADMIN_PORT: port(defaults.adminPort),
    STOCKPROOF_ROLES: list.pipe(z.array(role).min(1)).default(['api', 'worker']),
    STOCKPROOF_EVENT_STORE: z.enum(['postgres', 'eventstoredb'], 'must be postgres or eventstoredb').optional(),
    STOCKPROOF_BUS: z.enum(['postgres', 'kafka'], 'must be postgres or kafka').optional(),
    STOCKPROOF_DATA_DIR: z.string().default('.stockproof'),
    STOCKPROOF_KEY: key.optional(),
    STOCKPROOF_ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
    STOCKPROOF_OUTBOUND_ALLOW: list.pipe(z.array(target)).optional(),
    STOCKPROOF_LOG_LEVEL: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
      .default(defaults.logLevel ?? 'info'),
    STOCKPROOF_MIGRATE: z.enum(['true', 'false'], 'must be true or false').optional(),
    STOCKPROOF_LINGER_SECONDS: lingerSeconds,
  });

/** Reads the environment once. Throws a `StartupError` that names every wrong value. An empty value counts as none. */
export const readHostConfig = (environment: Environment, defaults: HostDefaults): HostConfig => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const read = schemaFor(defaults).safeParse(given);
  if (!read.success) throw new StartupError(sentenceFor(read.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`)));
  const engines = enginesOf(read.data);
  const missing = [...missingValues(engines, read.data, defaults), ...kafkaContradictions(read.data)];
  if (missing.length > 0) throw new StartupError(sentenceFor(missing));
  return {
    ...settingsOf(read.data),
    ...engines,
    ...(read.data.DATABASE_URL === undefined ? onOneMachine(read.data) : besideOthers(read.data, read.data.DATABASE_URL, defaults)),
  };
};

type Values = z.infer<ReturnType<typeof schemaFor>>;

/** Naming a server is choosing its engine, unless the choice was made otherwise. */
const enginesOf = (values: Values): Pick<HostConfig, 'eventStore' | 'bus'> => ({
  eventStore: values.STOCKPROOF_EVENT_STORE ?? (values.EVENTSTOREDB_URL === undefined ? 'postgres' : 'eventstoredb'),
  bus: values.STOCKPROOF_BUS ?? (values.KAFKA_BROKERS.length === 0 ? 'postgres' : 'kafka'),
});

const missingValues = (
  { eventStore, bus }: Pick<HostConfig, 'eventStore' | 'bus'>,
  values: Values,
  { oneOfMany }: HostDefaults,
): readonly string[] => [
  ...(eventStore === 'eventstoredb' && values.EVENTSTOREDB_URL === undefined
    ? ['EVENTSTOREDB_URL must be set when STOCKPROOF_EVENT_STORE is eventstoredb']
    : []),
  ...(bus === 'kafka' && values.KAFKA_BROKERS.length === 0 ? ['KAFKA_BROKERS must be set when STOCKPROOF_BUS is kafka'] : []),
  ...(oneOfMany && values.DATABASE_URL !== undefined && values.STOCKPROOF_KEY === undefined
    ? ['STOCKPROOF_KEY must be set, the same for all services that share DATABASE_URL']
    : []),
];

const settingsOf = (values: Values) => ({
  port: values.STOCKPROOF_PORT,
  adminPort: values.STOCKPROOF_ADMIN_PORT,
  roles: values.STOCKPROOF_ROLES,
  eventStoreDbUrl: values.EVENTSTOREDB_URL ?? null,
  kafka: kafkaConfigOf(values),
  dataDir: values.STOCKPROOF_DATA_DIR,
  key: values.STOCKPROOF_KEY ?? null,
  adminPassword: values.STOCKPROOF_ADMIN_PASSWORD ?? null,
  logLevel: values.STOCKPROOF_LOG_LEVEL,
  lingerMs: values.STOCKPROOF_LINGER_SECONDS * 1_000,
});

type Surroundings = Pick<HostConfig, 'databaseUrl' | 'host' | 'outboundAllow' | 'migrateAtStart'>;

/** Without a database of its own it is somebody's machine: nobody else reaches it. */
const onOneMachine = (values: Values): Surroundings => ({
  databaseUrl: null,
  host: values.STOCKPROOF_HOST ?? '127.0.0.1',
  outboundAllow: values.STOCKPROOF_OUTBOUND_ALLOW ?? [channelSimulator],
  migrateAtStart: values.STOCKPROOF_MIGRATE !== 'false',
});

/** With one it stands behind something that must reach it. */
const besideOthers = (values: Values, databaseUrl: string, { oneOfMany }: HostDefaults): Surroundings => ({
  databaseUrl,
  host: values.STOCKPROOF_HOST ?? '0.0.0.0',
  outboundAllow: values.STOCKPROOF_OUTBOUND_ALLOW ?? [],
  migrateAtStart: values.STOCKPROOF_MIGRATE === undefined ? !oneOfMany : values.STOCKPROOF_MIGRATE === 'true',
});

const sentenceFor = (wrong: readonly string[]): string =>
  `The configuration is wrong:\n${wrong.map((each) => `  ${each}`).join('\n')}\nSet these environment variables right, or leave them out.`;
