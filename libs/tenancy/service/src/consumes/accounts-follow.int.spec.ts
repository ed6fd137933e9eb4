import 'reflect-metadata';
import { TryAgain } from '@stockproof/bus-transport';
import { commandHandling, type CommandContext } from '@stockproof/command-handling';
import { inMemoryEventStore, startOfLog, type RecordedEvent } from '@stockproof/event-store';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { fulfillmentChannelWork, type OrganizationCommand } from '@stockproof/tenancy-domain';
import { derivedId } from '@stockproof/vocabulary';
import { accountStream, organizationStream, tenancyAggregates } from '../aggregates';
import { tenancyPublication } from '../publishes/tenancy.publication';
import type { TenancyParts } from '../tenancy.parts';
import { AccountsFollowController } from './accounts-follow.controller';

describe("an organization's accounts", () => {
  it('are opened by the word of the organization, also when whoever asked for them is gone', async () => {
    const { decide, hear, account } = scene();
    await decide(...upToAccount);
    await hear();
    expect(await account()).toMatchObject({ code: 'MY-SHOP', organizationId: 'acme', enabled: true });
  });

  it('change nothing when they hear it twice', async () => {
    const { decide, hear, recorded } = scene();
    await decide(...upToAccount, { type: 'ChangeDefaults', data: { defaults: { strictOrder: true } } });
    await hear();
    const once = (await recorded()).length;
    await hear();
    expect(await recorded()).toHaveLength(once);
  });

  it('inherit what the organization hands down, the newest however late an older word comes', async () => {
    const { decide, hear, account } = scene();
    await decide(
      ...upToAccount,
      { type: 'ChangeDefaults', data: { defaults: { maximumShipments: 2 } } },
      { type: 'ChangeDefaults', data: { defaults: { maximumShipments: 3 } } },
    );
    await hear();
    expect((await account()).inherited.maximumShipments).toBe(3);
  });

  it('follow the members of a virtual warehouse before they enable it with older knowledge', async () => {
    const { decide, hear, account, tenancy } = scene();
    await decide(...upToAccount, { type: 'ChangeMembers', data: { warehouseId: 'both', members: ['north', 'west'], enabledIn: [] } });
    await hear();
    const channel = {
      channelId: 'c',
      applicationType: 'none',
      connector: null,
      backOrderMode: 'managed-here',
      reportMeaning: 'on-hand',
      finalReceipts: false,
      endpointUrl: null,
      sealedCredentials: null,
      ...fulfillmentChannelWork,
    } as const;
    const enable = (warehouseId: string, members: readonly string[]) =>
      tenancy.accounts.handle(
        accountStream('shop'),
        {
          type: 'EnableWarehouse',
          data: {
            warehouseId,
            code: warehouseId,
            kind: members.length > 0 ? 'virtual' : 'physical',
            priority: 1,
            members,
            organizationRevision: 1,
            channel: members.length > 0 ? null : channel,
          },
        },
        contextOf(warehouseId),
      );
    await enable('north', []);
    await enable('west', []);
    await enable('both', ['north', 'south']);
    expect((await account()).warehouses.get('both')?.members).toEqual(['north', 'west']);
  });

  it('are waited for when they are not open yet', async () => {
    const { decide, hear } = scene();
    await decide(...upToAccount, { type: 'EditWarehouse', data: { warehouseId: 'north', changes: { priority: 9 } } });
    await expect(hear('warehouse')).rejects.toThrow(TryAgain);
  });
});

const physical = (warehouseId: string): OrganizationCommand => ({
  type: 'CreateWarehouse',
  data: { warehouseId, code: warehouseId, name: warehouseId, kind: 'physical', priority: 1, timeZone: null, address: null, members: [] },
});
const upToAccount: readonly OrganizationCommand[] = [
  { type: 'CreateOrganization', data: { organizationId: 'acme', name: 'Acme', timeZone: 'UTC', licenceOwner: null, ownerId: 'olga' } },
  physical('north'),
  physical('south'),
  physical('west'),
  {
    type: 'CreateWarehouse',
    data: {
      warehouseId: 'both',
      code: 'both',
      name: 'both',
      kind: 'virtual',
      priority: 1,
      timeZone: null,
      address: null,
      members: ['north', 'south'],
    },
  },
  { type: 'AddAccount', data: { accountId: 'shop', name: 'My Shop', licence: 'standard' } },
];

const contextOf = (commandId: string): CommandContext => ({
  commandId,
  correlationId: commandId,
  causationId: commandId,
  actor: 'user:olga',
  organizationId: 'acme',
  accountId: null,
});

const delivered = (event: RecordedEvent): readonly DeliveredMessage[] =>
  tenancyPublication.facts(event).map((fact, ordinal) => ({
    ...fact,
    id: derivedId(event.id, ordinal),
    source: 'stockproof/tenancy/log',
    time: event.recordedAt,
    partitionKey: 'acme',
    orderingKey: 'acme',
    organizationId: event.meta.organizationId,
    accountId: event.meta.accountId,
    sequence: event.revision,
    sourcePosition: event.position,
    ordinal,
    correlationId: event.meta.correlationId,
    causationId: event.id,
    partition: 0,
    offset: event.position,
  }));

const scene = () => {
  const clock = { now: () => '2026-01-01T00:00:00.000Z' };
  const store = inMemoryEventStore({ clock });
  const tenancy = tenancyAggregates(commandHandling({ store, clock }));
  const consumer = new AccountsFollowController({ tenancy } as TenancyParts);
  const recorded = async () => (await store.readAll(startOfLog, 1_000)).events;
  const hearing = { topic: '', partition: 0, context: { owns: () => true, heartbeat: async () => undefined } };
  let commands = 0;
  return {
    tenancy,
    recorded,
    account: async () => (await tenancy.accounts.load(accountStream('shop'))).state,
    decide: async (...decided: readonly OrganizationCommand[]) => {
      for (const command of decided) {
        const handled = await tenancy.organizations.handle(organizationStream('acme'), command, contextOf(`command ${++commands}`));
        expect(handled).toMatchObject({ outcome: 'accepted' });
      }
    },
    /** Delivers all that the log has to say, or only what is said of one subject. */
    hear: async (about: 'organization' | 'warehouse' | null = null) => {
      const messages = (await recorded()).flatMap(delivered);
      const on = (subject: string) => messages.filter(({ topic }) => topic.includes(`.${subject}-events.`));
      if (about !== 'warehouse') await consumer.hearOfOrganizations({ ...hearing, messages: on('organization') });
      if (about !== 'organization') await consumer.hearOfWarehouses({ ...hearing, messages: on('warehouse') });
    },
  };
};
