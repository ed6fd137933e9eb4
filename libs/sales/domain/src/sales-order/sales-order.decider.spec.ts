import { stateFrom } from '@stockproof/decider';
import { given as givenFor } from '@stockproof/decider-testing';
import { salesOrderDecider } from './sales-order.decider';
import type { SalesOrderEvent } from './sales-order.events';
import { allowedIn, statusOf, type SalesOrderStatus } from './sales-order.status';
import * as $ from './testing/messages';

const given = givenFor(salesOrderDecider);
const { A, B, tea, rum } = $;
const heldOrder = [$.created(), $.onHold(), $.asked(1, { kind: 'hold' }), $.held(1)];
const fulfilling = [$.approvedFromStart, $.asked(1), $.shipmentOf(1, tea), $.shipmentOf(1, rum)];

describe('creating', () => {
  it('keeps a draft', () => given().when($.create()).then($.created()));
  it('goes straight on to stock where the account wants it so', () =>
    given()
      .when($.create({ status: 'approved', terms: $.terms }))
      .then($.approvedFromStart, $.asked(1)));
  it('asks nobody where nobody could answer', () =>
    given()
      .when($.create({ status: 'approved', terms: $.nowhere }))
      .then($.approvedFromStart));
  it('asks for the components of a bundle, and not for what is never shipped', () => {
    const lines = [
      $.line('1', 'set', 2, {
        components: [
          { sku: 'tea', quantity: 3 },
          { sku: 'rum', quantity: 1 },
        ],
      }),
      $.line('2', 'gift wrapping', 1, { needsShipping: false }),
    ];
    given()
      .when($.create({ lines, status: 'approved', terms: $.terms }))
      .then(
        $.created({ lines, status: 'approved' }),
        $.asked(1, {
          wanted: [
            ['1.1', 'tea', 6],
            ['1.2', 'rum', 2],
          ],
        }),
      );
  });
  it('is done once', () => given($.created()).when($.create()).thenRejected({ type: 'SalesOrderAlreadyCreated' }));
  it('names all that an approved order lacks, at once', () =>
    given()
      .when($.create({ status: 'approved', shipTo: null, lines: [$.line('1', ' ', 0)] }))
      .thenRejected({
        type: 'SalesOrderIncomplete',
        problems: [
          { field: '/shipTo', code: 'missing' },
          { field: '/lines/0/sku', code: 'empty' },
          { field: '/lines/0/quantity', code: 'not-positive' },
        ],
      }));
  it('keeps what is incomplete as a draft only', () =>
    given()
      .when($.create({ lines: [] }))
      .then($.created({ lines: [] })));
});

describe('approving a draft', () => {
  it('checks it in full', () =>
    given($.created({ lines: [] }))
      .when($.approve())
      .thenRejected({ type: 'SalesOrderIncomplete', problems: [{ field: '/lines', code: 'no-lines' }] }));
  it('may go straight on to stock', () => given($.created()).when($.approve($.terms)).then($.approved, $.asked(1)));
  it('needs a warehouse: nobody would ask later', () =>
    given($.created()).when($.approve($.nowhere)).thenRejected({ type: 'NoWarehouse' }));
  it('needs none for what is never shipped', () =>
    given($.created({ lines: [$.line('1', 'gift wrapping', 1, { needsShipping: false })] }))
      .when($.approve($.nowhere))
      .then($.approved));
  it('may leave it at that', () => given($.created()).when($.approve()).then($.approved));
  it('needs the order', () => given().when($.approve()).thenRejected({ type: 'SalesOrderUnknown' }));
});

describe('unlocking', () => {
  it('makes a draft of it and takes back what was asked', () =>
    given($.approvedFromStart, $.asked(1)).when($.unlock).then($.takenBack(1), $.unlocked));
  it('needs all shipments gone', () =>
    given(...fulfilling)
      .when($.unlock)
      .thenRejected({ type: 'ShipmentsStillLive', shipmentIds: [`s-${A}`, `s-${B}`] }));
});

describe('cancelling', () => {
  it('takes back what was asked and what is held', () =>
    given(...heldOrder)
      .when($.cancel)
      .then($.takenBack(1), $.cancelled));
  it('takes back the hold and the attempt that was to take it over', () =>
    given(...heldOrder, $.released('send'), $.asked(2, { holdAttempt: 1 }))
      .when($.cancel)
      .then($.takenBack(2), $.takenBack(1), $.cancelled));
  it('names the shipments in the way', () =>
    given(...fulfilling)
      .when($.cancel)
      .thenRejected({ type: 'ShipmentsStillLive', shipmentIds: [`s-${A}`, `s-${B}`] }));
  it('is for ever', () =>
    given($.created(), $.cancelled)
      .when($.approve())
      .thenRejected({ type: 'NotInThisStatus', status: 'cancelled', command: 'approve', allowed: [] }));
});

