import { sql, type Database, type Queryable } from '@stockproof/sql';
import { checkpointDdl, loadCheckpoints, searchPath, type Checkpoint } from './checkpoints';
import type { Projection } from './projection';
import { dropRelations, moveRelations, relationsIn, type Relations } from './relations';
import type { ViewSchemas } from './view-table';

/** A view's DDL is wrong, or cannot be built beside the view that serves. */
export class UnfitDdl extends Error {
  override readonly name = 'UnfitDdl';
}

/** One process at a time creates, drops and switches views of a service. */
export const lockViews = async (tx: Queryable, { derived }: ViewSchemas): Promise<void> => {
  await tx.query(sql(`select pg_advisory_xact_lock(hashtextextended('views/' || $1, 0))`, derived));
};

const table = ({ derived }: ViewSchemas): string => `"${derived}".projection_checkpoints`;

/** Takes away an unfinished build. */
export const dropBuilding = async (tx: Queryable, schemas: ViewSchemas, { name, version }: Projection): Promise<void> => {
  const [left] = await tx.query<{ relations: Relations }>(
    sql(`delete from ${table(schemas)} where view = $1 and version = $2 and building returning relations`, name, version),
  );
  await dropRelations(tx, schemas.building, left?.relations ?? []);
};

/** Runs the view's DDL in the building schema, empty, in place of what an unfinished build may have left there. */
export const beginBuilding = async (tx: Queryable, schemas: ViewSchemas, projection: Projection): Promise<Relations> => {
  const { name, version, ddl } = projection;
  await dropBuilding(tx, schemas, projection);
  const before = await relationsIn(tx, schemas.building);
  await tx.query(sql(`select set_config('search_path', $1, true)`, searchPath(schemas, true)));
  await tx.query(sql(ddl)).catch((error: Error) => {
    throw Object.assign(new UnfitDdl(`The DDL of ${name} failed: ${error.message}`, { cause: error }), {
      code: (error as { code?: unknown }).code,
    });
  });
  const relations = [...(await relationsIn(tx, schemas.building))].filter((relation) => !before.has(relation));
  if (relations.length === 0) throw new UnfitDdl(`The DDL of ${name} made nothing: names of tables must stand there without a schema`);
  await tx.query(
    sql(`insert into ${table(schemas)} (view, version, building, relations) values ($1, $2, true, $3)`, name, version, relations),
  );
  return relations;
};

/** What was built takes the place of the view that served, with the checkpoint that it was built to. */
export const takePlace = async (tx: Queryable, schemas: ViewSchemas, { name, version }: Projection): Promise<void> => {
  const both = await tx.query<{ building: boolean; relations: Relations }>(
    sql(`select building, relations from ${table(schemas)} where view = $1 and version = $2 for update`, name, version),
  );
  const built = both.find(({ building }) => building)?.relations ?? [];
  const served = both.find(({ building }) => !building)?.relations ?? [];
  await dropRelations(tx, schemas.derived, served);
  await moveRelations(tx, schemas.building, schemas.derived, built);
  await tx.query(sql(`delete from ${table(schemas)} where view = $1 and version = $2 and not building`, name, version));
  await tx.query(sql(`update ${table(schemas)} set building = false, updated_at = now() where view = $1 and version = $2`, name, version));
};

const intact = (checkpoint: Checkpoint | undefined, present: ReadonlySet<string>): boolean =>
  checkpoint !== undefined && checkpoint.relations.every((relation) => present.has(relation));

/** The views whose tables or checkpoints are not there. */
export const missingViews = async (
  db: Queryable,
  schemas: ViewSchemas,
  projections: readonly Projection[],
): Promise<readonly Projection[]> => {
  const present = await relationsIn(db, schemas.derived);
  if (!present.has('table projection_checkpoints')) return projections;
  const checkpoints = await loadCheckpoints(db, schemas);
  return projections.filter(
    ({ name, version }) =>
      !intact(
        checkpoints.find((one) => one.view === name && one.version === version),
        present,
      ),
  );
};

/** Versions that the code no longer has, once the newer one has read as far. */
const retired = (checkpoints: readonly Checkpoint[], projections: readonly Projection[]): readonly Checkpoint[] => {
  const newest = new Map<string, number>();
  for (const { name, version } of projections) newest.set(name, Math.max(version, newest.get(name) ?? version));
  return checkpoints.filter(({ view, version, place }) => {
    if (projections.some((projection) => projection.name === view && projection.version === version)) return false;
    const successor = checkpoints.find((one) => one.view === view && one.version === newest.get(view));
    return successor !== undefined && successor.version > version && successor.place.position >= place.position;
  });
};

/** Takes away what is left of a view that has lost some of its tables: half a view would answer as if it were whole. */
const clearAway = async (tx: Queryable, schemas: ViewSchemas, { name, version }: Projection): Promise<void> => {
  const [left] = await tx.query<{ relations: Relations }>(
    sql(`delete from ${table(schemas)} where view = $1 and version = $2 and not building returning relations`, name, version),
  );
  await dropRelations(tx, schemas.derived, left?.relations ?? []);
};

/**
 * Creates what is missing, empty, where the log has nothing to show, and drops what is retired. Answers the names of both. Where there
 * is a log, a missing view stays away until it was built from it: an empty table would answer as if nothing had ever happened.
 */
export const prepareViews = async (
  owner: Database,
  schemas: ViewSchemas,
  projections: readonly Projection[],
  { logIsEmpty = true }: { readonly logIsEmpty?: boolean } = {},
) =>
  owner.transaction(async (tx) => {
    await lockViews(tx, schemas);
    await tx.query(checkpointDdl(schemas));
    const absent = await missingViews(tx, schemas, projections);
    const missing = logIsEmpty ? absent : [];
    for (const projection of missing) {
      await beginBuilding(tx, schemas, projection);
      await takePlace(tx, schemas, projection);
    }
    if (!logIsEmpty) for (const projection of absent) await clearAway(tx, schemas, projection);
    const dropped = retired(await loadCheckpoints(tx, schemas), projections);
    for (const { view, version, relations } of dropped) {
      await dropRelations(tx, schemas.derived, relations);
      await tx.query(sql(`delete from ${table(schemas)} where view = $1 and version = $2`, view, version));
    }
    return { created: missing.map(({ name }) => name), dropped: dropped.map(({ view, version }) => `${view} v${version}`) };
  });
