import type { OrderLine } from '@stockproof/sales-domain';
import { skuKey, type AccountId } from '@stockproof/vocabulary';
import { unservable } from '../reference/allocation-terms';
import type { KnownAccount } from '../reference/known-account';
import type { NewOrder } from './sales-desk';

/** What an order names, as its account has it; `unknown` where it has not all of it. */
export const knownOf = async (known: KnownAccount, accountId: AccountId, order: NewOrder) => {
  const { channelId } = order;
  const [{ lines, unknown: skus }, warehouses, channel] = await Promise.all([
    knownLines(known, accountId, order),
    known.warehouses(accountId),
    channelId === null ? null : known.salesChannel(accountId, channelId),
  ]);
  const isChannelUnknown = channelId !== null && channel === null;
  const warehouseIds = unservable(warehouses, order);
  const isAllKnown = skus.length === 0 && !isChannelUnknown && warehouseIds.length === 0;
  return { channel, lines, unknown: isAllKnown ? null : { skus, isChannelUnknown, warehouseIds } };
};

export const knownLines = async (
  known: KnownAccount,
  accountId: AccountId,
  { lines }: NewOrder,
): Promise<{ readonly lines: readonly OrderLine[]; readonly unknown: readonly string[] }> => {
  const variants = await known.variants(
    accountId,
    lines.map((line) => line.sku),
  );
  const unknown = lines
    .filter((line) => variants.get(skuKey(line.sku)) === undefined || variants.get(skuKey(line.sku))?.archived)
    .map((line) => line.sku);
  return {
    unknown: [...new Set(unknown)],
    lines: lines.map(({ sku, ...line }, index) => {
      const variant = variants.get(skuKey(sku));
      return { ...line, lineId: String(index + 1), sku: variant?.sku ?? sku, components: variant?.components ?? [] };
    }),
  };
};
