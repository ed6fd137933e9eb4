import {
  projectionTest,
  testAccount as accountId,
  testOrganization as organizationId,
  type WrittenDown,
} from '@stockproof/projections/testing';
import { sql } from '@stockproof/sql';
import type { AllocationEvent, ItemEvent, StockChange, WarehouseEvent } from '@stockproof/stock-domain';
import { derivedId, skuKey } from '@stockproof/vocabulary';
import { allocationsProjection } from './allocations/allocations.projection';
import { stockLevelsProjection } from './stock-levels/stock-levels.projection';
import { stockMovementsProjection } from './stock-movements/stock-movements.projection';

const [north, south, west, both, order] = ['north', 'south', 'west', 'both', 'order'].map((name) => derivedId(name)) as [
  string,
  string,
  string,
  string,
  string,
];
const now = '2026-01-10T12:00:00.000Z';
const otherAccount = { kind: 'account', accountId: derivedId('another account') } as const;

const units = [
  { allocationId: derivedId('unit'), shipmentId: derivedId('shipment'), lineId: '1', sku: 'tea', warehouseId: north, quantity: 3 },
];

const stock = (sku: string, changes: readonly StockChange[]) => ({ sku, changes, decidedAt: now });
const item = (...events: readonly ItemEvent[]): readonly WrittenDown[] =>
  events.map((event) => ({ ...event, stream: `stock.item-${accountId}-${skuKey(event.data.sku)}` }));
const adjusted = (sku: string, warehouseId: string, by: number) =>
  item({
    type: 'StockAdjusted',
    data: { ...stock(sku, [{ warehouseId, at: now, total: by }]), reason: 'found', note: null, reference: null },
  });
const stocked: readonly WrittenDown[] = [
  ...adjusted('tea', north, 10),
  ...adjusted('tea', south, 4),
  ...item(
    {
      type: 'UnitsGranted',
      data: {
        ...stock('tea', [{ warehouseId: north, at: now, allocated: 3 }]),
        orderId: order,
        attempt: 1,
        kind: 'allocate',
        plan: 1,
        granted: units,
        swappedHold: null,
      },
    },
    {
      type: 'GoodsExpected',
      data: {
        ...stock('tea', [{ warehouseId: south, at: now, incoming: 6 }]),
        purchaseOrderId: derivedId('po'),
        lineId: '1',
        warehouseId: south,
        expected: 6,
      },
    },
  ),
];

const warehouse = (event: WarehouseEvent): readonly WrittenDown[] => [
  {
    ...event,
    stream: `stock.warehouse-${organizationId}-${event.data.warehouseId}`,
    ...('organizationId' in event.data ? { meta: { accountId: null } } : {}),
  },
];
const described = warehouse({
  type: 'WarehouseDescribed',
  data: {
    organizationId,
    warehouseId: both,
    code: 'BOTH',
    name: 'Both',
    kind: 'virtual',
    members: [north, south],
    sequence: 1,
    decidedAt: now,
  },
});
const members = (to: readonly string[]) =>
  warehouse({ type: 'WarehouseMembersReplaced', data: { organizationId, warehouseId: both, members: to, sequence: 2, decidedAt: now } });
const enabled = warehouse({
  type: 'WarehouseEnabledForAccount',
  data: { accountId, warehouseId: both, code: 'BOTH', kind: 'virtual', members: [north, south], sequence: 1, decidedAt: now },
});
const disabled = warehouse({ type: 'WarehouseDisabledForAccount', data: { accountId, warehouseId: both, sequence: 2, decidedAt: now } });
const virtual = [...described, ...enabled];

