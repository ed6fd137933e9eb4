import type { Command } from '@stockproof/decider';
import type { Instant, Sku } from '@stockproof/vocabulary';

/** `skuStanding` and `channelKnown` are what was looked up of the two that it ties together. */
export type MapSku = Command<
  'MapSku',
  {
    channelId: string;
    theirs: string;
    sku: Sku;
    skuStanding: 'sold' | 'archived' | 'unknown';
    channelKnown: boolean;
    now: Instant;
  }
>;

export type RemoveSkuMapping = Command<'RemoveSkuMapping', { now: Instant }>;

export type SkuMappingCommand = MapSku | RemoveSkuMapping;
