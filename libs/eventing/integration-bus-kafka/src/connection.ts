import { createRequire } from 'node:module';
import { Kafka, logLevel, type KafkaConfig, type logCreator, type SASLOptions } from 'kafkajs';
import { quietAboutNormalLife, type BusLog } from './driver-log';

export type KafkaTls = {
  /** PEM. Left out: the authorities that Node knows. */
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
};

export type KafkaLogin = {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
};

export type KafkaConnection = {
  /** `host:port`, any of the cluster; the rest is found through them. */
  readonly brokers: readonly string[];
  /** What the cluster's own logs and quotas call this client. */
  readonly clientId: string;
  readonly tls?: KafkaTls | null;
  readonly login?: KafkaLogin | null;
};

/** A retry in the driver is for what passes in a moment: elections, a restarted broker. Whoever called decides about the rest. */
export const driverRetries = { retries: 5, initialRetryTime: 100, maxRetryTime: 2_000, multiplier: 2, factor: 0.2 } as const;

export const connectTo = (to: KafkaConnection, log: BusLog | undefined): Kafka => {
  restWhenIdle();
  const config: KafkaConfig = {
    brokers: [...to.brokers],
    clientId: to.clientId,
    connectionTimeout: 3_000,
    authenticationTimeout: 10_000,
    requestTimeout: 15_000,
    retry: driverRetries,
    logLevel: logLevel.WARN,
    logCreator: creatorFor(log),
    ...(to.tls ? { ssl: tlsOf(to.tls) } : {}),
    ...(to.login ? { sasl: to.login as SASLOptions } : {}),
  };
  return new Kafka(config);
};

const tlsOf = ({ ca, certificate, key }: KafkaTls) => ({
  ...(ca === undefined ? {} : { ca: [ca] }),
  ...(certificate === undefined ? {} : { cert: certificate }),
  ...(key === undefined ? {} : { key }),
});

const creatorFor = (log: BusLog | undefined): logCreator => {
  const tell = quietAboutNormalLife(log);
  return () =>
    ({ level, log: entry }) =>
      tell(level, entry);
};

type RequestQueue = {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  readonly throttledUntil: number;
  readonly pending: readonly unknown[];
  readonly checkPendingRequests: () => void;
  scheduleCheckPendingRequests: () => void;
};

/** The driver's own interval between looks at requests that wait for others. */
const lookAgainMs = 10;

/**
 * kafkajs 2.2.4 looks for waiting requests over and over, also when there are none: 6 % of a core for each idle process. This look
 * happens only where something waits, or is held back by the broker. The driver is pinned and no longer changes.
 */
const restWhenIdle = (): void => {
  const { prototype } = createRequire(__filename)('kafkajs/src/network/requestQueue') as { readonly prototype: RequestQueue };
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.throttleCheckTimeoutId) return;
    const heldBackMs = this.throttledUntil - Date.now();
    if (this.pending.length === 0 && heldBackMs <= 0) return;
    const waitMs = this.pending.length > 0 && heldBackMs <= 0 ? lookAgainMs : heldBackMs;
    this.throttleCheckTimeoutId = setTimeout(() => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    }, waitMs);
  };
};
