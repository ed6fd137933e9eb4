import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import { skuKey } from '@stockproof/vocabulary';
import { sourceKey } from '../product-source/product-source';
import { notUsable, partsOf } from './components';
import { sameDescription, wholeDescription } from './description';
import type { AddVariant, ArchiveVariant, ChangeVariant, VariantCommand } from './variant.commands';
import type { VariantEvent } from './variant.events';
import type { VariantRejection } from './variant.rejections';
import { noVariant, type Variant } from './variant.state';
import { drop, supply } from './variant.supplying';

type VariantDecision = Decision<VariantEvent, VariantRejection>;

const decide = (command: VariantCommand, variant: Variant): VariantDecision => {
  switch (command.type) {
    case 'AddVariant':
      return add(command, variant);
    case 'ChangeVariant':
      return change(command, variant);
    case 'SupplyVariant':
      return supply(command, variant);
    case 'DropVariant':
      return drop(command, variant);
    case 'ArchiveVariant':
      return archive(command, variant);
  }
};

const add = ({ data }: AddVariant, variant: Variant): VariantDecision => {
  const { variantId, sku, description, components, now } = data;
  if (skuKey(sku) === '') return reject({ type: 'SkuEmpty' });
  if (variant.status === 'sold') return reject({ type: 'SkuTaken', sku: variant.sku });
  if (variant.status === 'archived' && variant.components.length > 0 !== components.length > 0)
    return reject({ type: 'KindIsPermanent', wasBundle: variant.components.length > 0 });
  if (!data.productKnown) return reject({ type: 'ProductUnknown', productId: description.productId ?? '' });
  const unusable = notUsable(components);
  if (unusable.length > 0) return reject({ type: 'ComponentsNotUsable', components: unusable });
  return accept({
    type: 'VariantAdded',
    data: { variantId, sku: sku.trim(), description, components: partsOf(components), decidedAt: now },
  });
};

const change = ({ data }: ChangeVariant, variant: Variant): VariantDecision => {
  if (variant.status === 'unknown') return reject({ type: 'VariantUnknown' });
  if (variant.status === 'archived') return reject({ type: 'VariantNotSold' });
  const { variantId, sku } = variant;
  const description = { ...variant.description, ...data.changes };
  if (!data.productKnown) return reject({ type: 'ProductUnknown', productId: description.productId ?? '' });
  const about = { variantId, sku, decidedAt: data.now };
  const events: VariantEvent[] = [];
  if (!sameDescription(description, variant.description)) events.push({ type: 'VariantRedescribed', data: { ...about, description } });
  if (data.alternates !== null && data.alternates.join('\n') !== variant.alternates.join('\n'))
    events.push({ type: 'VariantAlternatesNamed', data: { ...about, alternates: data.alternates } });
  return accept(...events);
};

const archive = ({ data }: ArchiveVariant, variant: Variant): VariantDecision => {
  if (variant.status === 'unknown') return reject({ type: 'VariantUnknown' });
  if (variant.status === 'archived') return accept();
  const { variantId, sku } = variant;
  return accept({ type: 'VariantArchived', data: { variantId, sku, decidedAt: data.now } });
};

const evolve = (variant: Variant, event: VariantEvent): Variant => {
  if (event.type === 'VariantAdded') {
    const { variantId, sku, description, components } = event.data;
    const { alternates, suppliedBy } = variant.status === 'unknown' ? { alternates: [], suppliedBy: [] } : variant;
    return { status: 'sold', variantId, sku, description: wholeDescription(description), components, alternates, suppliedBy };
  }
  if (variant.status === 'unknown') return variant;
  switch (event.type) {
    case 'VariantRedescribed':
      return { ...variant, description: wholeDescription(event.data.description) };
    case 'VariantAlternatesNamed':
      return { ...variant, alternates: event.data.alternates };
    case 'VariantSupplied':
      return { ...variant, suppliedBy: [...variant.suppliedBy, sourceKey(event.data.source)] };
    case 'VariantArchived':
      return { ...variant, status: 'archived' };
  }
};

/** One SKU of one account: added once, described, supplied, archived. */
export const variantDecider: Decider<Variant, VariantCommand, VariantEvent, VariantRejection> = { initialState: noVariant, decide, evolve };
