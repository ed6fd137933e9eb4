import { stateFrom } from '@stockproof/decider';
import { given as givenFor } from '@stockproof/decider-testing';
import { lineQuantities } from './line-quantities';
import { salesOrderDecider } from './sales-order.decider';
import type { SalesOrderEvent } from './sales-order.events';
import * as $ from './testing/messages';

const given = givenFor(salesOrderDecider);
const { A, tea, rum } = $;
const allocated = [$.fromShop, $.asked(1), $.shipmentOf(1, tea), $.shipmentOf(1, rum)];
const due = [...allocated, $.shopUpdateDue(1, 'fulfilling', [0, 0])];
const leftIn = (packageId: string): SalesOrderEvent => {
  const left = $.left('u1', tea, 2);
  return { ...left, data: { ...left.data, packages: [$.parcel(packageId, 2)] } } as SalesOrderEvent;
};
const told = { shipmentId: `s-${A}`, packageId: 'p1', tracking: 't-p1', carrier: 'DHL', service: null };

describe('telling the shop', () => {
  it('that shipments exist', () =>
    given($.fromShop, $.asked(1))
      .when($.recordAllocated(1, [tea, rum]))
      .then($.shipmentOf(1, tea), $.shipmentOf(1, rum), $.shopUpdateDue(1, 'fulfilling', [0, 0])));
  it('nothing of an order that came from no shop', () =>
    given($.approvedFromStart, $.asked(1))
      .when($.recordAllocated(1, [tea, rum]))
      .then($.shipmentOf(1, tea), $.shipmentOf(1, rum)));
  it('that it is cancelled', () =>
    given($.fromShop)
      .when($.cancel)
      .then($.cancelled, $.shopUpdateDue(1, 'cancelled', [0, 0])));
  it('one thing at a time: what happens meanwhile is told once the shop has answered, with its parcels', () => {
    given(...due)
      .when($.update('u1', [['1', 'tea', 2]], { packages: [$.parcel('p1', 2)] }))
      .then(leftIn('p1'));
    given(...due, leftIn('p1'))
      .when($.recordShopTold(1))
      .then(
        $.shopTold(1),
        $.shopUpdateDue(2, 'partially-fulfilled', [2, 0], [{ ...told, contents: [{ externalLineId: '1', quantity: 2 }] }]),
      );
  });
  it('the same not twice, and an answer counts once', () => {
    given(...due, $.shopTold(1))
      .when($.accept())
      .then($.accepted(tea));
    given(...due, $.shopTold(1))
      .when($.recordShopTold(1))
      .thenNothing();
    given(...due, $.shopTold(1))
      .when($.recordShopRefused(1))
      .thenNothing();
  });
  it('what it refuses waits for a person, who may have it told again', () => {
    const refused = [...due, $.shopRefused(1)];
    given(...due)
      .when($.recordShopRefused(1))
      .then($.shopRefused(1));
    expect([...stateFrom(salesOrderDecider, structuredClone(refused)).exceptions.keys()]).toEqual(['shop/1']);
    given(...refused)
      .when($.settle('shop/1'))
      .then($.settled('shop/1'));
    given(...refused)
      .when($.settle('shop/1', true))
      .then($.settled('shop/1', true), $.shopUpdateDue(2, 'fulfilling', [0, 0]));
  });
});

describe('settling an exception', () => {
  const failed = [$.approvedFromStart, $.asked(1), $.shipmentOf(1, tea), $.failedToExport];
  it('of an export: the shipment is handed over again, under a new name', () => {
    given(...failed)
      .when($.settle(`export/s-${A}`, true))
      .then($.settled(`export/s-${A}`, true, A));
    const after = stateFrom(salesOrderDecider, structuredClone([...failed, $.settled(`export/s-${A}`, true, A)]));
    expect(after.shipments.get(`s-${A}`)).toMatchObject({ exportsAgain: 1, lastFailure: null, status: 'ready-to-send' });
    expect(after.exceptions.size).toBe(0);
  });
  it('needs an open one', () => {
    const exception = `export/s-${A}`;
    given($.approvedFromStart).when($.settle(exception)).thenRejected({ type: 'ExceptionNotOpen', exception });
    given(...failed, $.accepted(tea))
      .when($.settle(exception))
      .thenRejected({ type: 'ExceptionNotOpen', exception });
  });
  it('of a conflict: there is nothing to try again', () => {
    const exception = `conflict/s-${A}/u1/unknown-line/gin`;
    const contradicted = [...failed, $.conflict('u1', 'unknown-line', 'gin')];
    given(...contradicted)
      .when($.settle(exception, true))
      .thenRejected({ type: 'NothingToTryAgain', exception });
    given(...contradicted)
      .when($.settle(exception))
      .then($.settled(exception, false, A));
  });
});

describe('a warehouse', () => {
  const sent = [$.approvedFromStart, $.asked(1), $.shipmentOf(1, tea), $.accepted(tea)];
  it('that was asked to give back and sends a part is still asked', () => {
    const part = [...sent, $.cancelRequested, $.left('u1', tea, 1)];
    expect(stateFrom(salesOrderDecider, structuredClone(part)).shipments.get(`s-${A}`)?.status).toBe('cancel-requested');
    given(...part)
      .when($.refuseCancel)
      .then($.cancelRefused('short-shipped'));
  });
  it('may name a conflict itself', () =>
    given(...sent)
      .when($.update('u1', [], { conflicts: [{ sku: 'tea', message: 'damaged box' }] }))
      .then({
        type: 'ShipmentConflictFound',
        data: { ...$.conflict('u1', 'named-by-warehouse', 'tea').data, message: 'damaged box' },
      } as SalesOrderEvent));
  it('that closes short gives up its own rest only, not what waits elsewhere', () =>
    given(...sent, $.asked(2, { wanted: [['2', 'rum', 2]] }), $.left('u1', tea, 1))
      .when($.update('u2', [], { closedShort: true, giveUpRest: true }))
      .then($.closedShort('warehouse', 'shipped', tea), $.linesClosed('closed-short', ['1', 2])));
  it('that will send nothing of all that is wanted ends the order, where the account gives up', () => {
    const onlyTea = [$.created({ status: 'approved', lines: [$.line('1', 'tea', 3)] }), ...sent.slice(1)];
    given(...onlyTea)
      .when($.update('u1', [], { closedShort: true, giveUpRest: true }))
      .then($.closedShort('warehouse', 'cancelled', tea), $.linesClosed('closed-short', ['1', 3]), {
        type: 'SalesOrderCancelled',
        data: { orderId: 'o', reason: 'closed-short', decidedAt: $.now },
      });
  });
});

describe('the quantities of a line', () => {
  const set = $.line('1', 'set', 3, {
    components: [
      { sku: 'tea', quantity: 2 },
      { sku: 'cup', quantity: 1 },
    ],
  });
  it('of a bundle count whole: what its scarcest component allows', () => {
    const units = [
      { lineId: '1.1', quantity: 6, shipped: 5, released: false },
      { lineId: '1.2', quantity: 3, shipped: 1, released: false },
    ];
    expect(lineQuantities(set, units, { closed: 0, backordered: false, cancelled: false })).toEqual({
      ...{ ordered: 3, shipped: 1, allocated: 2 },
      ...{ backordered: 0, cancelled: 0, open: 0 },
    });
  });
  it('of a cancelled order are cancelled', () =>
    expect(lineQuantities(set, [], { closed: 0, backordered: false, cancelled: true })).toMatchObject({ cancelled: 3, open: 0 }));
});
