import type { SalesOrder, Shipment } from '@stockproof/sales-domain';
import type { SalesOrderHandler } from '../sales.streams';

/** Which shipment of which order. */
export type NamedShipment = { readonly stream: string; readonly shipmentId: string };

/**
 * The shipment as this process knows it or, where it does not know one that is `lookedFor`, as the stream has it: another worker may have
 * made it or moved it since this one last read the order. `null` only where the stream itself has none; what was passed by for a state
 * that is old would be passed by for good.
 */
export const shipmentAsItStands = async (
  orders: Pick<SalesOrderHandler, 'load' | 'loadLatest'>,
  { stream, shipmentId }: NamedShipment,
  lookedFor: (shipment: Shipment) => boolean,
): Promise<{ readonly order: SalesOrder; readonly shipment: Shipment } | null> => {
  const among = ({ state }: { readonly state: SalesOrder }) => {
    const shipment = state.shipments.get(shipmentId);
    return shipment !== undefined && lookedFor(shipment) ? { order: state, shipment } : null;
  };
  return among(await orders.load(stream)) ?? among(await orders.loadLatest(stream));
};
