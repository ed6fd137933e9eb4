import type { RecordedEvent } from '@stockproof/event-store';
import * as contracts from '@stockproof/stock-contracts';
import type { AllocationEvent, ItemEvent, StockChange } from '@stockproof/stock-domain';
import { stockPublication } from './stock.publication';

type Contract = { readonly type: string; readonly topic?: string; readonly schema: { parse: (data: unknown) => unknown } };
const known = Object.values(contracts).filter(
  (each): each is Extract<typeof each, Contract> => typeof each === 'object' && 'schema' in each && 'type' in each,
);

const now = '2026-01-10T12:00:00.000Z';
const stock = (...changes: readonly StockChange[]) => ({ sku: 'Tea 100', changes, decidedAt: now });
const by = (change: Omit<StockChange, 'warehouseId' | 'at'>): StockChange => ({ warehouseId: 'north', at: now, ...change });
const unit = { allocationId: 'a', shipmentId: 's', lineId: '1', warehouseId: 'north', quantity: 3 };
const planned = { ...unit, sku: 'Tea 100', unchecked: true as const };
const missing = [{ lineId: '1', sku: 'Tea 100', quantity: 2 }];
const attempt = { orderId: 'o', attempt: 1, decidedAt: now };
const order = {
  kind: 'allocate',
  orderNumber: '1',
  orderDate: now,
  arrivedAt: now,
  lines: missing,
  candidates: [],
  settings: { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: false },
  holdAttempt: null,
} as const;
const goods = { purchaseOrderId: 'po', lineId: '1', warehouseId: 'north' };

/** One of each; leaving one out does not compile. */
const items: {
  readonly [Type in ItemEvent['type']]: { readonly event: Extract<ItemEvent, { type: Type }>; readonly tells: readonly string[] };
} = {
  StockAdjusted: {
    event: { type: 'StockAdjusted', data: { ...stock(by({ total: 3 })), reason: 'found', note: null, reference: null } },
    tells: ['stock-changed', 'stock-rose'],
  },
  StockSetAside: {
    event: { type: 'StockSetAside', data: { ...stock(by({ unsellable: 3 })), reason: 'damaged', reference: null } },
    tells: ['stock-changed'],
  },
  StockLevelReported: {
    event: {
      type: 'StockLevelReported',
      data: {
        ...stock(),
        reportId: 'r',
        source: 'w',
        warehouseId: 'north',
        takenAt: now,
        meaning: 'on-hand',
        reported: 3,
        flowsSince: 0,
        totalBefore: 3,
      },
    },
    tells: [],
  },
  QuietReportRecalled: {
    event: {
      type: 'QuietReportRecalled',
      data: { ...stock(), reportId: 'r', source: 'w', warehouseId: 'north', takenAt: now, meaning: 'on-hand' },
    },
    tells: [],
  },
  StockDiscrepancyFound: {
    event: { type: 'StockDiscrepancyFound', data: { ...stock(), reportId: 'r', warehouseId: 'north', takenAt: now, residual: -2 } },
    tells: ['stock-discrepancy-found'],
  },
  StockShortfallFound: {
    event: {
      type: 'StockShortfallFound',
      data: { ...stock(), warehouseId: 'north', missing: 2, uncovered: [{ orderId: 'o', allocationId: 'a', quantity: 2 }] },
    },
    tells: ['stock-shortfall-found'],
  },
  UnitsGranted: {
    event: {
      type: 'UnitsGranted',
      data: { ...stock(by({ allocated: 3 })), ...attempt, kind: 'allocate', plan: 1, granted: [unit], swappedHold: null },
    },
    tells: ['stock-changed'],
  },
  GrantClosed: {
    event: { type: 'GrantClosed', data: { ...stock(by({ allocated: -3, accepted: -3 })), ...attempt } },
    tells: ['stock-changed', 'stock-rose'],
  },
  UnitsAccepted: {
    event: { type: 'UnitsAccepted', data: { ...stock(by({ accepted: 3 })), orderId: 'o', allocationIds: ['a'] } },
    tells: [],
  },
  UnitsShipped: {
    event: {
      type: 'UnitsShipped',
      data: { ...stock(by({ total: -3, allocated: -3 }), by({ total: 3, inReport: true })), orderId: 'o', allocationId: 'a', shipped: 3 },
    },
    tells: ['stock-changed', 'stock-rose'],
  },
  UnitsReleased: {
    event: { type: 'UnitsReleased', data: { ...stock(by({ held: -3 })), orderId: 'o', allocationId: 'a', reason: 'shipment-cancelled' } },
    tells: ['stock-changed', 'stock-rose'],
  },
  UnitsShippedAfterEnd: {
    event: {
      type: 'UnitsShippedAfterEnd',
      data: { ...stock(by({ total: -3 })), orderId: 'o', allocationId: 'a', warehouseId: 'north', shipped: 3 },
    },
    tells: ['stock-changed'],
  },
  GoodsExpected: {
    event: { type: 'GoodsExpected', data: { ...stock(by({ incoming: 5 })), ...goods, expected: 5 } },
    tells: ['stock-changed'],
  },
  GoodsReceived: {
    event: { type: 'GoodsReceived', data: { ...stock(by({ total: 5, incoming: -5 })), ...goods, receiptId: 'r', quantity: 5 } },
    tells: ['stock-changed', 'stock-rose'],
  },
  GoodsNoLongerExpected: {
    event: { type: 'GoodsNoLongerExpected', data: { ...stock(by({ incoming: -5 })), ...goods } },
    tells: ['stock-changed'],
  },
};

