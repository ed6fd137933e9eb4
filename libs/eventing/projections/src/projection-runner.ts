import { startOfLog } from '@stockproof/event-store';
import { sql } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import { keepGoing } from './keep-going';
import type { ViewPositions, ViewStatus } from './projection';
import { rebuildViews, type RebuildWatch } from './rebuild';
import type { ProjectionRunnerOptions } from './runner-options';
import { environmentOf, session, type Parts } from './runner-session';
import { standing } from './standing';
import { prepareViews } from './view-ddl';
import { announcedPositions, readPositions } from './view-positions';
import { schemasOf } from './view-table';

/** One per service and process; several processes may run at once, each event still counts once. */
export type ProjectionRunner = {
  /**
   * Creates missing views, empty, while the log is, and drops retired ones. Part of the migration step; `start` does it too where
   * something is missing, and builds from the log what must not be empty.
   */
  readonly prepare: () => Promise<void>;
  readonly start: () => void;
  /** Finishes the batch in hand. */
  readonly stop: () => Promise<void>;
  readonly status: () => Promise<readonly ViewStatus[]>;
  /** Resolves when every view that is not stopped has read up to the present head. Only while running. */
  readonly idle: () => Promise<void>;
  /**
   * Builds the view anew beside the one that serves and switches; starts a stopped view again, here at once and in other processes
   * within `verifyMs`. Given up by the signal, or by a crash, it leaves what serves as it was.
   */
  readonly rebuild: (view: string, options?: RebuildOptions) => Promise<void>;
  readonly views: ViewPositions;
};

export type RebuildOptions = RebuildWatch & { readonly signal?: AbortSignal };

/** There is no view of this name. */
export class UnknownView extends Error {
  override readonly name = 'UnknownView';
}

/** A rebuild met an event that the view cannot take in; the view that serves is as it was. */
export class RebuildFailed extends Error {
  override readonly name = 'RebuildFailed';
}

const systemClock: Clock = { now: () => new Date().toISOString() };

const preparing =
  ({ service, store, owner, projections, log, recreateSchema }: ProjectionRunnerOptions) =>
  async (): Promise<void> => {
    const schemas = schemasOf(service);
    const [there] = await owner.query<{ derived: boolean }>(
      sql(`select to_regnamespace($1) is not null and to_regnamespace($2) is not null as derived`, schemas.derived, schemas.building),
    );
    if (!there?.derived) await recreateSchema?.();
    const { created, dropped } = await prepareViews(owner, schemas, projections, {
      logIsEmpty: (await store.head()).position === startOfLog,
    });
    if (created.length + dropped.length > 0) log.info({ service, created, dropped }, 'Views were prepared');
  };

type Running = { readonly ended: Promise<void>; readonly stop: AbortController; reload: AbortController };

const begin = (parts: Parts): Running => {
  const running: { -readonly [Key in keyof Running]: Running[Key] } = {
    ended: Promise.resolve(),
    stop: new AbortController(),
    reload: new AbortController(),
  };
  const { signal } = running.stop;
  const { ended, progressed } = keepGoing(
    async () => {
      running.reload = new AbortController();
      await session(parts, await environmentOf(parts, () => progressed()), AbortSignal.any([signal, running.reload.signal]));
    },
    { signal, log: parts.log },
  );
  running.ended = ended;
  return running;
};

const rebuildOne = async (parts: Parts, name: string, { signal, ...watch }: RebuildOptions): Promise<void> => {
  const { projections, log, service } = parts;
  const views = projections.filter((view) => view.name === name);
  if (views.length === 0) throw new UnknownView(`${service} has no view ${name}`);
  const env = { ...(await environmentOf(parts, () => undefined)), watch };
  for (const view of views) {
    const [failed] = await rebuildViews(env, [view], signal ?? new AbortController().signal);
    if (failed)
      throw new RebuildFailed(`${name} cannot take in ${failed.failure.event.type} ${failed.failure.event.id}: ${failed.failure.error}`);
  }
  log.info({ service, view: name }, 'A view was rebuilt');
};

/** Reads and parses the log once for all views of a service, and keeps each view's rows and checkpoint in step. */
export const projectionRunner = (options: ProjectionRunnerOptions): ProjectionRunner => {
  const { service, store, worker, projections, onStatus, clock = systemClock } = options;
  const stands = standing(projections);
  const positions = announcedPositions(readPositions(worker, service, projections), { firstLookAfterMs: 20 });
  const prepare = preparing(options);
  const parts: Parts = { ...options, schemas: schemasOf(service), stands, positions, prepare };
  let running: Running | null = null;
  return {
    prepare,
    start: () => void (running ??= (stands.letGo(null), begin(parts))),
    stop: async () => {
      running?.stop.abort();
      await running?.ended;
      running = null;
    },
    status: () => stands.status(store, clock),
    idle: async () => {
      const { position } = await store.head();
      while (!stands.allBeyond(position)) await stands.change();
    },
    rebuild: async (view, watching = {}) => {
      await rebuildOne(parts, view, watching);
      if (!stands.hasStopped(view)) return;
      stands.letGo(view);
      onStatus?.({ view, lastError: null });
      running?.reload.abort();
    },
    views: positions,
  };
};
