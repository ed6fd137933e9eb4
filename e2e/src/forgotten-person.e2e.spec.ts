import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@stockproof/postgres-embedded';
import { backUp, type Backup } from './testing/backup';
import { commandLine } from './testing/command-line';
import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { openShop, orderWhen, tell } from './testing/order-desk';
import type { ProductProcess } from './testing/product-process';
import { newWord, search, type Found } from './testing/searching';
import { countEventsAtRest } from './testing/streams';

const persons = { ordered: newWord('ordered'), waits: newWord('waits'), user: newWord('user'), stays: newWord('stays') };
const addressOf = (who: string) => ({
  ...{ name: `Ada ${who}`, street: [`${who} street 1`], postalCode: '10115', city: 'Berlin', countryCode: 'DE' },
  ...{ email: `${who}@example.com`, phone: `+49 ${who}` },
});

describe('a person who was forgotten', () => {
  const list = join(tmpdir(), `${newWord('erasures')}.jsonl`);
  const backups: Backup[] = [];
  let before: Found;
  let installation: Installation;
  let product: ProductProcess;
  let merchant: Merchant;
  let ids: { readonly ordered: string; readonly stays: string; readonly waits: string; readonly user: string };

  const look = async (wanted: readonly string[], overHttp = true): Promise<Found> => {
    const { token, accountId, organizationId, warehouses } = merchant;
    const known = { accountId, organizationId, warehouseId: warehouses.NORTH, incomingId: ids.waits, userId: ids.user };
    const about = [ids.ordered, ids.stays].map((orderId) => ({ ...known, orderId }));
    return search({
      ...{ installation, wanted, printed: { product: product.output() } },
      ...(overHttp ? { readers: [{ token, about }] } : {}),
    });
  };
  const start = async (): Promise<void> => {
    product = await installation.start('all-in-one');
  };

  beforeAll(async () => {
    installation = await newInstallation({ STOCKPROOF_LOG_LEVEL: 'debug' });
    await start();
    merchant = await newMerchant(installation, null);
    const { call, of, token } = merchant;
    await openShop(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: 40 }]);
    const order = (who: string): Promise<string> =>
      placeOrder(merchant, { orderNumber: `OF-${who.slice(2, 6)}`, shipTo: addressOf(who), lines: [{ sku: 'TEA', quantity: 1 }] });
    const [ordered, stays] = [await order(persons.ordered), await order(persons.stays)];
    for (const each of [ordered, stays]) {
      await orderWhen(merchant, each, ({ status }) => status === 'fulfilling');
      await tell(merchant, each, 'mark-shipped', { reason: 'went by hand', left: true });
    }
    const file = `order_number,order_date,name,street,postal_code,city,country,sku,quantity\nW-1,2026-01-05T10:00:00Z,${persons.waits},${persons.waits} 1,10115,Berlin,DE,NOTHING,1`;
    await succeed(call('POST', of('sales', '/imports/orders-csv'), { token, body: file, headers: { 'content-type': 'text/csv' } }));
    const { body: queue } = await eventually(
      () => merchant.get('sales', '/incoming-orders?state=waiting'),
      ({ body }) => (body['items'] as readonly object[]).length === 1,
    );
    const waits = (queue['items'] as readonly { readonly incomingId: string }[])[0]?.incomingId ?? '';
    await succeed(merchant.post('sales', `/incoming-orders/${waits}/ignore`, { reason: 'a test' }));
    const person = { email: `${persons.user}@example.com`, name: persons.user, password: 'correct horse battery staple', role: 'viewer' };
    const user = String((await succeed(merchant.post('tenancy', '/users', person))).body['userId']);
    ids = { ordered, stays, waits, user };
    await countEventsAtRest(installation.databaseUrl());
  }, 240_000);
  afterAll(async () => {
    await installation.remove();
    rmSync(list, { force: true });
  });

  const forgotten = [persons.ordered, persons.waits, persons.user];
  const nowhere = Object.fromEntries(forgotten.map((each) => [each, []]));
  /** In the open, where nobody has asked for it. */
  const isLeak = (place: string): boolean => /^(file|printed|words|metrics)|^\w+\.\w+\.\w+$/.test(place);

  it('was found where they are read and, by whoever has all keys, where they are kept: nowhere else, not even on the disk', async () => {
    before = await look(Object.values(persons));
    process.stdout.write(`${JSON.stringify(before, null, 2)}\n`);
    for (const who of Object.values(persons)) {
      expect(before[who]?.filter(isLeak)).toEqual([]);
      expect(before[who]?.some((place) => place.endsWith(', opened'))).toBe(true);
      expect(before[who]?.some((place) => !place.endsWith(', opened'))).toBe(true);
    }
    expect((await look(['tea', 'TEA']))['TEA']?.filter(isLeak).length).toBeGreaterThan(5);
  }, 120_000);

  it('is nowhere, also in views that are built again, while others are found as before', async () => {
    for (const service of ['sales', 'tenancy']) backups.push(await backUp(installation.databaseUrl, service, 'old'));
    await succeed(merchant.post('sales', `/sales-orders/${ids.ordered}/forget-person`, {}));
    await succeed(merchant.post('sales', `/incoming-orders/${ids.waits}/forget-person`, {}));
    await succeed(merchant.call('DELETE', merchant.of('tenancy', `/users/${ids.user}`), { token: merchant.token }));
    await succeed(merchant.post('tenancy', `/users/${ids.user}/forget`, {}));
    await countEventsAtRest(installation.databaseUrl());
    const after = { ...nowhere, [persons.stays]: before[persons.stays] };
    expect(await look(Object.values(persons))).toEqual(after);
    const cli = commandLine(installation);
    for (const view of ['sales sales-orders', 'sales incoming-queue', 'tenancy users'])
      expect((await cli('view', 'rebuild', ...view.split(' '))).code).toBe(0);
    expect(await look(Object.values(persons))).toEqual(after);
    writeFileSync(list, (await cli('erasures', 'export')).out);
  }, 180_000);

  it('comes back with an older backup, and is forgotten again by the list of who was', async () => {
    await installation.stop();
    const database = await startEmbeddedPostgres({ dataDir: installation.dataDir, log: () => undefined });
    try {
      for (const backup of backups) await backup.restore();
      const restored = await look(forgotten, false);
      for (const who of forgotten) expect(restored[who]).not.toEqual([]);
    } finally {
      await database.stop();
    }
    const replayed = await commandLine(installation)('erasures', 'replay', list, '--json');
    expect([replayed.code, replayed.json['services']]).toMatchObject([0, [{ service: 'tenancy', broughtBack: 1 }, { service: 'sales' }]]);
    await start();
    await countEventsAtRest(installation.databaseUrl());
    const found = await look(Object.values(persons));
    expect(found).toEqual({ ...nowhere, [persons.stays]: expect.arrayContaining(before[persons.stays] ?? []) as unknown });
  }, 240_000);
});
