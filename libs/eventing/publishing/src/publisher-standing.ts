import { startOfLog, type Position } from '@stockproof/event-store';
import { sql, type Queryable } from '@stockproof/sql';
import type { Instant } from '@stockproof/vocabulary';

/** How far a service's log is told, as its row says: the same from every process. */
export type PublisherStanding = {
  /** May lie a little behind what is told while nothing comes that others are told of. */
  readonly position: Position;
  readonly movedAt: Instant | null;
  /** Whether a process publishes now. */
  readonly held: boolean;
};

/** `database`: the service's writer or worker. Nothing told yet stands at the start of the log. */
export const publisherStanding = async (database: Queryable): Promise<PublisherStanding> => {
  const [row] = await database.query<PublisherStanding>(
    sql(
      `select position, moved_at as "movedAt", holder is not null and leased_until > clock_timestamp() as held
         from publisher_checkpoint where publisher = 'main'`,
    ),
  );
  return row ?? { position: startOfLog, movedAt: null, held: false };
};
