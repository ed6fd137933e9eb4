import type { Json, JsonObject } from '@stockproof/decider';
import { testAccount as accountId, type WrittenDown } from '@stockproof/projections/testing';
import type { SalesOrderEvent } from '@stockproof/sales-domain';
import { told, type Step } from '@stockproof/sales-domain/testing';
import { derivedId } from '@stockproof/vocabulary';

/** An order of its own: the ids of its messages, which name one order, become ids of the order with this number. */
export const historyOf = (steps: readonly Step[], number: number): readonly SalesOrderEvent[] =>
  told(steps, () => undefined).map((event) => ({ type: event.type, data: withIds(event.data, number) }) as SalesOrderEvent);

const ids = new Set(['orderId', 'shipmentId', 'allocationId', 'warehouseId', 'channelId']);
/** The same ids by other names. */
const alike: Readonly<Record<string, string>> = { toShipmentId: 'shipmentId', replaces: 'shipmentId', toWarehouseId: 'warehouseId' };
const idOf = (name: string, value: string, number: number): string => {
  const key = alike[name] ?? name;
  if (ids.has(key)) return derivedId(key, key === 'warehouseId' ? 0 : number, value);
  // The name of an exception tells of which shipment it is.
  const [what, shipmentId, ...rest] = value.split('/');
  return key === 'exception' && what !== 'shop' && shipmentId !== undefined
    ? [what, derivedId('shipmentId', number, shipmentId), ...rest].join('/')
    : value;
};
const withIds = (data: JsonObject, number: number): JsonObject =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, typeof value === 'string' ? idOf(key, value, number) : inside(value, number)]),
  );
const inside = (value: Json, number: number): Json => {
  if (Array.isArray(value)) return value.map((each: Json) => inside(each, number));
  return typeof value === 'object' && value !== null ? withIds(value as JsonObject, number) : value;
};

/** One log: each order says its next in turn. */
export const interleaved = (histories: readonly (readonly SalesOrderEvent[])[]): readonly WrittenDown[] => {
  const longest = Math.max(...histories.map((history) => history.length));
  return Array.from({ length: longest }, (_, index) => index).flatMap((index) =>
    histories
      .flatMap((history) => history[index] ?? [])
      .map((event) => ({ ...event, stream: `sales.salesOrder-${accountId}-${event.data.orderId}` })),
  );
};
