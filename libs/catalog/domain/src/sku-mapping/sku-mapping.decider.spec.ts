import { given as givenFor } from '@stockproof/decider-testing';
import type { MapSku, SkuMappingCommand } from './sku-mapping.commands';
import { skuMappingDecider } from './sku-mapping.decider';
import type { SkuMappingEvent } from './sku-mapping.events';

const given = givenFor(skuMappingDecider);

describe('saying what a channel calls a SKU', () => {
  it('holds from then on, trimmed', () =>
    given()
      .when(map({ theirs: ' T-1 ' }))
      .then(mapped('TEA-100')));
  it('holds again otherwise: the latest wins', () =>
    given(mapped('TEA-100'))
      .when(map({ sku: 'CUP' }))
      .then(mapped('CUP')));
  it('once more changes nothing', () => given(mapped('TEA-100')).when(map({})).thenNothing());
  it('needs the channel', () =>
    given()
      .when(map({ channelKnown: false }))
      .thenRejected({ type: 'ChannelUnknown' }));
  it('needs the SKU', () =>
    given()
      .when(map({ skuStanding: 'unknown' }))
      .thenRejected({ type: 'MappedSkuUnknown', sku: 'TEA-100' }));
  it('needs it to be sold', () =>
    given()
      .when(map({ skuStanding: 'archived' }))
      .thenRejected({ type: 'MappedSkuArchived', sku: 'TEA-100' }));
  it('needs a name', () =>
    given()
      .when(map({ theirs: '  ' }))
      .thenRejected({ type: 'TheirsNotUsable' }));
  it('needs a name no longer than a SKU', () =>
    given()
      .when(map({ theirs: 'x'.repeat(201) }))
      .thenRejected({ type: 'TheirsNotUsable' }));
});

describe('taking it back', () => {
  it('leaves the name as it is', () => given(mapped('TEA-100')).when(remove).then(removed));
  it('needs something to take back', () => given(mapped('TEA-100'), removed).when(remove).thenRejected({ type: 'SkuNotMapped' }));
});

const now = '2026-01-10T12:00:00.000Z';
const map = (said: Partial<MapSku['data']>): MapSku => ({
  type: 'MapSku',
  data: { channelId: 'c', theirs: 'T-1', sku: 'TEA-100', skuStanding: 'sold', channelKnown: true, now, ...said },
});
const remove: SkuMappingCommand = { type: 'RemoveSkuMapping', data: { now } };
const mapped = (sku: string): SkuMappingEvent => ({ type: 'SkuMapped', data: { channelId: 'c', theirs: 'T-1', sku, decidedAt: now } });
const removed: SkuMappingEvent = { type: 'SkuMappingRemoved', data: { channelId: 'c', theirs: 'T-1', decidedAt: now } };
