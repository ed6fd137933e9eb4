export type { Projection, ViewPositions, ViewStatus } from './projection';
export { compareBuild, type TableCompared } from './compare-build';
export { projectionRunner, RebuildFailed, UnknownView, type ProjectionRunner, type RebuildOptions } from './projection-runner';
export { BeingRebuilt, NotSwitched, type RebuildProgress } from './rebuild';
export type { ProjectionLog, ProjectionRunnerOptions } from './runner-options';
export { polledViewPositions } from './view-positions';
export { viewTable } from './view-table';
export { viewStandings, type ViewStanding } from './view-standings';
