import type { BatchContext, DeliveredMessage, PartitionBatch } from '@stockproof/integration-bus';
import type { Database } from '@stockproof/sql';
import { TryAgain, type BatchHandler } from './consumer';
import type { ConsumerLog, ConsumerMetrics } from './consumer-metrics';
import { insertParked, keysOf, loadCheckpoints, moveCheckpoints, parkedAmong, type PartitionId } from './consumer-rows';
import { failureOf, Overtaken, type Failure } from './failure';
import { noteHeard } from './heard-places';
import { planOf, type Checkpoint, type Plan } from './plan';
import { waitBeforeTry, type RetryLimits } from './retry-waits';

export type ConsumerSurroundings = {
  readonly database: Database;
  readonly isTransient: (error: unknown) => boolean;
  readonly log: ConsumerLog;
  readonly metrics: ConsumerMetrics;
  readonly limits: RetryLimits;
  /** Aborted when the transport stops: nobody waits for the world any more. */
  readonly stop: AbortSignal;
};

type Batch = { readonly id: PartitionId; readonly context: BatchContext };
type Poisons = ReadonlyMap<string, string>;

/** Well below the ten seconds after which a bus may give a silent member's partition away. */
const heartbeatMs = 3_000;

/**
 * One consumer group on one topic: calls its handler with what is new, then commits the handler's rows together with the checkpoint.
 * What fails for good parks its ordering key; everything else flows.
 */
export class GroupConsumer {
  readonly #checkpoints = new Map<number, Map<string, Checkpoint>>();
  /** What went wrong last, until a batch succeeds again. */
  lastError: string | null = null;

  constructor(
    readonly group: string,
    readonly topic: string,
    private readonly handler: BatchHandler,
    private readonly around: ConsumerSurroundings,
  ) {}

  async onBatch({ partition, messages }: PartitionBatch, context: BatchContext): Promise<void> {
    const batch = { id: { group: this.group, topic: this.topic, partition }, context };
    const beating = setInterval(() => void context.heartbeat().catch(() => undefined), heartbeatMs);
    try {
      await this.#settleBatch(messages, batch);
      const last = messages.at(-1);
      // What was only skipped has moved no checkpoint.
      if (last) await noteHeard(this.around.database, batch.id, BigInt(last.offset) + 1n);
      this.lastError = null;
    } catch (error) {
      this.#checkpoints.delete(partition);
      throw error;
    } finally {
      clearInterval(beating);
    }
  }

  async #settleBatch(messages: readonly DeliveredMessage[], batch: Batch): Promise<void> {
    const failure = await this.#settle(messages, batch, new Map());
    if (!failure) return;
    this.around.log.warn({ ...batch.id, reason: failure.reason }, 'a batch failed; its messages are handled one by one');
    for (const message of messages) {
      const own = messages.length === 1 ? failure : await this.#settle([message], batch, new Map());
      if (own) await this.#parkAlone(message, own, batch);
    }
  }

  async #parkAlone(message: DeliveredMessage, { reason }: Failure, batch: Batch): Promise<void> {
    const failed = await this.#settle([message], batch, new Map([[message.id, reason]]));
    if (failed) throw new Error(`could not park ${message.id}: ${failed.reason}`);
  }

  /** Until it is committed (null), or has failed for good. */
  async #settle(messages: readonly DeliveredMessage[], batch: Batch, known: Poisons): Promise<Failure | null> {
    const poisons = new Map(known);
    let unexplained = 0;
    for (let attempt = 1; ; attempt += 1) {
      const failure = await this.#tryOnce(messages, batch, poisons);
      if (!failure) return null;
      this.lastError = failure.reason;
      this.around.metrics.retried(this.group, this.topic);
      if (failure.kind === 'message' && isNewPoison(failure.message, messages, poisons)) {
        poisons.set(failure.message.id, failure.reason);
        continue;
      }
      if (failure.kind !== 'world') unexplained += failure.kind === 'unknown' ? 1 : this.around.limits.attempts;
      if (unexplained >= this.around.limits.attempts) return failure;
      this.around.log.warn({ ...batch.id, attempt, reason: failure.reason }, 'messages could not be handled; trying again');
      await waitBeforeTry(attempt, this.around.limits, batch.context, this.around.stop);
    }
  }

  async #tryOnce(messages: readonly DeliveredMessage[], batch: Batch, poisons: Poisons): Promise<Failure | null> {
    try {
      await this.#handleAndCommit(messages, batch, poisons);
      return null;
    } catch (error) {
      if (!batch.context.owns()) throw error;
      if (error instanceof Overtaken) this.#checkpoints.delete(batch.id.partition);
      return failureOf(error, this.around.isTransient);
    }
  }

  async #handleAndCommit(messages: readonly DeliveredMessage[], { id, context }: Batch, poisons: Poisons): Promise<void> {
    const { database, metrics } = this.around;
    const started = performance.now();
    const seen = this.#checkpoints.get(id.partition) ?? (await loadCheckpoints(database, id));
    this.#checkpoints.set(id.partition, seen);
    const keys = keysOf(messages);
    const parked = await parkedAmong(database, this.group, keys, false);
    const plan = planOf(messages, seen, parked, poisons);
    if (plan.moved.size === 0) return;
    const statements =
      plan.handle.length === 0
        ? []
        : ((await this.handler({ topic: this.topic, partition: id.partition, messages: plan.handle, context })) ?? []);
    if (!context.owns()) throw new TryAgain('the partition went to another instance');
    await database.transaction(async (tx) => {
      if (!areEqual(parked, await parkedAmong(tx, this.group, keys, true))) throw new Overtaken('a key was parked or freed meanwhile');
      for (const statement of statements) await tx.query(statement);
      await insertParked(tx, this.group, plan.park);
      await moveCheckpoints(tx, id, seen, plan.moved);
    });
    this.#reportSources(seen, plan);
    plan.moved.forEach((checkpoint, source) => seen.set(source, checkpoint));
    metrics.handled(this.group, this.topic, plan.handle.length, (performance.now() - started) / 1000);
    this.#reportParked(plan);
  }

  #reportParked({ park }: Plan): void {
    if (park.length > 0) this.around.metrics.parked(this.group, this.topic, park.length);
    for (const { message, reason } of park)
      if (reason !== null)
        this.around.log.error(
          { group: this.group, topic: this.topic, messageId: message.id, orderingKey: message.orderingKey, reason },
          'an ordering key is parked',
        );
  }

  /** A new log id of a service that was heard before. */
  #reportSources(seen: ReadonlyMap<string, Checkpoint>, { moved }: Plan): void {
    for (const source of moved.keys()) {
      const before = seen.has(source) ? undefined : [...seen.keys()].findLast((other) => serviceOf(other) === serviceOf(source));
      if (before === undefined) continue;
      this.around.log.warn(
        { group: this.group, topic: this.topic, before, now: source },
        'a publisher speaks from another log; a new checkpoint begins',
      );
      this.around.metrics.sourceChanged(this.group, this.topic, before, source);
    }
  }
}

const isNewPoison = (poison: DeliveredMessage, messages: readonly DeliveredMessage[], poisons: Poisons): boolean =>
  !poisons.has(poison.id) && messages.some(({ id }) => id === poison.id);

const areEqual = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((key) => other.has(key));

/** `stockproof/sales/<log id>` to `stockproof/sales`. */
const serviceOf = (source: string): string => source.slice(0, source.lastIndexOf('/'));
