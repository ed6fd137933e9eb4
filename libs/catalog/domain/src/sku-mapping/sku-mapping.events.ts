import type { Event } from '@stockproof/decider';
import type { Instant, Sku } from '@stockproof/vocabulary';

/** What the channel calls `theirs` is `sku` here from now on. */
export type SkuMapped = Event<'SkuMapped', { channelId: string; theirs: string; sku: Sku; decidedAt: Instant }>;

/** What the channel sends under this name is taken as it is. */
export type SkuMappingRemoved = Event<'SkuMappingRemoved', { channelId: string; theirs: string; decidedAt: Instant }>;

export type SkuMappingEvent = SkuMapped | SkuMappingRemoved;
