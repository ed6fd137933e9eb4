import { given as givenFor } from '@stockproof/decider-testing';
import type { SalesOrderCommand } from './sales-order.commands';
import { salesOrderDecider } from './sales-order.decider';
import type { MoveRefusedBecause, SalesOrderEvent } from './sales-order.events';
import * as $ from './testing/messages';

const given = givenFor(salesOrderDecider);
const { A, B, tea } = $;

/** Two of five are in a shipment at A; the rest of the order waits. */
const ready = [$.approvedFromStart, $.asked(1), $.shipmentOf(1, tea), $.asked(2), $.backordered(2)];
const sent = [...ready, $.accepted(tea)];

describe('moving a shipment to another warehouse', () => {
  it('asks stock for the same units there, and changes nothing else', () =>
    given(...ready)
      .when(move())
      .then(asked));

  it('of which nobody was told: replaces it in the append that hears of the promise', () =>
    given(...ready, asked)
      .when($.recordAllocated(3, [there]))
      .then(gone, replacement));

  it('that the warehouse has taken on: asks it back first', () =>
    given(...sent, asked)
      .when($.recordAllocated(3, [there]))
      .then(promised, { ...$.cancelRequested, data: { ...$.cancelRequested.data, reason: 'flooded' } } as SalesOrderEvent));

  it('is done when the warehouse has given it back', () => {
    for (const way of [{ cancelled: true }, { closedShort: true }, { closedShort: true, giveUpRest: true }])
      given(...sent, asked, promised, $.cancelRequested)
        .when($.update('u1', [], way))
        .then(gone, replacement);
  });

  it('is refused where the other warehouse has too little: what was asked there is taken back, and the rest goes on waiting', () => {
    given(...ready, asked)
      .when($.recordNotAllocated(3))
      .then(refused('not-enough-stock', missing), takenBack);
    const order = [...ready, asked, refused('not-enough-stock'), takenBack].reduce(
      salesOrderDecider.evolve,
      salesOrderDecider.initialState(),
    );
    expect([order.asked?.attempt, order.backordered, order.lastAttempt]).toEqual([2, true, 3]);
  });

  it('is refused where the warehouse will not give it back', () =>
    given(...sent, asked, promised, $.cancelRequested)
      .when($.refuseCancel)
      .then($.cancelRefused('sent-to-warehouse'), refused('warehouse-refused'), takenBack));

  it('is refused where units left meanwhile, whether asked for back or not', () => {
    given(...sent, asked)
      .when($.update('u1', [['1', 'tea', 1]]))
      .then($.left('u1', tea, 1), refused('units-left'), takenBack);
    given(...sent, asked, promised, $.cancelRequested)
      .when($.update('u1', [['1', 'tea', 3]]))
      .then($.left('u1', tea, 3), refused('units-left'), takenBack);
  });

  it('is refused where a person cancels the shipment, wherever the move had come to', () => {
    given(...ready, asked)
      .when(cancel)
      .then($.shipmentCancelled(tea), refused('cancelled'), takenBack);
    given(...sent, asked)
      .when(cancel)
      .then($.cancelRequested, refused('cancelled'), takenBack);
    given(...sent, asked, promised, $.cancelRequested)
      .when(cancel)
      .then(refused('cancelled'), takenBack);
  });

  it('leaves its number alone when the rest of the order is promised in part meanwhile: what is still missing is asked for under the next one', () =>
    given($.approvedFromStart, $.asked(1), $.shipmentOf(1, tea), $.asked(2, { wanted: [['2', 'rum', 2]] }), asked)
      .when($.recordAllocated(2, [$.unit('2', 'rum', 1, B)], [['2', 'rum', 1]]))
      .then($.shipmentOf(2, $.unit('2', 'rum', 1, B)), $.asked(4, { wanted: [['2', 'rum', 1]] })));

  it('hears an answer once, and none after its end', () => {
    given(...sent, asked, promised, $.cancelRequested)
      .when($.recordAllocated(3, [there]))
      .thenNothing();
    for (const answer of [$.recordAllocated(3, [there]), $.recordNotAllocated(3)])
      given(...ready, asked, refused('not-enough-stock'), takenBack)
        .when(answer)
        .thenNothing();
    given(...ready, asked, gone, replacement)
      .when($.recordAllocated(3, [there]))
      .thenNothing();
  });

  it('goes from where it came to, like any shipment', () =>
    given(...ready, asked, gone, replacement)
      .when({
        type: 'RecordShipmentAccepted',
        data: { orderId: 'o', now: $.now, shipmentId: 'moved', externalId: 'x', at: $.now, warnings: [] },
      })
      .then({
        type: 'ShipmentAcceptedByWarehouse',
        data: {
          ...{ ...of, shipmentId: 'moved', warehouseId: B },
          ...{ externalId: 'x', at: $.now, units: [{ allocationId: 'moved-tea', sku: 'tea' }], warnings: [] },
        },
      }));

  it('is for what has not begun to leave, once at a time, and for another place', () => {
    given(...ready)
      .when(move(A))
      .thenRejected({ type: 'ShipmentAlreadyThere', warehouseId: A });
    given(...ready, asked)
      .when(move())
      .thenRejected({ type: 'ShipmentAlreadyMoving', shipmentId: `s-${A}`, toWarehouseId: B });
    given(...sent, $.left('u1', tea, 1))
      .when(move())
      .thenRejected({ type: 'ShipmentNotMovable', shipmentId: `s-${A}`, status: 'short-shipped' });
    given(...sent, $.cancelRequested)
      .when(move())
      .thenRejected({ type: 'ShipmentNotMovable', shipmentId: `s-${A}`, status: 'cancel-requested' });
    given(...sent, $.left('u1', tea, 3))
      .when(move())
      .thenRejected({ type: 'ShipmentAlreadyEnded', shipmentId: `s-${A}`, status: 'shipped' });
    given($.approvedFromStart)
      .when(move())
      .thenRejected({ type: 'ShipmentUnknown', shipmentId: `s-${A}` });
  });
});

