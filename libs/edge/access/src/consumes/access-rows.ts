import { PoisonMessage } from '@stockproof/bus-transport';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { sql, type Statement } from '@stockproof/sql';
import {
  accountAccessChangedV1,
  apiKeyCreatedV1,
  apiKeyRevokedV1,
  signingKeyPublishedV1,
  userAccessChangedV1,
  type AccountAccessChangedV1,
  type ApiKeyCreatedV1,
  type ApiKeyRevokedV1,
  type SigningKeyPublishedV1,
  type UserAccessChangedV1,
} from '@stockproof/tenancy-contracts';

/** Several messages of one event share their position; the later ones still count. */
const saidLater = (table: string): string => `where ${table}.source <> excluded.source or ${table}.position <= excluded.position`;

const userRow = (access: UserAccessChangedV1, { source, sourcePosition }: DeliveredMessage): Statement =>
  sql(
    `insert into access_users values ($1, $2::jsonb, $3, $4)
     on conflict (user_id) do update set access = excluded.access, source = excluded.source, position = excluded.position ${saidLater('access_users')}`,
    access.userId,
    JSON.stringify(access),
    source,
    sourcePosition,
  );

const accountRow = (account: AccountAccessChangedV1, { source, sourcePosition }: DeliveredMessage): Statement =>
  sql(
    `insert into access_accounts values ($1, $2, $3, $4, $5)
     on conflict (account_id) do update set organization_id = excluded.organization_id, enabled = excluded.enabled, source = excluded.source, position = excluded.position
     ${saidLater('access_accounts')}`,
    account.accountId,
    account.organizationId,
    account.enabled,
    source,
    sourcePosition,
  );

const keyRow = (key: ApiKeyCreatedV1): Statement =>
  sql(
    `insert into access_keys (key_id, hash, organization_id, account_id, scopes, expires_at, mode) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (key_id) do update set hash = excluded.hash, organization_id = excluded.organization_id, account_id = excluded.account_id,
       scopes = excluded.scopes, expires_at = excluded.expires_at, mode = excluded.mode`,
    key.keyId,
    key.hash,
    key.organizationId,
    key.accountId,
    key.scopes,
    key.expiresAt,
    key.mode,
  );

const revocation = ({ keyId }: ApiKeyRevokedV1): Statement =>
  sql('insert into access_keys (key_id, revoked) values ($1, true) on conflict (key_id) do update set revoked = true', keyId);

const signingKeyRow = ({ keyId, publicJwk }: SigningKeyPublishedV1): Statement =>
  sql('insert into access_signing_keys values ($1, $2::jsonb) on conflict (key_id) do nothing', keyId, JSON.stringify(publicJwk));

type Contract<Data> = {
  readonly type: string;
  readonly schema: { readonly safeParse: (data: unknown) => { success: true; data: Data } | { success: false; error: Error } };
};

const rowOf =
  <Data>({ schema }: Contract<Data>, row: (data: Data, message: DeliveredMessage) => Statement) =>
  (message: DeliveredMessage): Statement => {
    const parsed = schema.safeParse(message.data);
    if (!parsed.success) throw new PoisonMessage(message, parsed.error.message);
    return row(parsed.data, message);
  };

const rows: Readonly<Record<string, (message: DeliveredMessage) => Statement>> = {
  [userAccessChangedV1.type]: rowOf(userAccessChangedV1, userRow),
  [accountAccessChangedV1.type]: rowOf(accountAccessChangedV1, accountRow),
  [apiKeyCreatedV1.type]: rowOf(apiKeyCreatedV1, keyRow),
  [apiKeyRevokedV1.type]: rowOf(apiKeyRevokedV1, revocation),
  [signingKeyPublishedV1.type]: rowOf(signingKeyPublishedV1, signingKeyRow),
};

/** What tenancy said, as rows of the directory. What this version does not know it passes over. */
export const accessRows = (messages: readonly DeliveredMessage[]): readonly Statement[] =>
  messages.flatMap((message) => rows[message.type]?.(message) ?? []);
