import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import type { ChannelProduct } from '@stockproof/channel-exchange';
import { inMemoryShop } from '@stockproof/sales-channel/testing';
import { inMemoryWarehouse } from '@stockproof/fulfillment-channel/testing';
import type { JsonObject } from '@stockproof/decider';
import type { ProductSource } from '@stockproof/catalog-domain';
import { skuKey } from '@stockproof/vocabulary';
import { catalogStreams, productSourceStream, productStream, skuMappingStream, variantStream } from '../catalog.streams';
import type { ChannelFields } from './channel-variant';
import { importProducts, type ImportingProducts } from './importing-products';
import type { ProductPlace } from './product-place';

describe('products of the master source', () => {
  it.each(['shop', 'warehouse'] as const)('come in from a %s: what it sends is taken over, what it does not send stays', async (side) => {
    const world = await aWorld(side);
    await world.add('RED', 'Old red');
    await world.offer(product('P', [{ sku: 'RED', title: 'Red', weightG: 350 }, { sku: 'BLUE' }]));
    await world.run();
    expect(await world.variant('RED')).toMatchObject({
      sku: 'RED',
      description: { name: 'Red', weightG: 350, barcode: '4006', productId: 'P' },
      alternates: ['GREEN'],
    });
    expect(await world.variant('BLUE')).toMatchObject({ status: 'sold', description: { name: 'BLUE' } });
    expect(await world.product('P')).toMatchObject({ title: 'Mugs' });
    expect(world.known.get('red')).toMatchObject({ title: 'Red', weightG: 350, product: 'P', productTitle: 'Mugs' });
  });

  it('come in by the names that the channel has for our SKUs', async () => {
    const world = await aWorld('shop');
    await world.add('RED', 'Old red');
    await world.map('OLD-RED', 'RED');
    await world.offer(product('P', [{ sku: 'old-red', title: 'Red' }]));
    await world.run();
    expect(await world.variant('RED')).toMatchObject({ description: { name: 'Red' } });
    expect(await world.variant('OLD-RED')).toEqual({ status: 'unknown' });
  });

  it('may be bundles whose components come later', async () => {
    const world = await aWorld('shop');
    const set = { sku: 'SET', components: [{ sku: 'RED', quantity: 2 }] };
    await world.offer(product('P', [set, { ...set, sku: 'ODD', components: [{ sku: 'NONE', quantity: 1 }] }]));
    await world.offer(product('Q', [{ sku: 'X' }]));
    await world.offer(product('R', [{ sku: 'RED' }]));
    await world.run();
    expect(await world.variant('SET')).toMatchObject({ components: [{ sku: 'RED', quantity: 2 }] });
    expect(await world.variant('ODD')).toEqual({ status: 'unknown' });
    expect(world.warnings).toMatchObject([{ what: 'ODD', refused: 'ComponentsNotUsable' }]);
  });

  it('go when the source drops them, and only those that it ever had', async () => {
    const world = await aWorld('shop');
    await world.add('RED', 'Red');
    await world.add('OURS', 'Ours');
    await world.offer(product('P', [{ sku: 'RED' }]));
    await world.run();
    await world.offer({ ...product('P', [{ sku: 'RED' }, { sku: 'OURS' }]), dropped: true });
    await world.run();
    expect([(await world.variant('RED')).status, (await world.variant('OURS')).status]).toEqual(['archived', 'sold']);
  });

  it('come in once, though a run is done again', async () => {
    const world = await aWorld('shop');
    await world.offer(product('P', [{ sku: 'RED', title: 'Red' }]));
    await world.run();
    const revision = await world.revision('RED');
    world.forget();
    await world.run();
    expect(await world.revision('RED')).toBe(revision);
  });

  it('come from nowhere else: the job says so', async () => {
    const world = await aWorld('shop');
    await world.choose({ kind: 'sales-channel', id: 'another' });
    await world.offer(product('P', [{ sku: 'RED' }]));
    await expect(world.run()).rejects.toThrow('not the master product source');
    expect(await world.variant('RED')).toEqual({ status: 'unknown' });
  });
});

const now = '2026-01-10T12:00:00.000Z';
const accountId = '0199b0f0-0000-7000-8000-000000000002';
const placeId = '0199b0f0-0000-7000-8000-000000000003';
type Offered = Omit<ChannelProduct['variants'][number], 'externalVariantId'>;
const product = (externalProductId: string, variants: readonly Offered[]): ChannelProduct => ({
  ...{ externalProductId, title: 'Mugs', dropped: false },
  variants: variants.map((variant, index) => ({ externalVariantId: `${externalProductId}-${index}`, ...variant })),
});

/** An account whose master product source is this shop or warehouse. */
const aWorld = async (side: 'shop' | 'warehouse') => {
  const clock = { now: () => now };
  const streams = catalogStreams(commandHandling({ store: inMemoryEventStore({ clock }), clock }));
  const peer = side === 'shop' ? inMemoryShop() : inMemoryWarehouse();
  const kind = side === 'shop' ? 'sales-channel' : 'fulfillment-channel';
  const source: ProductSource = { kind, id: placeId };
  const place: ProductPlace = { accountId, organizationId: 'o', placeId, channelId: placeId, source, channel: peer.channel };
  const [known, warnings] = [new Map<string, ChannelFields>(), [] as object[]];
  const importing: ImportingProducts = {
    ...{ streams, clock },
    log: { warn: (details) => void warnings.push(details) },
    known: { learn: async (_, learned) => learned.forEach((fields, key) => known.set(key, { ...known.get(key), ...fields })) },
    skusOfProduct: async () => [],
  };
  let commands = 0;
  let cursor: JsonObject | null = null;
  const context = () => {
    const commandId = `0199b0f0-0000-7000-8000-${String((commands += 1)).padStart(12, '0')}`;
    return { commandId, correlationId: commandId, causationId: commandId, actor: 'user:u', organizationId: 'o', accountId };
  };
  const choose = (chosen: ProductSource) =>
    streams.productSources.handle(
      productSourceStream(accountId),
      { type: 'HearOfProductSource', data: { source: chosen, sequence: commands + 1, now } },
      context(),
    );
  await choose(source);
  const variant = async (sku: string) => (await streams.variants.load(variantStream(accountId, sku))).state;
  return {
    ...{ known, warnings, choose, variant },
    offer: (offered: ChannelProduct) => peer.offer(offered),
    product: async (id: string) => (await streams.products.load(productStream(accountId, id))).state,
    revision: async (sku: string) => (await streams.variants.load(variantStream(accountId, sku))).revision,
    add: async (sku: string, name: string) => {
      const description = { name, barcode: '4006', weightG: null, size: null, price: null, productId: null, references: {} };
      const data = { variantId: skuKey(sku), sku, description, components: [], productKnown: true, now };
      await streams.variants.handle(variantStream(accountId, sku), { type: 'AddVariant', data }, context());
      const changes = { changes: {}, alternates: ['GREEN'], productKnown: true, now };
      await streams.variants.handle(variantStream(accountId, sku), { type: 'ChangeVariant', data: changes }, context());
    },
    map: (theirs: string, sku: string) =>
      streams.skuMappings.handle(
        skuMappingStream(accountId, placeId, theirs),
        { type: 'MapSku', data: { channelId: placeId, theirs, sku, skuStanding: 'sold', channelKnown: true, now } },
        context(),
      ),
    run: async () => {
      ({ cursor } = await importProducts(importing, place, { cursor, progress: async () => undefined }));
    },
    forget: () => {
      cursor = null;
    },
  };
};
