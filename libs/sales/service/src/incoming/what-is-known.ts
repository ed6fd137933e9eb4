import { NotHeardYet } from '@stockproof/hearsay';
import type { OfferedOrder, WhatIsKnown } from '@stockproof/sales-domain';
import { skuKey, type AccountId } from '@stockproof/vocabulary';
import type { KnownAccount } from '../reference/known-account';

/**
 * Everything that judging an order asks the account about, looked up at once. Throws `NotHeardYet`: the channel was there before its
 * order, and without its mappings the order would be judged wrongly.
 */
export const whatIsKnown = async (
  known: KnownAccount,
  accountId: AccountId,
  channelId: string | null,
  { lines }: OfferedOrder,
): Promise<WhatIsKnown> => {
  const theirs = lines.map(({ sku }) => sku);
  const [settings, warehouses, channel, mapped] = await Promise.all([
    known.settings(accountId),
    known.warehouses(accountId),
    channelId === null ? null : known.salesChannel(accountId, channelId),
    channelId === null ? new Map<string, string>() : known.skuMappings(accountId, channelId, theirs),
  ]);
  if (channelId !== null && channel === null) throw new NotHeardYet(`channel ${channelId}`);
  const ours = (sku: string): string => mapped.get(skuKey(sku)) ?? sku;
  const variants = await known.variants(accountId, theirs.map(ours));
  return {
    variant: (sku) => {
      const variant = variants.get(skuKey(ours(sku)));
      return variant === undefined || variant.archived ? null : { sku: variant.sku, components: variant.components };
    },
    warehouse: (code) => {
      const isCode = (each: string): boolean => each.toLowerCase() === code.trim().toLowerCase();
      const mapping = channel?.warehouseMappings.find(({ theirs: each }) => isCode(each))?.warehouseId;
      const found = warehouses.find((each) => (mapping === undefined ? isCode(each.code) : each.warehouse_id === mapping));
      return found?.warehouse_id ?? null;
    },
    isCarrierMapped: (code) => channel === null || channel.carrierMappings.some((each) => each.theirs === code),
    requiredFields: settings.requiredOrderFields,
  };
};
