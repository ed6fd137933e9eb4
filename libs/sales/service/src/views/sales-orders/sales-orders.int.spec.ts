import { stateFrom } from '@stockproof/decider';
import { projectionTest } from '@stockproof/projections/testing';
import { salesOrderDecider, statusOf, type SalesOrderEvent } from '@stockproof/sales-domain';
import { anySteps } from '@stockproof/sales-domain/testing';
import { sql } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import fc from 'fast-check';
import { salesOrdersProjection } from './sales-orders.projection';
import { historyOf, interleaved } from './testing/any-log';

describe('the view of sales orders', () => {
  const view = projectionTest(salesOrdersProjection);

  it('says of each order what the order itself says, whatever happened to it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySteps, { minLength: 12, maxLength: 12 }), async (orders) => {
        const histories = orders.map(historyOf);
        await view.given(interleaved(histories));
        const rows = await view.rowsOf('sales_orders_v2');
        const shipments = await view.rowsOf('sales_shipments_v2');
        const units = await view.rowsOf('sales_shipment_units_v2');
        for (const history of histories) {
          const order = stateFrom(salesOrderDecider, structuredClone(history) as readonly SalesOrderEvent[]);
          const row = rows.find((each) => each['order_id'] === order.orderId);
          expect(row).toMatchObject({
            stage: order.stage,
            status: statusOf(order),
            backordered: order.backordered,
            revision: history.length,
            closed: Object.fromEntries(order.closed),
          });
          for (const shipment of order.shipments.values()) {
            expect(shipments.find((each) => each['shipment_id'] === shipment.shipmentId)).toMatchObject({
              status: shipment.status,
              failure: shipment.lastFailure,
            });
            for (const { allocationId, shipped, released } of shipment.units)
              expect(units.find((each) => each['allocation_id'] === allocationId)).toMatchObject({ shipped, released });
          }
        }
      }),
      { numRuns: 4 },
    );
  });

  it('shows an order to its account, and to no other', async () => {
    await view.given(interleaved([historyOf([], 0)]));
    expect(await view.readAs(sql('select number from sales_orders_v2'))).toEqual([{ number: '1001' }]);
    for (const table of ['sales_orders_v2', 'sales_order_parts_v2', 'sales_shipments_v2', 'sales_shipment_units_v2'])
      expect(await view.readAs(sql(`select * from ${table}`), { kind: 'account', accountId: derivedId('another account') })).toEqual([]);
  });
});
