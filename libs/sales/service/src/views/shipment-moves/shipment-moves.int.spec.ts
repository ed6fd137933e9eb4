import { stateFrom } from '@stockproof/decider';
import { projectionTest } from '@stockproof/projections/testing';
import { salesOrderDecider, type SalesOrderEvent } from '@stockproof/sales-domain';
import { anySteps } from '@stockproof/sales-domain/testing';
import fc from 'fast-check';
import { historyOf, interleaved } from '../sales-orders/testing/any-log';
import { shipmentMovesProjection } from './shipment-moves.projection';

describe('the view of shipments that move', () => {
  const moves = projectionTest(shipmentMovesProjection);

  it('has each move as it stands in its order, and why it ended', async () => {
    const seen = new Set<unknown>();
    await fc.assert(
      fc.asyncProperty(fc.array(anySteps, { minLength: 60, maxLength: 60 }), async (orders) => {
        const histories = orders.map(historyOf);
        await moves.given(interleaved(histories));
        const rows = await moves.rowsOf('sales_shipment_moves_v1');
        for (const history of histories) {
          const order = stateFrom(salesOrderDecider, structuredClone(history) as readonly SalesOrderEvent[]);
          const own = rows.filter((row) => row['order_id'] === order.orderId);
          const open = [...order.shipments.values()].flatMap(({ move }) =>
            move ? [[move.attempt, move.units === null ? 'asked' : 'waits-for-warehouse', null]] : [],
          );
          const ended = history.flatMap((event): readonly unknown[][] => {
            if (event.type === 'ShipmentMoveRefused') return [[event.data.attempt, 'refused', event.data.because]];
            return event.type === 'ShipmentCreated' && event.data.replaces ? [[event.data.attempt, 'moved', null]] : [];
          });
          const byAttempt = (one: readonly unknown[], other: readonly unknown[]) => Number(one[0]) - Number(other[0]);
          expect(own.map((row) => [row['attempt'], row['status'], row['because']]).sort(byAttempt)).toEqual(
            [...open, ...ended].sort(byAttempt),
          );
          own.forEach((row) => seen.add(row['status']));
        }
      }),
      { numRuns: 6 },
    );
    expect(seen.has('moved') && seen.has('refused')).toBe(true);
  });
});
