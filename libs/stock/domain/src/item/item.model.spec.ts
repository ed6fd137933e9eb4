import { stateFrom } from '@stockproof/decider';
import { plusMs } from '@stockproof/vocabulary';
import fc from 'fast-check';
import type { ItemCommand } from './item.commands';
import { itemDecider } from './item.decider';
import type { GrantedUnits, ItemEvent, StockLevelReported } from './item.events';
import { itemFromJson, itemToJson } from './item.snapshot';
import type { Item } from './item.state';
import { available, quantityNames, type Quantities, type StockChange } from './quantities';

describe('any history of an item', () => {
  it('has quantities that are the sums of what its events say they changed', () =>
    always((item, history) => {
      for (const warehouseId of warehouses) {
        const stood = item.warehouses.get(warehouseId)?.quantities ?? sumOf([]);
        expect(stood).toEqual(sumOf(changesAt(history, warehouseId)));
      }
    }));

  it('never has less than nothing allocated, held, incoming, accepted or unsellable', () =>
    always((item) => {
      for (const { quantities } of item.warehouses.values())
        for (const name of ['allocated', 'held', 'incoming', 'accepted', 'unsellable'] as const)
          expect(quantities[name]).toBeGreaterThanOrEqual(0);
    }));

  it('has allocated and held what its open allocations add up to', () =>
    always((item) => {
      for (const warehouseId of warehouses) {
        const open = [...item.allocations.values()].filter((each) => each.warehouseId === warehouseId);
        const { allocated, held, accepted } = item.warehouses.get(warehouseId)?.quantities ?? sumOf([]);
        expect(allocated + held).toBe(open.reduce((sum, { quantity, shipped }) => sum + quantity - shipped, 0));
        expect(accepted).toBe(open.reduce((sum, each) => sum + (each.acceptedAt !== null ? each.quantity - each.shipped : 0), 0));
      }
    }));

  it('promises nothing that is not there, where stock is looked at', () => promisesWhatIsThere(itemDecider));

  it('would promise what is not there, if each line were looked at alone: the sum counts', () =>
    expect(() => promisesWhatIsThere(lineByLine, 6_000)).toThrow(/Property failed/));

  it('says of every promise that is uncovered whose it is', () =>
    always((item, _, events) => {
      for (const event of events) {
        if (event.type !== 'StockShortfallFound') continue;
        const { missing, uncovered, unlisted = 0, warehouseId } = event.data;
        const promised = [...item.allocations.values()]
          .filter((each) => each.warehouseId === warehouseId && !each.unchecked)
          .reduce((sum, each) => sum + each.quantity - each.shipped, 0);
        expect(uncovered.reduce((sum, { quantity }) => sum + quantity, unlisted)).toBe(Math.min(missing, promised));
      }
    }));

  it('is the same after a snapshot', () =>
    always((item) => expect(itemFromJson(JSON.parse(JSON.stringify(itemToJson(item))))).toEqual(item)));

  it('is the same folded again', () =>
    always((item, history) => expect(stateFrom(itemDecider, structuredClone(history) as readonly ItemEvent[])).toEqual(item), 20));

  it('had on hand, as of each applied report, what was reported', () =>
    always((_, history) => {
      for (const { warehouseId, takenAt, reported } of reportsOf(history)) expect(asOf(history, warehouseId, takenAt)).toBe(reported);
    }));

  it('is not changed by a command said twice', () =>
    fc.assert(
      fc.property(anyActions, (actions) => {
        run(actions, (before, command) => {
          if (!repeatable.has(command.type)) return;
          const once = applied(before, command);
          if (once) expect(applied(once, command)).toEqual(once);
        });
      }),
      { numRuns: 60 },
    ));
});

