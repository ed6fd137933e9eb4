import { given as givenFor } from '@stockproof/decider-testing';
import { itemDecider } from './item.decider';
import type { GrantedUnits, ItemEvent } from './item.events';
import { endedKept } from './item.state';
import type { StockChange } from './quantities';

const given = givenFor(itemDecider);

describe('correcting stock', () => {
  it('changes total at the time it happened', () => given().when(adjust(10)).then(adjusted(10)));
  it('needs something to change', () => given().when(adjust(0)).thenRejected({ type: 'NothingToChange' }));
  it('never takes more than is there', () =>
    given(adjusted(3)).when(adjust(-4)).thenRejected({ type: 'BelowZero', warehouseId: A, there: 3, asked: 4 }));
  it('does not happen in the future', () => given().when(adjust(1, later)).thenRejected({ type: 'FromTheFuture', at: later }));
  it('names the newest promises that it uncovers', () =>
    given(adjusted(5), granted('first', 3), granted('second', 2))
      .when(adjust(-3))
      .then(adjusted(-3), {
        type: 'StockShortfallFound',
        data: {
          ...stock(),
          warehouseId: A,
          missing: 3,
          uncovered: [
            { orderId: 'second', allocationId: 'second-1', quantity: 2 },
            { orderId: 'first', allocationId: 'first-1', quantity: 1 },
          ],
        },
      }));
  it('of very many promises names the newest and sums the others, so that it can be appended', () => {
    const orders = Array.from({ length: 1_200 }, (_, index) => granted(`o${index}`, 1));
    const uncovered = orders
      .slice(200)
      .reverse()
      .map(({ data: { orderId } }) => ({ orderId, allocationId: `${orderId}-1`, quantity: 1 }));
    given(adjusted(1_200), ...orders)
      .when(adjust(-1_200))
      .then(adjusted(-1_200), {
        type: 'StockShortfallFound',
        data: { ...stock(), warehouseId: A, missing: 1_200, uncovered, unlisted: 200 },
      });
  });
});

describe('setting stock aside', () => {
  it('keeps it in total and off sale', () => given(adjusted(5)).when(aside(2)).then(setAside(2)));
  it('puts it back', () => given(adjusted(5), setAside(2)).when(aside(-2)).then(setAside(-2)));
  it('needs it to be there', () =>
    given(adjusted(5)).when(aside(6)).thenRejected({ type: 'UnsellableOutOfRange', warehouseId: A, total: 5, unsellable: 0 }));
  it('gives back no more than was taken', () =>
    given(adjusted(5)).when(aside(-1)).thenRejected({ type: 'UnsellableOutOfRange', warehouseId: A, total: 5, unsellable: 0 }));
  it('needs something to change', () => given(adjusted(5)).when(aside(0)).thenRejected({ type: 'NothingToChange' }));
});

