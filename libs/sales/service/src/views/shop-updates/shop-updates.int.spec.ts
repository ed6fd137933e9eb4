import { stateFrom } from '@stockproof/decider';
import { projectionTest } from '@stockproof/projections/testing';
import { salesOrderDecider, type SalesOrderEvent } from '@stockproof/sales-domain';
import { anySteps } from '@stockproof/sales-domain/testing';
import fc from 'fast-check';
import { exceptionsProjection } from '../exceptions/exceptions.projection';
import { historyOf, interleaved } from '../sales-orders/testing/any-log';
import { shopUpdatesProjection } from './shop-updates.projection';

describe('the views of what goes wrong and of what shops are told', () => {
  const shopUpdates = projectionTest(shopUpdatesProjection);
  const exceptions = projectionTest(exceptionsProjection);

  it('have due and open what the order itself has, whatever happened to it', async () => {
    let [due, open] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(anySteps, { minLength: 12, maxLength: 12 }), async (orders) => {
        const histories = orders.map(historyOf);
        const log = interleaved(histories);
        await shopUpdates.given(log);
        await exceptions.given(log);
        const [updateRows, exceptionRows] = [
          await shopUpdates.rowsOf('sales_shop_updates_v1'),
          await exceptions.rowsOf('sales_exceptions_v1'),
        ];
        for (const history of histories) {
          const order = stateFrom(salesOrderDecider, structuredClone(history) as readonly SalesOrderEvent[]);
          const updates = updateRows.filter((row) => row['order_id'] === order.orderId);
          expect(updates).toHaveLength(order.telling.count);
          expect(updates.filter((row) => row['outcome'] === 'due').map((row) => row['telling'])).toEqual(
            order.telling.due === null ? [] : [order.telling.due.telling],
          );
          const stillOpen = exceptionRows.filter((row) => row['order_id'] === order.orderId && row['settled_at'] === null);
          expect(stillOpen.map((row) => row['name']).sort()).toEqual([...order.exceptions.keys()].sort());
          due += updates.length;
          open += stillOpen.length;
        }
      }),
      { numRuns: 4 },
    );
    expect(Math.min(due, open)).toBeGreaterThan(0);
  });
});
