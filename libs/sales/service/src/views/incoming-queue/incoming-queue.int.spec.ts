import { projectionTest, testAccount as accountId, type WrittenDown } from '@stockproof/projections/testing';
import type { IncomingOrderEvent } from '@stockproof/sales-domain';
import { sql } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import { incomingQueueProjection } from './incoming-queue.projection';

const now = '2026-01-10T12:00:00.000Z';
const said = (number: number, event: IncomingOrderEvent): WrittenDown => ({
  type: event.type,
  data: { ...event.data, orderId: derivedId('order', number) },
  stream: `sales.incomingOrder-${accountId}-${derivedId('order', number)}`,
});
const of = { orderId: '', decidedAt: now };
const problem = (code: string) => ({ field: '/lines/0/sku', code, message: code });
const received = (digest: string): IncomingOrderEvent => {
  const content = { subjectId: 's', sealed: digest };
  const word = { channelId: derivedId('shop'), orderNumber: '1001', way: 'poll', shopState: 'open', placedAt: null } as const;
  return { type: 'IncomingOrderReceived', data: { ...of, ...word, digest, content } };
};
const wanting = (round: number): IncomingOrderEvent => ({
  type: 'IncomingOrderFoundWanting',
  data: { ...of, round, problems: [problem('unknown-sku')], missingSkus: ['tea'] },
});
const triedAgain: IncomingOrderEvent = { type: 'IncomingOrderTriedAgain', data: { ...of, because: 'tea has appeared' } };
const corrected: IncomingOrderEvent = { type: 'IncomingOrderCorrected', data: { ...of, content: { subjectId: 's', sealed: 'mended' } } };
const taken = (round: number): IncomingOrderEvent => ({
  type: 'IncomingOrderTaken',
  data: { ...of, round, effect: 'created', warnings: [problem('carrier-service-unmapped')] },
});
const recorded: IncomingOrderEvent = { type: 'IncomingOrderRecorded', data: { ...of, round: 1, shopState: 'unpaid' } };
const ignored: IncomingOrderEvent = { type: 'IncomingOrderIgnored', data: { ...of, reason: 'a test' } };

describe('the view of the incoming queue', () => {
  const view = projectionTest(incomingQueueProjection);
  const standing = async () => new Map((await view.rowsOf('incoming_orders_v1')).map((row) => [row['order_id'], row] as const));

  it('shows how each order stands', async () => {
    await view.given([
      ...[received('a'), wanting(1)].map((event) => said(1, event)),
      ...[received('a'), wanting(1), corrected, taken(2)].map((event) => said(2, event)),
      ...[received('a'), recorded].map((event) => said(3, event)),
      ...[received('a'), wanting(1), ignored, received('b')].map((event) => said(4, event)),
      ...[received('a'), wanting(1), ignored, triedAgain].map((event) => said(5, event)),
      ...[received('a'), recorded, received('b'), taken(2)].map((event) => said(6, event)),
    ]);
    const rows = await standing();
    const row = (number: number) => rows.get(derivedId('order', number));
    expect(row(1)).toMatchObject({ state: 'waiting', problems: [problem('unknown-sku')], order_number: '1001', way: 'poll', reason: null });
    expect(row(2)).toMatchObject({ state: 'taken', effect: 'created', problems: [], content: { sealed: 'mended' }, revision: 4 });
    expect(row(2)).toMatchObject({ warnings: [problem('carrier-service-unmapped')] });
    expect(row(3)).toMatchObject({ state: 'recorded', reason: 'unpaid', problems: [] });
    expect(row(4)).toMatchObject({ state: 'ignored', reason: 'a test', content: { sealed: 'b' } });
    expect(row(5)).toMatchObject({ state: 'received' });
    expect(row(6)).toMatchObject({ state: 'taken', reason: null });
  });

  it('shows an order to its account, and to no other', async () => {
    await view.given([said(1, received('a'))]);
    expect(await view.readAs(sql('select state from incoming_orders_v1'))).toEqual([{ state: 'received' }]);
    expect(await view.readAs(sql('select * from incoming_orders_v1'), { kind: 'account', accountId: derivedId('another') })).toEqual([]);
  });
});
