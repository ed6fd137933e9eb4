import type { PushHeaders } from '@stockproof/channel-exchange';
import type { Log } from '@stockproof/service-host';
import type { AccountId } from '@stockproof/vocabulary';
import type { KnownAccount } from '../reference/known-account';
import { applyUpdate, type Importing } from './importing-updates';
import { ChannelNotUsable, type WarehouseConnection } from './warehouse-connection';

export type PushTaken =
  | { readonly outcome: 'taken'; readonly received: number; readonly applied: number }
  | { readonly outcome: 'untrusted' }
  | { readonly outcome: 'unreadable'; readonly reason: string };

export type WarehousePushes = {
  readonly take: (
    from: { readonly accountId: AccountId; readonly warehouseId: string },
    headers: PushHeaders,
    rawBody: string,
  ) => Promise<PushTaken>;
};

type Options = { readonly importing: Importing; readonly known: KnownAccount; readonly connect: WarehouseConnection; readonly log: Log };

/** News that a warehouse sends by itself: the same updates that a poll would bring, and the same effect when both do. */
export const warehousePushes = ({ importing, known, connect, log }: Options): WarehousePushes => ({
  take: async ({ accountId, warehouseId }, headers, rawBody) => {
    const organizationId = await known.organizationOf(accountId);
    const channel = await connect(accountId, warehouseId).catch((error: unknown) => {
      if (error instanceof ChannelNotUsable) return null;
      throw error;
    });
    const parsed = channel?.parsePush(headers, rawBody);
    if (!parsed || parsed.outcome === 'untrusted' || organizationId === null) return { outcome: 'untrusted' };
    if (parsed.outcome === 'unreadable') {
      log.warn({ accountId, warehouseId, pushId: parsed.pushId, reason: parsed.reason }, 'a push could not be read');
      return { outcome: 'unreadable', reason: parsed.reason };
    }
    let applied = 0;
    for (const fact of parsed.facts) {
      if (fact.kind !== 'shipment-update') continue;
      if ((await applyUpdate(importing, { accountId, organizationId }, fact.update)) === 'applied') applied += 1;
    }
    return { outcome: 'taken', received: parsed.facts.length, applied };
  },
});
