import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { startOfLog, type LogBatch, type Position } from '@stockproof/event-store';
import type { Database } from '@stockproof/sql';
import { msBetween, type Clock, type Instant } from '@stockproof/vocabulary';
import { keptMessages, type KeptMessages } from './kept-messages';
import { inPieces, messagesOf } from './messages';
import type { Publication } from './publication';
import { LeaseLost, publisherRow, type HeldCheckpoint } from './publisher-row';
import { sourceOf } from './source';
import { whereToBegin, type Published } from './where-to-begin';

export type PublisherOptions = Published & {
  /** The service's worker; its schema holds what `publishingMigrations` makes. */
  readonly database: Database;
  readonly publication: Publication;
  readonly clock: Clock;
  readonly log: { readonly info: (details: object, message: string) => void; readonly warn: (details: object, message: string) => void };
  /** Told after each batch and each failure. */
  readonly onStatus?: (status: PublisherStatus) => void;
  /** How long others wait for an instance that fell silent. Default 5,000. */
  readonly leaseMs?: number;
  /** Events read at once. Default 500. */
  readonly batchSize?: number;
  /** How often the topics are looked at, which somebody may have deleted. Default 5,000. */
  readonly lookEveryMs?: number;
  /** Told when publishing does not simply go on at its checkpoint: a topic was lost, or the log is another. */
  readonly onToldAgain?: () => void;
};

export type PublisherStatus = {
  /** Whether this instance publishes, or another does. */
  readonly active: boolean;
  readonly source: string | null;
  readonly position: Position;
  /** Age of the oldest event that is known and not yet published. */
  readonly behindSeconds: number;
  readonly lastError: string | null;
};

export type Publisher = {
  readonly start: () => void;
  /** Finishes the batch in hand and lets another instance publish. */
  readonly stop: () => Promise<void>;
  readonly status: () => PublisherStatus;
  /** Resolves when this instance has published everything that the log now holds. */
  readonly idle: () => Promise<void>;
  /** Publishes again what follows a position (`startOfLog`: everything), as the same messages: for a lost topic. */
  readonly setBack: (position: Position) => Promise<void>;
};

const firstRetryMs = 100;
const longestRetryMs = 10_000;
const checkpointAtLeastEveryMs = 1_000;

/** Follows a service's log and tells others of it on the bus; the log is the outbox. Of several instances one publishes at a time. */
export const publisher = (options: PublisherOptions): Publisher => new LogPublisher(options);

class LogPublisher implements Publisher {
  readonly #row;
  readonly #leaseMs: number;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #held: HeldCheckpoint | null = null;
  #source: string | null = null;
  #processed: Position = startOfLog;
  #oldestUnpublished: Instant | null = null;
  #lastError: string | null = null;
  #lost = new AbortController();
  #shorter: readonly string[] = [];
  #failures = 0;
  #movedAt = Number.NEGATIVE_INFINITY;
  #leasedUntil = Number.NEGATIVE_INFINITY;
  readonly #waiting = new Set<{ readonly position: Position; readonly resolve: () => void }>();

  constructor(private readonly options: PublisherOptions) {
    this.#leaseMs = options.leaseMs ?? 5_000;
    this.#row = publisherRow(options.database, randomUUID(), this.#leaseMs);
  }

  readonly start = (): void => {
    this.#running = this.#run();
  };

  readonly stop = async (): Promise<void> => {
    this.#stopping.abort();
    await this.#running;
  };

  readonly status = (): PublisherStatus => ({
    active: this.#held !== null,
    source: this.#source,
    position: this.#processed,
    behindSeconds: this.#oldestUnpublished === null ? 0 : Math.max(0, msBetween(this.#oldestUnpublished, this.options.clock.now()) / 1000),
    lastError: this.#lastError,
  });

  readonly idle = async (): Promise<void> => {
    const { position } = await this.options.store.head();
    await new Promise<void>((resolve) => {
      this.#waiting.add({ position, resolve });
      this.#tellWaiting();
    });
  };

