import type { Channels, ShopPlace } from '@stockproof/channel-directory';
import type { Way } from '@stockproof/sales-domain';
import type { IncomingDesk, Sender } from './incoming-desk';

/** So many pages a run: the next run goes on behind them. */
const pagesARun = 20;

const senderOf = ({ accountId, organizationId, channelId }: ShopPlace, way: Way): Sender => ({
  accountId,
  organizationId,
  channelId,
  way,
  actor: 'service:sales',
});

/** Orders come in the order of the feed, one after the other: what is asked of stock is asked in that order. */
export const takeOrdersFromShops = (channels: Channels, desk: IncomingDesk): void => {
  channels.onShopJob({
    kind: 'import-orders',
    needs: 'fetch-orders',
    everyMs: 10_000,
    run: async ({ channel, ...place }, { cursor, progress }) => {
      const sender = senderOf(place, 'poll');
      let after = typeof cursor?.['after'] === 'string' ? cursor['after'] : null;
      let done = 0;
      for (let pages = 0; pages < pagesARun; pages++) {
        const page = await channel.fetchOrders(after);
        for (const unreadable of page.unreadable) await desk.keepUnreadable(sender, unreadable);
        for (const received of page.items) await desk.take(sender, received);
        after = page.nextCursor;
        done += page.items.length + page.unreadable.length;
        await progress(done, null);
        if (!page.more) break;
      }
      return { cursor: { after } };
    },
  });
  channels.onShopPush('order', async ({ received }, place) => {
    await desk.take(senderOf(place, 'push'), received);
    return 'applied';
  });
};
