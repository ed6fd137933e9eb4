import type { CommandContext, Handled } from '@stockproof/command-handling';
import type {
  AddVariant,
  Component,
  Description,
  KnownComponent,
  Variant,
  VariantEvent,
  VariantRejection,
} from '@stockproof/catalog-domain';
import { derivedId, skuKey, type AccountId, type Instant, type Sku } from '@stockproof/vocabulary';
import { variantStream, type VariantHandler } from '../catalog.streams';

export type NewVariant = { readonly sku: Sku; readonly description: Description; readonly components: readonly Component[] };

/** Adds a variant under its SKU; of a bundle it looks up first what its components are. */
export const addVariant = async (
  variants: VariantHandler,
  { sku, description, components }: NewVariant,
  now: Instant,
  context: CommandContext & { readonly accountId: AccountId },
): Promise<Handled<VariantEvent, VariantRejection>> => {
  const { accountId } = context;
  const variantId = derivedId('variant', accountId, skuKey(sku));
  const known = components.length === 0 ? [] : await knownComponents(variants, accountId, components);
  const command: AddVariant = { type: 'AddVariant', data: { variantId, sku, description, components: known, now } };
  return variants.handle(variantStream(accountId, sku), command, context);
};

const knownComponents = async (
  variants: VariantHandler,
  accountId: AccountId,
  components: readonly Component[],
): Promise<readonly KnownComponent[]> => {
  const states = await Promise.all(components.map(({ sku }) => variants.loadLatest(variantStream(accountId, sku))));
  return components.map(({ sku, quantity }, index) => ({ sku, quantity, standing: standingOf(states[index]?.state) }));
};

const standingOf = (variant: Variant | undefined): KnownComponent['standing'] => {
  if (!variant || variant.status === 'unknown') return 'unknown';
  if (variant.status === 'archived') return 'archived';
  return variant.bundle ? 'bundle' : 'usable';
};
