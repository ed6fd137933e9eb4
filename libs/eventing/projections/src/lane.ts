import type { EventStore, RecordedEvent } from '@stockproof/event-store';
import type { Database } from '@stockproof/sql';
import { applyAlone, applyTogether, mayPass, type Failure } from './apply-batch';
import { placeOf, type Place } from './checkpoints';
import type { Projection } from './projection';
import { missingViews } from './view-ddl';
import type { ViewSchemas } from './view-table';

/** Views that stand at the same place and read on together. */
export type Lane = { place: Place; views: Projection[] };

/** Somebody dropped tables of the views while the runner was at work. */
export class DerivedStateLost extends Error {
  override readonly name = 'DerivedStateLost';
}

export type LaneEnvironment = {
  readonly store: EventStore;
  readonly worker: Database;
  readonly schemas: ViewSchemas;
  readonly logId: string;
  readonly batchSize: number;
  /** How often a place is checked against the log: sooner than anybody can restore one. */
  readonly verifyMs: number;
  readonly onMoved: (views: readonly Projection[], place: Place) => void;
  /** A view that cannot take in an event; it leaves the lane. */
  readonly onFailed: (view: Projection, failure: Failure) => Promise<void>;
};

/** The views of a lane take in these events, the next in the log. One that fails for good is left behind; passing errors are thrown. */
export const step = async (env: LaneEnvironment, lane: Lane, events: readonly RecordedEvent[], building = false): Promise<void> => {
  const last = events.at(-1);
  if (!last) return;
  if (lane.views.length === 0) return void (lane.place = placeOf(last));
  const batch = { schemas: env.schemas, building, logId: env.logId, from: lane.place, events };
  try {
    const place = await applyTogether(env.worker, lane.views, batch);
    lane.place = place;
    if (!building) env.onMoved(lane.views, place);
  } catch (error) {
    if (mayPass(error)) throw error;
    if (!building && (await missingViews(env.worker, env.schemas, lane.views)).length > 0)
      throw new DerivedStateLost('Tables of the views were dropped');
    await stepApart(env, lane, batch);
  }
};

const stepApart = async (env: LaneEnvironment, lane: Lane, batch: Parameters<typeof applyAlone>[2]): Promise<void> => {
  const going: Projection[] = [];
  for (const view of lane.views) {
    const { place, failure } = await applyAlone(env.worker, view, batch);
    if (!batch.building) env.onMoved([view], place);
    if (failure) await env.onFailed(view, failure);
    else {
      going.push(view);
      lane.place = place;
    }
  }
  lane.views = going;
};