describe('the view of stock levels', () => {
  const view = projectionTest(stockLevelsProjection);
  const levels = async () =>
    Object.fromEntries(
      (await view.rowsOf('stock_levels_v1')).map((row) => [
        `${String(row['sku'])} ${nameOf(row['warehouse_id'])}`,
        [row['total'], row['unsellable'], row['allocated'], row['held'], row['incoming'], row['available'], row['publishable']],
      ]),
    );

  it('sums what events say they changed', async () => {
    await view.given([
      ...stocked,
      ...item({
        type: 'StockSetAside',
        data: { ...stock('tea', [{ warehouseId: north, at: now, unsellable: 2 }]), reason: 'damaged', reference: null },
      }),
    ]);
    expect(await levels()).toEqual({ 'tea north': [10, 2, 3, 0, 0, 5, 5], 'tea south': [4, 0, 0, 0, 6, 4, 4] });
  });

  it('knows a SKU in any spelling as one', async () => {
    await view.given([...adjusted('Tea', north, 1), ...adjusted('TEA ', north, 2)]);
    expect(await levels()).toEqual({ 'Tea north': [3, 0, 0, 0, 0, 3, 3] });
  });

  it.each([
    ['the warehouse was heard of before its stock', [...virtual, ...stocked]],
    ['its stock was there before', [...stocked, ...virtual]],
    ['it was enabled before it was described', [...virtual.toReversed(), ...stocked]],
    ['it was heard of in between', [...stocked.slice(0, 1), ...virtual, ...stocked.slice(1)]],
  ])('sums the members of a virtual warehouse: %s', async (_, events) => {
    await view.given(events);
    expect(await levels()).toEqual({
      'tea north': [10, 0, 3, 0, 0, 7, 7],
      'tea south': [4, 0, 0, 0, 6, 4, 4],
      'tea both': [14, 0, 3, 0, 6, 11, 11],
    });
  });

  it('publishes nothing of an oversold member, and lets it hide nothing of the others', async () => {
    await view.given([...virtual, ...stocked, ...adjusted('tea', north, -9)]);
    expect(await levels()).toMatchObject({ 'tea north': [1, 0, 3, 0, 0, -2, 0], 'tea both': [5, 0, 3, 0, 6, 2, 4] });
  });

  it('follows a change of members at once', async () => {
    await view.given([
      ...virtual,
      ...stocked,
      ...adjusted('tea', west, 100),
      ...members([south, west]),
      ...adjusted('tea', north, 50),
      ...adjusted('tea', west, 1),
    ]);
    expect(await levels()).toMatchObject({ 'tea both': [105, 0, 0, 0, 6, 105, 105], 'tea north': [60, 0, 3, 0, 0, 57, 57] });
  });

  it('forgets a sum of which no member is left that has the SKU', async () => {
    await view.given([...virtual, ...adjusted('rum', north, 5), ...members([south, west])]);
    expect(await levels()).toEqual({ 'rum north': [5, 0, 0, 0, 0, 5, 5] });
  });

  it('shows nothing of a virtual warehouse that was disabled, until it is enabled again', async () => {
    await view.given([...virtual, ...stocked, ...disabled, ...adjusted('tea', north, 1)]);
    expect(Object.keys(await levels()).sort()).toEqual(['tea north', 'tea south']);
    await view.given([...virtual, ...stocked, ...disabled, ...adjusted('tea', north, 1), ...enabled]);
    expect(await levels()).toMatchObject({ 'tea both': [15, 0, 3, 0, 6, 12, 12] });
  });

  it('says up to which event each row is true', async () => {
    const events = await view.given([...virtual, ...stocked]);
    const rows = await view.rowsOf('stock_levels_v1');
    const last = (warehouseId: string) =>
      events.findLast(({ data }) => JSON.stringify(data['changes'] ?? '').includes(warehouseId))?.position;
    for (const row of rows)
      expect([row['warehouse_id'], row['position']]).toEqual([
        row['warehouse_id'],
        row['warehouse_id'] === both ? events.at(-1)?.position : last(String(row['warehouse_id'])),
      ]);
  });

  it('shows an account its own stock, and to no other', async () => {
    await view.given([...virtual, ...stocked]);
    expect(await view.readAs(sql('select distinct sku from stock_levels_v1'))).toEqual([{ sku: 'tea' }]);
    for (const table of ['stock_levels_v1', 'stock_warehouses_v1'])
      expect(await view.readAs(sql(`select * from ${table}`), otherAccount)).toEqual([]);
  });
});

describe('the ledger', () => {
  const view = projectionTest(stockMovementsProjection);

  it('has one row per change, with when it happened, why, and for whom', async () => {
    const late: ItemEvent = {
      type: 'UnitsShipped',
      data: {
        ...stock('tea', [
          { warehouseId: north, at: '2026-01-10T09:00:00.000Z', total: -3, allocated: -3 },
          { warehouseId: north, at: '2026-01-10T10:00:00.000Z', total: 3, inReport: true },
        ]),
        orderId: order,
        allocationId: derivedId('unit'),
        shipped: 3,
      },
    };
    const events = await view.given([...stocked, ...item(late)]);
    const rows = await view.rowsOf('stock_movements_v2');
    expect(rows).toHaveLength(events.flatMap(({ data }) => data['changes']).length);
    expect(rows.filter((row) => row['cause'] === 'UnitsShipped')).toEqual([
      expect.objectContaining({ ordinal: 0, total: -3, allocated: -3, order_id: order, reference: derivedId('unit'), sku_key: 'tea' }),
      expect.objectContaining({ ordinal: 1, total: 3, allocated: 0, order_id: order }),
    ]);
    expect(rows.map((row) => row['reason']).filter((reason) => reason !== null)).toEqual(['found', 'found']);
    expect(await view.readAs(sql('select * from stock_movements_v2'), otherAccount)).toEqual([]);
  });

  it('adds up to the levels', async () => {
    await view.given(stocked);
    const sums = await view.readAs(
      sql(
        'select warehouse_id, sum(total)::int as total, sum(allocated)::int as allocated, sum(incoming)::int as incoming from stock_movements_v2 group by 1',
      ),
    );
    expect(sums).toEqual(
      expect.arrayContaining([
        { warehouse_id: north, total: 10, allocated: 3, incoming: 0 },
        { warehouse_id: south, total: 4, allocated: 0, incoming: 6 },
      ]),
    );
  });
});

