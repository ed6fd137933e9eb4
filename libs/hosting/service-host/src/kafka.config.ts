import { z } from 'zod';

/** How Kafka is reached, and how topics are created on it. */
export type KafkaConfig = {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Copies of each partition of a new topic; `null`: what the brokers do by default. */
  readonly replicationFactor: number | null;
  /** How long a new topic keeps messages; `null`: for ever. */
  readonly retentionDays: number | null;
  /** Files in PEM; `null`: without TLS. */
  readonly tls: { readonly caFile: string | null; readonly certificateFile: string | null; readonly keyFile: string | null } | null;
  readonly login: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  } | null;
};

const broker = z.string().regex(/^(\[[\da-fA-F:.]+\]|[\w.-]+):\d{1,5}$/, 'must be host:port, with commas between several');
const brokers = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean),
  )
  .pipe(z.array(broker));
const count = (most: number) =>
  z
    .string()
    .regex(/^[1-9]\d*$/, `must be a whole number from 1 to ${most}`)
    .transform(Number)
    .refine((value) => value <= most, `must be a whole number from 1 to ${most}`);

export const kafkaSettings = {
  KAFKA_BROKERS: brokers.default([]),
  KAFKA_CLIENT_ID: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'must be up to 100 letters, digits, dots, hyphens or underscores')
    .default('stockproof'),
  KAFKA_REPLICATION_FACTOR: count(32).optional(),
  KAFKA_RETENTION_DAYS: count(36_500).optional(),
  KAFKA_TLS: z.enum(['true', 'false'], 'must be true or false').optional(),
  KAFKA_TLS_CA_FILE: z.string().optional(),
  KAFKA_TLS_CERTIFICATE_FILE: z.string().optional(),
  KAFKA_TLS_KEY_FILE: z.string().optional(),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512'], 'must be plain, scram-sha-256 or scram-sha-512').optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
};

type KafkaValues = z.infer<z.ZodObject<typeof kafkaSettings>>;

/** What does not fit together, a sentence each. */
export const kafkaContradictions = (values: KafkaValues): readonly string[] => {
  const { KAFKA_TLS_CERTIFICATE_FILE: certificate, KAFKA_TLS_KEY_FILE: key, KAFKA_SASL_MECHANISM: mechanism } = values;
  const tls = values.KAFKA_TLS === 'true';
  const wrong: readonly (readonly [boolean, string])[] = [
    [!tls && [values.KAFKA_TLS_CA_FILE, certificate, key].some(given), 'KAFKA_TLS must be true when a KAFKA_TLS_… file is named'],
    [given(certificate) !== given(key), 'KAFKA_TLS_CERTIFICATE_FILE and KAFKA_TLS_KEY_FILE must be set together'],
    [given(mechanism) && !given(values.KAFKA_SASL_USERNAME), 'KAFKA_SASL_USERNAME must be set when KAFKA_SASL_MECHANISM is'],
    [given(mechanism) && !given(values.KAFKA_SASL_PASSWORD), 'KAFKA_SASL_PASSWORD must be set when KAFKA_SASL_MECHANISM is'],
    [
      !given(mechanism) && [values.KAFKA_SASL_USERNAME, values.KAFKA_SASL_PASSWORD].some(given),
      'KAFKA_SASL_MECHANISM must be set when a KAFKA_SASL_… name or password is',
    ],
    [mechanism === 'plain' && !tls, 'KAFKA_TLS must be true when KAFKA_SASL_MECHANISM is plain: the password would travel in the clear'],
  ];
  return wrong.flatMap(([isWrong, sentence]) => (isWrong ? [sentence] : []));
};

const given = (value: string | undefined): boolean => value !== undefined;

export const kafkaConfigOf = (values: KafkaValues): KafkaConfig => ({
  brokers: values.KAFKA_BROKERS,
  clientId: values.KAFKA_CLIENT_ID,
  replicationFactor: values.KAFKA_REPLICATION_FACTOR ?? null,
  retentionDays: values.KAFKA_RETENTION_DAYS ?? null,
  tls:
    values.KAFKA_TLS === 'true'
      ? {
          caFile: values.KAFKA_TLS_CA_FILE ?? null,
          certificateFile: values.KAFKA_TLS_CERTIFICATE_FILE ?? null,
          keyFile: values.KAFKA_TLS_KEY_FILE ?? null,
        }
      : null,
  login:
    values.KAFKA_SASL_MECHANISM === undefined
      ? null
      : {
          mechanism: values.KAFKA_SASL_MECHANISM,
          username: values.KAFKA_SASL_USERNAME ?? '',
          password: values.KAFKA_SASL_PASSWORD ?? '',
        },
});