describe('holding', () => {
  it('asks stock to keep what is available', () =>
    given($.created())
      .when($.hold())
      .then($.onHold(), $.asked(1, { kind: 'hold' })));
  it('replaces an open attempt', () =>
    given($.approvedFromStart, $.asked(1))
      .when($.hold())
      .then($.onHold(), $.takenBack(1), $.asked(2, { kind: 'hold' })));
  it('needs all shipments gone', () =>
    given(...fulfilling)
      .when($.hold())
      .thenRejected({ type: 'ShipmentsStillLive', shipmentIds: [`s-${A}`, `s-${B}`] }));
  it('is flagged where not all is kept', () => {
    given($.created(), $.onHold(), $.asked(1, { kind: 'hold' }))
      .when($.recordHeld(1, [tea], [['2', 'rum', 2]]))
      .then($.held(1, [tea], [['2', 'rum', 2]]));
    expect(
      stateFrom(salesOrderDecider, [$.created(), $.onHold(), $.asked(1, { kind: 'hold' }), $.held(1, [tea], [['2', 'rum', 2]])])
        .backordered,
    ).toBe(true);
  });
  it('an answer to an attempt that was taken back does nothing', () =>
    given($.created(), $.onHold(), $.asked(1, { kind: 'hold' }), $.takenBack(1), $.cancelled)
      .when($.recordHeld(1))
      .thenNothing());
  it('a moved hold is heard again', () =>
    given(...heldOrder)
      .when($.recordHeld(1, [tea, $.unit('2', 'rum', 2)]))
      .then($.held(1, [tea, $.unit('2', 'rum', 2)])));
});

describe('releasing a hold', () => {
  it('to send: one attempt takes the hold over', () =>
    given(...heldOrder)
      .when($.release('send'))
      .then($.released('send'), $.asked(2, { holdAttempt: 1 })));
  it('to edit: it is freed', () =>
    given(...heldOrder)
      .when($.release('edit'))
      .then($.takenBack(1), $.released('edit')));
  it('by the timer when its time has come', () =>
    given($.created(), $.onHold($.now), $.asked(1, { kind: 'hold' }), $.held(1))
      .when($.release('send', { byTimer: true }))
      .then($.released('send'), $.asked(2, { holdAttempt: 1 })));
  it('not before', () =>
    given($.created(), $.onHold($.later))
      .when($.release('send', { byTimer: true }))
      .thenRejected({ type: 'HoldNotDue' }));
  it('not by a timer that was never set', () =>
    given($.created(), $.onHold())
      .when($.release('send', { byTimer: true }))
      .thenRejected({ type: 'HoldNotDue' }));
  it('to send needs a warehouse', () =>
    given(...heldOrder)
      .when($.release('send', { terms: $.nowhere }))
      .thenRejected({ type: 'NoWarehouse' }));
  it('to send needs none for what is never shipped', () =>
    given($.created({ lines: [$.line('1', 'gift wrapping', 1, { needsShipping: false })] }), $.onHold())
      .when($.release('send', { terms: $.nowhere }))
      .then($.released('send')));
  it('frees the hold where not everything can go', () => {
    const order = stateFrom(salesOrderDecider, [...heldOrder, $.released('send'), $.asked(2, { holdAttempt: 1 }), $.backordered(2)]);
    expect([statusOf(order), order.backordered, order.holdAttempt]).toEqual(['approved', true, null]);
  });
});

