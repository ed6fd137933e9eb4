import { stateFrom } from '@stockproof/decider';
import { given as givenFor } from '@stockproof/decider-testing';
import { salesOrderDecider } from './sales-order.decider';
import type { SalesOrderEvent } from './sales-order.events';
import { statusOf, type SalesOrderStatus } from './sales-order.status';
import * as $ from './testing/messages';

const given = givenFor(salesOrderDecider);
const { A, B, tea, rum } = $;
const ready = [$.approvedFromStart, $.asked(1), $.shipmentOf(1, tea), $.shipmentOf(1, rum)];
const sent = [...ready, $.accepted(tea)];
const askedToCancel = [...sent, $.cancelRequested];
const unknown = { type: 'ShipmentUnknown', shipmentId: `s-${A}` } as const;

describe('sending a shipment', () => {
  it('is done once the warehouse has taken it on', () =>
    given(...ready)
      .when($.accept())
      .then($.accepted(tea)));
  it('once', () =>
    given(...sent)
      .when($.accept())
      .thenNothing());
  it('a failed export leaves the status, and is told once', () => {
    given(...ready)
      .when($.exportFailed)
      .then($.failedToExport);
    given(...ready, $.failedToExport)
      .when($.exportFailed)
      .thenNothing();
    given(...sent)
      .when($.exportFailed)
      .thenNothing();
  });
  it('needs the shipment', () => {
    given($.approvedFromStart).when($.accept()).thenRejected(unknown);
    given($.approvedFromStart).when($.exportFailed).thenRejected(unknown);
  });
});

describe('what a warehouse says of a shipment', () => {
  it('all left: it is shipped', () =>
    given(...sent)
      .when($.update('u1', [['1', 'tea', 3]]))
      .then($.left('u1', tea, 3)));
  it('a part left: more is expected', () =>
    given(...sent)
      .when($.update('u1', [['1', 'tea', 1]]))
      .then($.left('u1', tea, 1)));
  it('may come before the word that it was taken on', () =>
    given(...ready)
      .when($.update('u1', [['1', 'tea', 3]]))
      .then($.left('u1', tea, 3)));
  it('may come from a clock that is ahead: nothing leaves later than now', () =>
    given(...sent)
      .when($.update('u1', [['1', 'tea', 3]], { at: $.later }))
      .then($.left('u1', tea, 3)));
  it('may come twice', () =>
    given(...sent, $.left('u1', tea, 1))
      .when($.update('u1', [['1', 'tea', 1]]))
      .thenNothing());
  it('may come late: no more has left, but some had earlier', () =>
    given(...sent, $.left('u2', tea, 2))
      .when($.update('u1', [['1', 'tea', 1]]))
      .then($.leftEarlier('u1', tea, 1)));
  it('may come late when all has left', () =>
    given(...sent, $.left('u3', tea, 3))
      .when($.update('u2', [['1', 'tea', 2]]))
      .then($.leftEarlier('u2', tea, 2, true)));
  it('may come late and twice', () =>
    given(...sent, $.left('u2', tea, 2), $.leftEarlier('u1', tea, 1))
      .when($.update('u1', [['1', 'tea', 1]]))
      .thenNothing());
  it('may tell of a parcel only, also when all has left', () => {
    const parcel = { packageId: 'p', tracking: 't', carrier: null, service: null, weightG: 100 };
    const announced = (complete: boolean): SalesOrderEvent => ({
      type: 'ShipmentUnitsLeft',
      data: {
        orderId: 'o',
        shipmentId: `s-${A}`,
        warehouseId: A,
        decidedAt: $.now,
        updateId: 'u1',
        at: $.now,
        units: [],
        packages: [parcel],
        complete,
      },
    });
    given(...sent)
      .when($.update('u1', [], { packages: [parcel] }))
      .then(announced(false));
    given(...sent, $.left('u2', tea, 3))
      .when($.update('u1', [['1', 'tea', 3]], { packages: [parcel] }))
      .then(announced(true));
    expect(stateFrom(salesOrderDecider, [...sent, announced(false)]).shipments.get(`s-${A}`)?.status).toBe('sent-to-warehouse');
  });
  it('more than was promised is a conflict; the rest applies', () =>
    given(...sent)
      .when($.update('u1', [['1', 'tea', 4]]))
      .then($.conflict('u1', 'more-than-promised', 'tea'), $.left('u1', tea, 3)));
  it('a line that it does not have is a conflict', () =>
    given(...sent)
      .when($.update('u1', [['1', 'gin', 1]]))
      .then($.conflict('u1', 'unknown-line', 'gin')));
  it('units that left after the end are a conflict, said once', () => {
    const gone = [...ready, $.shipmentCancelled(tea)];
    given(...gone)
      .when($.update('u1', [['1', 'tea', 2]]))
      .then($.conflict('u1', 'left-after-end', 'tea', [[tea, 2]]));
    given(...gone, $.conflict('u1', 'left-after-end', 'tea', [[tea, 2]]))
      .when($.update('u2', [['1', 'tea', 2]]))
      .thenNothing();
  });
  it('the rest will never leave: it is open again', () =>
    given(...sent, $.left('u1', tea, 1))
      .when($.update('u2', [['1', 'tea', 1]], { closedShort: true }))
      .then($.closedShort('warehouse', 'shipped', tea)));
  it('or given up, where the account wants it so', () =>
    given(...sent, $.left('u1', tea, 1))
      .when($.update('u2', [], { closedShort: true, giveUpRest: true }))
      .then($.closedShort('warehouse', 'shipped', tea), $.linesClosed('closed-short', ['1', 2])));
  it('nothing left and nothing will', () =>
    given(...sent)
      .when($.update('u1', [], { closedShort: true }))
      .then($.closedShort('warehouse', 'cancelled', tea)));
  it('it agreed to cancel', () =>
    given(...askedToCancel)
      .when($.update('u1', [], { cancelled: true }))
      .then($.shipmentCancelled(tea)));
  it('cancelled after a part left: it closes with what went out', () =>
    given(...sent)
      .when($.update('u1', [['1', 'tea', 1]], { cancelled: true }))
      .then($.left('u1', tea, 1), $.closedShort('warehouse', 'shipped', tea)));
  it('it needs the shipment', () => given($.approvedFromStart).when($.update('u1', [])).thenRejected(unknown));
});

