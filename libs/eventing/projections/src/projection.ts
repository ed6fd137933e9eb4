import type { Position, RecordedEvent } from '@stockproof/event-store';
import type { Statement } from '@stockproof/sql';

/**
 * A view as a pure mapping from events to set-based statements. The runner applies the statements of a batch and the checkpoint in
 * one transaction, so each event counts once; a replay from nothing gives the same rows.
 */
export type Projection = {
  /** The screen or question it answers, kebab-case: `stock-levels`. */
  readonly name: string;
  /** A changed view is a new version beside the old one, never a migration. Its tables end in `_v<version>`. */
  readonly version: number;
  /**
   * Creates its tables in the derived schema and calls `tenant_table('<table>')` for each one that readers see. Names stand without a
   * schema, here and in statements: the same SQL runs where the view is built anew.
   */
  readonly ddl: string;
  /** Event types that it looks at; others never reach `project`. `every`: an index of the log, which no new type may escape. */
  readonly handles: readonly string[] | 'every';
  readonly project: (events: readonly RecordedEvent[]) => readonly Statement[];
};

/** Where each view stands, for reads that must see their own writes, for lag and for health. */
export type ViewPositions = {
  /** Resolves true once the view has read up to the position, false when it has not within the time. */
  readonly waitFor: (view: string, position: Position, timeoutMs: number) => Promise<boolean>;
  readonly positionOf: (view: string) => Promise<Position>;
};

export type ViewStatus = {
  readonly view: string;
  readonly position: Position;
  readonly behindSeconds: number;
  readonly lastError: string | null;
};