describe('the view of allocations', () => {
  const view = projectionTest(allocationsProjection);
  const rows = async () =>
    (await view.rowsOf('stock_allocations_v2')).map(({ attempt, kind, status, plan, plan_open_since, units, missing, reasons }) => ({
      attempt,
      kind,
      status,
      plan,
      open: plan_open_since !== null,
      units: (units as readonly object[]).length,
      missing: (missing as readonly object[]).length,
      reasons,
    }));

  it('shows a plan without an outcome, since when', async () => {
    await view.given(allocation(requested, decided(1)));
    expect(await rows()).toEqual([
      { attempt: 1, kind: 'allocate', status: 'requested', plan: 1, open: true, units: 0, missing: 0, reasons: ['taken'] },
    ]);
  });

  it('shows what was promised', async () => {
    await view.given(allocation(requested, decided(1), decided(2), granted(2)));
    expect(await rows()).toEqual([
      { attempt: 1, kind: 'allocate', status: 'granted', plan: 2, open: false, units: 1, missing: 0, reasons: ['taken'] },
    ]);
  });

  it('shows who waits, for what and why, and that waiting ends', async () => {
    await view.given(allocation(requested, waiting));
    expect(await rows()).toEqual([
      { attempt: 1, kind: 'allocate', status: 'waiting', plan: 0, open: false, units: 0, missing: 1, reasons: ['not-enough'] },
    ]);
    await view.given(allocation(requested, waiting, decided(1), granted(1)));
    expect(await rows()).toEqual([
      { attempt: 1, kind: 'allocate', status: 'granted', plan: 1, open: false, units: 1, missing: 0, reasons: ['taken'] },
    ]);
  });

  it('shows whose turn it is before, until it waits for stock alone or waits no more', async () => {
    const behind = { orderId: 'older', attempt: 2, skus: ['TEA'] };
    const outOfTurn: AllocationEvent = { type: 'AllocationWaiting', data: { ...refs, missing, reasons: ['not-its-turn'], behind } };
    const seen = async () => (await view.rowsOf('stock_allocations_v2')).map((row) => row['behind']);
    await view.given(allocation(requested, outOfTurn));
    expect(await seen()).toEqual([behind]);
    await view.given(allocation(requested, outOfTurn, waiting));
    expect(await seen()).toEqual([null]);
    await view.given(allocation(requested, outOfTurn, decided(1), granted(1)));
    expect(await seen()).toEqual([null]);
  });

  it('shows that a shipment was not moved', async () => {
    const refused: AllocationEvent = { type: 'AllocationRefused', data: { ...refs, missing, reasons: ['not-enough'] } };
    await view.given(allocation(requested, decided(1), refused));
    expect(await rows()).toEqual([
      expect.objectContaining({ status: 'refused', open: false, units: 0, missing: 1, reasons: ['not-enough'] }),
    ]);
  });

  it('shows that nothing is promised any more', async () => {
    await view.given(allocation(requested, decided(1), granted(1), withdrawn, ended));
    expect(await rows()).toEqual([expect.objectContaining({ status: 'ended', open: false, units: 0 })]);
  });

  it('shows a withdrawal of what was never heard of, and each attempt by itself', async () => {
    await view.given(allocation(withdrawn, { ...requested, data: { ...requested.data, attempt: 2 } } as AllocationEvent));
    expect(await rows()).toEqual([
      expect.objectContaining({ attempt: 1, kind: null, status: 'withdrawn' }),
      expect.objectContaining({ attempt: 2, kind: 'allocate', status: 'requested' }),
    ]);
    expect(await view.readAs(sql('select * from stock_allocations_v2'), otherAccount)).toEqual([]);
  });
});

const refs = { orderId: order, attempt: 1, decidedAt: now };
const missing = [{ lineId: '1', sku: 'tea', quantity: 3 }];
const settings = { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: false };
const requested: AllocationEvent = {
  type: 'AllocationRequested',
  data: {
    ...refs,
    wanted: {
      kind: 'allocate',
      orderNumber: '1001',
      orderDate: now,
      arrivedAt: now,
      lines: missing,
      candidates: [{ warehouseId: north, code: 'NORTH', priority: 1, checked: true }],
      settings,
      holdAttempt: null,
    },
  },
};
const decided = (plan: number): AllocationEvent => ({
  type: 'AllocationDecided',
  data: { ...refs, plan, units, record: { ruleVersion: 1, seen: [], missing: [], reasons: ['taken'], search: 'exact' } },
});
const granted = (plan: number): AllocationEvent => ({
  type: 'AllocationGranted',
  data: { ...refs, plan, units, missing: [], grantedAt: [{ sku: 'tea', revision: 3 }] },
});
const waiting: AllocationEvent = { type: 'AllocationWaiting', data: { ...refs, missing, reasons: ['not-enough'] } };
const withdrawn: AllocationEvent = { type: 'AllocationWithdrawn', data: refs };
const ended: AllocationEvent = { type: 'AllocationEnded', data: refs };
const allocation = (...events: readonly AllocationEvent[]): readonly WrittenDown[] =>
  events.map((event) => ({ ...event, stream: `stock.allocation-${accountId}-${order}` }));

function nameOf(id: unknown): string {
  return ['north', 'south', 'west', 'both'].find((name) => derivedId(name) === id) ?? String(id);
}
