import type { Channels } from '@stockproof/channel-directory';
import type { CommandContext, Handled } from '@stockproof/command-handling';
import type { MapSku, SkuMappingEvent, SkuMappingRejection } from '@stockproof/catalog-domain';
import type { AccountId, Clock } from '@stockproof/vocabulary';
import { skuMappingStream, variantStream, type CatalogStreams } from '../catalog.streams';

export type MappingSkus = {
  readonly streams: CatalogStreams;
  readonly channels: Pick<Channels, 'shop' | 'warehouses'>;
  readonly clock: Clock;
};

export type WantedMapping = { readonly channelId: string; readonly theirs: string; readonly sku: string };

/** Whether the account has this channel: a shop, or what stands behind one of its warehouses. */
export const knowsChannel = async (channels: MappingSkus['channels'], accountId: AccountId, channelId: string): Promise<boolean> =>
  (await channels.shop(accountId, channelId)) !== null ||
  (await channels.warehouses(accountId)).some(({ setUp }) => setUp.channelId === channelId);

/** Ties a channel's name to a SKU, written as the catalog writes it. */
export const mapSku = async (
  { streams, clock }: MappingSkus,
  { channelId, theirs, sku }: WantedMapping,
  channelKnown: boolean,
  context: CommandContext & { readonly accountId: AccountId },
): Promise<Handled<SkuMappingEvent, SkuMappingRejection>> => {
  const { state } = await streams.variants.loadLatest(variantStream(context.accountId, sku));
  const known = state.status === 'unknown' ? sku : state.sku;
  const command: MapSku = {
    type: 'MapSku',
    data: { channelId, theirs, sku: known, skuStanding: state.status, channelKnown, now: clock.now() },
  };
  return streams.skuMappings.handle(skuMappingStream(context.accountId, channelId, theirs), command, context);
};