describe('a warehouse that reports while goods move and words are late', () => {
  it('comes out as it was, at every moment, once all is told, in whatever order', () => {
    fc.assert(
      fc.property(anyDay, ({ flows, reports, order }) => {
        const item = itemDecider.initialState();
        const history: ItemEvent[] = [];
        const tell = (command: ItemCommand) => {
          const decision = itemDecider.decide(command, item);
          if (decision.outcome === 'rejected' && decision.rejection.type !== 'ReportOutdated') throw new Error(decision.rejection.type);
          for (const event of decision.outcome === 'accepted' ? decision.events : [])
            history.push(itemDecider.evolve(item, event) && event);
        };
        tell({
          type: 'AdjustStock',
          data: { sku, now, warehouseId: A, by: 100, reason: 'found', note: null, reference: null, at: minute(0) },
        });
        flows.forEach((flow, index) =>
          flow.by < 0
            ? tell(grantOf(`o${index}`, 1, [unit(`o${index}`, 1, 1, { warehouseId: A, quantity: -flow.by })]))
            : tell(expectOf(`po${index}`, flow.by)),
        );
        const told = [
          ...flows.map((flow, index) => flowOf(flow, index)),
          ...reports.map((at, index) => reportOf(`r${index}`, at, onHandAt(flows, at))),
        ];
        for (const place of shuffled(told.length, order)) tell(told[place] ?? expectOf('none', 0));

        for (let at = 0; at <= dayMinutes; at++) expect([at, asOf(history, A, minute(at))]).toEqual([at, onHandAt(flows, at)]);
        for (const { open } of item.warehouses.get(A)?.reports ?? []) expect(open).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

const A = 'A';
const warehouses = [A, 'B', 'unchecked'];
const sku = 'TEA-100';
const now = '2026-01-10T12:00:00.000Z';
const minute = (at: number): string => plusMs('2026-01-10T06:00:00.000Z', at * 60_000);
const dayMinutes = 30;

/** Said again, these find that it is so already; a correction by a person is one each time. */
const repeatable: ReadonlySet<ItemCommand['type']> = new Set([
  'GrantUnits',
  'CloseGrant',
  'AcceptUnits',
  'ShipUnits',
  'ReleaseUnits',
  'ExpectGoods',
  'ReceiveGoods',
  'ExpectNoMore',
]);

type Action = {
  readonly kind: ItemCommand['type'];
  readonly order: number;
  readonly attempt: number;
  readonly plan: number;
  readonly warehouse: number;
  readonly quantity: number;
  readonly ago: number;
  readonly flag: boolean;
};

const anyAction: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom<ItemCommand['type']>(
    'AdjustStock',
    'AdjustStock',
    'SetAsideStock',
    'ReportStockLevel',
    'ReportStockLevel',
    'GrantUnits',
    'GrantUnits',
    'GrantUnits',
    'CloseGrant',
    'AcceptUnits',
    'ShipUnits',
    'ShipUnits',
    'ReleaseUnits',
    'ExpectGoods',
    'ReceiveGoods',
    'ExpectNoMore',
  ),
  order: fc.nat(2),
  attempt: fc.integer({ min: 1, max: 2 }),
  plan: fc.integer({ min: 1, max: 3 }),
  warehouse: fc.nat(2),
  quantity: fc.integer({ min: -3, max: 9 }),
  ago: fc.nat(40),
  flag: fc.boolean(),
});
const anyActions = fc.array(anyAction, { maxLength: 40 });

function unit(
  orderId: string,
  attempt: number,
  plan: number,
  more: { readonly warehouseId: string; readonly quantity: number; readonly unchecked?: true },
): GrantedUnits {
  return {
    allocationId: `${orderId}-${attempt}-${plan}-${more.warehouseId}`,
    shipmentId: `s-${orderId}-${attempt}-${plan}`,
    lineId: '1',
    ...more,
  };
}
function grantOf(
  orderId: string,
  plan: number,
  granted: readonly GrantedUnits[],
  {
    attempt = 1,
    kind = 'allocate' as const,
    swapHold = null,
  }: { readonly attempt?: number; readonly kind?: 'allocate' | 'hold'; readonly swapHold?: number | null } = {},
): ItemCommand {
  return { type: 'GrantUnits', data: { sku, now, orderId, attempt, kind, plan, granted, swapHold, seenOpenAt: now } };
}
function expectOf(purchaseOrderId: string, expected: number): ItemCommand {
  return { type: 'ExpectGoods', data: { sku, now, purchaseOrderId, lineId: '1', warehouseId: A, expected } };
}
function reportOf(reportId: string, at: number, reported: number, warehouseId = A): ItemCommand {
  return {
    type: 'ReportStockLevel',
    data: { sku, now, reportId, source: 'warehouse', warehouseId, takenAt: minute(at), meaning: 'on-hand', reported },
  };
}

/** What a person, a warehouse or the allocator might say next; what cannot be is refused. */
const commandOf = (action: Action, number: number, item: Item): ItemCommand => {
  const { order, attempt, plan, quantity, flag } = action;
  const at = minute(dayMinutes + 10 - action.ago);
  const warehouseId = warehouses[action.warehouse] ?? A;
  const known = [...item.allocations.keys(), ...item.ended.keys()];
  const allocationId = known[(action.order * 7 + action.ago) % Math.max(1, known.length)] ?? 'unknown';
  const about = { sku, now, orderId: `o${order}`, at };
  const place = item.allocations.get(allocationId)?.warehouseId ?? warehouseId;
  switch (action.kind) {
    case 'AdjustStock':
      return { type: 'AdjustStock', data: { sku, now, warehouseId, by: quantity, reason: 'counted', note: null, reference: null, at } };
    case 'SetAsideStock':
      return { type: 'SetAsideStock', data: { sku, now, warehouseId, by: quantity, reason: 'damaged', reference: null, at } };
    case 'ReportStockLevel':
      return reportOf(`r${number}`, dayMinutes + 10 - action.ago, Math.abs(quantity), warehouseId);
    case 'GrantUnits': {
      // Two lines of the order, or a bundle and its component, may want this SKU from one warehouse.
      const wanted = [A, 'B', flag ? 'unchecked' : A].map((each, index) => ({
        warehouseId: each,
        quantity: (Math.abs(quantity) + index * action.warehouse) % 5,
        ...(each === 'unchecked' ? { unchecked: true as const } : {}),
      }));
      const granted = wanted
        .filter((each) => each.quantity > 0)
        .map((each, index) => ({
          ...unit(`o${order}`, attempt, plan, each),
          lineId: `${index}`,
          allocationId: `o${order}-${attempt}-${plan}-${index}`,
        }));
      return grantOf(`o${order}`, plan, granted, {
        attempt,
        kind: attempt === 1 ? 'hold' : 'allocate',
        swapHold: attempt === 2 && flag ? 1 : null,
      });
    }
    case 'CloseGrant':
      return { type: 'CloseGrant', data: { sku, now, orderId: `o${order}`, attempt } };
    case 'AcceptUnits':
      return { type: 'AcceptUnits', data: { ...about, allocationIds: [allocationId] } };
    case 'ShipUnits':
      return { type: 'ShipUnits', data: { ...about, allocationId, warehouseId: place, shipped: Math.abs(quantity) % 6 } };
    case 'ReleaseUnits':
      return { type: 'ReleaseUnits', data: { ...about, allocationId, reason: 'shipment-cancelled' } };
    case 'ExpectGoods':
      return {
        type: 'ExpectGoods',
        data: { sku, now, purchaseOrderId: `po${order}`, lineId: '1', warehouseId, expected: Math.abs(quantity) },
      };
    case 'ReceiveGoods':
      return {
        type: 'ReceiveGoods',
        data: { sku, now, purchaseOrderId: `po${order}`, lineId: '1', receiptId: `receipt${plan}`, warehouseId, quantity, at },
      };
    case 'ExpectNoMore':
      return { type: 'ExpectNoMore', data: { sku, now, purchaseOrderId: `po${order}`, lineId: '1' } };
  }
};

const run = (
  actions: readonly Action[],
  before: (item: Item, command: ItemCommand) => void,
  after: (item: Item, history: readonly ItemEvent[], events: readonly ItemEvent[]) => void = () => undefined,
  decider: Pick<typeof itemDecider, 'decide'> = itemDecider,
): void => {
  const item = itemDecider.initialState();
  const history: ItemEvent[] = [];
  actions.forEach((action, number) => {
    const command = commandOf(action, number, item);
    before(item, command);
    const decision = decider.decide(command, item);
    if (decision.outcome === 'rejected') return;
    for (const event of decision.events) itemDecider.evolve(item, structuredClone(event));
    history.push(...decision.events);
    after(item, history, decision.events);
  });
};

const always = (check: (item: Item, history: readonly ItemEvent[], events: readonly ItemEvent[]) => void, numRuns = 100): void =>
  fc.assert(
    fc.property(anyActions, (actions) => run(actions, () => undefined, check)),
    { numRuns },
  );

const promisesWhatIsThere = (decider: Pick<typeof itemDecider, 'decide'>, numRuns = 300): void => {
  const covered = (item: Item, _: readonly ItemEvent[], events: readonly ItemEvent[]): void => {
    const granted = events.flatMap((event) => (event.type === 'UnitsGranted' ? event.data.granted : []));
    for (const { warehouseId } of granted.filter((each) => !each.unchecked))
      expect(available(item.warehouses.get(warehouseId)?.quantities ?? sumOf([]))).toBeGreaterThanOrEqual(0);
  };
  fc.assert(
    fc.property(anyActions, (actions) => run(actions, () => undefined, covered, decider)),
    { numRuns },
  );
};

/** Grants whatever each line could have if it were the only one. */
const lineByLine: Pick<typeof itemDecider, 'decide'> = {
  decide: (command, item) => {
    if (command.type !== 'GrantUnits') return itemDecider.decide(command, item);
    const { granted } = command.data;
    const alone = granted.map((each) => itemDecider.decide({ ...command, data: { ...command.data, granted: [each] } }, item));
    const refused = alone.find(({ outcome }) => outcome === 'rejected');
    if (refused) return refused;
    const unlooked = granted.map((each) => ({ ...each, unchecked: true as const }));
    const decision = itemDecider.decide({ ...command, data: { ...command.data, granted: unlooked } }, item);
    if (decision.outcome === 'rejected') return decision;
    const events = decision.events.map((event) => (event.type === 'UnitsGranted' ? { ...event, data: { ...event.data, granted } } : event));
    return { ...decision, events };
  },
};

const applied = (before: Item, command: ItemCommand): Item | null => {
  const item = itemFromJson(JSON.parse(JSON.stringify(itemToJson(before))));
  const decision = itemDecider.decide(command, item);
  return decision.outcome === 'accepted' ? decision.events.reduce(itemDecider.evolve, item) : null;
};

const changesAt = (history: readonly ItemEvent[], warehouseId: string): readonly StockChange[] =>
  history.flatMap(({ data }) => data.changes).filter((change) => change.warehouseId === warehouseId);

const sumOf = (changes: readonly StockChange[]): Quantities => {
  const sum = { total: 0, unsellable: 0, allocated: 0, held: 0, incoming: 0, accepted: 0 };
  for (const change of changes) for (const name of quantityNames) sum[name] += change[name] ?? 0;
  return sum;
};

const asOf = (history: readonly ItemEvent[], warehouseId: string, at: string): number =>
  sumOf(changesAt(history, warehouseId).filter((change) => change.at <= at)).total;

/** Of two reports taken at the same moment the later word holds. */
const reportsOf = (history: readonly ItemEvent[]): readonly StockLevelReported['data'][] => {
  const last = new Map<string, StockLevelReported['data']>();
  for (const event of history)
    if (event.type === 'StockLevelReported') last.set(`${event.data.warehouseId} ${event.data.takenAt}`, event.data);
  return [...last.values()];
};

type Flow = { readonly by: number; readonly at: number };
const anyFlow: fc.Arbitrary<Flow> = fc.record({
  by: fc.integer({ min: -9, max: 9 }).filter((by) => by !== 0),
  at: fc.integer({ min: 1, max: dayMinutes }),
});
const anyDay = fc.record({
  flows: fc.array(anyFlow, { minLength: 1, maxLength: 8 }),
  reports: fc.array(fc.integer({ min: 1, max: dayMinutes }), { maxLength: 6 }),
  order: fc.nat(),
});

const onHandAt = (flows: readonly Flow[], at: number): number => flows.reduce((sum, flow) => sum + (flow.at <= at ? flow.by : 0), 100);

const flowOf = ({ by, at }: Flow, index: number): ItemCommand =>
  by < 0
    ? {
        type: 'ShipUnits',
        data: { sku, now, orderId: `o${index}`, allocationId: `o${index}-1-1-A`, warehouseId: A, shipped: -by, at: minute(at) },
      }
    : {
        type: 'ReceiveGoods',
        data: {
          sku,
          now,
          purchaseOrderId: `po${index}`,
          lineId: '1',
          receiptId: `receipt${index}`,
          warehouseId: A,
          quantity: by,
          at: minute(at),
        },
      };

const shuffled = (length: number, seed: number): readonly number[] => {
  const places = Array.from({ length }, (_, index) => index);
  let state = seed + 1;
  for (let index = length - 1; index > 0; index--) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (index + 1);
    [places[index], places[other]] = [places[other] ?? 0, places[index] ?? 0];
  }
  return places;
};
