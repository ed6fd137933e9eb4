import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, type Merchant } from './testing/merchant';
import { startSimulator, type Simulator } from './testing/simulator';
import { putBehind, type WarehouseSystem } from './testing/warehouse-system';

type Told = {
  readonly kind: string;
  readonly products?: readonly {
    readonly dropped: boolean;
    readonly variants: readonly { readonly sku: string; readonly title?: string }[];
  }[];
};

type Export = { readonly placeId: string; readonly outcome: string | null; readonly skus: readonly string[] };

describe('products that come from one shop', () => {
  let installation: Installation;
  let simulator: Simulator;
  let merchant: Merchant;
  let shops: { readonly source: string; readonly other: string };
  let north: WarehouseSystem;
  const tag = () => merchant.accountId.slice(-8);
  const others = () => [`shops/other-${tag()}`, `warehouses/${north.code}`];

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, simulator);
    north = await putBehind(merchant, simulator, 'NORTH');
    shops = { source: await newShop('source'), other: await newShop('other') };
    await chooseSource({ kind: 'sales-channel', id: shops.source });
    // The warning of an edit says that catalog has heard of it.
    await addVariant({ sku: 'MUG-BLUE', name: 'Mug, blue', barcode: '4006' });
    await eventually(
      () => edit('MUG-BLUE', { alternates: ['MUG-RED'] }),
      ({ body }) => JSON.stringify(body['warnings']).includes('next-import-may-overwrite'),
    );
  }, 240_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  const newShop = async (code: string): Promise<string> => {
    const body = {
      ...{ code, name: code, connector: 'generic-http', endpointUrl: `${simulator.url}/shops/${code}-${tag()}` },
      jobPeriodsMs: { 'export-products': 1_000, 'import-products': null },
    };
    return String((await succeed(merchant.post('tenancy', '/sales-channels', body))).body['channelId']);
  };
  const chooseSource = async (masterProductSource: object) => {
    const changed = await eventually(
      async () => {
        const read = await succeed(merchant.get('tenancy', ''));
        const headers = { 'if-match': read.headers.get('etag') ?? '' };
        return merchant.call('PATCH', merchant.of('tenancy', '/settings'), {
          token: merchant.token,
          body: { masterProductSource },
          headers,
        });
      },
      ({ status }) => status !== 412,
    );
    await succeed(Promise.resolve(changed));
  };
  const addVariant = (body: object) => succeed(merchant.post('catalog', '/variants', body));
  const edit = (sku: string, body: object) =>
    succeed(
      merchant.call('PATCH', merchant.of('catalog', `/variants/${sku}`), { token: merchant.token, body, headers: { 'if-match': '*' } }),
    );
  const variant = (sku: string) => merchant.get('catalog', `/variants/${sku}`);
  const offer = async (product: object) => {
    const response = await fetch(`${simulator.url}/shops/source-${tag()}/products`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ product }),
    });
    expect(response.status).toBe(200);
  };
  const runImport = (placeId: string) =>
    succeed(merchant.post('catalog', `/jobs/import-products/${merchant.accountId}%2F${placeId}/run`, undefined));

  /** `SKU title`, or `SKU gone`, one for each time that the place was told so. */
  const toldAt = async (place: string): Promise<readonly string[]> => {
    const response = await fetch(`${simulator.url}/journal?limit=10000&place=${place}`);
    const { entries } = (await response.json()) as { readonly entries: readonly Told[] };
    return entries
      .flatMap(({ kind, products = [] }) => (kind === 'products-told' ? products : []))
      .flatMap(({ dropped, variants }) => variants.map(({ sku, title }) => `${sku} ${dropped ? 'gone' : title}`));
  };
  const told = async (...wanted: readonly string[]) => {
    for (const place of others())
      await eventually(
        () => toldAt(place),
        (seen) => wanted.every((each) => seen.includes(each)),
      );
  };

  it('go to all others, whoever changed them, and never back', async () => {
    await offer({
      ...{ externalProductId: 'P-MUG', title: 'Mugs', dropped: false },
      variants: [
        { externalVariantId: 'r', sku: 'MUG-RED', title: 'Mug, red', price: { amount: 990, currency: 'EUR' } },
        { externalVariantId: 'b', sku: 'MUG-BLUE', title: 'Mug, sky blue' },
      ],
    });
    await runImport(shops.source);
    await told('MUG-RED Mug, red', 'MUG-BLUE Mug, sky blue');
    expect((await variant('MUG-RED')).body).toMatchObject({
      price: { amount: '9.90' },
      productTitle: 'Mugs',
      origin: { id: shops.source },
    });
    // What was not sent stays, and what is local is never touched.
    expect((await variant('MUG-BLUE')).body).toMatchObject({ name: 'Mug, sky blue', barcode: '4006', alternates: ['MUG-RED'] });

    const edited = await edit('MUG-BLUE', { name: 'Mug, deep blue' });
    await installation.kill();
    await installation.start('all-in-one');
    expect(edited.body['warnings']).toMatchObject([{ code: 'next-import-may-overwrite' }]);
    await addVariant({ sku: 'OURS', name: 'Only here' });
    await told('MUG-BLUE Mug, deep blue', 'OURS Only here');
  }, 180_000);

  it('go when the source drops them; what it never had stays', async () => {
    const variants = ['MUG-RED', 'OURS'].map((sku) => ({ externalVariantId: sku, sku }));
    await offer({ externalProductId: 'P-MUG', title: 'Mugs', dropped: true, variants });
    await runImport(shops.source);
    await told('MUG-RED gone');
    expect((await variant('MUG-RED')).body).toMatchObject({ archived: true });
    expect((await variant('OURS')).body).toMatchObject({ archived: false });
  }, 120_000);

  it('come from no other shop: its job says why', async () => {
    await runImport(shops.other);
    await eventually(
      async () => ((await merchant.get('catalog', '/jobs?limit=100')).body['items'] ?? []) as readonly Record<string, unknown>[],
      (jobs) =>
        jobs.some(
          ({ subject, lastError }) => String(subject).endsWith(shops.other) && /not the master product source/.test(String(lastError)),
        ),
    );
  }, 120_000);

  it('would come from another shop like this', async () => {
    const preview = await succeed(merchant.get('catalog', `/master-source/preview?kind=sales-channel&id=${shops.source}`));
    expect(preview.body).toMatchObject({
      onlyHere: { skus: ['OURS'] },
      colliding: { skus: ['MUG-BLUE'] },
      inBoth: { count: 0 },
      complete: true,
    });
  });

  it('were told once each, to whom they may, and it can be read', async () => {
    expect(await toldAt(`shops/source-${tag()}`)).toEqual([]);
    for (const place of others()) {
      const seen = await toldAt(place);
      expect(seen).toEqual([...new Set(seen)]);
    }
    const toldPlaces = new Set([shops.other, merchant.warehouses.NORTH, merchant.warehouses.SOUTH]);
    const exports = await eventually(
      async () => (await succeed(merchant.get('catalog', '/product-exports?limit=100'))).body['items'] as readonly Export[],
      (seen) =>
        [...toldPlaces].every((place) => seen.some(({ placeId }) => placeId === place)) && seen.every(({ outcome }) => outcome !== null),
    );
    expect(exports.filter(({ placeId }) => placeId === shops.source)).toEqual([]);
    expect(new Set(exports.map(({ placeId }) => placeId))).toEqual(toldPlaces);
    const seen = await toldAt(`shops/other-${tag()}`);
    expect(exports.filter(({ placeId }) => placeId === shops.other).flatMap(({ skus }) => skus)).toHaveLength(seen.length);
  }, 120_000);
});
