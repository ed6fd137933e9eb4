import type { Position } from '@stockproof/event-store';
import { sql, type Database } from '@stockproof/sql';

/** How far a log is published. */
export type PublisherCheckpoint = {
  readonly logId: string;
  readonly generation: number;
  readonly position: Position;
  readonly eventId: string | null;
  /** The last position told on each topic since this log and generation began, or were told again from their start. */
  readonly told: ToldTopics;
};

export type ToldTopics = Readonly<Record<string, Position>>;

/** The right to publish, until somebody else takes it with a higher fence. */
export type HeldCheckpoint = PublisherCheckpoint & { readonly fence: number };

/** Somebody else publishes now. */
export class LeaseLost extends Error {}

type Row = {
  readonly log_id: string;
  readonly generation: number;
  readonly position: string;
  readonly event_id: string | null;
  readonly told: ToldTopics;
  readonly fence: number;
};

/** The publisher's row: its checkpoint and its lease in one, so that whoever lost the lease cannot move the checkpoint. */
export const publisherRow = (database: Database, holder: string, leaseMs: number) => {
  const fenced = async (text: string, fence: number, ...values: readonly unknown[]): Promise<void> => {
    const rows = await database.query(
      sql(
        `update publisher_checkpoint set ${text} where publisher = 'main' and holder = $1 and fence = $2 returning 1 as held`,
        holder,
        fence,
        ...values,
      ),
    );
    if (rows.length === 0) throw new LeaseLost('another instance publishes now');
  };
  return {
    /** Takes the lease where it is free, over or already ours; null where somebody else has it. */
    take: async (logId: string): Promise<HeldCheckpoint | null> => {
      await database.query(sql("insert into publisher_checkpoint (publisher, log_id) values ('main', $1) on conflict do nothing", logId));
      const [row] = await database.query<Row>(
        sql(
          `update publisher_checkpoint set holder = $1, fence = fence + 1, leased_until = clock_timestamp() + $2 * interval '1 ms'
           where publisher = 'main' and (holder is null or holder = $1 or leased_until < clock_timestamp())
           returning log_id, generation, position, event_id, told, fence`,
          holder,
          leaseMs,
        ),
      );
      return row
        ? { logId: row.log_id, generation: row.generation, position: row.position, eventId: row.event_id, told: row.told, fence: row.fence }
        : null;
    },
    renew: (fence: number): Promise<void> => fenced("leased_until = clock_timestamp() + $3 * interval '1 ms'", fence, leaseMs),
    move: (fence: number, { position, eventId, told }: Pick<PublisherCheckpoint, 'position' | 'eventId' | 'told'>): Promise<void> =>
      fenced('position = $3, event_id = $4, told = told || $5::jsonb, moved_at = now()', fence, position, eventId, JSON.stringify(told)),
    begin: (fence: number, { logId, generation, position, eventId, told }: PublisherCheckpoint): Promise<void> =>
      fenced(
        'log_id = $3, generation = $4, position = $5, event_id = $6, told = $7, moved_at = now()',
        fence,
        logId,
        generation,
        position,
        eventId,
        JSON.stringify(told),
      ),
    release: (fence: number): Promise<void> => fenced('holder = null, leased_until = null', fence),
    /** Moves the checkpoint whoever holds the lease, who loses it. */
    setBack: async (position: Position, eventId: string | null): Promise<void> =>
      void (await database.query(
        sql(
          "update publisher_checkpoint set position = $1, event_id = $2, told = '{}', moved_at = now(), holder = null, leased_until = null, fence = fence + 1 where publisher = 'main'",
          position,
          eventId,
        ),
      )),
  };
};

export type PublisherRow = ReturnType<typeof publisherRow>;
