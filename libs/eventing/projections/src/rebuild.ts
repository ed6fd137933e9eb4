import type { Position } from '@stockproof/event-store';
import { sql, type Database, type Queryable } from '@stockproof/sql';
import type { Failure } from './apply-batch';
import { loadCheckpoints, nowhere, Overtaken, type Checkpoint, type Place } from './checkpoints';
import { step, type Lane, type LaneEnvironment } from './lane';
import type { Projection } from './projection';
import { beginBuilding, dropBuilding, lockViews, takePlace } from './view-ddl';

/** Another process builds this view at the moment, or the same one for an earlier request. */
export class BeingRebuilt extends Error {
  override readonly name = 'BeingRebuilt';
}

export type RebuildEnvironment = LaneEnvironment & { readonly owner: Database; readonly watch?: RebuildWatch };

/** How far a build has come; `events`: how many it took in with this step. */
export type RebuildProgress = { readonly events: number; readonly position: Position; readonly target: Position };

/** Who asked for a rebuild may look on. */
export type RebuildWatch = {
  readonly onProgress?: (progress: RebuildProgress) => void;
  /**
   * Called where the build stands at exactly the place of the view that serves, which stands still meanwhile: keep it short. `false`: the
   * build is thrown away and what serves goes on.
   */
  readonly beforeSwitch?: (tx: Queryable, view: Projection) => Promise<boolean>;
};

/** Whoever asked for the rebuild has looked at what was built and wants to keep what serves. */
export class NotSwitched extends Error {
  override readonly name = 'NotSwitched';
}

/** A build that has not moved for so long has lost its process. */
const abandonedAfter = '60 seconds';
const lockNotAvailable = '55P03';
const triesToSwitch = 20;

const begin = async (env: RebuildEnvironment, projections: readonly Projection[]): Promise<void> =>
  env.owner.transaction(async (tx) => {
    await lockViews(tx, env.schemas);
    const alive = await tx.query<{ view: string }>(
      sql(
        `select view from "${env.schemas.derived}".projection_checkpoints where building and view = any($1) and updated_at > now() - $2::interval`,
        projections.map(({ name }) => name),
        abandonedAfter,
      ),
    );
    if (alive.length > 0) throw new BeingRebuilt(`${alive.map(({ view }) => view).join(', ')}: being rebuilt already`);
    for (const projection of projections) await beginBuilding(tx, env.schemas, projection);
  });

const abandon = (env: RebuildEnvironment, projections: readonly Projection[]): Promise<void> =>
  env.owner.transaction(async (tx) => {
    await lockViews(tx, env.schemas);
    for (const projection of projections) await dropBuilding(tx, env.schemas, projection);
  });

/** Reads on until the lane stands at the target, never past it. */
const catchUpTo = async (env: RebuildEnvironment, lane: Lane, target: Place, signal: AbortSignal): Promise<void> => {
  while (lane.place.position < target.position && lane.views.length > 0) {
    signal.throwIfAborted();
    const { events } = await env.store.readAll(lane.place.position, env.batchSize);
    const wanted = events.filter(({ position }) => position <= target.position);
    if (wanted.length === 0) throw new Error(`The log ends before ${target.position}`);
    await step(env, lane, wanted, true);
    env.watch?.onProgress?.({ events: wanted.length, position: lane.place.position, target: target.position });
  }
};

const lockLive = async (tx: Queryable, { schemas }: RebuildEnvironment, { name, version }: Projection): Promise<Checkpoint | undefined> => {
  await tx.query(
    sql(
      `select from "${schemas.derived}".projection_checkpoints where view = $1 and version = $2 and not building for update`,
      name,
      version,
    ),
  );
  return (await loadCheckpoints(tx, schemas)).find((one) => one.view === name && one.version === version);
};

const targetOf = async (env: RebuildEnvironment, live: Checkpoint | undefined): Promise<Place> => {
  if (live && !live.ofAnotherLog) return live.place;
  const { position, eventId } = await env.store.head();
  return { position, eventId, recordedAt: null };
};

/**
 * Stops the living views for a moment (their checkpoints are locked), reads the last few events and switches. Gives up soon where
 * readers are in the way, before Postgres would take one of them for the other half of a deadlock.
 */
const switchOver = async (env: RebuildEnvironment, lane: Lane, signal: AbortSignal): Promise<void> =>
  env.owner.transaction(async (tx) => {
    await tx.query(sql(`set local lock_timeout = '500ms'`));
    await lockViews(tx, env.schemas);
    for (const view of lane.views) {
      const live = await lockLive(tx, env, view);
      if (live && !live.ofAnotherLog) await catchUpTo(env, lane, live.place, signal);
      signal.throwIfAborted();
    }
    for (const view of lane.views) {
      if ((await env.watch?.beforeSwitch?.(tx, view)) === false) throw new NotSwitched(`${view.name} is as it was`);
      await takePlace(tx, env.schemas, view);
    }
  });

const switchWhenFree = async (env: RebuildEnvironment, lane: Lane, signal: AbortSignal, attempt = 1): Promise<void> => {
  try {
    await switchOver(env, lane, signal);
  } catch (error) {
    if ((error as { code?: unknown }).code !== lockNotAvailable || attempt === triesToSwitch) throw error;
    await switchWhenFree(env, lane, signal, attempt + 1);
  }
};

/** Under load the living view moves while the build catches up; each round is shorter than the one before. */
const buildUp = async (env: RebuildEnvironment, lane: Lane, signal: AbortSignal): Promise<void> => {
  for (let round = 0; round < 4; round++) {
    const [first] = lane.views;
    const live = (await loadCheckpoints(env.worker, env.schemas)).find((one) => one.view === first?.name && one.version === first.version);
    await catchUpTo(env, lane, await targetOf(env, live), signal);
  }
};

/** What serves goes on; where nothing does, what was built so far serves: a view that stands still is better than none. */
const endFailed = async (env: RebuildEnvironment, failed: readonly FailedBuild[]): Promise<void> => {
  if (failed.length === 0) return;
  await env.owner.transaction(async (tx) => {
    await lockViews(tx, env.schemas);
    for (const { view } of failed)
      if (await lockLive(tx, env, view)) await dropBuilding(tx, env.schemas, view);
      else await takePlace(tx, env.schemas, view);
  });
};

/** A view whose build met an event that it can never take in. */
export type FailedBuild = { readonly view: Projection; readonly failure: Failure };

/**
 * Builds views anew from the start of the log beside the ones that serve, and lets them take their places: a view that reads this
 * log at exactly its living place, so that nothing is seen twice or missed; one of another log wherever the build stands. Several
 * views are read once; they must all be missing or of another log. Answers the views that could not be built; they stay as they were.
 */
export const rebuildViews = async (
  env: RebuildEnvironment,
  projections: readonly Projection[],
  signal: AbortSignal,
): Promise<readonly FailedBuild[]> => {
  const failed: FailedBuild[] = [];
  const building: RebuildEnvironment = { ...env, onFailed: async (view, failure) => void failed.push({ view, failure }) };
  const lane: Lane = { place: nowhere, views: [...projections] };
  await begin(building, projections);
  try {
    await buildUp(building, lane, signal);
    await switchWhenFree(building, lane, signal);
  } catch (error) {
    // An overtaken build belongs to whoever began it again.
    if (!(error instanceof Overtaken)) await abandon(env, projections);
    throw error;
  }
  await endFailed(env, failed);
  return failed;
};
