import { given as givenFor } from '@stockproof/decider-testing';
import { salesOrderDecider } from './sales-order.decider';
import * as $ from './testing/messages';

const given = givenFor(salesOrderDecider);
const fewer = [$.line('1', 'tea', 1, { externalLineId: 'a' }), $.line('2', 'gin', 4, { externalLineId: 'c' })];
const before = [$.line('1', 'rum', 2, { externalLineId: 'b' }), $.line('2', 'tea', 3, { externalLineId: 'a' })];
// Tea keeps its number, and gin gets one that no line ever had.
const numbered = [
  { ...fewer[0]!, lineId: '2' },
  { ...fewer[1]!, lineId: '3' },
];
const wanted = [
  ['2', 'tea', 1],
  ['3', 'gin', 4],
] as const;

describe('a channel says an order anew', () => {
  it('a draft is what it says now', () =>
    given($.created({ lines: before }))
      .when($.revise(2, { lines: fewer }))
      .then($.revised(2, { lines: numbered })));
  it('an approved order withdraws what it asked and asks again', () =>
    given($.created({ lines: before, status: 'approved' }), $.asked(1))
      .when($.revise(2, { lines: fewer }))
      .then($.takenBack(1), $.revised(2, { lines: numbered }), $.asked(2, { wanted: [...wanted] })));
  it('an approved order that nobody asked for asks by itself only where the account wants it so', () =>
    given($.approvedFromStart)
      .when($.revise(2, { automatic: false }))
      .then($.revised(2)));
  it('a held order moves its hold in the same decision', () =>
    given($.created({ lines: before }), $.onHold(), $.asked(1, { kind: 'hold' }), $.held(1))
      .when($.revise(2, { lines: fewer }))
      .then($.takenBack(1), $.revised(2, { lines: numbered }), $.asked(2, { kind: 'hold', wanted: [...wanted] })));
  it('an older word changes nothing', () =>
    given($.created({ channelRound: 3 }))
      .when($.revise(3))
      .thenNothing());
  it('too late once something is on its way', () =>
    given($.approvedFromStart, $.asked(1), $.shipmentOf(1, $.tea))
      .when($.revise(2))
      .thenRejected({ type: 'ShipmentsStillLive', shipmentIds: [`s-${$.A}`] }));
  it('too late once cancelled', () =>
    given($.created(), $.cancelled)
      .when($.revise(2))
      .thenRejected({ type: 'NotInThisStatus', status: 'cancelled', command: 'revise', allowed: [] }));
  it('an approved order stays complete', () =>
    given($.approvedFromStart)
      .when($.revise(2, { lines: [] }))
      .thenRejected({ type: 'SalesOrderIncomplete', problems: [{ field: '/lines', code: 'no-lines' }] }));
  it('needs an order', () => given().when($.revise(1)).thenRejected({ type: 'SalesOrderUnknown' }));
});

describe('an order of a channel with a hold delay', () => {
  it('is held from the start, and not allocated', () =>
    given()
      .when($.create({ status: 'approved', terms: $.terms, hold: { reason: 'fraud check', releaseAt: $.later } }))
      .then($.approvedFromStart, $.onHold($.later), $.asked(1, { kind: 'hold' })));
});

describe('the cancel-after date', () => {
  const until = (cancelAfter: string) => $.created({ status: 'approved', header: { ...$.header, cancelAfter } });
  it('cancels what is not on its way', () =>
    given(until($.earlier), $.asked(1))
      .when($.cancelOverdue)
      .then($.takenBack(1), {
        type: 'SalesOrderCancelled',
        data: { orderId: 'o', reason: 'cancel-after date has passed', decidedAt: $.now },
      }));
  it('lets go on what is', () => given(until($.earlier), $.asked(1), $.shipmentOf(1, $.tea)).when($.cancelOverdue).thenNothing());
  it('does nothing before it has come, or where it was moved', () => given(until($.later)).when($.cancelOverdue).thenNothing());
});
