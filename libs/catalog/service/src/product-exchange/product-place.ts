import type { ProductSource } from '@stockproof/catalog-domain';
import type { ShopPlace, WarehousePlace } from '@stockproof/channel-directory';
import type { CommandContext } from '@stockproof/command-handling';
import type { FulfillmentChannel } from '@stockproof/fulfillment-channel';
import type { SalesChannel } from '@stockproof/sales-channel';
import { derivedId, type AccountId } from '@stockproof/vocabulary';

/** What shops and warehouse systems have in common: they have products, and may be told of ours. */
export type ProductChannel = Pick<SalesChannel, 'importProducts' | 'sendProducts'>;

/** A shop, or what stands behind a warehouse, as far as products go. */
export type ProductPlace = {
  readonly accountId: AccountId;
  readonly organizationId: string;
  /** As the master product source names it: the sales channel, or the physical warehouse. */
  readonly placeId: string;
  /** As mappings of SKUs name it. */
  readonly channelId: string;
  readonly source: ProductSource;
  readonly channel: ProductChannel;
};

export const placeOfShop = ({
  accountId,
  organizationId,
  channelId,
  channel,
}: ShopPlace & { readonly channel: SalesChannel }): ProductPlace => ({
  ...{ accountId, organizationId, channel, channelId },
  placeId: channelId,
  source: { kind: 'sales-channel', id: channelId },
});

export const placeOfWarehouse = (place: WarehousePlace & { readonly channel: FulfillmentChannel }): ProductPlace => {
  const { accountId, organizationId, warehouseId, channel, setUp } = place;
  return {
    ...{ accountId, organizationId, channel },
    ...{ placeId: warehouseId, channelId: setUp.channelId, source: { kind: 'fulfillment-channel', id: warehouseId } },
  };
};

/** The context of a command that a job leads to; the same step of the same place has its first effect for ever. */
export const contextAt = (
  { accountId, organizationId, placeId }: ProductPlace,
  ...step: readonly (string | number)[]
): CommandContext & { readonly accountId: AccountId } => ({
  commandId: derivedId('catalog', 'import-products', accountId, placeId, ...step),
  correlationId: placeId,
  causationId: placeId,
  actor: 'service:catalog',
  organizationId,
  accountId,
});
