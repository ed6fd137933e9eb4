import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { BusSubscription, IntegrationBus, PartitionLag } from '@stockproof/integration-bus';
import type { Database } from '@stockproof/sql';
import type { BatchHandler, MessageBatch } from './consumer';
import { noMetrics, type ConsumerLog, type ConsumerMetrics } from './consumer-metrics';
import { hearAgainAfterRestore } from './heard-places';
import { GroupConsumer, type ConsumerSurroundings } from './group-consumer';
import { answerRequests } from './replay';
import { defaultRetryLimits, type RetryLimits } from './retry-waits';

export type BusTransportOptions = {
  readonly bus: IntegrationBus;
  /** The service's worker; its schema holds what `busTransportMigrations` makes. */
  readonly database: Database;
  /** Which errors of the database and its connection pass by themselves. */
  readonly isTransient: (error: unknown) => boolean;
  readonly log: ConsumerLog;
  readonly metrics?: ConsumerMetrics;
  readonly limits?: Partial<RetryLimits>;
  /** How often to look for what operators asked about parked keys. Default 1,000. */
  readonly requestsEveryMs?: number;
  /** Messages a batch holds at most. Default: the bus's own. */
  readonly batchSize?: number;
};

export type ConsumerStatus = { readonly group: string; readonly topic: string; readonly lastError: string | null };

/**
 * NestJS transport on the integration bus. Each `@EventPattern(topic, { group: '<service>.<name>' })` handler is a consumer group of
 * its own; it gets a `MessageBatch` and answers the statements to commit with the checkpoint. Connect it with `connectBusTransport`.
 */
export class BusTransport extends Server implements CustomTransportStrategy {
  readonly #handlers = new Map<string, { readonly group: string; readonly topic: string; readonly handle: BatchHandler }>();
  #consumers: readonly GroupConsumer[] = [];
  #subscriptions: readonly BusSubscription[] = [];
  #requests: NodeJS.Timeout | null = null;
  #answering: Promise<unknown> = Promise.resolve();
  readonly #stop = new AbortController();

  constructor(private readonly options: BusTransportOptions) {
    super();
  }

  /** Not the superclass's: it chains the handlers of one topic, so that one that fails would fail all. */
  override addHandler(pattern: unknown, callback: MessageHandler, isEventHandler = false, extras: Record<string, unknown> = {}): void {
    const topic = this.normalizePattern(pattern as string);
    const { group } = extras;
    if (!isEventHandler || typeof group !== 'string')
      throw new Error(`the handler of ${topic} must be an @EventPattern(topic, { group: '<service>.<name>' })`);
    const key = handlerKey(group, topic);
    if (this.#handlers.has(key)) throw new Error(`the group ${group} has two handlers of ${topic}`);
    this.#handlers.set(key, { group, topic, handle: batchHandlerOf(callback) });
    this.messageHandlers.set(key, Object.assign(callback, { isEventHandler, extras }));
  }

  listen(callback: (error?: unknown) => void): void {
    this.#start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    if (this.#requests) clearInterval(this.#requests);
    await Promise.all(this.#subscriptions.map((subscription) => subscription.stop()));
    await this.#answering;
  }

  on(): never {
    throw new Error('the bus transport has no events');
  }

  unwrap<T>(): T {
    return this.options.bus as T;
  }

  /** Topics that somebody here hears. */
  topics(): readonly string[] {
    return [...new Set([...this.#handlers.values()].map(({ topic }) => topic))];
  }

  consumers(): readonly ConsumerStatus[] {
    return this.#consumers.map(({ group, topic, lastError }) => ({ group, topic, lastError }));
  }

  /** How far each group is behind, per partition. */
  async lag(): Promise<readonly (PartitionLag & { readonly group: string })[]> {
    const lags = await Promise.all(
      this.#consumers.map(async ({ group, topic }) => (await this.options.bus.lag(group, [topic])).map((lag) => ({ group, ...lag }))),
    );
    return lags.flat();
  }

  /** Does what operators asked about parked keys now, not only at the next look. */
  answerRequests(): Promise<void> {
    const { database, isTransient, log } = this.options;
    const handlerOf = (group: string, topic: string) => this.#handlers.get(handlerKey(group, topic))?.handle;
    const answered = this.#answering.then(async () => {
      await answerRequests({ database, isTransient, log, handlerOf });
    });
    this.#answering = answered.catch((error: unknown) => log.warn({ error: String(error) }, 'parked keys could not be looked at'));
    return answered;
  }

  async #start(): Promise<void> {
    const { bus, database, isTransient, log, metrics = noMetrics, limits, requestsEveryMs = 1_000 } = this.options;
    const around: ConsumerSurroundings = {
      database,
      isTransient,
      log,
      metrics,
      limits: { ...defaultRetryLimits, ...limits },
      stop: this.#stop.signal,
    };
    this.#consumers = [...this.#handlers.values()].map(({ group, topic, handle }) => new GroupConsumer(group, topic, handle, around));
    const groups = Map.groupBy(this.#consumers, ({ group }) => group);
    for (const { group, topic } of this.#consumers) await hearAgainAfterRestore({ ...around, bus }, group, topic);
    this.#subscriptions = await Promise.all([...groups].map(([group, consumers]) => this.#subscribe(bus, group, consumers)));
    this.#requests = setInterval(() => void this.answerRequests().catch(() => undefined), requestsEveryMs).unref();
  }

  #subscribe(bus: IntegrationBus, group: string, consumers: readonly GroupConsumer[]): Promise<BusSubscription> {
    const byTopic = new Map(consumers.map((consumer) => [consumer.topic, consumer]));
    const { batchSize, log } = this.options;
    return bus.subscribe({
      group,
      topics: [...byTopic.keys()],
      ...(batchSize === undefined ? {} : { batchSize }),
      onBatch: async (batch, context) => byTopic.get(batch.topic)?.onBatch(batch, context),
      onError: (error) =>
        log.warn({ group, error: error instanceof Error ? error.message : String(error) }, 'a batch goes back to the bus'),
    });
  }
}

const handlerKey = (group: string, topic: string): string => `${group} ${topic}`;

/** NestJS answers observables; a handler's last word are its statements. */
const batchHandlerOf =
  (callback: MessageHandler): BatchHandler =>
  async (batch: MessageBatch) => {
    const answer: unknown = await callback(batch, batch.context);
    return (isObservable(answer) ? await lastValueFrom(answer, { defaultValue: undefined }) : answer) as Awaited<ReturnType<BatchHandler>>;
  };
