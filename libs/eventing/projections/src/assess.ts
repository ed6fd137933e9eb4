import type { EventStore } from '@stockproof/event-store';
import type { Database } from '@stockproof/sql';
import { loadCheckpoints, noteOtherLog, nowhere, type Checkpoint, type Place } from './checkpoints';
import type { Lane } from './lane';
import type { Projection } from './projection';
import { missingViews } from './view-ddl';
import type { ViewSchemas } from './view-table';

export type Assessed = {
  /** Views by where they stand, the furthest first. */
  readonly lanes: readonly Lane[];
  /** Views whose rows tell the history of another log. */
  readonly ofAnotherLog: readonly Projection[];
  /** Views whose tables are not there. */
  readonly missing: readonly Projection[];
  readonly checkpoints: readonly Checkpoint[];
};

export type AssessOptions = {
  readonly store: EventStore;
  readonly worker: Database;
  readonly schemas: ViewSchemas;
  readonly projections: readonly Projection[];
  readonly logId: string;
  readonly onOtherLog: (checkpoint: Checkpoint) => void;
};

/** Whether the log still has this event at this position. A place at the start fits every log. */
export const stillThere = async (store: EventStore, { position, eventId }: Place): Promise<boolean> =>
  eventId === null || (await store.eventAt(position))?.id === eventId;

const fits = async ({ store, logId }: AssessOptions, checkpoints: readonly Checkpoint[]): Promise<ReadonlyMap<Checkpoint, boolean>> => {
  const places = new Map(checkpoints.map(({ place }) => [`${place.position} ${place.eventId}`, place]));
  const there = new Map<string, boolean>();
  for (const [key, place] of places) there.set(key, await stillThere(store, place));
  return new Map(
    checkpoints.map((one) => {
      const sameLog = one.place.eventId === null || one.logId === logId;
      return [one, !one.ofAnotherLog && sameLog && there.get(`${one.place.position} ${one.place.eventId}`) === true];
    }),
  );
};

/** What is shown of a view that is not there. */
const notThere = ({ name, version }: Projection): Checkpoint => ({
  ...{ view: name, version, place: nowhere, logId: null, ofAnotherLog: false, relations: [] },
  lastError: 'its tables are not there; it is being built from the log',
});

/** Reads where the views stand and checks each place against the log. The checkpoints' own table must be there. */
export const assess = async (options: AssessOptions): Promise<Assessed> => {
  const { worker, schemas, projections, onOtherLog } = options;
  const missing = await missingViews(worker, schemas, projections);
  const there = projections.filter((one) => !missing.includes(one));
  const projectionOf = ({ view, version }: Checkpoint) => there.find((one) => one.name === view && one.version === version);
  const checkpoints = (await loadCheckpoints(worker, schemas)).filter(projectionOf);
  const fitting = await fits(options, checkpoints);
  const lanes = new Map<string, Lane>();
  const ofAnotherLog: Projection[] = [];
  for (const checkpoint of checkpoints) {
    const projection = projectionOf(checkpoint)!;
    const { place, ofAnotherLog: known } = checkpoint;
    if (fitting.get(checkpoint)) {
      const lane = lanes.get(place.position) ?? { place, views: [] };
      lanes.set(place.position, lane);
      lane.views.push(projection);
      continue;
    }
    ofAnotherLog.push(projection);
    if (known) continue;
    onOtherLog(checkpoint);
    await noteOtherLog(worker, schemas, checkpoint);
  }
  const furthestFirst = [...lanes.values()].sort((a, b) => (a.place.position < b.place.position ? 1 : -1));
  return {
    lanes: furthestFirst,
    ofAnotherLog,
    missing,
    checkpoints: [...checkpoints.map((one) => (fitting.get(one) ? one : { ...one, place: nowhere })), ...missing.map(notThere)],
  };
};