const allocations: {
  readonly [Type in AllocationEvent['type']]: {
    readonly event: Extract<AllocationEvent, { type: Type }>;
    readonly tells: readonly string[];
  };
} = {
  AllocationRequested: { event: { type: 'AllocationRequested', data: { ...attempt, wanted: order } }, tells: [] },
  AllocationDecided: { event: { type: 'AllocationDecided', data: { ...attempt, plan: 1, units: [planned], record: null } }, tells: [] },
  AllocationGranted: {
    event: { type: 'AllocationGranted', data: { ...attempt, plan: 1, units: [planned], missing, grantedAt: [] } },
    tells: ['order-allocated'],
  },
  AllocationHeld: {
    event: { type: 'AllocationHeld', data: { ...attempt, plan: 1, units: [planned], missing, grantedAt: [] } },
    tells: ['order-held'],
  },
  AllocationWaiting: {
    event: { type: 'AllocationWaiting', data: { ...attempt, missing, reasons: ['not-enough'] } },
    tells: ['order-not-allocated'],
  },
  AllocationRefused: {
    event: { type: 'AllocationRefused', data: { ...attempt, missing, reasons: ['not-enough'] } },
    tells: ['order-not-allocated'],
  },
  AllocationWithdrawn: { event: { type: 'AllocationWithdrawn', data: attempt }, tells: [] },
  AllocationEnded: { event: { type: 'AllocationEnded', data: attempt }, tells: ['allocation-ended'] },
};

describe("stock's facts", () => {
  it.each(Object.values({ ...items, ...allocations }).map(({ event, tells }) => [event.type, tells, event] as const))(
    '%s tells %j, as its contracts have it',
    (_, tells, event) => {
      const facts = stockPublication.facts(recorded(event));
      expect(facts.map(({ type }) => type)).toEqual(tells.map((name) => `stockproof.stock.${name}.v1`));
      for (const { type, data } of facts) {
        const contract = known.find((each) => each.type === type);
        // What parses to something else says more, or less, than the contract.
        expect(contract?.schema.parse(data)).toEqual(data);
      }
    },
  );

  it('are looked for in every event that tells one', () => {
    for (const { event, tells } of Object.values({ ...items, ...allocations }))
      if (tells.length > 0) expect(stockPublication.handles).toContain(event.type);
  });

  it('remind stock of what rose where the requests of the account are decided', () => {
    const [, rose] = stockPublication.facts(recorded(items.StockAdjusted.event));
    expect(rose).toEqual({
      type: 'stockproof.stock.stock-rose.v1',
      topic: 'stockproof.sales.stock-requests.v1',
      subject: 'tea%20100',
      partitionKey: 'shop',
      orderingKey: 'shop/tea%20100',
      data: { sku: 'Tea 100', revision: 7 },
    });
  });
});

function recorded({ type, data }: ItemEvent | AllocationEvent): RecordedEvent {
  const meta = {
    commandId: 'c',
    correlationId: 'c',
    causationId: 'c',
    actor: 'service:stock',
    organizationId: 'acme',
    accountId: 'shop',
    effectiveAt: null,
    schemaVersion: 1,
  };
  return { id: 'e', type, data, stream: 'stock.item-shop-tea', revision: 7, position: '7', recordedAt: now, meta };
}
