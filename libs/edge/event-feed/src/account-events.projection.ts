import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection } from '@stockproof/projections';
import { sql } from '@stockproof/sql';

/**
 * The index that every service keeps of its log: each event of an account by its place. It looks at every event, published or not, so
 * that what is published of them may change without building it anew.
 */
export const accountEventsProjection: Projection = {
  name: 'account-events',
  version: 1,
  ddl: readFileSync(join(__dirname, 'account-events.sql'), 'utf8'),
  handles: 'every',
  project: (events) => {
    const ofAccounts = events.filter(({ meta }) => meta.accountId !== null);
    if (ofAccounts.length === 0) return [];
    return [
      sql(
        'insert into account_events_v1 (account_id, position) select * from unnest($1::uuid[], $2::text[])',
        ofAccounts.map(({ meta }) => meta.accountId),
        ofAccounts.map(({ position }) => position),
      ),
    ];
  },
};
