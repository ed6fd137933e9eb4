import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import type { MapSku, RemoveSkuMapping, SkuMappingCommand } from './sku-mapping.commands';
import type { SkuMappingEvent } from './sku-mapping.events';
import type { SkuMappingRejection } from './sku-mapping.rejections';
import { noSkuMapping, type SkuMapping } from './sku-mapping.state';

type SkuMappingDecision = Decision<SkuMappingEvent, SkuMappingRejection>;

/** As long as a SKU may be here. */
const longestName = 200;

const decide = (command: SkuMappingCommand, mapping: SkuMapping): SkuMappingDecision => {
  switch (command.type) {
    case 'MapSku':
      return map(command, mapping);
    case 'RemoveSkuMapping':
      return remove(command, mapping);
  }
};

const map = ({ data }: MapSku, mapping: SkuMapping): SkuMappingDecision => {
  const { channelId, theirs, sku, skuStanding, channelKnown, now } = data;
  if (!channelKnown) return reject({ type: 'ChannelUnknown' });
  if (theirs.trim() === '' || theirs.trim().length > longestName) return reject({ type: 'TheirsNotUsable' });
  if (skuStanding === 'unknown') return reject({ type: 'MappedSkuUnknown', sku });
  if (skuStanding === 'archived') return reject({ type: 'MappedSkuArchived', sku });
  if (mapping.status === 'mapped' && mapping.sku === sku) return accept();
  return accept({ type: 'SkuMapped', data: { channelId, theirs: theirs.trim(), sku, decidedAt: now } });
};

const remove = ({ data }: RemoveSkuMapping, mapping: SkuMapping): SkuMappingDecision => {
  if (mapping.status === 'none') return reject({ type: 'SkuNotMapped' });
  const { channelId, theirs } = mapping;
  return accept({ type: 'SkuMappingRemoved', data: { channelId, theirs, decidedAt: data.now } });
};

const evolve = (_: SkuMapping, event: SkuMappingEvent): SkuMapping => {
  switch (event.type) {
    case 'SkuMapped': {
      const { channelId, theirs, sku } = event.data;
      return { status: 'mapped', channelId, theirs, sku };
    }
    case 'SkuMappingRemoved':
      return noSkuMapping();
  }
};

/** What one channel calls one SKU: said, said otherwise, taken back. */
export const skuMappingDecider: Decider<SkuMapping, SkuMappingCommand, SkuMappingEvent, SkuMappingRejection> = {
  initialState: noSkuMapping,
  decide,
  evolve,
};
