import { assess, type Assessed } from './assess';
import { loadCheckpoints, noteError, type Checkpoint } from './checkpoints';
import { pause, textOf } from './keep-going';
import type { Projection } from './projection';
import type { ProjectionRunnerOptions } from './runner-options';
import { BeingRebuilt, rebuildViews, type RebuildEnvironment } from './rebuild';
import { runSession } from './session';
import type { Standing } from './standing';
import { missingViews } from './view-ddl';
import type { AnnouncedPositions } from './view-positions';
import type { ViewSchemas } from './view-table';

/** What the parts of a runner have in common. */
export type Parts = ProjectionRunnerOptions & {
  readonly schemas: ViewSchemas;
  readonly stands: Standing;
  readonly positions: AnnouncedPositions;
  readonly prepare: () => Promise<void>;
};

/** Who asks for a view by name means its newest version. */
const isNewest = (projections: readonly Projection[], { name, version }: Pick<Projection, 'name' | 'version'>): boolean =>
  projections.every((one) => one.name !== name || one.version <= version);

/** What lanes and rebuilds work with, for the log as it is now. */
export const environmentOf = async (parts: Parts, progressed: () => void): Promise<RebuildEnvironment> => {
  const {
    store,
    owner,
    worker,
    schemas,
    stands,
    positions,
    projections,
    service,
    log,
    onStatus,
    batchSize = 1_000,
    verifyMs = 5_000,
  } = parts;
  const logId = await store.logId();
  return {
    ...{ store, owner, worker, schemas, logId, batchSize, verifyMs },
    onMoved: (views, place) => {
      progressed();
      stands.moved(views, place);
      for (const view of views) if (isNewest(projections, view)) positions.announce(view.name, place.position);
    },
    onFailed: async (view, { event, error }) => {
      const lastError = `${event.type} ${event.id}: ${error}`;
      log.error(
        { service, view: view.name, event: event.id, type: event.type, position: event.position, error },
        'A view cannot take in an event and stands still',
      );
      stands.stopped(view, lastError);
      onStatus?.({ view: view.name, lastError });
      await noteError(worker, schemas, view, lastError);
    },
  };
};

/** Reads the checkpoints and makes what is missing. */
const assessed = async (parts: Parts, logId: string): Promise<Assessed> => {
  const onOtherLog = ({ view, place }: Checkpoint): void =>
    parts.log.error(
      { service: parts.service, view, position: place.position, event: place.eventId },
      'The log is not the one that this view was made from: it is rebuilt from the start',
    );
  if ((await missingViews(parts.worker, parts.schemas, parts.projections)).length > 0) await parts.prepare();
  const found = await assess({ ...parts, logId, onOtherLog });
  if (found.missing.length > 0)
    parts.log.error(
      { service: parts.service, views: found.missing.map(({ name }) => name) },
      'Views are not there: they are built from the log, and until then whoever reads them is answered 503',
    );
  return found;
};

const waitForOthersMs = 1_000;

/** Builds missing views and those of another log, all together; ends when it is worth looking at the checkpoints again. */
const replace = async (parts: Parts, env: RebuildEnvironment, views: readonly Projection[], signal: AbortSignal): Promise<void> => {
  if (views.length === 0) return;
  try {
    for (const { view, failure } of await rebuildViews(env, views, signal)) await env.onFailed(view, failure);
    parts.log.info({ service: parts.service, views: views.map(({ name }) => name) }, 'Views were built anew from the log');
  } catch (error) {
    if (!(error instanceof BeingRebuilt) && !signal.aborted)
      parts.log.warn({ service: parts.service, error: textOf(error) }, 'Views could not be built anew yet');
    await pause(waitForOthersMs, signal);
  }
};

/** A view that stands still here goes on when another process, such as the command line, has built it anew without its error. */
const watchStopped = async (parts: Parts, env: RebuildEnvironment, rebuilt: () => void, signal: AbortSignal): Promise<void> => {
  const { stands, projections, worker, schemas, onStatus } = parts;
  while (!signal.aborted) {
    await pause(env.verifyMs, signal);
    const stopped = projections.filter((view) => stands.isStopped(view));
    if (signal.aborted || stopped.length === 0) continue;
    const checkpoints = await loadCheckpoints(worker, schemas).catch(() => []); // seen at the next look
    const mended = stopped.filter(({ name, version }) =>
      checkpoints.some((one) => one.view === name && one.version === version && one.lastError === null && !one.ofAnotherLog),
    );
    for (const { name } of mended) {
      stands.letGo(name);
      onStatus?.({ view: name, lastError: null });
    }
    if (mended.length > 0) rebuilt();
  }
};

/** From reading the checkpoints until something happened after which they must be read again. */
export const session = async (parts: Parts, env: RebuildEnvironment, signal: AbortSignal): Promise<void> => {
  const { lanes, ofAnotherLog, missing, checkpoints } = await assessed(parts, env.logId);
  const { stands } = parts;
  stands.loaded(checkpoints);
  for (const { view, version, place } of checkpoints)
    if (isNewest(parts.projections, { name: view, version })) parts.positions.announce(view, place.position);
  const going = lanes
    .map(({ place, views }) => ({ place, views: views.filter((view) => !stands.isStopped(view)) }))
    .filter(({ views }) => views.length > 0);
  const replaced = [...ofAnotherLog, ...missing].filter((view) => !stands.isStopped(view));
  const reload = new AbortController();
  const rebuilding = replace(parts, env, replaced, AbortSignal.any([signal, reload.signal])).then(
    () => replaced.length > 0 && reload.abort(),
  );
  const watching = watchStopped(parts, env, () => reload.abort(), AbortSignal.any([signal, reload.signal]));
  try {
    await runSession(env, going, AbortSignal.any([signal, reload.signal]));
  } finally {
    reload.abort();
    await Promise.all([rebuilding, watching]);
  }
};
