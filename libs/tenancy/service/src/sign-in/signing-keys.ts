import { newSigningKey, type SigningKey } from '@stockproof/access';
import { sql, type Database, type Queryable } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import type { KeyRing } from '../secrets/key-ring';

type StoredKey = Pick<SigningKey, 'keyId' | 'privateJwk'>;

/** The key that signs access tokens; private halves lie encrypted in a table, never in an event. */
export type SigningKeys = {
  readonly current: () => Promise<StoredKey>;
  /** Makes the first key where there is none. Any number of processes may ask at once. */
  readonly ensure: () => Promise<StoredKey>;
};

/** One process at a time makes the first key. */
const lockKey = 'tenancy/first-signing-key';

const newest = async (db: Queryable, keys: KeyRing): Promise<StoredKey | null> => {
  const [row] = await db.query<{ key_id: string; sealed_private_key: string }>(
    sql('select key_id, sealed_private_key from signing_keys order by created_at desc, key_id desc limit 1'),
  );
  return row
    ? { keyId: row.key_id, privateJwk: JSON.parse(keys.openPrivateKey(row.key_id, row.sealed_private_key)) as SigningKey['privateJwk'] }
    : null;
};

export const signingKeys = (writer: Database, keys: KeyRing, clock: Clock): SigningKeys => {
  const ensure = (): Promise<StoredKey> =>
    writer.transaction(async (tx) => {
      await tx.query(sql('select pg_advisory_xact_lock(hashtextextended($1, 0))', lockKey));
      const known = await newest(tx, keys);
      if (known) return known;
      const { keyId, privateJwk } = await newSigningKey();
      const sealed = keys.sealPrivateKey(keyId, JSON.stringify(privateJwk));
      await tx.query(
        sql('insert into signing_keys (key_id, sealed_private_key, created_at) values ($1, $2, $3)', keyId, sealed, clock.now()),
      );
      return { keyId, privateJwk };
    });
  return { ensure, current: async () => (await newest(writer, keys)) ?? ensure() };
};

/** The public half of a private key. */
export const publicJwkOf = ({ privateJwk: { x = '', y = '' } }: StoredKey) => ({ kty: 'EC', crv: 'P-256', x, y }) as const;
