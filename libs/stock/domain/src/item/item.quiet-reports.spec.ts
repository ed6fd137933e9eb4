import { given as givenFor } from '@stockproof/decider-testing';
import type { QuietReport } from './item.commands';
import { itemDecider } from './item.decider';
import type { ItemEvent } from './item.events';

const given = givenFor(itemDecider);

/** Ten lie there since t0 and were counted at t1; the report taken at t2 said ten again and left no event. */
describe('a report that changed nothing on a quiet SKU', () => {
  it('leaves no event', () => counted().when(report(10, t2)).thenNothing());
  it('leaves one where an older report is being decided by somebody else', () =>
    counted()
      .when({ ...report(10, t2), data: { ...report(10, t2).data, remember: true } })
      .then(reported(10, t2, 10)));

  it('makes an older one outdated all the same', () =>
    counted()
      .when({ ...report(8, between), data: { ...report(8, between).data, quiet } })
      .thenRejected({ type: 'ReportOutdated', lastTakenAt: t2 }));
  it('says nothing against a younger one', () =>
    counted()
      .when({ ...report(8, t3), data: { ...report(8, t3).data, quiet } })
      .then(reported(8, t3, 10, -2), discrepancy(-2)));

  it('had counted a correction that is heard of later: total stays, and what else happened is open', () =>
    counted()
      .when(adjust(-3, between, quiet))
      .then(recalled(), adjusted(-3, between, [{ warehouseId: A, at: t2, total: 3, inReport: true }])));
  it('had counted goods that came in and are heard of later', () =>
    counted()
      .when(receive(4, between, quiet))
      .then(recalled(), received(4, between, [{ warehouseId: A, at: t2, total: -4, inReport: true }])));
  it('of sellable stock had left out what was set aside, heard of later', () =>
    counted()
      .when(aside(2, between, { ...quiet, meaning: 'available' }))
      .then(recalled('available'), {
        type: 'StockSetAside',
        data: {
          ...stock(),
          changes: [
            { warehouseId: A, at: between, unsellable: 2 },
            { warehouseId: A, at: t2, total: 2, inReport: true },
          ],
          reason: 'damaged',
          reference: null,
        },
      }));
  it('is remembered whatever has moved since', () =>
    given(found, reported(10, t1, 10), adjusted(5, t3))
      .when(adjust(-3, between, quiet))
      .then(recalled(), adjusted(-3, between, [{ warehouseId: A, at: t2, total: 3, inReport: true }])));

  it('that is still being decided says its figure itself, once, and what was recalled explains it', () => {
    const [before, heard] = [[found, reported(10, t1, 10)], adjusted(-3, between, [{ warehouseId: A, at: t2, total: 3, inReport: true }])];
    // It had counted what is heard of first: seven are left of ten.
    given(...before, recalled(), heard)
      .when(report(7, t2))
      .then(reported(7, t2, 10, -3), discrepancy(-3, t2));
    const after = [...before, recalled(), heard, reported(7, t2, 10, -3), discrepancy(-3, t2)].reduce(
      itemDecider.evolve,
      itemDecider.initialState(),
    );
    const here = after.warehouses.get(A);
    expect([here?.quantities.total, here?.reports.map(({ takenAt, open }) => [takenAt, open])]).toEqual([
      7,
      [
        [t1, 0],
        [t2, 0],
      ],
    ]);
  });

  it('had not counted what happened after it', () =>
    counted()
      .when(adjust(-3, t3, quiet))
      .then(adjusted(-3, t3)));
  it('counts for nothing where the item remembers a younger one', () =>
    given(found, reported(10, t3, 10))
      .when(adjust(-3, between, quiet))
      .then(adjusted(-3, between, [{ warehouseId: A, at: t3, total: 3, inReport: true }])));
});

const A = 'A';
const sku = 'TEA-100';
const [t0, t1, between, t2, t3, now] = [8, 9, 10, 11, 11.5, 12].map((hour) =>
  new Date(Date.UTC(2026, 0, 10) + hour * 3_600_000).toISOString(),
) as [string, string, string, string, string, string];
const quiet: QuietReport = { reportId: 'r', source: 'warehouse', takenAt: t2, meaning: 'on-hand' };
const found = adjusted(10, t0);

function stock() {
  return { sku, changes: [], decidedAt: now } as const;
}
function counted() {
  return given(found, reported(10, t1, 10));
}
function report(quantity: number, takenAt: string) {
  return {
    type: 'ReportStockLevel',
    data: { sku, now, reportId: 'r', source: 'warehouse', warehouseId: A, takenAt, meaning: 'on-hand', reported: quantity },
  } as const;
}
function reported(quantity: number, takenAt: string, totalBefore: number, by = 0) {
  return {
    type: 'StockLevelReported',
    data: {
      ...stock(),
      changes: by === 0 ? [] : [{ warehouseId: A, at: takenAt, total: by }],
      ...{
        reportId: 'r',
        source: 'warehouse',
        warehouseId: A,
        takenAt,
        meaning: 'on-hand',
        reported: quantity,
        flowsSince: 0,
        totalBefore,
      },
    },
  } as const satisfies ItemEvent;
}
function recalled(meaning: 'on-hand' | 'available' = 'on-hand'): ItemEvent {
  return { type: 'QuietReportRecalled', data: { ...stock(), reportId: 'r', source: 'warehouse', warehouseId: A, takenAt: t2, meaning } };
}
function discrepancy(residual: number, takenAt = t3): ItemEvent {
  return { type: 'StockDiscrepancyFound', data: { ...stock(), reportId: 'r', warehouseId: A, takenAt, residual } };
}
function adjust(by: number, at: string, known: QuietReport) {
  return {
    type: 'AdjustStock',
    data: { sku, now, warehouseId: A, by, reason: 'counted', note: null, reference: null, at, quiet: known },
  } as const;
}
function adjusted(by: number, at: string, inReports: ItemEvent['data']['changes'] = []): ItemEvent {
  const changes = [{ warehouseId: A, at, total: by }, ...inReports];
  return { type: 'StockAdjusted', data: { ...stock(), changes, reason: 'counted', note: null, reference: null } };
}
function aside(by: number, at: string, known: QuietReport) {
  return { type: 'SetAsideStock', data: { sku, now, warehouseId: A, by, reason: 'damaged', reference: null, at, quiet: known } } as const;
}
function receive(quantity: number, at: string, known: QuietReport) {
  return {
    type: 'ReceiveGoods',
    data: { sku, now, purchaseOrderId: 'po', lineId: '1', receiptId: 'receipt', warehouseId: A, quantity, at, quiet: known },
  } as const;
}
function received(quantity: number, at: string, inReports: ItemEvent['data']['changes']): ItemEvent {
  const changes = [{ warehouseId: A, at, total: quantity }, ...inReports];
  return {
    type: 'GoodsReceived',
    data: { ...stock(), changes, purchaseOrderId: 'po', lineId: '1', receiptId: 'receipt', warehouseId: A, quantity },
  };
}
