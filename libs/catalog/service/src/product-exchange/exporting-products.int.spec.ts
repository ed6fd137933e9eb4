import { join } from 'node:path';
import { commandHandling } from '@stockproof/command-handling';
import type { Description, ProductSource } from '@stockproof/catalog-domain';
import type { ChannelProduct, HandOver } from '@stockproof/channel-exchange';
import type { JsonObject } from '@stockproof/decider';
import { inMemoryEventStore } from '@stockproof/event-store';
import { inMemoryWarehouse } from '@stockproof/fulfillment-channel/testing';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { inMemoryShop } from '@stockproof/sales-channel/testing';
import { sql } from '@stockproof/sql';
import { derivedId, skuKey } from '@stockproof/vocabulary';
import { catalogStreams, productSourceStream, type CatalogStreams } from '../catalog.streams';
import { skuMappingsProjection } from '../views/sku-mappings/sku-mappings.projection';
import { variantsProjection } from '../views/variants/variants.projection';
import { channelProducts } from './channel-products';
import { exportProducts } from './exporting-products';
import { readExports } from './product-exports';
import type { ProductPlace } from './product-place';

describe('telling channels of products', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  let streams: CatalogStreams;
  /** All that channels were told, call by call, and what they answer next. */
  let calls: { readonly placeId: string; readonly products: readonly ChannelProduct[]; readonly effectId: string }[];
  let answers: HandOver[];
  let positions = 0;
  let heard = 0;

  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'catalog', folders: [{ name: 'catalog', dir: join(__dirname, '../migrations') }] });
    databases = openDatabases({ url: postgres.url, service: 'catalog', log: { warn: () => undefined } });
    await databases.owner.transaction(async (tx) => {
      await tx.query(sql('set local search_path to catalog_views'));
      for (const { ddl } of [variantsProjection, skuMappingsProjection])
        await tx.query(sql(ddl.replaceAll(/select tenant_table\([^)]*\);/g, '')));
      await tx.query(sql('grant all on all tables in schema catalog_views to catalog_worker'));
    });
  });
  afterAll(async () => {
    await databases?.close();
    await postgres?.stop();
  });
  beforeEach(async () => {
    [calls, answers] = [[], []];
    streams = catalogStreams(commandHandling({ store: inMemoryEventStore({ clock }), clock }));
    const views = ['variants_v2', 'products_v2', 'sku_mappings_v1'].map((table) => `catalog_views.${table}`);
    await databases.owner.query(sql(`truncate ${['product_exports', 'channel_products', ...views].join(', ')}`));
  });

  /** The variant as its view shows it after one more change. */
  const variant = (sku: string, said: Partial<Description> = {}, archived = false) =>
    databases.worker.query(
      sql(
        `insert into variants_v2 (account_id, sku_key, variant_id, sku, description, components, archived, origin, revision, position)
         values ($1, $2, $3, $4, $5, '[]', $6, '{}', 1, $7)
         on conflict (account_id, sku_key) do update set description = excluded.description, archived = excluded.archived, position = excluded.position`,
        ...[accountId, skuKey(sku), derivedId(sku), sku, JSON.stringify({ ...nothing, name: sku, ...said }), archived],
        String((positions += 1)).padStart(16, '0'),
      ),
    );
  const choose = (source: ProductSource) =>
    streams.productSources.handle(
      productSourceStream(accountId),
      { type: 'HearOfProductSource', data: { source, sequence: (heard += 1), now: clock.now() } },
      { ...context, commandId: derivedId('heard', heard) },
    );
  const placed = (kind: 'sales-channel' | 'fulfillment-channel', placeId: string): ProductPlace => {
    const peer = kind === 'sales-channel' ? inMemoryShop() : inMemoryWarehouse();
    const sendProducts: ProductPlace['channel']['sendProducts'] = async (products, { effectId }) => {
      calls.push({ placeId, products, effectId });
      return answers.shift() ?? peer.channel.sendProducts(products, { effectId });
    };
    const channel = { importProducts: peer.channel.importProducts, sendProducts };
    return { accountId, organizationId: 'o', placeId, channelId: placeId, source: { kind, id: placeId }, channel };
  };
  const [shop, warehouse] = [() => placed('sales-channel', shopId), () => placed('fulfillment-channel', warehouseId)];
  /** Each run begins at the start: only what is known at the place keeps it from saying things again. */
  const run = async (place: ProductPlace, cursor: JsonObject | null = null) =>
    (await exportProducts({ streams, database: databases.worker, clock }, place, { cursor, progress: async () => undefined })).cursor;
  const told = () =>
    calls.map(({ products }) =>
      products.flatMap(({ dropped, variants }) => variants.map(({ sku, title }) => `${sku} ${dropped ? 'gone' : title}`)),
    );
  const exportsNow = () => readExports(databases.writer, accountId, null, 10);

  it('says what changed, once, and what is gone to whom knew it', async () => {
    await variant('CUP', { price: { amount: '3.90', currency: 'EUR' } });
    await variant('OLD', {}, true);
    await run(shop());
    await run(shop());
    await variant('CUP', { name: 'Blue cup' });
    await run(shop());
    await variant('CUP', { name: 'Blue cup' }, true);
    await run(shop());
    await run(shop());
    expect(told()).toEqual([['CUP CUP'], ['CUP Blue cup'], ['CUP gone']]);
    expect(calls[0]?.products[0]?.variants[0]).toMatchObject({ price: { amount: 390, currency: 'EUR' } });
  });

  it('goes on behind what it looked at, and says nothing where nothing changed since', async () => {
    await variant('CUP');
    const cursor = await run(shop());
    await variant('TEA');
    await run(shop(), cursor);
    expect(told()).toEqual([['CUP CUP'], ['TEA TEA']]);
  });

  it('says nothing to the source, and nothing that a place said itself, also when it is the source no more', async () => {
    await choose({ kind: 'sales-channel', id: shopId });
    await variant('CUP', { name: 'Cup of the shop', weightG: 200 });
    await channelProducts(databases.worker).learn(
      shop(),
      new Map([['cup', { title: 'Cup of the shop', weightG: 200, product: derivedId('CUP') }]]),
    );
    const cursor = await run(shop(), null);
    await run(warehouse());
    expect(calls.map(({ placeId }) => placeId)).toEqual([warehouseId]);
    expect(cursor).toBeNull();

    await choose({ kind: 'stockproof' });
    await variant('CUP', { name: 'Cup of the shop', weightG: 200 });
    await channelProducts(databases.worker).learn(shop(), new Map([['cup', { productTitle: 'Cup of the shop' }]]));
    await run(shop());
    expect(calls).toHaveLength(1);
    await variant('CUP', { name: 'Cup by hand', weightG: 200 });
    await run(shop());
    expect(calls.at(-1)?.placeId).toBe(shopId);
  });

  it('says the same again, under the same name, where no answer came – whatever has changed meanwhile', async () => {
    answers = [{ outcome: 'unanswered', reason: 'the line is dead', retryAfterMs: null }];
    await variant('CUP');
    await expect(run(shop())).rejects.toThrow('the line is dead');
    expect(await exportsNow()).toMatchObject([{ placeId: shopId, skus: ['CUP'], outcome: null, answeredAt: null }]);
    await variant('CUP', { name: 'Blue cup' });
    await run(shop());
    expect(told()).toEqual([['CUP CUP'], ['CUP CUP'], ['CUP Blue cup']]);
    expect([calls[1]?.effectId === calls[0]?.effectId, calls[2]?.effectId === calls[0]?.effectId]).toEqual([true, false]);
    expect(await exportsNow()).toHaveLength(2);
  });

  it('does not say again what was refused, before it changes', async () => {
    answers = [{ outcome: 'rejected', refusal: { code: 'no-such-thing', message: 'not in our range' } }];
    await variant('CUP');
    await run(shop());
    await run(shop());
    expect(calls).toHaveLength(1);
    expect(await exportsNow()).toMatchObject([{ outcome: 'rejected', answer: 'no-such-thing: not in our range' }]);
  });

  it('calls a SKU what the channel calls it', async () => {
    await variant('CUP');
    await databases.worker.query(
      sql(
        `insert into sku_mappings_v1 (account_id, channel_id, theirs_key, theirs, sku, revision, position) values ($1, $2, 'old', 'OLD-CUP', 'CUP', 1, '1')`,
        ...[accountId, shopId],
      ),
    );
    await run(shop());
    await run(warehouse());
    expect(told()).toEqual([['OLD-CUP CUP'], ['CUP CUP']]);
  });
});

const clock = { now: () => '2026-06-01T12:00:00.000Z' };
const [accountId, shopId, warehouseId] = [derivedId('account'), derivedId('shop'), derivedId('warehouse')];
const nothing = { barcode: null, weightG: null, size: null, price: null, productId: null, references: {} };
const context = { commandId: '', correlationId: 'c', causationId: 'c', actor: 'service:catalog', organizationId: 'o', accountId };
