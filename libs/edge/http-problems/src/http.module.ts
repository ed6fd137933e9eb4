import type { ViewPositions } from '@stockproof/projections';

/** What a service's HTTP side must know. */
export type HttpOptions = {
  readonly service: string;
  readonly views: ViewPositions;
  /** Signs cursors; the same on every instance of the service. */
  readonly cursorSecret: string;
};
