import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection } from '@stockproof/projections';
import { sql } from '@stockproof/sql';
import type { ApiKeyEvent } from '@stockproof/tenancy-domain';
import { byEventType } from '../by-event-type';

/** Keys without what would open anything: the hash stays in the log. */
export const apiKeysProjection: Projection = {
  name: 'api-keys',
  version: 1,
  ddl: readFileSync(join(__dirname, 'api-keys.sql'), 'utf8'),
  ...byEventType<ApiKeyEvent>({
    ApiKeyCreated: ({ keyId, accountId, name, scopes, mode, expiresAt }, { recordedAt }) =>
      accountId === null
        ? []
        : [
            sql(
              'insert into api_keys_v1 (key_id, account_id, name, scopes, mode, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)',
              ...[keyId, accountId, name, scopes, mode, recordedAt, expiresAt],
            ),
          ],
    ApiKeyRevoked: ({ keyId }, { recordedAt }) => [sql('update api_keys_v1 set revoked_at = $2 where key_id = $1', keyId, recordedAt)],
  }),
};
