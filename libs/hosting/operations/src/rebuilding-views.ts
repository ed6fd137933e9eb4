import { compareBuild, NotSwitched, type RebuildProgress, type TableCompared } from '@stockproof/projections';
import { projectionsOf } from '@stockproof/service-host';
import { viewsOf, type OperatedService } from './operated-service';

/** The names of a service's views. */
export const viewNames = ({ definition }: OperatedService): readonly string[] => projectionsOf(definition).map(({ name }) => name);

export type RebuildSeen = RebuildProgress & {
  /** Taken in since the build began. */
  readonly inAll: number;
};

export type ViewRebuilt = {
  readonly view: string;
  readonly events: number;
  readonly tables: readonly TableCompared[];
  /** `false`: what was built was compared and thrown away. */
  readonly switched: boolean;
};

export type RebuildWish = {
  readonly view: string;
  /** Build and compare, then keep what serves. */
  readonly compareOnly: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (seen: RebuildSeen) => void;
};

/**
 * Builds a view anew beside the one that serves, compares both where they stand at the same place, and switches. Throws `UnknownView`,
 * `BeingRebuilt`, `RebuildFailed`, or the reason of the signal; what serves is then as it was.
 */
export const rebuildView = async (operated: OperatedService, wish: RebuildWish): Promise<ViewRebuilt> => {
  const { definition } = operated;
  let events = 0;
  let tables: readonly TableCompared[] = [];
  const done = (switched: boolean): ViewRebuilt => ({ view: wish.view, events, tables, switched });
  try {
    await viewsOf(operated).rebuild(wish.view, {
      signal: wish.signal,
      onProgress: (progress) => {
        events += progress.events;
        wish.onProgress({ ...progress, inAll: events });
      },
      beforeSwitch: async (tx, view) => {
        tables = await compareBuild(tx, definition.name, view);
        return !wish.compareOnly;
      },
    });
    return done(true);
  } catch (error) {
    if (error instanceof NotSwitched) return done(false);
    throw error;
  }
};
