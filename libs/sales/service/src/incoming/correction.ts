import type { OfferedAddress } from '@stockproof/sales-domain';
import { instantOf } from '@stockproof/vocabulary';
import type { Correction } from './incoming-desk';
import type { CorrectIncomingOrderRequest, IncomingAddress } from './incoming-orders.requests';

/** What a person set right; whatever was left out is not part of it. */
export const correctionOf = (body: CorrectIncomingOrderRequest): Correction => {
  const { carrierService, warehouseCode, note, tags, requestedShipDate, cancelAfter } = body;
  const said: Correction = {
    ...given({ carrierService, warehouseCode, note, tags }),
    ...given({ requestedShipDate: instant(requestedShipDate), cancelAfter: instant(cancelAfter) }),
    ...given({ shipTo: address(body.shipTo), lines: linesOf(body) }),
  };
  return said;
};

const instant = (text: string | null | undefined) => (typeof text === 'string' ? instantOf(text) : text);

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };
const given = <T extends object>(all: T): Given<T> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Given<T>;

const address = (said: IncomingAddress | null | undefined): OfferedAddress | null | undefined => {
  if (said === null || said === undefined) return said;
  const { name, company, street, postalCode, city, region, countryCode, phone, email } = said;
  const [who, where, reach] = [orNull({ name, company }), orNull({ postalCode, city, region, countryCode }), orNull({ phone, email })];
  return { ...who, ...where, ...reach, street: street ?? [] };
};

const orNull = <K extends string>(all: Record<K, string | null | undefined>): Record<K, string | null> =>
  Object.fromEntries(Object.entries<string | null | undefined>(all).map(([key, value]) => [key, value ?? null])) as Record<
    K,
    string | null
  >;

const linesOf = ({ lines }: CorrectIncomingOrderRequest): Correction['lines'] =>
  lines?.map(({ externalLineId, sku, title, quantity, requiresShipping, unitPrice, warehouseCode }) => ({
    ...{ externalLineId, sku, quantity, requiresShipping: requiresShipping ?? true },
    ...{ title: title ?? null, unitPrice: unitPrice ?? null, warehouseCode: warehouseCode ?? null },
  }));