describe('cancelling a shipment', () => {
  it('not sent yet: at once', () =>
    given(...ready)
      .when($.cancelShipment())
      .then($.shipmentCancelled(tea)));
  it('taken on by the warehouse: asked of it', () =>
    given(...sent)
      .when($.cancelShipment())
      .then($.cancelRequested));
  it('after a part left too', () =>
    given(...sent, $.left('u1', tea, 1))
      .when($.cancelShipment())
      .then($.cancelRequested));
  it('is asked once', () =>
    given(...askedToCancel)
      .when($.cancelShipment())
      .thenNothing());
  it('too late: it is sent as before', () =>
    given(...askedToCancel)
      .when($.refuseCancel)
      .then($.cancelRefused('sent-to-warehouse')));
  it('too late and a part has left', () =>
    given(...sent, $.left('u1', tea, 1), $.cancelRequested)
      .when($.refuseCancel)
      .then($.cancelRefused('short-shipped')));
  it('what nobody asked needs no refusal', () =>
    given(...sent)
      .when($.refuseCancel)
      .thenNothing());
  it('too late: it left', () =>
    given(...askedToCancel)
      .when($.update('u1', [['1', 'tea', 3]]))
      .then($.left('u1', tea, 3)));
  it('needs one that is open', () => {
    given(...sent, $.left('u1', tea, 3))
      .when($.cancelShipment())
      .thenRejected({ type: 'ShipmentAlreadyEnded', shipmentId: `s-${A}`, status: 'shipped' });
    given(...ready, $.shipmentCancelled(tea))
      .when($.cancelShipment())
      .thenRejected({ type: 'ShipmentAlreadyEnded', shipmentId: `s-${A}`, status: 'cancelled' });
    given($.approvedFromStart).when($.cancelShipment()).thenRejected(unknown);
    given($.approvedFromStart).when($.refuseCancel).thenRejected(unknown);
  });
  it('the last one that could still leave: the order closes with what went out', () =>
    given(...ready, $.left('u1', tea, 3))
      .when($.cancelShipment(B))
      .then($.shipmentCancelled(rum), $.linesClosed('remaining-shipments-cancelled', ['2', 2])));
});

describe('marking as shipped', () => {
  it('what is open left', () =>
    given(...sent, $.left('u1', tea, 1))
      .when($.markShipped(true))
      .then($.left(`by-hand-s-${A}`, tea, 3), $.left(`by-hand-s-${B}`, rum, 2)));
  it('what is open did not leave: it is free again', () =>
    given(...sent)
      .when($.markShipped(false))
      .then($.shipmentCancelled(tea), $.shipmentCancelled(rum)));
  it('a part had left: it closes with that', () =>
    given(...ready, $.left('u1', tea, 1))
      .when($.markShipped(false))
      .then(
        $.closedShort('person', 'shipped', tea),
        $.shipmentCancelled(rum),
        $.linesClosed('remaining-shipments-cancelled', ['1', 2], ['2', 2]),
      ));
});

describe('the status that follows', () => {
  const rows: readonly (readonly [story: string, becomes: SalesOrderStatus, history: readonly SalesOrderEvent[]])[] = [
    ['shipments exist, none shipped', 'fulfilling', ready],
    ['the warehouse has taken one on', 'fulfilling', sent],
    ['a part left', 'partially-fulfilled', [...sent, $.left('u', tea, 1)]],
    ['one of two left', 'partially-fulfilled', [...sent, $.left('u', tea, 3)]],
    ['all left', 'shipped', [...sent, $.left('u', tea, 3), $.left('v', rum, 2)]],
    [
      'all left, and a quantity is still open',
      'partially-fulfilled',
      [$.approvedFromStart, $.asked(1), $.shipmentOf(1, tea), $.left('u', tea, 3)],
    ],
    [
      'closed short, the rest is open',
      'partially-fulfilled',
      [...sent, $.left('u', tea, 1), $.closedShort('warehouse', 'shipped', tea), $.left('v', rum, 2)],
    ],
    [
      'closed short, the rest is given up',
      'shipped',
      [
        ...sent,
        $.left('u', tea, 1),
        $.closedShort('warehouse', 'shipped', tea),
        $.left('v', rum, 2),
        $.linesClosed('closed-short', ['1', 2]),
      ],
    ],
    ['the last live shipment was cancelled', 'approved', [...ready, $.shipmentCancelled(tea), $.shipmentCancelled(rum)]],
    [
      'what remained was cancelled',
      'shipped',
      [...ready, $.left('u', tea, 3), $.shipmentCancelled(rum), $.linesClosed('remaining-shipments-cancelled', ['2', 2])],
    ],
    ['asked to cancel, nothing left', 'fulfilling', askedToCancel],
  ];
  it.each(rows)('%s: %s', (_, becomes, history) =>
    expect(statusOf(stateFrom(salesOrderDecider, structuredClone(history) as readonly SalesOrderEvent[]))).toBe(becomes),
  );
});
