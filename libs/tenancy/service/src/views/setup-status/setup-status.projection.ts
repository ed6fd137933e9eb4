import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import type { AccountEvent, OrganizationEvent } from '@stockproof/tenancy-domain';
import { byEventType } from '../by-event-type';
import type { SetupStep } from './setup-steps';

type Item = { readonly organizationId: string; readonly subjectId: string; readonly step: SetupStep; readonly item: string };

const done = ({ organizationId, subjectId, step, item }: Item): Statement =>
  sql(
    'insert into setup_steps_v2 (organization_id, account_id, step, item) values ($1, $2, $3, $4) on conflict do nothing',
    organizationId,
    subjectId,
    step,
    item,
  );

const undone = ({ subjectId, step, item }: Omit<Item, 'organizationId'>): Statement =>
  sql('delete from setup_steps_v2 where account_id = $1 and step = $2 and item = $3', subjectId, step, item);

const organizationUser = ({ organizationId, userId }: { readonly organizationId: string; readonly userId: string }): Item => ({
  organizationId,
  subjectId: organizationId,
  step: 'organization-user',
  item: userId,
});
const accountUser = ({
  organizationId,
  accountId,
  userId,
}: {
  readonly organizationId: string;
  readonly accountId: string;
  readonly userId: string;
}): Item => ({
  organizationId,
  subjectId: accountId,
  step: 'account-user',
  item: userId,
});

type Chosen = Extract<AccountEvent, { type: 'SettingsChosen' }>['data'];
const settingSteps = ['default-warehouse', 'master-product-source', 'workflows'] as const satisfies readonly SetupStep[];

/** Which of the steps that are settings have been decided by the account itself. */
const chosenItems = ({ defaultWarehouseId, choices, own }: Chosen): readonly Pick<Item, 'step' | 'item'>[] => [
  ...(defaultWarehouseId === null ? [] : [{ step: 'default-warehouse', item: defaultWarehouseId } as const]),
  ...(choices?.masterProductSource ? [{ step: 'master-product-source', item: choices.masterProductSource.kind } as const] : []),
  ...(['automaticSalesWorkflow', 'automaticPurchaseWorkflow'] as const)
    .filter((name) => name in own)
    .map((item) => ({ step: 'workflows', item }) as const),
];

/** What is set up, for an organization and for each account. */
export const setupStatusProjection: Projection = {
  name: 'setup-status',
  version: 2,
  ddl: readFileSync(join(__dirname, 'setup-status.sql'), 'utf8'),
  ...byEventType<OrganizationEvent | AccountEvent>({
    OrganizationUserAdded: (person) => [done(organizationUser(person))],
    OrganizationUserReactivated: (person) => [done(organizationUser(person))],
    OrganizationUserDeactivated: (person) => [undone(organizationUser(person))],
    WarehouseCreated: ({ organizationId, warehouseId, kind }) =>
      kind === 'physical' ? [done({ organizationId, subjectId: organizationId, step: 'physical-warehouse', item: warehouseId })] : [],
    WarehouseArchived: ({ warehouseId }, { meta }) => [
      undone({ subjectId: meta.organizationId, step: 'physical-warehouse', item: warehouseId }),
    ],
    AccountOpened: ({ organizationId, accountId }) => [
      done({ organizationId, subjectId: organizationId, step: 'account', item: accountId }),
    ],
    WarehouseEnabled: ({ accountId, warehouseId }, { meta }) => [
      done({ organizationId: meta.organizationId, subjectId: accountId, step: 'enabled-warehouse', item: warehouseId }),
    ],
    WarehouseDisabled: ({ accountId, warehouseId }) => [undone({ subjectId: accountId, step: 'enabled-warehouse', item: warehouseId })],
    SettingsChosen: (chosen, { meta }) => [
      sql('delete from setup_steps_v2 where account_id = $1 and step = any ($2)', chosen.accountId, settingSteps),
      ...chosenItems(chosen).map((item) => done({ organizationId: meta.organizationId, subjectId: chosen.accountId, ...item })),
    ],
    SalesChannelCreated: ({ accountId, channelId }, { meta }) => [
      done({ organizationId: meta.organizationId, subjectId: accountId, step: 'sales-channel', item: channelId }),
    ],
    AccountUserAdded: (person) => [done(accountUser(person))],
    AccountUserReactivated: (person) => [done(accountUser(person))],
    AccountUserDeactivated: (person) => [undone(accountUser(person))],
  }),
};