  readonly setBack = async (position: Position): Promise<void> => {
    const event = await this.options.store.eventAt(position);
    if (position !== startOfLog && !event) throw new Error(`the log has no event at position ${position}`);
    await this.#row.setBack(position, event?.id ?? null);
    this.#lost.abort();
  };

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#takeAndFollow();
        this.#failures = 0;
      } catch (error) {
        this.#failed(error);
      }
      await this.#letGo();
      if (!this.#stopping.signal.aborted) await this.#pause();
    }
  }

  async #takeAndFollow(): Promise<void> {
    const asked = performance.now();
    const held = await this.#row.take(await this.options.store.logId());
    if (!held) return this.#standBy();
    this.#held = held;
    this.#leasedUntil = asked + this.#leaseMs;
    const lost = new AbortController();
    this.#lost = lost;
    const renewing = setInterval(() => void this.#renew(held.fence).catch(() => lost.abort()), this.#leaseMs / 3.5);
    const kept = keptMessages(this.options);
    // A bus that does not answer has lost nothing yet.
    const look = () =>
      kept.look().then(
        (topics) => {
          if (topics.length === 0) return;
          this.#shorter = topics;
          lost.abort();
        },
        () => undefined,
      );
    let looking: NodeJS.Timeout | undefined;
    try {
      // Before what was told is compared with the checkpoint, so that nothing is lost unseen between the two.
      await look();
      const begin = await this.#begin(held);
      looking = setInterval(() => void look(), this.options.lookEveryMs ?? 5_000);
      await this.#follow(begin, kept, AbortSignal.any([lost.signal, this.#stopping.signal]));
    } finally {
      clearInterval(renewing);
      clearInterval(looking);
    }
  }

  /** Somebody else publishes: what is behind, and what fails, is theirs to tell. */
  #standBy(): void {
    this.#oldestUnpublished = null;
    this.#lastError = null;
  }

  async #begin(held: HeldCheckpoint): Promise<HeldCheckpoint> {
    const { service, bus, topics, log } = this.options;
    await bus.ensureTopics(topics);
    const begin = await whereToBegin(this.options, held, this.#shorter);
    this.#shorter = [];
    if (begin.because !== null) {
      log.warn({ service, from: held, to: begin }, begin.because);
      this.options.onToldAgain?.();
      await this.#row.begin(held.fence, begin);
    }
    this.#source = sourceOf(service, begin.logId, begin.generation);
    this.#processed = begin.position;
    this.#tellWaiting();
    const { logId, generation, position, eventId, told } = begin;
    return { logId, generation, position, eventId, told, fence: held.fence };
  }

  async #follow({ position, fence }: HeldCheckpoint, kept: KeptMessages, until: AbortSignal): Promise<void> {
    const { store, batchSize } = this.options;
    const subscription = store.subscribe(
      position,
      (batch) => this.#publish(batch, { fence, kept }),
      batchSize === undefined ? {} : { batchSize },
    );
    const told = new Promise<void>((resolve) =>
      until.aborted ? resolve() : until.addEventListener('abort', () => resolve(), { once: true }),
    );
    try {
      await Promise.race([subscription.ended, told]);
    } finally {
      await subscription.stop();
    }
  }

  async #publish({ events, scannedTo }: LogBatch, { fence, kept }: { readonly fence: number; readonly kept: KeptMessages }): Promise<void> {
    this.#oldestUnpublished ??= events[0]?.recordedAt ?? null;
    const { publication, bus } = this.options;
    const messages = events.flatMap((event) => messagesOf(publication, this.#source ?? '', event));
    for (const piece of inPieces(messages)) {
      if (performance.now() > this.#leasedUntil) throw new LeaseLost('the lease is over');
      await kept.telling(piece, () => bus.publish(piece));
    }
    const last = events.at(-1);
    if (last && (messages.length > 0 || performance.now() - this.#movedAt > checkpointAtLeastEveryMs)) {
      const told = Object.fromEntries(messages.map(({ topic, sourcePosition }) => [topic, sourcePosition]));
      await this.#row.move(fence, { position: last.position, eventId: last.id, told });
      this.#movedAt = performance.now();
    }
    this.#processed = scannedTo;
    this.#oldestUnpublished = null;
    this.#lastError = null;
    this.#failures = 0;
    this.#tellWaiting();
    this.options.onStatus?.(this.status());
  }

  async #renew(fence: number): Promise<void> {
    const asked = performance.now();
    try {
      await this.#row.renew(fence);
      this.#leasedUntil = asked + this.#leaseMs;
    } catch (error) {
      // A lost connection is no lost lease yet; the time decides.
      if (error instanceof LeaseLost || performance.now() > this.#leasedUntil) throw error;
    }
  }

  async #letGo(): Promise<void> {
    const held = this.#held;
    this.#held = null;
    // Failing to say so costs the others the length of a lease.
    if (held) await this.#row.release(held.fence).catch(() => undefined);
  }

  #failed(error: unknown): void {
    this.#lastError = error instanceof Error ? error.message : String(error);
    this.options.log.warn({ service: this.options.service, error: this.#lastError }, 'publishing failed; it goes on at its checkpoint');
    this.options.onStatus?.(this.status());
    if (!(error instanceof LeaseLost)) this.#failures += 1;
  }

  async #pause(): Promise<void> {
    const waitMs =
      this.#failures === 0 ? Math.min(1_000, this.#leaseMs / 5) : Math.min(firstRetryMs * 2 ** (this.#failures - 1), longestRetryMs);
    await delay(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  #tellWaiting(): void {
    for (const each of this.#waiting) {
      if (this.#held === null || this.#processed < each.position) continue;
      this.#waiting.delete(each);
      each.resolve();
    }
  }
}
