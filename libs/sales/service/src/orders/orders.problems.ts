import { explained, problem, type ProblemMap } from '@stockproof/http-problems';
import type { SalesOrderRejection } from '@stockproof/sales-domain';

const incomplete = problem(422, 'order-incomplete', 'The order lacks something');
const notInThisStatus = problem(409, 'not-in-this-status', 'The order is not in a status that allows this');
const shipmentsLive = problem(409, 'shipments-live', 'The order has shipments: cancel them first');
const alreadyAsked = problem(409, 'allocation-already-asked', 'Stock has been asked already and is at it');
const shipmentUnknown = problem(404, 'shipment-unknown', 'The order has no such shipment');
const notMovable = problem(409, 'shipment-not-movable', 'Only what has not begun to leave, and is not being taken back, can be moved');
const alreadyMoving = problem(409, 'shipment-moving', 'The shipment is on its way to another warehouse already');
const alreadyThere = problem(409, 'shipment-there-already', 'The shipment leaves from that warehouse already');
const shipmentEnded = problem(409, 'shipment-ended', 'The shipment has ended');

/** Every way a sales order can say no, and how HTTP says it. */
export const orderProblems: ProblemMap<SalesOrderRejection> = {
  SalesOrderUnknown: problem(404, 'order-unknown', 'There is no such order'),
  SalesOrderAlreadyCreated: problem(409, 'order-already-created', 'The order is there already'),
  SalesOrderIncomplete: explained(incomplete, ({ problems }) => ({
    errors: problems.map(({ field, code }) => ({ pointer: field, code, message: code.replaceAll('-', ' ') })),
  })),
  NotInThisStatus: explained(notInThisStatus, ({ status, command, allowed }) => ({
    detail: `It is ${status}: ${command} is not possible, ${allowed.length === 0 ? 'nothing is' : `possible are ${allowed.join(', ')}`}.`,
  })),
  ShipmentsStillLive: explained(shipmentsLive, ({ shipmentIds }) => ({ detail: `They are ${shipmentIds.join(', ')}.` })),
  NothingToAllocate: problem(409, 'nothing-to-allocate', 'Nothing of the order is open'),
  AllocationAlreadyAsked: explained(alreadyAsked, ({ attempt }) => ({ detail: `It is attempt ${attempt}.` })),
  NoWarehouse: problem(422, 'no-warehouse', 'No enabled warehouse may serve the order: name one, or set the default of the account', {
    hearsay: true,
  }),
  ShipmentUnknown: explained(shipmentUnknown, ({ shipmentId }) => ({ detail: shipmentId })),
  ShipmentAlreadyEnded: explained(shipmentEnded, ({ status }) => ({ detail: `It is ${status}.` })),
  ShipmentNotMovable: explained(notMovable, ({ status }) => ({ detail: `It is ${status}.` })),
  ShipmentAlreadyMoving: explained(alreadyMoving, ({ toWarehouseId }) => ({ detail: `It moves to ${toWarehouseId}.` })),
  ShipmentAlreadyThere: explained(alreadyThere, ({ warehouseId }) => ({ detail: warehouseId })),
  HoldNotDue: problem(409, 'hold-not-due', 'The hold has not run out yet'),
  ExceptionNotOpen: problem(409, 'exception-not-open', 'The exception is settled already'),
  NothingToTryAgain: problem(409, 'nothing-to-try-again', 'There is nothing to try again: settle it without'),
};

/** SKUs that the account does not know. */
export const unknownSkus = problem(422, 'unknown-sku', 'The account does not know every SKU of the order', { hearsay: true });
/** A sales channel that the account does not have. */
export const unknownChannel = problem(422, 'unknown-channel', 'The account has no such sales channel', { hearsay: true });
/** Warehouses that the account may not use. */
export const unknownWarehouse = problem(422, 'unknown-warehouse', 'The account has no such warehouse enabled', { hearsay: true });
/** What a person says has left later than now. */
export const fromTheFuture = problem(422, 'from-the-future', 'What is said to have left cannot have left yet', {
  errors: [{ pointer: '/happenedAt', code: 'from-the-future', message: 'must not lie ahead' }],
});
