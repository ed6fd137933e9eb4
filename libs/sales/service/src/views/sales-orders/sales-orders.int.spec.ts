import { stateFrom, type Json, type JsonObject } from '@stockproof/decider';
import { projectionTest, testAccount as accountId, type WrittenDown } from '@stockproof/projections/testing';
import { salesOrderDecider, statusOf, type SalesOrderEvent } from '@stockproof/sales-domain';
import { anySteps, told, type Step } from '@stockproof/sales-domain/testing';
import { sql } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import fc from 'fast-check';
import { salesOrdersProjection } from './sales-orders.projection';

describe('the view of sales orders', () => {
  const view = projectionTest(salesOrdersProjection);

  it('says of each order what the order itself says, whatever happened to it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySteps, { minLength: 12, maxLength: 12 }), async (orders) => {
        const histories = orders.map(historyOf);
        await view.given(interleaved(histories));
        const rows = await view.rowsOf('sales_orders_v1');
        const shipments = await view.rowsOf('sales_shipments_v1');
        const units = await view.rowsOf('sales_shipment_units_v1');
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
    expect(await view.readAs(sql('select number from sales_orders_v1'))).toEqual([{ number: '1001' }]);
    for (const table of ['sales_orders_v1', 'sales_order_parts_v1', 'sales_shipments_v1', 'sales_shipment_units_v1'])
      expect(await view.readAs(sql(`select * from ${table}`), { kind: 'account', accountId: derivedId('another account') })).toEqual([]);
  });
});

/** An order of its own: the ids of its messages, which name one order, become ids of the order with this number. */
const historyOf = (steps: readonly Step[], number: number): readonly SalesOrderEvent[] =>
  told(steps, () => undefined).map((event) => ({ type: event.type, data: withIds(event.data, number) }) as SalesOrderEvent);

const ids = new Set(['orderId', 'shipmentId', 'allocationId', 'warehouseId']);
const withIds = (data: JsonObject, number: number): JsonObject =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      ids.has(key) && typeof value === 'string' ? derivedId(key, key === 'warehouseId' ? 0 : number, value) : inside(value, number),
    ]),
  );
const inside = (value: Json, number: number): Json => {
  if (Array.isArray(value)) return value.map((each: Json) => inside(each, number));
  return typeof value === 'object' && value !== null ? withIds(value as JsonObject, number) : value;
};

/** One log: each order says its next in turn. */
const interleaved = (histories: readonly (readonly SalesOrderEvent[])[]): readonly WrittenDown[] => {
  const longest = Math.max(...histories.map((history) => history.length));
  return Array.from({ length: longest }, (_, index) => index).flatMap((index) =>
    histories
      .flatMap((history) => history[index] ?? [])
      .map((event) => ({ ...event, stream: `sales.salesOrder-${accountId}-${event.data.orderId}` })),
  );
};
