import { variantAddedV1, variantArchivedV1 } from '@stockproof/catalog-contracts';
import type { VariantEvent } from '@stockproof/catalog-domain';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Fact, Publication } from '@stockproof/publishing';
import { skuKey } from '@stockproof/vocabulary';

/** Which SKUs an account knows. How they are described concerns nobody else yet. */
export const catalogPublication: Publication = {
  handles: ['VariantAdded', 'VariantArchived'],
  facts: ({ type, data }: RecordedEvent) => facts({ type, data } as VariantEvent),
};

const facts = (event: VariantEvent): readonly Fact[] => {
  const { variantId, sku } = event.data;
  switch (event.type) {
    case 'VariantAdded': {
      const { description, components } = event.data;
      return [
        {
          type: variantAddedV1.type,
          topic: variantAddedV1.topic,
          subject: skuKey(sku),
          data: { variantId, sku, name: description.name, components },
        },
      ];
    }
    case 'VariantArchived':
      return [{ type: variantArchivedV1.type, topic: variantArchivedV1.topic, subject: skuKey(sku), data: { variantId, sku } }];
    case 'VariantRedescribed':
      return [];
  }
};
