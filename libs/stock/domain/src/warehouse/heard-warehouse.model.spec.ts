import fc from 'fast-check';
import { heardWarehouseDecider } from './heard-warehouse.decider';
import type { WarehouseEvent } from './warehouse.events';

/** What tenancy said last, by who says it, whatever order it is heard in. */
type Model = { members: readonly string[]; described: number; readonly enabledIn: Map<string, { enabled: boolean; sequence: number }> };

const told = { warehouseId: 'both', decidedAt: '2026-01-10T12:00:00.000Z' };
const sequence = fc.integer({ min: 1, max: 8 });
const members = fc.array(fc.constantFrom('north', 'south', 'west'), { minLength: 2, maxLength: 2 });
const accountId = fc.constantFrom('shop', 'store');

const anyFact: fc.Arbitrary<WarehouseEvent> = fc.oneof(
  fc.record({ sequence, members }).map((said): WarehouseEvent => ({
    type: 'WarehouseDescribed',
    data: { ...told, ...said, organizationId: 'acme', code: 'BOTH', name: 'Both', kind: 'virtual' },
  })),
  fc
    .record({ sequence, members })
    .map((said): WarehouseEvent => ({ type: 'WarehouseMembersReplaced', data: { ...told, ...said, organizationId: 'acme' } })),
  fc.record({ sequence, members, accountId }).map((said): WarehouseEvent => ({
    type: 'WarehouseEnabledForAccount',
    data: { ...told, ...said, code: 'BOTH', kind: 'virtual' },
  })),
  fc.record({ sequence, accountId }).map((said): WarehouseEvent => ({ type: 'WarehouseDisabledForAccount', data: { ...told, ...said } })),
);

const newModel = (): Model => ({ members: [], described: 0, enabledIn: new Map() });

const tell = (model: Model, { type, data }: WarehouseEvent): void => {
  if (type === 'WarehouseDescribed' || type === 'WarehouseMembersReplaced') {
    if (data.sequence > model.described) Object.assign(model, { members: data.members, described: data.sequence });
    return;
  }
  const known = model.enabledIn.get(data.accountId)?.sequence ?? 0;
  if (data.sequence > known)
    model.enabledIn.set(data.accountId, { enabled: type === 'WarehouseEnabledForAccount', sequence: data.sequence });
};

/** What a view makes of the events that were kept: the last one of each kind holds. */
const keptIn = (events: readonly WarehouseEvent[]): Omit<Model, 'described'> => {
  const kept: { members: readonly string[]; enabledIn: Model['enabledIn'] } = { members: [], enabledIn: new Map() };
  for (const { type, data } of events) {
    if (type === 'WarehouseDescribed' || type === 'WarehouseMembersReplaced') kept.members = data.members;
    else kept.enabledIn.set(data.accountId, { enabled: type === 'WarehouseEnabledForAccount', sequence: data.sequence });
  }
  return kept;
};

describe('what is heard of a warehouse', () => {
  it('is in the end what was said last, however late, often and out of order it is heard', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 30 }), (facts) => {
        const model = newModel();
        const kept: WarehouseEvent[] = [];
        let state = heardWarehouseDecider.initialState();
        for (const fact of facts) {
          tell(model, fact);
          const decision = heardWarehouseDecider.decide({ type: 'HearOfWarehouse', data: { fact } }, state);
          const events = decision.outcome === 'accepted' ? decision.events : [];
          for (const event of events) state = heardWarehouseDecider.evolve(state, event);
          kept.push(...events);
        }
        expect(keptIn(kept)).toEqual({ members: model.members, enabledIn: model.enabledIn });
      }),
    );
  });
});
