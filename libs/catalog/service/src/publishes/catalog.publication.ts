import { skuMappedV1, skuMappingRemovedV1, variantAddedV1, variantArchivedV1 } from '@stockproof/catalog-contracts';
import type { SkuMappingEvent, VariantEvent } from '@stockproof/catalog-domain';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Fact, Publication } from '@stockproof/publishing';
import { skuKey } from '@stockproof/vocabulary';

/** Which SKUs an account knows, and what its channels call them. How variants are described concerns nobody else yet. */
export const catalogPublication: Publication = {
  handles: ['VariantAdded', 'VariantArchived', 'SkuMapped', 'SkuMappingRemoved'],
  facts: ({ type, data }: RecordedEvent) => facts({ type, data } as VariantEvent | SkuMappingEvent),
};

const facts = (event: VariantEvent | SkuMappingEvent): readonly Fact[] => {
  switch (event.type) {
    case 'VariantAdded': {
      const { variantId, sku, description, components } = event.data;
      const data = { variantId, sku, name: description.name, components };
      return [{ type: variantAddedV1.type, topic: variantAddedV1.topic, subject: skuKey(sku), data }];
    }
    case 'VariantArchived': {
      const { variantId, sku } = event.data;
      return [{ type: variantArchivedV1.type, topic: variantArchivedV1.topic, subject: skuKey(sku), data: { variantId, sku } }];
    }
    case 'VariantRedescribed':
    case 'VariantAlternatesNamed':
    case 'VariantSupplied':
      return [];
    case 'SkuMapped': {
      const { channelId, theirs, sku } = event.data;
      return [{ type: skuMappedV1.type, topic: skuMappedV1.topic, subject: mappingOf(event), data: { channelId, theirs, sku } }];
    }
    case 'SkuMappingRemoved': {
      const { channelId, theirs } = event.data;
      return [{ type: skuMappingRemovedV1.type, topic: skuMappingRemovedV1.topic, subject: mappingOf(event), data: { channelId, theirs } }];
    }
  }
};

const mappingOf = ({ data }: SkuMappingEvent): string => `${data.channelId}-${skuKey(data.theirs)}`;
