import { accept } from '@stockproof/decider';
import { quantitiesOf } from './line-quantities';
import type { RecordShopRefused, RecordShopTold, SettleException } from './sales-order.commands';
import type { ExceptionSettled, OrderLine, Package, ShopRefused, ShopTold, ShopUpdate, ShopUpdateDue } from './sales-order.events';
import { refuse, type SalesOrderDecision } from './sales-order.guards';
import { partsOf, type SalesOrder } from './sales-order.state';
import { statusOf } from './sales-order.status';

const toldStatuses = ['fulfilling', 'partially-fulfilled', 'shipped', 'cancelled'] as const;

type PackageOnItsWay = Package & { readonly shipmentId: string };

/** Every parcel so far: those that the shop has taken first, as it heard of them. */
const packagesOf = (order: SalesOrder): readonly PackageOnItsWay[] => {
  const all = [...order.shipments.values()].flatMap(({ shipmentId, packages }) =>
    [...packages.values()].map((each) => ({ ...each, shipmentId })),
  );
  const told = [...order.telling.packages];
  const place = (each: PackageOnItsWay): number => (told.includes(nameOf(each)) ? told.indexOf(nameOf(each)) : told.length);
  return all.sort((one, other) => place(one) - place(other));
};

const nameOf = ({ shipmentId, packageId }: { readonly shipmentId: string; readonly packageId: string }): string =>
  `${shipmentId}/${packageId}`;

/** A bundle is in the parcel that makes it whole. */
const contentsOf = (order: SalesOrder, packages: readonly PackageOnItsWay[]) => {
  const packed = new Map<string, number>();
  const whole = (): readonly number[] =>
    order.lines.map((line) =>
      Math.min(line.quantity, ...partsOf(line).map(({ partId, per }) => Math.floor((packed.get(partId) ?? 0) / per))),
    );
  return packages.map(({ contents = [], ...each }) => {
    const before = whole();
    for (const { lineId, quantity } of contents) packed.set(lineId, (packed.get(lineId) ?? 0) + quantity);
    const more = whole().map((count, index) => count - (before[index] ?? 0));
    return {
      ...each,
      contents: order.lines.flatMap((line, index) => ((more[index] ?? 0) > 0 ? [{ line, quantity: more[index] ?? 0 }] : [])),
    };
  });
};

/** A line that came from a shop keeps the shop's own name; one that was typed in has ours only. */
const externalLineIdOf = (line: OrderLine): string => line.externalLineId ?? line.lineId;

/** What the shop should know by now; `null`: nothing that it is told of. */
const updateOf = (order: SalesOrder): ShopUpdate | null => {
  const status = toldStatuses.find((each) => each === statusOf(order));
  if (order.channelId === null || status === undefined) return null;
  const packages = packagesOf(order);
  return {
    status,
    lines: order.lines
      .filter((line) => line.needsShipping)
      .map((line) => ({
        lineId: line.lineId,
        externalLineId: externalLineIdOf(line),
        sku: line.sku,
        shipped: quantitiesOf(order, line).shipped,
      })),
    packages: contentsOf(order, packages)
      .filter((each) => !order.telling.packages.has(nameOf(each)))
      .map(({ shipmentId, packageId, tracking, carrier, service, contents }) => ({
        ...{ shipmentId, packageId, tracking, carrier, service },
        contents: contents.map(({ line, quantity }) => ({ externalLineId: externalLineIdOf(line), quantity })),
      })),
  };
};

/** What an update is about: the same is not told twice, whatever became of it. */
const gistOf = (order: SalesOrder, { status, lines }: ShopUpdate): string =>
  JSON.stringify([status, lines.map((line) => line.shipped), packagesOf(order).map(nameOf).sort()]);

/** The next update for the shop, once the one before is answered. */
export const shopUpdateDue = (order: SalesOrder, now: string): ShopUpdateDue | null => {
  if (order.telling.due !== null) return null;
  const update = updateOf(order);
  if (update === null || gistOf(order, update) === order.telling.last) return null;
  return {
    type: 'ShopUpdateDue',
    data: {
      orderId: order.orderId ?? '',
      channelId: order.channelId ?? '',
      orderNumber: order.number,
      telling: order.telling.count + 1,
      update,
      decidedAt: now,
    },
  };
};

/** Facts about what the shop has heard. */
export const heardByShop = (order: SalesOrder, event: ShopUpdateDue | ShopTold | ShopRefused): void => {
  const { telling } = order;
  switch (event.type) {
    case 'ShopUpdateDue':
      telling.count = event.data.telling;
      telling.due = { telling: event.data.telling, update: event.data.update };
      telling.last = gistOf(order, event.data.update);
      return;
    case 'ShopTold':
      for (const each of telling.due?.update.packages ?? []) telling.packages.add(nameOf(each));
      telling.due = null;
      return;
    case 'ShopRefused':
      telling.due = null;
      return;
  }
};

/** The shipment is handed over anew, or the shop told again: under a new name, for the old one has its answer. */
export const tryAgain = (order: SalesOrder, { shipment: about }: ExceptionSettled['data']): void => {
  const shipment = order.shipments.get(about?.shipmentId ?? '');
  if (shipment === undefined) {
    order.telling.last = null;
    return;
  }
  shipment.exportsAgain += 1;
  shipment.lastFailure = null;
};

/** An answer to an update that is not waited for any more changes nothing. */
export const shopTold = ({ data }: RecordShopTold, order: SalesOrder): SalesOrderDecision => {
  const { now, ...told } = data;
  if (order.telling.due?.telling !== data.telling) return accept();
  return accept({ type: 'ShopTold', data: { ...told, channelId: order.channelId ?? '', decidedAt: now } });
};

export const shopRefused = ({ data }: RecordShopRefused, order: SalesOrder): SalesOrderDecision => {
  const { now, ...refused } = data;
  if (order.telling.due?.telling !== data.telling) return accept();
  return accept({ type: 'ShopRefused', data: { ...refused, channelId: order.channelId ?? '', decidedAt: now } });
};

export const settleException = ({ data }: SettleException, order: SalesOrder): SalesOrderDecision => {
  const { orderId, exception, reason, again, now } = data;
  const open = order.exceptions.get(exception);
  if (open === undefined) return refuse({ type: 'ExceptionNotOpen', exception });
  if (again && open.kind === 'shipment-conflict') return refuse({ type: 'NothingToTryAgain', exception });
  const about = order.shipments.get(open.shipmentId ?? '');
  const shipment = about === undefined ? null : { shipmentId: about.shipmentId, warehouseId: about.warehouseId };
  return accept({ type: 'ExceptionSettled', data: { orderId, exception, reason, again, shipment, decidedAt: now } });
};
