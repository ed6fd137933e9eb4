export type { Projection, ViewPositions, ViewStatus } from './projection';
export { projectionRunner, RebuildFailed, UnknownView, type ProjectionRunner } from './projection-runner';
export { BeingRebuilt } from './rebuild';
export type { ProjectionLog, ProjectionRunnerOptions } from './runner-options';
export { polledViewPositions } from './view-positions';
export { viewTable } from './view-table';
