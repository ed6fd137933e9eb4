import type { SalesOrderEvent } from './sales-order.events';

/** What went wrong and waits for a person. */
export type OpenException = {
  readonly kind: 'export-failed' | 'shop-refused' | 'shipment-conflict';
  readonly shipmentId: string | null;
  readonly message: string;
};

export type RaisedException = OpenException & { readonly name: string };

const ofExport = (shipmentId: string): string => `export/${shipmentId}`;
const ofShop = 'shop/';

/** The exception that an event raises, under its name within the order; the same name again is the same exception. */
export const exceptionRaisedBy = (event: SalesOrderEvent): RaisedException | null => {
  if (event.type === 'ShipmentExportFailed') {
    const { shipmentId, reason } = event.data;
    return { name: ofExport(shipmentId), kind: 'export-failed', shipmentId, message: reason };
  }
  if (event.type === 'ShopRefused')
    return { name: `${ofShop}${event.data.telling}`, kind: 'shop-refused', shipmentId: null, message: event.data.reason };
  if (event.type === 'ShipmentConflictFound') {
    const { shipmentId, updateId, problem, sku } = event.data;
    const message = event.data.message ?? `${problem.replaceAll('-', ' ')}: ${sku}`;
    return { name: `conflict/${shipmentId}/${updateId}/${problem}/${sku}`, kind: 'shipment-conflict', shipmentId, message };
  }
  return null;
};

/** Which exceptions an event ends: one by name, or all whose names begin so. What succeeded later needs nobody any more. */
export type EndOfExceptions = { readonly name: string } | { readonly allOf: string };

export const exceptionsEndedBy = (event: SalesOrderEvent): EndOfExceptions | null => {
  if (event.type === 'ShopTold') return { allOf: ofShop };
  if (event.type === 'ExceptionSettled') return { name: event.data.exception };
  const exported = ['ShipmentAcceptedByWarehouse', 'ShipmentUnitsLeft', 'ShipmentCancelled'].includes(event.type);
  return exported && 'shipmentId' in event.data ? { name: ofExport(event.data.shipmentId) } : null;
};

/** Keeps the open ones. */
export const noteException = (open: Map<string, OpenException>, event: SalesOrderEvent): void => {
  const raised = exceptionRaisedBy(event);
  if (raised !== null) open.set(raised.name, raised);
  const ended = exceptionsEndedBy(event);
  if (ended === null) return;
  for (const name of [...open.keys()]) if ('name' in ended ? name === ended.name : name.startsWith(ended.allOf)) open.delete(name);
};
