import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import { skuKey } from '@stockproof/vocabulary';
import type { AddVariant, ArchiveVariant, ChangeVariant, KnownComponent, VariantCommand } from './variant.commands';
import type { Description, Price, Size, VariantEvent } from './variant.events';
import type { VariantRejection } from './variant.rejections';
import { noVariant, type Variant } from './variant.state';

type VariantDecision = Decision<VariantEvent, VariantRejection>;

const decide = (command: VariantCommand, variant: Variant): VariantDecision => {
  switch (command.type) {
    case 'AddVariant':
      return add(command, variant);
    case 'ChangeVariant':
      return change(command, variant);
    case 'ArchiveVariant':
      return archive(command, variant);
  }
};

const add = ({ data }: AddVariant, variant: Variant): VariantDecision => {
  const { variantId, sku, description, components, now } = data;
  if (skuKey(sku) === '') return reject({ type: 'SkuEmpty' });
  if (variant.status === 'sold') return reject({ type: 'SkuTaken', sku: variant.sku });
  if (variant.status === 'archived' && variant.bundle !== components.length > 0)
    return reject({ type: 'KindIsPermanent', wasBundle: variant.bundle });
  const unusable = notUsable(components);
  if (unusable.length > 0) return reject({ type: 'ComponentsNotUsable', components: unusable });
  const parts = components.map(({ sku: part, quantity }) => ({ sku: part.trim(), quantity }));
  return accept({ type: 'VariantAdded', data: { variantId, sku: sku.trim(), description, components: parts, decidedAt: now } });
};

type NotUsable = Extract<VariantRejection, { readonly type: 'ComponentsNotUsable' }>['components'];

const notUsable = (components: readonly KnownComponent[]): NotUsable => {
  const keys = components.map(({ sku }) => skuKey(sku));
  return components.flatMap(({ sku, standing }, index): NotUsable => {
    if (standing !== 'usable') return [{ sku, because: standing }];
    return keys.indexOf(skuKey(sku)) === index ? [] : [{ sku, because: 'twice' }];
  });
};

const change = ({ data }: ChangeVariant, variant: Variant): VariantDecision => {
  if (variant.status === 'unknown') return reject({ type: 'VariantUnknown' });
  if (variant.status === 'archived') return reject({ type: 'VariantNotSold' });
  const { variantId, sku } = variant;
  const description = { ...variant.description, ...data.changes };
  if (sameDescription(description, variant.description)) return accept();
  return accept({ type: 'VariantRedescribed', data: { variantId, sku, description, decidedAt: data.now } });
};

const sameDescription = (one: Description, other: Description): boolean =>
  one.name === other.name &&
  one.barcode === other.barcode &&
  one.weightG === other.weightG &&
  sameSize(one.size, other.size) &&
  samePrice(one.price, other.price);

const sameSize = (one: Size | null, other: Size | null): boolean =>
  one?.lengthMm === other?.lengthMm && one?.widthMm === other?.widthMm && one?.heightMm === other?.heightMm;

const samePrice = (one: Price | null, other: Price | null): boolean => one?.amount === other?.amount && one?.currency === other?.currency;

const archive = ({ data }: ArchiveVariant, variant: Variant): VariantDecision => {
  if (variant.status === 'unknown') return reject({ type: 'VariantUnknown' });
  if (variant.status === 'archived') return accept();
  const { variantId, sku } = variant;
  return accept({ type: 'VariantArchived', data: { variantId, sku, decidedAt: data.now } });
};

const evolve = (variant: Variant, event: VariantEvent): Variant => {
  switch (event.type) {
    case 'VariantAdded': {
      const { variantId, sku, description, components } = event.data;
      return { status: 'sold', variantId, sku, description, bundle: components.length > 0 };
    }
    case 'VariantRedescribed':
      return variant.status === 'unknown' ? variant : { ...variant, description: event.data.description };
    case 'VariantArchived':
      return variant.status === 'unknown' ? variant : { ...variant, status: 'archived' };
  }
};

/** One SKU of one account: added once, described, archived. */
export const variantDecider: Decider<Variant, VariantCommand, VariantEvent, VariantRejection> = { initialState: noVariant, decide, evolve };
