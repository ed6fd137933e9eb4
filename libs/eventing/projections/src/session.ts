import { setTimeout as delay } from 'node:timers/promises';
import { stillThere } from './assess';
import { nowhere } from './checkpoints';
import { DerivedStateLost, step, type Lane, type LaneEnvironment } from './lane';
import { missingViews } from './view-ddl';

/** The log no longer has the event that the views stand at. */
export class LogReplaced extends Error {
  override readonly name = 'LogReplaced';
}

/** One piece of work after another. */
const turns = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined); // whoever asked for the turn hears of it
    return mine;
  };
};
type Turn = ReturnType<typeof turns>;

const verification = (env: LaneEnvironment) => {
  let verifiedAt = performance.now();
  return {
    due: () => performance.now() - verifiedAt >= env.verifyMs,
    verify: async (lane: Lane): Promise<void> => {
      if (!(await stillThere(env.store, lane.place))) throw new LogReplaced(`The log has another event at ${lane.place.position}`);
      if ((await missingViews(env.worker, env.schemas, lane.views)).length > 0)
        throw new DerivedStateLost('Tables of the views were dropped');
      verifiedAt = performance.now();
    },
  };
};

/** The living views: catch-up and then each batch as it comes. */
const follow = async (env: LaneEnvironment, main: Lane, turn: Turn, signal: AbortSignal): Promise<void> => {
  const { due, verify } = verification(env);
  const onBatch = async ({ events }: { readonly events: Parameters<typeof step>[2] }): Promise<void> =>
    turn(async () => {
      // A subscription may survive the replacement of its log; what it then delivers must not be added to the old rows.
      if (due()) await verify(main);
      if (!signal.aborted) await step(env, main, events);
    });
  const subscription = env.store.subscribe(main.place.position, onBatch, { batchSize: env.batchSize });
  const stop = (): void => void subscription.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    await Promise.race([subscription.ended, watch(() => turn(async () => (due() ? verify(main) : undefined)), env.verifyMs, signal)]);
  } finally {
    await subscription.stop();
  }
};

/** A replaced log with a lower head delivers nothing at all, and nobody writes to dropped tables, so both are also looked for in silence. */
const watch = async (verifyWhenDue: () => Promise<void>, everyMs: number, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await delay(everyMs, undefined, { signal, ref: false }).catch(() => undefined); // ends early when aborted
    if (!signal.aborted) await verifyWhenDue();
  }
};

/** Views that are behind read on apart, so that the living ones do not wait for them, and join them at the same place. */
const catchUp = async (
  env: LaneEnvironment,
  lane: Lane,
  main: Lane,
  { turn, signal }: { readonly turn: Turn; readonly signal: AbortSignal },
): Promise<void> => {
  const join = async (events: Parameters<typeof step>[2]): Promise<boolean> => {
    await step(
      env,
      lane,
      events.filter(({ position }) => position <= main.place.position),
    );
    if (lane.place.position !== main.place.position) return false;
    main.views.push(...lane.views);
    return true;
  };
  while (!signal.aborted && lane.views.length > 0) {
    const { events } = await env.store.readAll(lane.place.position, env.batchSize);
    const last = events.at(-1);
    if (!last) throw new LogReplaced(`The log ends at ${lane.place.position || 'its start'}`);
    if (last.position < main.place.position) await step(env, lane, events);
    else if (await turn(() => join(events))) return;
  }
};

/** Moves all lanes on until the signal is given or one of them cannot go on; all have come to rest when it ends. */
export const runSession = async (env: LaneEnvironment, lanes: readonly Lane[], signal: AbortSignal): Promise<void> => {
  const inner = new AbortController();
  const both = AbortSignal.any([signal, inner.signal]);
  const turn = turns();
  const [main = { place: nowhere, views: [] }, ...behind] = lanes;
  const work =
    lanes.length === 0
      ? [untilAborted(both)]
      : [follow(env, main, turn, both), ...behind.map((lane) => catchUp(env, lane, main, { turn, signal: both }))];
  try {
    await Promise.all(work);
  } finally {
    inner.abort();
    await Promise.allSettled(work);
  }
};

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
