import { saidOrNow, type Clock } from '@stockproof/vocabulary';
import type { CreateOrderRequest, ShipToRequest } from './orders.requests';
import type { NewOrder } from './sales-desk';

const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** A request as the desk takes it. */
export const newOrderOf = (body: CreateOrderRequest, clock: Clock): NewOrder => ({
  channelId: orNull(body.channelId),
  channelOrderNumber: orNull(body.orderNumber),
  orderDate: saidOrNow(body.orderDate, clock),
  status: orNull(body.status),
  warehouseId: orNull(body.warehouseId),
  carrierService: orNull(body.carrierService),
  shipTo: body.shipTo === undefined ? null : shipToOf(body.shipTo),
  shipToCountry: orNull(body.shipTo?.countryCode),
  lines: body.lines.map(({ sku, quantity, needsShipping = true, warehouseId }) => ({
    sku: sku.trim(),
    quantity,
    needsShipping,
    warehouseId: orNull(warehouseId),
    externalLineId: null,
    title: null,
  })),
  header: { references: {}, tags: [], note: null, requestedShipDate: null, cancelAfter: null },
  channelRound: 0,
  subjectId: null,
});

/** As warehouses are told it. */
const shipToOf = ({ name, company, street, postalCode, city, region, countryCode, phone, email }: ShipToRequest) => ({
  name,
  company: orNull(company),
  street,
  postalCode,
  city,
  region: orNull(region),
  countryCode,
  phone: orNull(phone),
  email: orNull(email),
});
