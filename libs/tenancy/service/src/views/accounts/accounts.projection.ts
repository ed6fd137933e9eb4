import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import type { AccountEvent } from '@stockproof/tenancy-domain';
import { byEventType } from '../by-event-type';

type OfAccount = { readonly accountId: string };

const changed = (accountId: string, column: string, value: unknown): Statement =>
  sql(`update accounts_v2 set ${column} = $2 where account_id = $1`, accountId, value);

/** Every event of the account moves the revision that its next edit must name. */
const moved = (_: object, { meta, revision }: RecordedEvent): readonly Statement[] => [
  sql('update accounts_v2 set revision = $2 where account_id = $1', meta.accountId, revision),
];

const and =
  <Data extends OfAccount>(statements: (data: Data) => readonly Statement[]) =>
  (data: Data, event: RecordedEvent): readonly Statement[] => [...statements(data), ...moved(data, event)];

export const accountsProjection: Projection = {
  name: 'accounts',
  version: 2,
  ddl: readFileSync(join(__dirname, 'accounts.sql'), 'utf8'),
  ...byEventType<AccountEvent>({
    AccountOpened: ({ accountId, organizationId, code, name, licence, inherited }, { revision }) => [
      sql(
        'insert into accounts_v2 (account_id, organization_id, code, name, licence, inherited_settings, revision) values ($1, $2, $3, $4, $5, $6, $7)',
        ...[accountId, organizationId, code, name, licence, JSON.stringify(inherited), revision],
      ),
    ],
    AccountRenamedHere: and(({ accountId, name }) => [changed(accountId, 'name', name)]),
    DefaultsInherited: and(({ accountId, inherited }) => [changed(accountId, 'inherited_settings', JSON.stringify(inherited))]),
    SettingsChosen: and(({ accountId, own, choices = {}, defaultWarehouseId }) => [
      changed(accountId, 'choices', JSON.stringify(choices)),
      changed(accountId, 'own_settings', JSON.stringify(own)),
      changed(accountId, 'default_warehouse_id', defaultWarehouseId),
    ]),
    AccountDisabled: and(({ accountId }) => [changed(accountId, 'enabled', false)]),
    AccountEnabled: and(({ accountId }) => [changed(accountId, 'enabled', true)]),
    WarehouseEnabled: moved,
    EnabledWarehouseChanged: moved,
    WarehouseDisabled: moved,
    WarehouseFollowed: moved,
    AccountUserAdded: moved,
    AccountRoleChanged: moved,
    AccountUserDeactivated: moved,
    AccountUserReactivated: moved,
    SalesChannelCreated: moved,
    SalesChannelEdited: moved,
  }),
};
