import { afterSent, sameDescription, type SentDescription, type Variant } from '@stockproof/catalog-domain';
import { ChannelNotUsable, type Channels } from '@stockproof/channel-directory';
import { ChannelUnavailable, type ChannelProduct } from '@stockproof/channel-exchange';
import type { TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId, type Sku } from '@stockproof/vocabulary';
import { skuMappingStream, variantStream, type CatalogStreams } from '../catalog.streams';
import { sentIn } from '../product-exchange/channel-variant';
import { placeOfShop, placeOfWarehouse, type ProductPlace } from '../product-exchange/product-place';
import { readVariants, type VariantPlace } from '../views/variants/variants.query';

/** What a change of the master product source would do, by SKU. */
export type SourcePreview = {
  readonly onlyHere: readonly Sku[];
  readonly onlyThere: readonly Sku[];
  /** Known on both sides, and what the source sends changes nothing. */
  readonly inBoth: readonly Sku[];
  /** Known on both sides, and the first import would overwrite something here. */
  readonly colliding: readonly Sku[];
  /** False: one side is larger than what was looked at. */
  readonly complete: boolean;
};

export type PreviewOutcome =
  | { readonly outcome: 'seen'; readonly preview: SourcePreview }
  | { readonly outcome: 'unknown-channel' }
  | { readonly outcome: 'not-readable'; readonly reason: string };

export type Previewing = { readonly streams: CatalogStreams; readonly channels: Channels; readonly reader: TenantReader };

export type WantedSource = { readonly kind: 'stockproof' | 'sales-channel' | 'fulfillment-channel'; readonly id: string };

/** So many pages of either side are looked at: a preview is an answer to somebody who waits. */
const mostPages = 200;
const variantsAPage = 500;

/** Reads what the channel has and compares it with what stands here; nothing is written. */
export const previewSource = async (previewing: Previewing, accountId: AccountId, wanted: WantedSource): Promise<PreviewOutcome> => {
  const ours = await soldHere(previewing.reader, accountId);
  if (wanted.kind === 'stockproof')
    return { outcome: 'seen', preview: { onlyHere: ours.skus, onlyThere: [], inBoth: [], colliding: [], complete: ours.complete } };
  try {
    const place = await openPlace(previewing.channels, accountId, wanted);
    if (place === null) return { outcome: 'unknown-channel' };
    const theirs = await offeredThere(previewing.streams, place);
    return { outcome: 'seen', preview: await compared(previewing.streams, accountId, ours, theirs) };
  } catch (error) {
    if (error instanceof ChannelNotUsable || error instanceof ChannelUnavailable) return { outcome: 'not-readable', reason: error.message };
    throw error;
  }
};

const openPlace = async (channels: Channels, accountId: AccountId, { kind, id }: WantedSource): Promise<ProductPlace | null> => {
  if (kind === 'sales-channel') {
    const shop = await channels.shop(accountId, id);
    return shop && placeOfShop({ ...shop, channel: channels.openShop(shop) });
  }
  const warehouse = await channels.warehouse(accountId, id);
  const channel = warehouse && channels.openWarehouse(warehouse);
  return warehouse && channel && placeOfWarehouse({ ...warehouse, channel });
};

type Ours = { readonly skus: readonly Sku[]; readonly complete: boolean };

const soldHere = async (reader: TenantReader, accountId: AccountId): Promise<Ours> => {
  const skus: Sku[] = [];
  let after: VariantPlace | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const filter = { skus: null, archived: false, productId: null };
    const rows = await readVariants(reader, accountId, filter, { after, limit: variantsAPage });
    skus.push(...rows.slice(0, variantsAPage).map(({ sku }) => sku));
    if (rows.length <= variantsAPage) return { skus, complete: true };
    after = rows[variantsAPage - 1] ?? null;
  }
  return { skus, complete: false };
};

type Offer = { readonly sku: Sku; readonly sent: SentDescription; readonly bundle: boolean | null };
type Theirs = { readonly offers: ReadonlyMap<string, Offer>; readonly complete: boolean };

/** The latest that the feed says of each SKU, by our names; what it says is dropped is not there. */
const offeredThere = async (streams: CatalogStreams, { channel, accountId, channelId }: ProductPlace): Promise<Theirs> => {
  const offers = new Map<string, Offer>();
  const ourSku = async (theirs: Sku): Promise<Sku> => {
    const { state } = await streams.skuMappings.loadLatest(skuMappingStream(accountId, channelId, theirs));
    return state.status === 'mapped' ? state.sku : theirs.trim();
  };
  let cursor: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page: Awaited<ReturnType<typeof channel.importProducts>> = await channel.importProducts(cursor);
    for (const product of page.items) await noteOffers(offers, product, ourSku);
    if (!page.more) return { offers, complete: true };
    cursor = page.nextCursor;
  }
  return { offers, complete: false };
};

const noteOffers = async (offers: Map<string, Offer>, product: ChannelProduct, ourSku: (theirs: Sku) => Promise<Sku>): Promise<void> => {
  for (const variant of product.variants) {
    const sku = await ourSku(variant.sku);
    const bundle = variant.components === undefined ? null : variant.components.length > 0;
    if (product.dropped) offers.delete(skuKey(sku));
    else offers.set(skuKey(sku), { sku, sent: { ...offers.get(skuKey(sku))?.sent, ...sentIn(product, variant) }, bundle });
  }
};

const compared = async (
  streams: CatalogStreams,
  accountId: AccountId,
  ours: Ours,
  { offers, complete }: Theirs,
): Promise<SourcePreview> => {
  const here = new Set(ours.skus.map(skuKey));
  const shared = ours.skus.filter((sku) => offers.has(skuKey(sku)));
  const states = await streams.variants.loadMany(shared.map((sku) => variantStream(accountId, sku)));
  const collides = shared.map((sku, index) => overwrites(states[index]?.state, offers.get(skuKey(sku))));
  return {
    onlyHere: ours.skus.filter((sku) => !offers.has(skuKey(sku))),
    onlyThere: [...offers].filter(([key]) => !here.has(key)).map(([, { sku }]) => sku),
    inBoth: shared.filter((_, index) => collides[index] === false),
    colliding: shared.filter((_, index) => collides[index] === true),
    complete: complete && ours.complete,
  };
};

const overwrites = (variant: Variant | undefined, offer: Offer | undefined): boolean => {
  if (variant === undefined || variant.status === 'unknown' || offer === undefined) return false;
  if (offer.bundle !== null && offer.bundle !== variant.components.length > 0) return true;
  return !sameDescription(afterSent(variant.description, offer.sent), variant.description);
};