describe('granting units', () => {
  it('promises what is there', () => given(adjusted(5)).when(grant('o', 5)).then(granted('o', 5)));
  it('never promises a unit twice', () =>
    given(adjusted(5), granted('o', 3))
      .when(grant('p', 3))
      .thenRejected({ type: 'NotEnoughStock', warehouseId: A, available: 2, asked: 3 }));
  it('sums what one grant takes from one warehouse', () =>
    given(adjusted(5))
      .when({ ...grant('o', 0), data: { ...grant('o', 0).data, granted: [unit('o', 3, 'x'), unit('o', 3, 'y')] } })
      .thenRejected({ type: 'NotEnoughStock', warehouseId: A, available: 5, asked: 6 }));
  it('does not promise what is set aside', () =>
    given(adjusted(5), setAside(2)).when(grant('o', 4)).thenRejected({ type: 'NotEnoughStock', warehouseId: A, available: 3, asked: 4 }));
  it('looks at no stock where the warehouse manages its back-orders itself', () => {
    const unchecked = { ...unit('o', 7), unchecked: true as const };
    given()
      .when({ ...grant('o', 7), data: { ...grant('o', 7).data, granted: [unchecked] } })
      .then({ type: 'UnitsGranted', data: { ...granted('o', 7).data, granted: [unchecked] } });
  });
  it('an equal or lower plan changes nothing', () => {
    given(adjusted(5), granted('o', 3)).when(grant('o', 5)).thenNothing();
    const second: ItemEvent = { type: 'UnitsGranted', data: { ...granted('o', 3).data, plan: 2 } };
    given(adjusted(5), second).when(grant('o', 5)).thenNothing();
  });
  it('a higher plan replaces the lower one', () =>
    given(adjusted(5), granted('o', 3))
      .when(grant('o', 5, 2))
      .then({ type: 'UnitsGranted', data: { ...granted('o', 5).data, plan: 2, changes: [{ warehouseId: A, at: now, allocated: 2 }] } }));
  it('swaps a hold in the same event', () =>
    given(adjusted(5), held('o', 5))
      .when({ ...grant('o', 4), data: { ...grant('o', 4).data, attempt: 2, swapHold: 1 } })
      .then({
        type: 'UnitsGranted',
        data: { ...granted('o', 4).data, attempt: 2, swappedHold: 1, changes: [{ warehouseId: A, at: now, allocated: 4, held: -5 }] },
      }));
  it('is refused once the attempt was closed', () =>
    given(adjusted(5), closed('o')).when(grant('o', 1)).thenRejected({ type: 'GrantAlreadyClosed' }));
  it('is refused once all the attempt had has left', () =>
    given(adjusted(5), granted('o', 3), shipped('o', 3))
      .when(grant('o', 3, 2))
      .thenRejected({ type: 'GrantAlreadyClosed' }));
  it('is refused when the attempt was seen open too long ago', () =>
    given(adjusted(5))
      .when({ ...grant('o', 1), data: { ...grant('o', 1).data, seenOpenAt: '2026-01-09T00:00:00.000Z' } })
      .thenRejected({ type: 'SightingTooOld' }));
});

describe('closing a grant', () => {
  it('frees what is open', () =>
    given(adjusted(5), granted('o', 3))
      .when(close('o'))
      .then(closed('o', [{ warehouseId: A, at: now, allocated: -3 }])));
  it('is written also where nothing was granted', () => given().when(close('o')).then(closed('o')));
  it('says so once', () => given(closed('o')).when(close('o')).thenNothing());
  it('leaves alone what has left', () =>
    given(adjusted(5), granted('o', 3), shipped('o', 1))
      .when(close('o'))
      .then(closed('o', [{ warehouseId: A, at: now, allocated: -2 }])));
});

describe('shipping', () => {
  it('takes units from total and allocated', () => given(adjusted(5), granted('o', 3)).when(ship('o', 2)).then(shipped('o', 2)));
  it('counts what has left in all, so a repeat changes nothing', () =>
    given(adjusted(5), granted('o', 3), shipped('o', 2)).when(ship('o', 2)).thenNothing());
  it('of more than was promised takes what was promised, once', () => {
    const leaving: ItemEvent = {
      type: 'UnitsShipped',
      data: { ...stock({ total: -3, allocated: -3 }), orderId: 'o', allocationId: 'o-1', shipped: 4 },
    };
    given(adjusted(5), granted('o', 3)).when(ship('o', 4)).then(leaving);
    given(adjusted(5), granted('o', 3), leaving).when(ship('o', 4)).thenNothing();
  });
  it('takes from a hold what it held', () =>
    given(adjusted(5), held('o', 3))
      .when(ship('o', 1))
      .then({ type: 'UnitsShipped', data: { ...stock({ total: -1, held: -1 }), orderId: 'o', allocationId: 'o-1', shipped: 1 } }));
  it('follows the world where the allocation was lost with the end of a log', () =>
    given(adjusted(5))
      .when(ship('o', 2))
      .then({
        type: 'UnitsShippedAfterEnd',
        data: { ...stock({ total: -2 }), orderId: 'o', allocationId: 'o-1', warehouseId: A, shipped: 2 },
      }));
  it('cannot tell a lost allocation from a forgotten one where some were forgotten', () => {
    const ended = new Map(
      Array.from({ length: endedKept }, (_, n) => [
        `old-${n}`,
        { shipped: 1, at: ship('o', 2).data.now, unaccepted: null, acceptedAt: null, shippedAt: [] },
      ]),
    );
    expect(itemDecider.decide(ship('o', 2), { ...itemDecider.initialState(), ended })).toEqual({
      outcome: 'rejected',
      rejection: { type: 'AllocationUnknown', allocationId: 'o-1' },
    });
  });
  it('does not happen in the future', () =>
    given(adjusted(5), granted('o', 3))
      .when(ship('o', 2, later))
      .thenRejected({ type: 'FromTheFuture', at: later }));
  it('after the allocation ended, total still follows the world', () =>
    given(adjusted(5), granted('o', 3), released('o', 3))
      .when(ship('o', 2))
      .then({
        type: 'UnitsShippedAfterEnd',
        data: { ...stock({ total: -2 }), orderId: 'o', allocationId: 'o-1', warehouseId: A, shipped: 2 },
      }));
  it('frees the rest when it will not leave', () =>
    given(adjusted(5), granted('o', 3), shipped('o', 2)).when(release('o')).then(released('o', 1)));
  it('frees it once', () => given(adjusted(5), granted('o', 3), released('o', 3)).when(release('o')).thenNothing());
  it('frees nothing unknown', () => given().when(release('o')).thenNothing());
  it('is accepted once by the warehouse', () => {
    const accepted: ItemEvent = { type: 'UnitsAccepted', data: { ...stock({ accepted: 3 }), orderId: 'o', allocationIds: ['o-1'] } };
    given(adjusted(5), granted('o', 3)).when(accept('o')).then(accepted);
    given(adjusted(5), granted('o', 3), accepted).when(accept('o')).thenNothing();
  });
});