describe('allocating', () => {
  it('asks for all that is open', () => given($.approvedFromStart).when($.allocate()).then($.asked(1)));
  it('asks for the rest only', () =>
    given($.approvedFromStart, $.asked(1), $.shipmentOf(1, tea))
      .when($.allocate())
      .then($.asked(2, { wanted: [['2', 'rum', 2]] })));
  it('asks a back-order again under the terms of today', () =>
    given($.approvedFromStart, $.asked(1), $.backordered(1)).when($.allocate()).then($.takenBack(1), $.asked(2)));
  it('waits for the answer', () =>
    given($.approvedFromStart, $.asked(1)).when($.allocate()).thenRejected({ type: 'AllocationAlreadyAsked', attempt: 1 }));
  it('needs something open', () =>
    given(...fulfilling)
      .when($.allocate())
      .thenRejected({ type: 'NothingToAllocate' }));
  it('needs a warehouse', () => given($.approvedFromStart).when($.allocate($.nowhere)).thenRejected({ type: 'NoWarehouse' }));
  it('makes one shipment per warehouse', () =>
    given($.approvedFromStart, $.asked(1))
      .when($.recordAllocated(1, [tea, rum]))
      .then($.shipmentOf(1, tea), $.shipmentOf(1, rum)));
  it('what is missing waits in an attempt of its own', () =>
    given($.approvedFromStart, $.asked(1))
      .when($.recordAllocated(1, [tea], [['2', 'rum', 2]]))
      .then($.shipmentOf(1, tea), $.asked(2, { wanted: [['2', 'rum', 2]] })));
  it('an answer to an earlier attempt does nothing', () =>
    given($.approvedFromStart, $.asked(1), $.backordered(1), $.takenBack(1), $.asked(2))
      .when($.recordAllocated(1, [tea, rum]))
      .thenNothing());
  it('an answer said twice does nothing', () =>
    given(...fulfilling)
      .when($.recordAllocated(1, [tea, rum]))
      .thenNothing());
  it('not enough: the order is back-ordered', () =>
    given($.approvedFromStart, $.asked(1)).when($.recordNotAllocated(1)).then($.backordered(1)));
  it('once', () => given($.approvedFromStart, $.asked(1), $.backordered(1)).when($.recordNotAllocated(1)).thenNothing());
  it('an answer that comes after the withdrawal does nothing', () =>
    given($.approvedFromStart, $.asked(1), $.takenBack(1), $.cancelled).when($.recordNotAllocated(1)).thenNothing());
});

describe('an answer to an attempt that this order never asked for, because its log was restored', () => {
  it('is given back, also of an order that is not known any more', () => {
    given($.approvedFromStart)
      .when($.recordAllocated(1, [$.tea]))
      .then($.takenBack(1));
    given().when($.recordNotAllocated(1)).then($.takenBack(1));
    given($.created())
      .when($.recordHeld(2, [], []))
      .then($.takenBack(2));
  });
  it('uses the number up, so that the order asks with another when it comes again', () => {
    given($.takenBack(1))
      .when($.create({ status: 'approved', terms: $.terms }))
      .then($.created({ status: 'approved' }), $.asked(2));
    given($.takenBack(1))
      .when($.recordAllocated(1, [$.tea]))
      .thenNothing();
  });
  it('shows that what the order waits for was taken back: it is asked anew', () =>
    given($.approvedFromStart, $.asked(1))
      .when($.recordAllocated(2, [$.tea]))
      .then($.takenBack(2), $.takenBack(1), $.asked(3)));
});

describe('what no status allows', () => {
  const inStatus: Readonly<Record<SalesOrderStatus, readonly SalesOrderEvent[]>> = {
    draft: [$.created()],
    approved: [$.approvedFromStart],
    'on-hold': [$.created(), $.onHold()],
    fulfilling,
    'partially-fulfilled': [...fulfilling, $.left('u', tea, 3)],
    shipped: [...fulfilling, $.left('u', tea, 3), $.left('u', rum, 2)],
    cancelled: [$.created(), $.cancelled],
  };
  const commands = {
    approve: $.approve(),
    unlock: $.unlock,
    hold: $.hold(),
    release: $.release('send'),
    allocate: $.allocate(),
    cancel: $.cancel,
    'mark-shipped': $.markShipped(true),
  };
  const rows = Object.entries(inStatus).flatMap(([status, history]) =>
    Object.entries(commands).map(([name, command]) => ({ status: status as SalesOrderStatus, history, name, command })),
  );

  it.each(rows)('$status: $name', ({ status, history, name, command }) => {
    expect(statusOf(stateFrom(salesOrderDecider, structuredClone(history) as readonly SalesOrderEvent[]))).toBe(status);
    const decision = salesOrderDecider.decide(
      command,
      stateFrom(salesOrderDecider, structuredClone(history) as readonly SalesOrderEvent[]),
    );
    const refused =
      decision.outcome === 'rejected' &&
      (decision.rejection.type === 'NotInThisStatus' || decision.rejection.type === 'ShipmentsStillLive');
    expect(refused).toBe(!allowedIn[status].includes(name));
    if (decision.outcome === 'rejected' && decision.rejection.type === 'NotInThisStatus')
      expect(decision.rejection).toEqual({ type: 'NotInThisStatus', status, command: name, allowed: allowedIn[status] });
  });

  it.each(Object.entries(commands))('nothing is known of an order that is not there: %s', (_, command) =>
    given().when(command).thenRejected({ type: 'SalesOrderUnknown' }),
  );
});
