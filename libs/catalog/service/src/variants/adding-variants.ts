import type { CommandContext, Handled } from '@stockproof/command-handling';
import type {
  AddVariant,
  Component,
  Description,
  KnownComponent,
  ProductSource,
  SentDescription,
  SupplyVariant,
  Variant,
  VariantEvent,
  VariantRejection,
} from '@stockproof/catalog-domain';
import { derivedId, skuKey, type AccountId, type Instant, type Sku } from '@stockproof/vocabulary';
import { productStream, variantStream, type CatalogStreams } from '../catalog.streams';

export type NewVariant = { readonly sku: Sku; readonly description: Description; readonly components: readonly Component[] };
export type SuppliedVariant = {
  readonly sku: Sku;
  readonly sent: SentDescription;
  /** `null`: the source says nothing of components. */
  readonly components: readonly Component[] | null;
  readonly source: ProductSource;
};

type AccountContext = CommandContext & { readonly accountId: AccountId };
type HandledVariant = Promise<Handled<VariantEvent, VariantRejection>>;

/** Adds a variant under its SKU; of a bundle it looks up first what its components are. */
export const addVariant = async (
  streams: CatalogStreams,
  { sku, description, components }: NewVariant,
  now: Instant,
  context: AccountContext,
): HandledVariant => {
  const { accountId } = context;
  const known = await knownComponents(streams, accountId, components);
  const productKnown = await knowsProduct(streams, accountId, description.productId);
  const command: AddVariant = {
    type: 'AddVariant',
    data: { variantId: variantIdOf(accountId, sku), sku, description, components: known, productKnown, now },
  };
  return streams.variants.handle(variantStream(accountId, sku), command, context);
};

/** Takes over what a file or a channel sends of a SKU. */
export const supplyVariant = async (
  streams: CatalogStreams,
  { sku, sent, components, source }: SuppliedVariant,
  now: Instant,
  context: AccountContext,
): HandledVariant => {
  const { accountId } = context;
  const known = components === null ? null : await knownComponents(streams, accountId, components);
  const command: SupplyVariant = {
    type: 'SupplyVariant',
    data: { variantId: variantIdOf(accountId, sku), sku, sent, components: known, source, now },
  };
  return streams.variants.handle(variantStream(accountId, sku), command, context);
};

/** Whether there is such a product; nothing is named where the id is null. */
export const knowsProduct = async (streams: CatalogStreams, accountId: AccountId, productId: string | null): Promise<boolean> =>
  productId === null || (await streams.products.loadLatest(productStream(accountId, productId))).state.status === 'known';

const variantIdOf = (accountId: AccountId, sku: Sku): string => derivedId('variant', accountId, skuKey(sku));

const knownComponents = async (
  { variants }: CatalogStreams,
  accountId: AccountId,
  components: readonly Component[],
): Promise<readonly KnownComponent[]> => {
  const states = await Promise.all(components.map(({ sku }) => variants.loadLatest(variantStream(accountId, sku))));
  return components.map(({ sku, quantity }, index) => ({ sku, quantity, standing: standingOf(states[index]?.state) }));
};

const standingOf = (variant: Variant | undefined): KnownComponent['standing'] => {
  if (!variant || variant.status === 'unknown') return 'unknown';
  if (variant.status === 'archived') return 'archived';
  return variant.components.length > 0 ? 'bundle' : 'usable';
};