describe('a level report', () => {
  it('sets total as of when it was taken', () =>
    given()
      .when(report(7, t1))
      .then(reported(7, t1, { total: 7 }, 0, 0)));
  it('adds what has happened since it was taken', () =>
    given(adjusted(10, t0), granted('o', 3), shipped('o', 3, t2))
      .when(report(10, t1))
      .then(reported(10, t1, undefined, -3, 7)));
  it('that changes nothing is remembered once after goods have moved, and not again', () => {
    given(adjusted(10, t0))
      .when(report(10, t1))
      .then(reported(10, t1, undefined, 0, 10));
    given(adjusted(10, t0), reported(10, t1, undefined, 0, 10))
      .when(report(10, t2))
      .thenNothing();
  });
  it('has counted what a person corrects of the time before it, more than is left too', () =>
    given(adjusted(3, t0), reported(1, t2, { total: -2 }, 0, 3))
      .when(adjust(-2, t1))
      .then({
        type: 'StockAdjusted',
        data: {
          ...stock(),
          changes: [
            { warehouseId: A, at: t1, total: -2 },
            { warehouseId: A, at: t2, total: 2, inReport: true },
          ],
          reason: 'found',
          note: null,
          reference: null,
        },
      }));
  it('has counted what came in before it and nobody expected', () =>
    given(adjusted(10, t0), reported(10, t2, undefined, 0, 10))
      .when(receive(5, t1))
      .then({
        type: 'GoodsReceived',
        data: {
          ...received(5, 0).data,
          changes: [
            { warehouseId: A, at: t1, total: 5 },
            { warehouseId: A, at: t2, total: -5, inReport: true },
          ],
        },
      } as ItemEvent));
  it('that changes nothing is remembered while something may be in flight', () =>
    given(adjusted(10, t0), granted('o', 3))
      .when(report(10, t1))
      .then(reported(10, t1, undefined, 0, 10)));
  it('finds what no flow explains', () =>
    given(adjusted(10, t0))
      .when(report(8, t1))
      .then(reported(8, t1, { total: -2 }, 0, 10), {
        type: 'StockDiscrepancyFound',
        data: { ...stock(), warehouseId: A, reportId: 'r', takenAt: t1, residual: -2 },
      }));
  it('a shipment that left before it but is heard later is in it already', () =>
    given(adjusted(10), granted('o', 3), reported(7, t2, { total: -3 }, 0, 10))
      .when(ship('o', 3, t1))
      .then({
        type: 'UnitsShipped',
        data: {
          ...stock(),
          changes: [
            { warehouseId: A, at: t1, total: -3, allocated: -3 },
            { warehouseId: A, at: t2, total: 3, inReport: true },
          ],
          orderId: 'o',
          allocationId: 'o-1',
          shipped: 3,
        },
      }));
  it('a part of a shipment that left before it, heard of after the whole: total was not that low', () =>
    given(adjusted(10, t0), granted('o', 5), shipped('o', 5, t2), reported(8, t1, { total: -2 }, -5, 5))
      .when(ship('o', 2, t0))
      .then(
        earlier('o', 5, [
          { warehouseId: A, at: t0, total: -2 },
          { warehouseId: A, at: t2, total: 2 },
          { warehouseId: A, at: t1, total: 2, inReport: true },
        ]),
      ));
  it('parts that left one after the other, heard of last first, each take their own from what was thought to leave later', () =>
    given(
      adjusted(10, t0),
      granted('o', 5),
      shipped('o', 5, t2),
      earlier('o', 5, [
        { warehouseId: A, at: t1, total: -4 },
        { warehouseId: A, at: t2, total: 4 },
      ]),
    )
      .when(ship('o', 3, t0))
      .then(
        earlier('o', 5, [
          { warehouseId: A, at: t0, total: -3 },
          { warehouseId: A, at: t1, total: 3 },
        ]),
      ));
  it('all of a shipment, and by a time before that of the part that was heard of first: that part had left by then too', () => {
    const whole: ItemEvent = earlier('o', 5, [
      { warehouseId: A, at: t0, total: -3, allocated: -3 },
      { warehouseId: A, at: t0, total: -2 },
      { warehouseId: A, at: t2, total: 2 },
    ]);
    given(adjusted(10, t0), granted('o', 5), shipped('o', 2, t2))
      .when(ship('o', 5, t0))
      .then(whole);
    given(adjusted(10, t0), granted('o', 5), shipped('o', 2, t2), whole)
      .when(ship('o', 5, t0))
      .thenNothing();
  });
  it('and so it is of what left after its end', () => {
    const [after, whole] = [
      afterEnd('o', 2, [{ warehouseId: A, at: t2, total: -2 }]),
      afterEnd('o', 5, [
        { warehouseId: A, at: t0, total: -3 },
        { warehouseId: A, at: t0, total: -2 },
        { warehouseId: A, at: t2, total: 2 },
      ]),
    ];
    given(adjusted(10, t0), granted('o', 5), closed('o'), after)
      .when(ship('o', 5, t0))
      .then(whole);
    given(adjusted(10, t0), granted('o', 5), closed('o'), after, whole)
      .when(ship('o', 5, t0))
      .thenNothing();
  });
  it('a part that is known to have left by then, or a count that is no older, changes nothing', () => {
    const known = given(adjusted(10, t0), granted('o', 5), shipped('o', 2, t0), {
      ...shipped('o', 3, t2),
      data: { ...shipped('o', 3, t2).data, shipped: 5 },
    } as ItemEvent);
    known.when(ship('o', 2, t1)).thenNothing();
    known.when(ship('o', 4, t2)).thenNothing();
  });
  it('a shipment that an earlier one had counted comes back there, so that both stay true', () =>
    given(adjusted(10, t0), granted('o', 3), reported(7, t1, { total: -3 }, 0, 10), reported(7, t2, undefined, 0, 7))
      .when(ship('o', 3, t0))
      .then({
        type: 'UnitsShipped',
        data: {
          ...stock(),
          changes: [
            { warehouseId: A, at: t0, total: -3, allocated: -3 },
            { warehouseId: A, at: t1, total: 3, inReport: true },
          ],
          orderId: 'o',
          allocationId: 'o-1',
          shipped: 3,
        },
      }));
  it('is ignored when a younger one was applied', () =>
    given(reported(7, t2, { total: 7 }, 0, 0))
      .when(report(8, t1))
      .thenRejected({ type: 'ReportOutdated', lastTakenAt: t2 }));
  it('is refused when too old', () =>
    given().when(report(8, '2026-01-01T00:00:00.000Z')).thenRejected({ type: 'ReportTooOld', oldest: '2026-01-03T12:00:00.000Z' }));
  it('is refused from the future', () => given().when(report(8, later)).thenRejected({ type: 'FromTheFuture', at: later }));
  it('of sellable stock leaves out what the warehouse has taken on', () =>
    given(adjusted(10, t0), granted('o', 4), {
      type: 'UnitsAccepted',
      data: { ...stock({ accepted: 4 }), changes: [{ warehouseId: A, at: t1, accepted: 4 }], orderId: 'o', allocationIds: ['o-1'] },
    })
      .when({ ...report(6, t2), data: { ...report(6, t2).data, meaning: 'available' } })
      .then({ type: 'StockLevelReported', data: { ...reported(6, t2, undefined, 0, 10).data, meaning: 'available' } }));
});

