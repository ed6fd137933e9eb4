import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import type { Statement } from '@stockproof/sql';
import { isItemEvent, itemEventTypes } from '../stock-event';
import { warehouseEventTypes } from '../stock-levels/membership';
import { countChanges } from './counting-changes';
import { countMembership } from './counting-members';

/** Items are counted together as far as no membership changes in between: which SKUs that touches depends on what came before it. */
const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const statements: Statement[] = [];
  let items: RecordedEvent[] = [];
  for (const event of events) {
    if (isItemEvent(event)) {
      items.push(event);
      continue;
    }
    statements.push(...countChanges(items), ...countMembership(event));
    items = [];
  }
  return [...statements, ...countChanges(items)];
};

export const levelChangesProjection: Projection = {
  name: 'level-changes',
  version: 1,
  ddl: readFileSync(join(__dirname, 'level-changes.sql'), 'utf8'),
  handles: [...itemEventTypes, ...warehouseEventTypes],
  project,
};
