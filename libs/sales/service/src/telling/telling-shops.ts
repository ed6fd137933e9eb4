import type { Channels, ShopPlace } from '@stockproof/channel-directory';
import type { OrderUpdate, SalesChannel } from '@stockproof/sales-channel';
import type { SalesOrderCommand } from '@stockproof/sales-domain';
import type { Queryable } from '@stockproof/sql';
import { derivedId, type Clock } from '@stockproof/vocabulary';
import { salesOrderStream, type SalesOrderHandler } from '../sales.streams';
import { forShop } from '../shipping/carrier-services';
import { exportJobs } from '../shipping/exports-at-once';
import { unansweredOf } from '../shipping/some-at-a-time';
import { readDueShopUpdates, type DueShopUpdate } from '../views/shop-updates/shop-updates.query';

/** How long an update may wait that was not started at once. */
const everyMs = 2_000;
/** So many updates a run, the next run goes on with the rest; so many at once. */
const updatesARun = 200;
const updatesAtOnce = 8;

export type TellingShops = {
  readonly orders: SalesOrderHandler;
  readonly worker: Queryable;
  readonly clock: Clock;
  readonly viewsCaughtUp: () => Promise<void>;
};

type OpenShop = ShopPlace & { readonly channel: SalesChannel };

/** Shops hear what became of their orders. */
export const doShopJobs = (channels: Channels, telling: TellingShops): void =>
  channels.onShopJob({
    kind: exportJobs.orderUpdates,
    needs: 'send-order-updates',
    everyMs,
    run: async (shop, { progress }) => {
      await telling.viewsCaughtUp();
      const told = await tellShop(telling, shop);
      await progress(told, told);
      return { cursor: null };
    },
  });

/** Tells what is due. Throws when an answer stayed out, so that the job shows it and comes back with the same under the same name. */
const tellShop = async (telling: TellingShops, shop: OpenShop): Promise<number> => {
  const due = await readDueShopUpdates(telling.worker, shop.accountId, shop.channelId, updatesARun);
  const unanswered = await unansweredOf(updatesAtOnce, due, (update) => tellOne(telling, shop, update));
  if (unanswered.length > 0) throw new Error(`${unanswered.length} of ${due.length} updates were not answered: ${unanswered[0]}`);
  return due.length;
};

const tellOne = async ({ orders, clock }: TellingShops, shop: OpenShop, due: DueShopUpdate): Promise<string | null> => {
  const { accountId, organizationId } = shop;
  const { update, warnings } = inWordsOfShop(due, shop);
  const effectId = `${due.order_id}/told/${due.telling}`;
  const answer = await shop.channel.sendOrderUpdate(update, { effectId });
  if (answer.outcome === 'unanswered') return answer.reason;
  const of = { orderId: due.order_id, telling: due.telling, warnings, now: clock.now() };
  const command: SalesOrderCommand =
    answer.outcome === 'accepted'
      ? { type: 'RecordShopTold', data: { ...of, externalId: answer.externalId } }
      : { type: 'RecordShopRefused', data: { ...of, reason: `${answer.refusal.code}: ${answer.refusal.message}` } };
  const context = {
    commandId: derivedId('shop-told', effectId),
    correlationId: due.order_id,
    causationId: due.order_id,
    actor: 'service:sales',
    organizationId,
    accountId,
  };
  const handled = await orders.handle(salesOrderStream(accountId, due.order_id), command, context);
  return handled.outcome === 'accepted' ? null : `${command.type}: ${handled.rejection.type}`;
};

const inWordsOfShop = (
  { order_number: orderNumber, due_at: happenedAt, update }: DueShopUpdate,
  { setUp }: ShopPlace,
): { readonly update: OrderUpdate; readonly warnings: readonly string[] } => {
  const packages = update.packages.map(({ carrier, service, ...each }) => ({
    ...each,
    by: forShop({ carrier, service }, setUp.carrierMappings),
  }));
  return {
    update: {
      ...{ orderNumber, happenedAt, status: update.status },
      lines: update.lines.map(({ externalLineId, sku, shipped }) => ({ externalLineId, sku, shippedQuantity: shipped })),
      packages: packages.map(({ shipmentId, packageId, tracking, by, contents }) => ({
        ...{ shipmentId, packageId, contents },
        trackingNumber: tracking,
        carrierCode: by.carrier,
        serviceCode: by.service,
      })),
    },
    warnings: [...new Set(packages.flatMap(({ by }) => (by.warning === null ? [] : [by.warning])))],
  };
};
