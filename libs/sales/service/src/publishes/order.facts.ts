import type { Fact } from '@stockproof/publishing';
import {
  orderLinesClosedV1,
  salesOrderApprovedV1,
  salesOrderBackorderedV1,
  salesOrderCancelledV1,
  salesOrderHoldReleasedV1,
  salesOrderPlacedV1,
  salesOrderPutOnHoldV1,
  salesOrderRevisedV1,
  salesOrderUnlockedV1,
  stockHeldForOrderV1,
} from '@stockproof/sales-contracts';
import type { OrderLine, PromisedUnits, SalesOrderEvent } from '@stockproof/sales-domain';
import { fact } from './order-fact';
import { shipmentFacts } from './shipment.facts';

/** What became of an order, for whoever follows it: nothing of people, and no words that somebody typed. */
export const orderFacts = (said: SalesOrderEvent): readonly Fact[] => {
  const { orderId } = said.data;
  switch (said.type) {
    case 'SalesOrderCreated': {
      const { number, channelId, channelOrderNumber, orderDate, lines, status } = said.data;
      return [fact(salesOrderPlacedV1, { orderId, number, channelId, channelOrderNumber, orderDate, lines: lines.map(ordered), status })];
    }
    case 'SalesOrderRevised':
      return [fact(salesOrderRevisedV1, { orderId, orderDate: said.data.orderDate, lines: said.data.lines.map(ordered) })];
    case 'SalesOrderApproved':
      return [fact(salesOrderApprovedV1, { orderId })];
    case 'SalesOrderUnlocked':
      return [fact(salesOrderUnlockedV1, { orderId })];
    case 'SalesOrderCancelled':
      return [fact(salesOrderCancelledV1, { orderId })];
    case 'SalesOrderPutOnHold':
      return [fact(salesOrderPutOnHoldV1, { orderId, releaseAt: said.data.releaseAt })];
    case 'SalesOrderHoldReleased':
      return [fact(salesOrderHoldReleasedV1, { orderId, to: said.data.to })];
    case 'SalesOrderBackordered':
      return [fact(salesOrderBackorderedV1, { orderId, missing: said.data.missing })];
    case 'StockHeldForOrder': {
      const { units, missing } = said.data;
      return [fact(stockHeldForOrderV1, { orderId, units: units.map(held), missing })];
    }
    case 'OrderLinesClosed':
      return [fact(orderLinesClosedV1, { orderId, lines: said.data.lines })];
    default:
      return shipmentFacts(said);
  }
};

const ordered = ({ lineId, sku, quantity, needsShipping, components }: OrderLine) => ({ lineId, sku, quantity, needsShipping, components });

const held = ({ lineId, sku, warehouseId, quantity }: PromisedUnits) => ({ lineId, sku, warehouseId, quantity });