describe('a shipment that the warehouse takes on although it was cancelled, or moved, here', () => {
  it('is a conflict that a person settles, said once', () => {
    given(...ready, asked, gone, replacement)
      .when($.accept())
      .then(takenOnTooLate);
    given(...ready, asked, gone, replacement, takenOnTooLate)
      .when($.accept())
      .thenNothing();
  });
  it('is none where it had been taken on and given back', () =>
    given(...sent, $.cancelRequested, $.shipmentCancelled(tea))
      .when($.accept())
      .thenNothing());
});

const missing = [
  { lineId: '1', sku: 'tea', quantity: 3 },
  { lineId: '2', sku: 'rum', quantity: 2 },
];
const of = { orderId: 'o', shipmentId: `s-${A}`, warehouseId: A, decidedAt: $.now };
const there = { ...tea, allocationId: 'moved-tea', shipmentId: 'moved', warehouseId: B };
const cancel: SalesOrderCommand = { type: 'CancelShipment', data: { orderId: 'o', now: $.now, shipmentId: `s-${A}`, reason: 'damaged' } };
const asked: SalesOrderEvent = {
  type: 'ShipmentMoveAsked',
  data: {
    ...of,
    attempt: 3,
    toWarehouseId: B,
    reason: 'flooded',
    wanted: {
      kind: 'move',
      orderNumber: '1001',
      orderDate: $.earlier,
      arrivedAt: $.now,
      lines: [{ lineId: '1', sku: 'tea', quantity: 3 }],
      candidates: [place(B)],
      settings: { allowSplitting: false, maximumShipments: 1, allowLineSplit: false, partial: false },
      holdAttempt: null,
      moves: { shipmentId: `s-${A}` },
    },
  },
};
const promised: SalesOrderEvent = { type: 'ShipmentMovePromised', data: { ...of, attempt: 3, units: [there] } };
const gone: SalesOrderEvent = {
  type: 'ShipmentCancelled',
  data: {
    ...of,
    at: $.now,
    units: [{ allocationId: tea.allocationId, sku: 'tea' }],
    moved: { toShipmentId: 'moved', toWarehouseId: B },
  },
};
const replacement: SalesOrderEvent = {
  type: 'ShipmentCreated',
  data: {
    ...{ ...of, shipmentId: 'moved', warehouseId: B },
    ...{ attempt: 3, units: [there], carrierService: null, warnings: [], replaces: `s-${A}` },
  },
};
const takenBack: SalesOrderEvent = { type: 'AllocationTakenBack', data: { orderId: 'o', attempt: 3, decidedAt: $.now, moves: true } };
const takenOnTooLate: SalesOrderEvent = {
  type: 'ShipmentConflictFound',
  data: {
    ...of,
    ...{ updateId: 'taken-on', at: $.now, problem: 'taken-on-after-end', sku: '', units: [] },
    message: 'taken on by the warehouse after it was cancelled here: tell it',
  },
};
function refused(because: MoveRefusedBecause, missing: readonly { lineId: string; sku: string; quantity: number }[] = []): SalesOrderEvent {
  return { type: 'ShipmentMoveRefused', data: { ...of, attempt: 3, toWarehouseId: B, because, missing } };
}
function move(to = B): SalesOrderCommand {
  return { type: 'MoveShipment', data: { orderId: 'o', now: $.now, shipmentId: `s-${A}`, to: place(to), reason: 'flooded' } };
}
function place(warehouseId: string) {
  return { warehouseId, code: warehouseId, priority: 1, checked: true };
}
