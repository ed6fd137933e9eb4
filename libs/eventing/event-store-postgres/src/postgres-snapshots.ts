import type { JsonObject } from '@stockproof/decider';
import type { Revision, StreamName } from '@stockproof/event-store';
import { sql, type Queryable } from '@stockproof/sql';

/** As command handling keeps it. */
type Snapshot = {
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly eventId: string;
  readonly version: number;
  readonly state: JsonObject;
};

type PostgresSnapshots = {
  readonly load: (streams: readonly StreamName[]) => Promise<readonly (Snapshot | null)[]>;
  readonly save: (snapshot: Snapshot) => Promise<void>;
};

/** Command handling's snapshots in the table `snapshots` beside the events; the last one written counts, whichever revision it has. */
export const postgresSnapshots = ({ query }: Queryable): PostgresSnapshots => ({
  load: async (streams) => {
    const rows = await query<Snapshot>(
      sql('select stream, revision, event_id as "eventId", version, state from snapshots where stream = any($1)', streams),
    );
    const byStream = new Map(rows.map((row) => [row.stream, row]));
    return streams.map((stream) => byStream.get(stream) ?? null);
  },
  save: async ({ stream, revision, eventId, version, state }) => {
    await query(
      sql(
        `insert into snapshots (stream, revision, event_id, version, state) values ($1, $2, $3, $4, $5)
         on conflict (stream) do update
         set revision = excluded.revision, event_id = excluded.event_id, version = excluded.version, state = excluded.state`,
        stream,
        revision,
        eventId,
        version,
        JSON.stringify(state),
      ),
    );
  },
});
