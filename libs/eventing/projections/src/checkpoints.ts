import { startOfLog, type Position, type RecordedEvent } from '@stockproof/event-store';
import { sql, type Queryable, type Statement } from '@stockproof/sql';
import type { Instant } from '@stockproof/vocabulary';
import type { Projection } from './projection';
import type { ViewSchemas } from './view-table';

/** The last event that a view has seen. Its id tells a log from another one that has the same positions. */
export type Place = { readonly position: Position; readonly eventId: string | null; readonly recordedAt: Instant | null };
export const nowhere: Place = { position: startOfLog, eventId: null, recordedAt: null };

export type Checkpoint = {
  readonly view: string;
  readonly version: number;
  readonly place: Place;
  readonly logId: string | null;
  readonly lastError: string | null;
  /** Its rows tell another log's history: they are shown until the view is rebuilt, and nothing is added. */
  readonly ofAnotherLog: boolean;
  /** Tables (`t`), views (`v`) and functions (`f`) that its DDL made. */
  readonly relations: readonly string[];
};

/** Another runner has moved these views on, or took them away: nothing was written. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

const table = (schemas: ViewSchemas): string => `"${schemas.derived}".projection_checkpoints`;

/** A row for each view, and a second one while it is built anew. Whoever may enter the schema may read how far views are. */
export const checkpointDdl = (schemas: ViewSchemas): Statement =>
  sql(`
    create table if not exists ${table(schemas)} (
      view text not null,
      version integer not null,
      building boolean not null default false,
      position text collate "C" not null default '',
      event_id text,
      log_id text,
      recorded_at timestamptz,
      of_another_log boolean not null default false,
      last_error text,
      relations text[] not null default '{}',
      updated_at timestamptz not null default now(),
      primary key (view, version, building)
    ) with (fillfactor = 50);
    grant select on ${table(schemas)} to public`);

type CheckpointRow = {
  readonly view: string;
  readonly version: number;
  readonly position: Position;
  readonly event_id: string | null;
  readonly log_id: string | null;
  readonly recorded_at: Instant | null;
  readonly of_another_log: boolean;
  readonly last_error: string | null;
  readonly relations: readonly string[];
};

const checkpointOf = (row: CheckpointRow): Checkpoint => ({
  view: row.view,
  version: row.version,
  place: { position: row.position, eventId: row.event_id, recordedAt: row.recorded_at },
  logId: row.log_id,
  lastError: row.last_error,
  ofAnotherLog: row.of_another_log,
  relations: row.relations,
});

/** All checkpoints of the service, or of the views in building. */
export const loadCheckpoints = async (db: Queryable, schemas: ViewSchemas, building = false): Promise<readonly Checkpoint[]> => {
  const rows = await db.query<CheckpointRow>(sql(`select * from ${table(schemas)} where building = $1 order by view, version`, building));
  return rows.map(checkpointOf);
};

export const placeOf = (event: RecordedEvent): Place => ({ position: event.position, eventId: event.id, recordedAt: event.recordedAt });

export type Advance = {
  readonly schemas: ViewSchemas;
  readonly building: boolean;
  readonly logId: string;
  readonly from: Place;
  readonly to: Place;
};

/**
 * Moves the checkpoints of these views from one place to another and turns the transaction to their schema, or throws `Overtaken`.
 * It comes first in the transaction: its row locks let a second runner wait, find out that it is late, and write nothing.
 */
export const advance = async (
  tx: Queryable,
  views: readonly Projection[],
  { schemas, building, logId, from, to }: Advance,
): Promise<void> => {
  const moved = await tx.query(
    sql(
      `update ${table(schemas)} as c
       set position = $5, event_id = $6, recorded_at = $7, log_id = $8, last_error = null, updated_at = now()
       from unnest($1::text[], $2::int[]) as v (view, version)
       where c.view = v.view and c.version = v.version and c.building = $3 and not c.of_another_log
         and c.position = $4 and c.event_id is not distinct from $9
       returning set_config('search_path', $10, true)`,
      views.map(({ name }) => name),
      views.map(({ version }) => version),
      building,
      from.position,
      to.position,
      to.eventId,
      to.recordedAt,
      logId,
      from.eventId,
      searchPath(schemas, building),
    ),
  );
  if (moved.length < views.length)
    throw new Overtaken(`${views.map(({ name }) => name).join(', ')} stand elsewhere than at ${from.position || 'the start'}`);
};

/** Where the unqualified names of a view's SQL are found: its own tables first. */
export const searchPath = (schemas: ViewSchemas, building: boolean): string =>
  [...(building ? [schemas.building] : []), schemas.derived, schemas.source].map((name) => `"${name}"`).join(', ');

/** Shows why a view stands still. */
export const noteError = async (db: Queryable, schemas: ViewSchemas, { name, version }: Projection, error: string): Promise<void> => {
  await db.query(
    sql(
      `update ${table(schemas)} set last_error = $3, updated_at = now() where view = $1 and version = $2 and not building`,
      name,
      version,
      error,
    ),
  );
};

/** Its rows stay, its checkpoint promises nothing any more, and no runner adds to it until it is rebuilt. */
export const noteOtherLog = async (db: Queryable, schemas: ViewSchemas, { view, version, place }: Checkpoint): Promise<void> => {
  await db.query(
    sql(
      `update ${table(schemas)} set of_another_log = true, position = '', event_id = null, recorded_at = null, updated_at = now(),
         last_error = 'its rows come from another log; it is being rebuilt'
       where view = $1 and version = $2 and not building and position = $3 and event_id is not distinct from $4`,
      view,
      version,
      place.position,
      place.eventId,
    ),
  );
};
