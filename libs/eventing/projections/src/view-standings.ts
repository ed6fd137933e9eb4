import type { Position } from '@stockproof/event-store';
import type { Queryable } from '@stockproof/sql';
import { loadCheckpoints } from './checkpoints';
import type { Projection } from './projection';
import { schemasOf } from './view-table';

/** Where a view stands, as its checkpoint tells: the same from every process. */
export type ViewStanding = {
  readonly view: string;
  readonly version: number;
  readonly position: Position;
  /** Why it stands still; `null`: it does not. */
  readonly lastError: string | null;
  /** How far a build of it beside the one that serves has come; `null`: none is under way. */
  readonly building: Position | null;
};

/** The views that this code has, by name; one that was not created yet stands at the start of the log. Any role of the service may ask. */
export const viewStandings = async (
  database: Queryable,
  service: string,
  projections: readonly Projection[],
): Promise<readonly ViewStanding[]> => {
  const schemas = schemasOf(service);
  const [serving, building] = [await loadCheckpoints(database, schemas), await loadCheckpoints(database, schemas, true)];
  return [...projections]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name: view, version }) => {
      const isIt = (one: { readonly view: string; readonly version: number }): boolean => one.view === view && one.version === version;
      const found = serving.find(isIt);
      return {
        view,
        version,
        position: found?.place.position ?? '',
        lastError: found ? found.lastError : 'it was not created yet: run the migrations',
        building: building.find(isIt)?.place.position ?? null,
      };
    });
};
