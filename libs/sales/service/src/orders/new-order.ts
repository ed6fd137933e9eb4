import { parseInstant, type Clock } from '@stockproof/vocabulary';
import type { CreateOrderRequest, ShipToRequest } from './orders.requests';
import type { NewOrder } from './sales-desk';

/** A request as the desk takes it. */
export const newOrderOf = (body: CreateOrderRequest, clock: Clock): NewOrder => ({
  channelId: body.channelId ?? null,
  channelOrderNumber: body.orderNumber ?? null,
  orderDate: (body.orderDate === undefined ? null : parseInstant(body.orderDate)) ?? clock.now(),
  status: body.status ?? null,
  warehouseId: body.warehouseId ?? null,
  carrierService: body.carrierService ?? null,
  shipTo: body.shipTo === undefined ? null : shipToOf(body.shipTo),
  shipToCountry: body.shipTo?.countryCode ?? null,
  lines: body.lines.map(({ sku, quantity, needsShipping = true, warehouseId = null }) => ({ sku: sku.trim(), quantity, needsShipping, warehouseId })),
});

/** As warehouses are told it. */
const shipToOf = ({ name, company, street, postalCode, city, region, countryCode, phone, email }: ShipToRequest) => ({
  name,
  company: company ?? null,
  street,
  postalCode,
  city,
  region: region ?? null,
  countryCode,
  phone: phone ?? null,
  email: email ?? null,
});
