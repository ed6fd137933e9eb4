import { stateFrom } from '@stockproof/decider';
import fc from 'fast-check';
import { builtInSettings, effectiveSettings } from '../settings';
import { fulfillmentChannelWork, salesChannelWork } from './account.channels';
import type { AccountCommand } from './account.commands';
import { accountDecider } from './account.decider';
import type { AccountEvent, FulfillmentChannel } from './account.events';

describe('any history of an account', () => {
  it('keeps every reference to a warehouse enabled, and its channel where it is physical', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 50 }), (commands) => {
        const state = stateFrom(accountDecider, commands.reduce(decided, firstEvents));
        const references = [
          ...(state.defaultWarehouseId === null ? [] : [state.defaultWarehouseId]),
          ...[...state.warehouses.values()].flatMap(({ members }) => members),
          ...[...state.salesChannels.values()].flatMap(({ publishedWarehouses }) => publishedWarehouses),
          ...[...state.salesChannels.values()].flatMap(({ warehouseMappings }) => warehouseMappings.map(({ warehouseId }) => warehouseId)),
          ...(state.choices.masterProductSource?.kind === 'fulfillment-channel' ? [state.choices.masterProductSource.id] : []),
        ];
        expect(references.filter((id) => !state.warehouses.has(id))).toEqual([]);
        expect([...state.warehouses.values()].every(({ kind, channel }) => (kind === 'physical') === (channel !== null))).toBe(true);
      }),
    );
  });

  it('tells others exactly the settings that follow from what was said last', () => {
    fc.assert(
      fc.property(fc.array(settingsCommand, { maxLength: 30 }), (commands) => {
        const history = commands.reduce(decided, firstEvents);
        const { own, inherited } = commands.reduce(follow, { own: {}, inherited: builtInSettings });
        const told = history.flatMap((event) => ('effective' in event.data ? [event.data.effective] : [])).at(-1);
        expect(told).toEqual(effectiveSettings(own, inherited));
      }),
    );
  });
});

type Model = { readonly own: object; readonly inherited: typeof builtInSettings };
const follow = (model: Model, command: AccountCommand): Model => {
  if (command.type === 'InheritDefaults') return { ...model, inherited: command.data.inherited };
  if (command.type !== 'ChooseSettings') return model;
  const own = Object.entries({ ...model.own, ...command.data.set }).filter(
    ([name]) => !(command.data.inherit as readonly string[]).includes(name),
  );
  return { ...model, own: Object.fromEntries(own) };
};

const decided = (history: readonly AccountEvent[], command: AccountCommand): readonly AccountEvent[] => {
  const decision = accountDecider.decide(command, stateFrom(accountDecider, history));
  return decision.outcome === 'accepted' ? [...history, ...decision.events] : history;
};

const firstEvents = decided([], {
  type: 'OpenAccount',
  data: { accountId: 'shop', organizationId: 'acme', code: 'SHOP', name: 'Shop', licence: 'standard', inherited: builtInSettings },
});

const channel: FulfillmentChannel = {
  channelId: 'c',
  applicationType: 'none',
  connector: null,
  backOrderMode: 'managed-here',
  reportMeaning: 'on-hand',
  finalReceipts: false,
  endpointUrl: null,
  sealedCredentials: null,
  ...fulfillmentChannelWork,
};
const physical = fc.constantFrom('p0', 'p1', 'p2');
const any = fc.constantFrom('p0', 'p1', 'p2', 'v0', 'v1');
const described = { priority: 1, organizationRevision: 1 };

const settingsCommand: fc.Arbitrary<AccountCommand> = fc.oneof(
  fc
    .record({
      set: fc.record({ allowSplitting: fc.boolean(), maximumShipments: fc.option(fc.constant(3)) }, { requiredKeys: [] }),
      inherit: fc.subarray(['allowSplitting', 'maximumShipments'] as const),
    })
    .map((data) => ({ type: 'ChooseSettings', data }) as const),
  fc
    .record({ allowSplitting: fc.boolean(), strictOrder: fc.boolean() })
    .map((some) => ({ type: 'InheritDefaults', data: { inherited: { ...builtInSettings, ...some } } }) as const),
);

const anyCommand: fc.Arbitrary<AccountCommand> = fc.oneof(
  physical.map(
    (id) =>
      ({ type: 'EnableWarehouse', data: { warehouseId: id, code: id, kind: 'physical', members: [], channel, ...described } }) as const,
  ),
  fc
    .record({ id: fc.constantFrom('v0', 'v1'), members: fc.uniqueArray(physical, { minLength: 2, maxLength: 3 }) })
    .map(
      ({ id, members }) =>
        ({ type: 'EnableWarehouse', data: { warehouseId: id, code: id, kind: 'virtual', members, channel: null, ...described } }) as const,
    ),
  any.map((warehouseId) => ({ type: 'DisableWarehouse', data: { warehouseId, uses: [] } }) as const),
  fc.option(any).map((defaultWarehouseId) => ({ type: 'ChooseSettings', data: { set: {}, inherit: [], defaultWarehouseId } }) as const),
  fc.record({ channelId: fc.constantFrom('s0', 's1'), publishedWarehouses: fc.uniqueArray(any, { maxLength: 2 }) }).map(
    (data) =>
      ({
        type: 'CreateSalesChannel',
        data: {
          ...data,
          code: data.channelId,
          name: '',
          connector: 'x',
          endpointUrl: null,
          sealedCredentials: null,
          defaultOrderStatus: null,
          holdDelayMs: null,
          ...salesChannelWork,
        },
      }) as const,
  ),
  any.map(
    (id) =>
      ({
        type: 'ChooseSettings',
        data: { set: {}, inherit: [], choices: { masterProductSource: { kind: 'fulfillment-channel', id } } },
      }) as const,
  ),
  fc
    .record({ channelId: fc.constantFrom('s0', 's1'), warehouseId: any })
    .map(
      ({ channelId, warehouseId }) =>
        ({ type: 'EditSalesChannel', data: { channelId, changes: { warehouseMappings: [{ theirs: 'x', warehouseId }] } } }) as const,
    ),
  fc
    .record({ channelId: fc.constantFrom('s0', 's1'), publishedWarehouses: fc.uniqueArray(any, { maxLength: 2 }) })
    .map(
      ({ channelId, publishedWarehouses }) =>
        ({ type: 'EditSalesChannel', data: { channelId, changes: { publishedWarehouses } } }) as const,
    ),
);
