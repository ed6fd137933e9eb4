import type { SkuMappingEvent } from '@stockproof/catalog-domain';
import { projectionTest, testAccount, type WrittenDown } from '@stockproof/projections/testing';
import { skuKey } from '@stockproof/vocabulary';
import { readSkuMapping, readSkuMappings } from './sku-mappings.query';
import { skuMappingsProjection } from './sku-mappings.projection';

describe('the view of what channels call SKUs', () => {
  const view = projectionTest(skuMappingsProjection);
  const reader = {
    readAs: async <Row extends object>(tenant: Parameters<typeof view.readAs>[1], statement: Parameters<typeof view.readAs>[0]) =>
      (await view.readAs(statement, tenant)) as readonly Row[],
  };
  const all = { after: null, limit: 10 };

  it('shows what was said last of each name of each channel', async () => {
    await view.given([
      mapped('A', 'T-1', 'TEA'),
      mapped('B', 'T-1', 'CUP'),
      mapped('A', 'T-1', 'TEA-2'),
      mapped('A', 'T-2', 'SET'),
      removed('A', 'T-2'),
    ]);
    const shown = await readSkuMappings(reader, ofChannel('A'), null, all);
    expect(shown.map(({ theirs, sku, revision }) => [theirs, sku, revision])).toEqual([
      ['T-1', 'TEA-2', 2],
      ['T-2', null, 2],
    ]);
    expect(await readSkuMappings(reader, ofChannel('A'), true, all)).toMatchObject([{ theirs: 'T-2' }]);
    expect(await readSkuMapping(reader, ofChannel('B'), ' t-1')).toMatchObject({ sku: 'CUP' });
    expect(await readSkuMapping(reader, ofChannel('A'), 'T-2')).toBeNull();
  });

  it('shows an account nothing of another', async () => {
    await view.given([{ ...mapped('A', 'T-1', 'TEA'), meta: { accountId: otherAccount } }]);
    expect(await view.rowsOf('sku_mappings_v1')).toHaveLength(1);
    expect(await readSkuMapping(reader, ofChannel('A'), 'T-1')).toBeNull();
  });
});

const otherAccount = '00000000-0000-4000-8000-000000000002';
const now = '2026-01-10T12:00:00.000Z';
const ofChannel = (channelId: string) => ({ accountId: testAccount, channelId });
const written = (event: SkuMappingEvent): WrittenDown => ({
  ...event,
  stream: `catalog.skuMapping-${testAccount}-${event.data.channelId}-${skuKey(event.data.theirs)}`,
});
const mapped = (channelId: string, theirs: string, sku: string) =>
  written({ type: 'SkuMapped', data: { channelId, theirs, sku, decidedAt: now } });
const removed = (channelId: string, theirs: string) => written({ type: 'SkuMappingRemoved', data: { channelId, theirs, decidedAt: now } });
