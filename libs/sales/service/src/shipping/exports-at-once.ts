import type { Channels } from '@stockproof/channel-directory';
import type { SalesOrderEvent } from '@stockproof/sales-domain';
import type { Log } from '@stockproof/service-host';
import type { SalesOrderHandler } from '../sales.streams';

export const exportJobs = { shipments: 'export-shipments', orderUpdates: 'export-order-updates' } as const;

type Soon = readonly [kind: string, placeId: string];

/** Whom an event gives something to hear. */
const hearersOf = (event: SalesOrderEvent): readonly Soon[] => {
  switch (event.type) {
    case 'ShipmentCreated':
    case 'ShipmentCancelRequested':
      return [[exportJobs.shipments, event.data.warehouseId]];
    case 'ExceptionSettled':
      return event.data.again && event.data.shipment !== null ? [[exportJobs.shipments, event.data.shipment.warehouseId]] : [];
    case 'ShopUpdateDue':
      return [[exportJobs.orderUpdates, event.data.channelId]];
    default:
      return [];
  }
};

type Options = { readonly channels: Pick<Channels, 'runSoon'>; readonly log: Pick<Log, 'warn'> };

/** Orders whose news goes out at once, whichever process it happens in and whichever way it came. */
export const withExportsAtOnce = (orders: SalesOrderHandler, { channels, log }: Options): SalesOrderHandler => {
  const runSoon = oneForMany(channels);
  return {
    ...orders,
    handle: async (stream, command, context, options) => {
      const handled = await orders.handle(stream, command, context, options);
      const { accountId } = context;
      if (handled.outcome === 'rejected' || accountId === null) return handled;
      const soon = new Map(handled.events.flatMap(hearersOf).map((each) => [each.join(' '), each]));
      for (const [kind, placeId] of soon.values())
        await runSoon(kind, accountId, placeId).catch((error: unknown) =>
          // The order is decided; the next turn of the job finds the same.
          log.warn({ kind, placeId, error: String(error) }, 'an export could not be started at once'),
        );
      return handled;
    },
  };
};

/** One question answers all who ask while an earlier one is on its way. */
const oneForMany = ({ runSoon }: Pick<Channels, 'runSoon'>): Channels['runSoon'] => {
  const running = new Map<string, Promise<void>>();
  const next = new Map<string, Promise<void>>();
  return (kind, accountId, placeId) => {
    const key = `${kind} ${accountId} ${placeId}`;
    const ask = (): Promise<void> => {
      const question = runSoon(kind, accountId, placeId).finally(() => running.delete(key));
      running.set(key, question);
      return question;
    };
    const afterwards = async (earlier: Promise<void>): Promise<void> => {
      await earlier.catch(() => undefined);
      next.delete(key);
      return ask();
    };
    const earlier = running.get(key);
    if (earlier === undefined) return ask();
    const joined = next.get(key) ?? afterwards(earlier);
    next.set(key, joined);
    return joined;
  };
};
