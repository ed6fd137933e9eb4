import { accept, reject, type Decision } from '@stockproof/decider';
import { skuKey } from '@stockproof/vocabulary';
import { sourceKey } from '../product-source/product-source';
import { notUsable, partsOf, sameParts } from './components';
import { afterSent, sameDescription } from './description';
import type { DropVariant, SupplyVariant } from './variant.commands';
import type { Description, VariantEvent } from './variant.events';
import type { VariantRejection } from './variant.rejections';
import type { KnownVariant, Variant } from './variant.state';

type VariantDecision = Decision<VariantEvent, VariantRejection>;

/** What a source sends is taken over; what it does not send, and what is local, stays. */
export const supply = ({ data }: SupplyVariant, variant: Variant): VariantDecision => {
  if (skuKey(data.sku) === '') return reject({ type: 'SkuEmpty' });
  const refusal = componentsRefused(data, variant);
  if (refusal !== null) return reject(refusal);
  const { sent, components, source, now } = data;
  const { variantId, sku } = variant.status === 'sold' ? variant : { variantId: data.variantId, sku: data.sku.trim() };
  const known = variant.status === 'unknown' ? { ...nothingSaid, name: sku } : variant.description;
  const description = afterSent(known, sent);
  const about = { variantId, sku, decidedAt: now };
  const events: VariantEvent[] = [];
  if (variant.status !== 'sold') {
    const parts = variant.status === 'archived' ? variant.components : partsOf(components ?? []);
    events.push({ type: 'VariantAdded', data: { ...about, description, components: parts, origin: source } });
  } else if (!sameDescription(description, known)) {
    events.push({ type: 'VariantRedescribed', data: { ...about, description, origin: source } });
  }
  if (isNewSupplier(data, variant)) events.push({ type: 'VariantSupplied', data: { ...about, source } });
  return accept(...events);
};

const nothingSaid: Omit<Description, 'name'> = { barcode: null, weightG: null, size: null, price: null, productId: null, references: {} };

/** What stands here already keeps its components; only a new bundle is looked at part by part. */
const componentsRefused = ({ components }: SupplyVariant['data'], variant: Variant): VariantRejection | null => {
  if (components === null) return null;
  if (variant.status !== 'unknown') return changedComponents(partsOf(components), variant);
  const unusable = notUsable(components);
  return unusable.length > 0 ? { type: 'ComponentsNotUsable', components: unusable } : null;
};

const changedComponents = (sent: ReturnType<typeof partsOf>, { components }: KnownVariant): VariantRejection | null => {
  const wasBundle = components.length > 0;
  if (wasBundle !== sent.length > 0) return { type: 'KindIsPermanent', wasBundle };
  return sameParts(sent, components) ? null : { type: 'ComponentsArePermanent' };
};

/** This catalog itself supplies nothing to itself. */
const isNewSupplier = ({ source }: SupplyVariant['data'], variant: Variant): boolean =>
  source.kind !== 'stockproof' && !(variant.status !== 'unknown' && variant.suppliedBy.includes(sourceKey(source)));

/** Ends the sale of what the source once supplied; what it never had stays. */
export const drop = ({ data: { source, now } }: DropVariant, variant: Variant): VariantDecision => {
  if (variant.status !== 'sold' || !variant.suppliedBy.includes(sourceKey(source))) return accept();
  const { variantId, sku } = variant;
  return accept({ type: 'VariantArchived', data: { variantId, sku, decidedAt: now, origin: source } });
};
