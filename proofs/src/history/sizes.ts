import { processCount } from './run/product';
import type { Size } from './kills';

/** At least 100,000 operations: a step asks at least once. */
export const fullSize: Size = { clients: 2, lanes: 40, stepsPerLane: 1_250, kills: 24, processes: processCount, workload: 'mixed' };

/** A few thousand operations, for every run of the tests. */
export const shortSize: Size = { clients: 2, lanes: 16, stepsPerLane: 90, kills: 3, processes: processCount, workload: 'mixed' };

/** Many writers of one item and nobody killed: a broken twin is to be caught by what it does, not by how it ends. */
export const twinSize: Size = { clients: 2, lanes: 16, stepsPerLane: 50, kills: 0, processes: processCount, workload: 'one-hot-item' };