describe('goods on their way', () => {
  it('are expected once', () => {
    given().when(expectGoods(5)).then(expected(5));
    given(expected(5)).when(expectGoods(5)).thenNothing();
  });
  it('arrive, more than ordered too', () => given(expected(5)).when(receive(7)).then(received(7, -5)));
  it('arrive elsewhere: they are no longer expected where they were', () =>
    given(expected(5))
      .when({ ...receive(2), data: { ...receive(2).data, warehouseId: B } })
      .then({
        type: 'GoodsReceived',
        data: {
          ...received(2, 0).data,
          changes: [
            { warehouseId: B, at: now, total: 2 },
            { warehouseId: A, at: now, incoming: -2 },
          ],
          warehouseId: B,
        },
      } as ItemEvent));
  it('are expected elsewhere', () =>
    given(expected(5), received(2, -2))
      .when({ ...expectGoods(6), data: { ...expectGoods(6).data, warehouseId: B } })
      .then({
        type: 'GoodsExpected',
        data: {
          ...expected(6).data,
          changes: [
            { warehouseId: A, at: now, incoming: -3 },
            { warehouseId: B, at: now, incoming: 4 },
          ],
          warehouseId: B,
        },
      } as ItemEvent));
  it('are expected less than have come already: nothing is left open, and nothing less', () => {
    const less: ItemEvent = {
      type: 'GoodsExpected',
      data: { ...stock({ incoming: -1 }), purchaseOrderId: 'po', lineId: '1', warehouseId: A, expected: 2 },
    };
    given(expected(5), received(4, -4)).when(expectGoods(2)).then(less);
    given(expected(5), received(4, -4), less)
      .when(expectGoods(3))
      .then({ type: 'GoodsExpected', data: { ...expected(3).data, ...stock({ incoming: 1 }) } } as ItemEvent);
  });
  it('arrive once', () => given(expected(5), received(5, -5)).when(receive(5)).thenNothing());
  it('are at least one', () => given().when(receive(0)).thenRejected({ type: 'NothingToChange' }));
  it('have not come in the future', () => given().when(receive(1, later)).thenRejected({ type: 'FromTheFuture', at: later }));
  it('are expected no more', () =>
    given(expected(5), received(2, -2))
      .when(expectNoMore)
      .then({ type: 'GoodsNoLongerExpected', data: { ...stock({ incoming: -3 }), purchaseOrderId: 'po', lineId: '1', warehouseId: A } }));
  it('that nobody expects need no end', () => given().when(expectNoMore).thenNothing());
});

