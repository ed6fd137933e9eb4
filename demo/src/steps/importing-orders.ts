import { eventually } from '../client/eventually';
import type { Company, Say, ShopCode } from './company';
import { importFile, type ImportedFile } from './importing-files';

export type ImportedOrders = Readonly<Record<'shopify' | 'woo', ImportedFile>>;

/** Orders that a person takes down on the phone. */
export const phoneOrders = [
  { number: 'T-1', sku: 'SENCHA-100', quantity: 2 },
  { number: 'T-2', sku: 'MUG-RED', quantity: 1 },
  { number: 'T-3', sku: 'ASSAM-250', quantity: 3 },
] as const;

export const phoneOrderPlacedAt = (index: number): string => `2026-01-07T08:0${index}:00.000Z`;

/** What a person mends in the queue: an order without a SKU. */
export const mended = { shop: 'woo', number: '50352', emptySkuBecomes: 'SIEVE-RED' } as const;
/** What a person gives up. */
export const ignored = { shop: 'shopify', number: '#1122', reason: 'the customer ordered again' } as const;

/** Step 3: orders from files as shops export them, some taken down by hand; what cannot be an order waits, and a person looks at it. */
export const importOrders = async (company: Company, say: Say): Promise<ImportedOrders> => {
  const { shops } = company;
  const shopify = await importFile(
    company,
    { service: 'sales', kind: 'shopify-orders', name: 'shopify-orders.csv', mediaType: 'text/csv', options: { channelId: shops.shopify } },
    say,
  );
  const woo = await importFile(
    company,
    {
      service: 'sales',
      kind: 'woocommerce-orders',
      name: 'woocommerce-orders.json',
      mediaType: 'application/json',
      options: { channelId: shops.woo },
    },
    say,
  );
  await takeDownPhoneOrders(company);
  say(`${phoneOrders.length} orders by phone, on hold for a moment`);
  await lookAtTheQueue(company, say);
  return { shopify, woo };
};

const takeDownPhoneOrders = async ({ api, at, shops }: Company): Promise<void> => {
  for (const [index, { number, sku, quantity }] of phoneOrders.entries())
    await api.post(at('sales', '/sales-orders'), {
      channelId: shops.phone,
      orderNumber: number,
      orderDate: phoneOrderPlacedAt(index),
      shipTo: { name: 'Petra Phone', street: ['Long Street 7'], postalCode: '10115', city: 'Berlin', countryCode: 'DE' },
      lines: [{ sku, quantity }],
    });
};

type Waiting = { readonly incomingId: string; readonly number: string; readonly channelId: string; readonly state: string };

const waitingOrder = async ({ api, at, shops }: Company, shop: ShopCode, number: string): Promise<Waiting> => {
  const seen = await eventually(
    `${number} in the queue`,
    () => api.all<Waiting>(at('sales', '/incoming-orders?state=waiting')),
    (all) => all.some((each) => each.number === number && each.channelId === shops[shop]),
    { withinMs: 60_000 },
  );
  const found = seen.find((each) => each.number === number && each.channelId === shops[shop]);
  if (found === undefined) throw new Error(`${number} does not wait`);
  return found;
};

const lookAtTheQueue = async (company: Company, say: Say): Promise<void> => {
  const { api, at } = company;
  const toIgnore = await waitingOrder(company, ignored.shop, ignored.number);
  await api.post(at('sales', `/incoming-orders/${toIgnore.incomingId}/ignore`), { reason: ignored.reason });
  const toMend = await waitingOrder(company, mended.shop, mended.number);
  const path = at('sales', `/incoming-orders/${toMend.incomingId}`);
  const { order } = (await api.get(path)) as { readonly order: { readonly lines: readonly { readonly sku: string }[] } };
  const lines = order.lines.map((line) => (line.sku === '' ? { ...line, sku: mended.emptySkuBecomes } : line));
  await api.put(path, { ...order, lines });
  say('one order mended in the queue, one ignored');
};
