import { accept, type Decider } from '@stockproof/decider';
import { allocate, recordAllocated, recordNotAllocated } from './sales-order.allocating';
import type { SalesOrderCommand } from './sales-order.commands';
import { approve, cancel, cancelOverdue, create, unlock } from './sales-order.creating';
import type { SalesOrderEvent } from './sales-order.events';
import { afterwards, evolve } from './sales-order.evolve';
import type { SalesOrderDecision } from './sales-order.guards';
import { hold, recordHeld, release } from './sales-order.holding';
import type { SalesOrderRejection } from './sales-order.rejections';
import { moveShipment, movesThatEnd } from './sales-order.moving';
import { accepted, cancelRefused, cancelShipment, exportFailed, markAsShipped, update } from './sales-order.shipping';
import { revise } from './sales-order.revising';
import { noSalesOrder, type SalesOrder } from './sales-order.state';
import { settleException, shopRefused, shopTold, shopUpdateDue } from './sales-order.telling';

const rule = (command: SalesOrderCommand, order: SalesOrder): SalesOrderDecision => {
  switch (command.type) {
    case 'CreateSalesOrder':
      return create(command, order);
    case 'ReviseSalesOrder':
      return revise(command, order);
    case 'CancelOverdueOrder':
      return cancelOverdue(command, order);
    case 'ApproveSalesOrder':
      return approve(command, order);
    case 'UnlockSalesOrder':
      return unlock(command, order);
    case 'CancelSalesOrder':
      return cancel(command, order);
    case 'HoldSalesOrder':
      return hold(command, order);
    case 'ReleaseHold':
      return release(command, order);
    case 'AllocateSalesOrder':
      return allocate(command, order);
    case 'RecordAllocated':
      return recordAllocated(command, order);
    case 'RecordNotAllocated':
      return recordNotAllocated(command, order);
    case 'RecordHeld':
      return recordHeld(command, order);
    case 'RecordShipmentAccepted':
      return accepted(command, order);
    case 'RecordExportFailed':
      return exportFailed(command, order);
    case 'RecordShipmentUpdate':
      return update(command, order);
    case 'CancelShipment':
      return cancelShipment(command, order);
    case 'MoveShipment':
      return moveShipment(command, order);
    case 'RecordCancelRefused':
      return cancelRefused(command, order);
    case 'MarkAsShipped':
      return markAsShipped(command, order);
    case 'RecordShopTold':
      return shopTold(command, order);
    case 'RecordShopRefused':
      return shopRefused(command, order);
    case 'SettleException':
      return settleException(command, order);
  }
};

/** What the shop has to hear of a decision, and what becomes of moves by it, is part of it, so that no crash can come between. */
const decide = (command: SalesOrderCommand, order: SalesOrder): SalesOrderDecision => {
  const decision = rule(command, order);
  if (decision.outcome === 'rejected' || decision.events.length === 0) return decision;
  const after = afterwards(order, decision.events);
  const ended = movesThatEnd(after, command.data.now);
  const due = shopUpdateDue(after, command.data.now);
  return accept(...decision.events, ...ended, ...(due === null ? [] : [due]));
};

/** One sales order with its shipments: one stream, so that the derived status is never out of step. */
export const salesOrderDecider: Decider<SalesOrder, SalesOrderCommand, SalesOrderEvent, SalesOrderRejection> = {
  initialState: noSalesOrder,
  decide,
  evolve,
};