const A = 'warehouse-a';
const B = 'warehouse-b';
const now = '2026-01-10T12:00:00.000Z';
const t0 = '2026-01-10T09:00:00.000Z';
const t1 = '2026-01-10T10:00:00.000Z';
const t2 = '2026-01-10T11:00:00.000Z';
const later = '2026-01-10T13:00:00.000Z';
const sku = 'TEA-100';

type By = Omit<StockChange, 'warehouseId' | 'at'>;
function stock(by?: By, at = now) {
  return { sku, changes: by ? [{ warehouseId: A, at, ...by }] : [], decidedAt: now };
}
function unit(orderId: string, quantity: number, line = '1'): GrantedUnits {
  return { allocationId: `${orderId}-${line}`, shipmentId: `s-${orderId}`, lineId: line, warehouseId: A, quantity };
}
function adjust(by: number, at = now) {
  return { type: 'AdjustStock', data: { sku, now, warehouseId: A, by, reason: 'found', note: null, reference: null, at } } as const;
}
function adjusted(by: number, at = now): ItemEvent {
  return { type: 'StockAdjusted', data: { ...stock({ total: by }, at), reason: 'found', note: null, reference: null } };
}
function aside(by: number) {
  return { type: 'SetAsideStock', data: { sku, now, warehouseId: A, by, reason: 'damaged', reference: null, at: now } } as const;
}
function setAside(by: number): ItemEvent {
  return { type: 'StockSetAside', data: { ...stock({ unsellable: by }), reason: 'damaged', reference: null } };
}
function grant(orderId: string, quantity: number, plan = 1) {
  return {
    type: 'GrantUnits',
    data: { sku, now, orderId, attempt: 1, kind: 'allocate', plan, granted: [unit(orderId, quantity)], swapHold: null, seenOpenAt: now },
  } as const;
}
function granted(orderId: string, quantity: number) {
  return {
    type: 'UnitsGranted',
    data: {
      ...stock({ allocated: quantity }),
      orderId,
      attempt: 1,
      kind: 'allocate',
      plan: 1,
      granted: [unit(orderId, quantity)],
      swappedHold: null,
    },
  } as const;
}
function held(orderId: string, quantity: number): ItemEvent {
  return { type: 'UnitsGranted', data: { ...granted(orderId, quantity).data, ...stock({ held: quantity }), kind: 'hold' } };
}
function close(orderId: string) {
  return { type: 'CloseGrant', data: { sku, now, orderId, attempt: 1 } } as const;
}
function closed(orderId: string, changes: readonly StockChange[] = []): ItemEvent {
  return { type: 'GrantClosed', data: { ...stock(), changes, orderId, attempt: 1 } };
}
function accept(orderId: string) {
  return { type: 'AcceptUnits', data: { sku, now, orderId, allocationIds: [`${orderId}-1`], at: now } } as const;
}
function ship(orderId: string, quantity: number, at = now) {
  return { type: 'ShipUnits', data: { sku, now, orderId, allocationId: `${orderId}-1`, warehouseId: A, shipped: quantity, at } } as const;
}
function shipped(orderId: string, quantity: number, at = now): ItemEvent {
  return {
    type: 'UnitsShipped',
    data: { ...stock({ total: -quantity, allocated: -quantity }, at), orderId, allocationId: `${orderId}-1`, shipped: quantity },
  };
}
function earlier(orderId: string, quantity: number, changes: readonly StockChange[]): ItemEvent {
  return { type: 'UnitsShipped', data: { ...stock(), changes, orderId, allocationId: `${orderId}-1`, shipped: quantity } };
}
function afterEnd(orderId: string, quantity: number, changes: readonly StockChange[]): ItemEvent {
  const { data } = earlier(orderId, quantity, changes) as Extract<ItemEvent, { type: 'UnitsShipped' }>;
  return { type: 'UnitsShippedAfterEnd', data: { ...data, warehouseId: A } };
}
function release(orderId: string) {
  return {
    type: 'ReleaseUnits',
    data: { sku, now, orderId, allocationId: `${orderId}-1`, reason: 'shipment-cancelled', at: now },
  } as const;
}
function released(orderId: string, quantity: number): ItemEvent {
  return {
    type: 'UnitsReleased',
    data: { ...stock({ allocated: -quantity }), orderId, allocationId: `${orderId}-1`, reason: 'shipment-cancelled' },
  };
}
function report(quantity: number, takenAt: string) {
  return {
    type: 'ReportStockLevel',
    data: { sku, now, reportId: 'r', source: 'warehouse', warehouseId: A, takenAt, meaning: 'on-hand', reported: quantity },
  } as const;
}
function reported(quantity: number, takenAt: string, by: By | undefined, flowsSince: number, totalBefore: number) {
  return {
    type: 'StockLevelReported',
    data: {
      ...stock(by, takenAt),
      reportId: 'r',
      source: 'warehouse',
      warehouseId: A,
      takenAt,
      meaning: 'on-hand',
      reported: quantity,
      flowsSince,
      totalBefore,
    },
  } as const satisfies ItemEvent;
}
function expectGoods(quantity: number) {
  return { type: 'ExpectGoods', data: { sku, now, purchaseOrderId: 'po', lineId: '1', warehouseId: A, expected: quantity } } as const;
}
function expected(quantity: number): ItemEvent {
  return {
    type: 'GoodsExpected',
    data: { ...stock({ incoming: quantity }), purchaseOrderId: 'po', lineId: '1', warehouseId: A, expected: quantity },
  };
}
function receive(quantity: number, at = now) {
  return {
    type: 'ReceiveGoods',
    data: { sku, now, purchaseOrderId: 'po', lineId: '1', receiptId: 'receipt', warehouseId: A, quantity, at },
  } as const;
}
function received(quantity: number, incoming: number): ItemEvent {
  return {
    type: 'GoodsReceived',
    data: { ...stock({ total: quantity, incoming }), purchaseOrderId: 'po', lineId: '1', receiptId: 'receipt', warehouseId: A, quantity },
  };
}
const expectNoMore = { type: 'ExpectNoMore', data: { sku, now, purchaseOrderId: 'po', lineId: '1' } } as const;
