import { Client } from 'pg';
import { address, eventually, type Merchant } from '../merchant';
import { countEventsAtRest } from '../streams';
import type { Effect } from './judging';

export const services = ['tenancy', 'sales', 'stock', 'purchasing', 'catalog'] as const;
export type Service = (typeof services)[number];

/** One of it for each service. */
export const eachService = <Each>(make: (service: Service) => Each): Readonly<Record<Service, Each>> => ({
  tenancy: make('tenancy'),
  sales: make('sales'),
  stock: make('stock'),
  purchasing: make('purchasing'),
  catalog: make('catalog'),
});

/** Something to write in a service under a name, something to read there, and the event that bears the name afterwards. */
type Errand = {
  readonly write: string;
  readonly body: (name: string, merchant: Merchant) => object;
  readonly read: string;
  readonly event: string;
  /** Where in the event the name stands. */
  readonly named: string;
};

export const errands: Readonly<Record<Service, Errand>> = {
  tenancy: {
    write: '/api-keys',
    body: (name) => ({ name, scopes: ['stock:read'] }),
    read: '',
    event: 'ApiKeyCreated',
    named: '{name}',
  },
  sales: {
    write: '/sales-orders',
    body: (orderNumber) => ({ orderNumber, shipTo: address, lines: [{ sku: 'TEA', quantity: 1 }] }),
    read: '/sales-orders?limit=5',
    event: 'SalesOrderCreated',
    named: '{number}',
  },
  stock: {
    write: '/adjustments',
    body: (note, { warehouses }) => ({ sku: 'TEA', warehouseId: warehouses.NORTH, by: 1, reason: 'found', note }),
    read: '/levels?limit=5',
    event: 'StockAdjusted',
    named: '{note}',
  },
  purchasing: {
    write: '/purchase-orders',
    body: (number, { warehouses }) => ({
      draft: true,
      number,
      supplier: { code: 'ACME', name: 'Acme' },
      warehouseId: warehouses.NORTH,
      lines: [{ sku: 'TEA', quantity: 1 }],
    }),
    read: '/purchase-orders?limit=5',
    event: 'PurchaseOrderDrafted',
    named: '{content,number}',
  },
  catalog: {
    write: '/variants',
    body: (sku) => ({ sku, name: sku }),
    read: '/variants?limit=5',
    event: 'VariantAdded',
    named: '{sku}',
  },
};

/** Every service takes its errand: it has heard from the others what it must know for that. */
export const untilErrandsAreTaken = async (merchant: Merchant): Promise<void> => {
  for (const service of services) {
    const { write, body } = errands[service];
    await eventually(
      () => merchant.post(service, write, body('TRIAL', merchant)),
      ({ status }) => status === 201,
    );
  }
};

/** Names of a load as they were acknowledged, by service. */
export type Acknowledged = Readonly<Record<Service, readonly string[]>>;

/** Longer than it takes to work off what has piled up while nobody was there. */
const grantedWithinMs = 120_000;

/** What lies in the logs of the load with this name once nothing more comes: what was written, and for which orders stock was granted. */
export const effectsOf = async (databaseUrl: string, load: string, acknowledged: Acknowledged): Promise<readonly Effect[]> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const names = async (text: string, values: readonly string[]): Promise<readonly string[]> =>
    (await client.query<{ name: string }>(text, [...values])).rows.map(({ name }) => name);
  const granted = () =>
    names(
      `select o.data ->> 'number' as name from stock.events g
         join sales.events o on o.data ->> 'orderId' = g.data ->> 'orderId' and o.type = 'SalesOrderCreated'
        where g.type = 'AllocationGranted' and o.data ->> 'number' like $1`,
      [`${load}-%`],
    );
  try {
    await eventually(
      async () => (await granted()).length,
      (count) => count >= acknowledged.sales.length,
      grantedWithinMs,
    ).catch(() => undefined); // what is missing is told with everything else
    await countEventsAtRest(databaseUrl);
    const effects: Effect[] = [];
    for (const service of services) {
      const { event, named } = errands[service];
      const text = `select data #>> $1 as name from ${service}.events where type = $2 and data #>> $1 like $3`;
      effects.push({
        what: `${service}: ${event}`,
        acknowledged: acknowledged[service],
        found: await names(text, [named, event, `${load}-%`]),
      });
    }
    return [...effects, { what: 'stock: AllocationGranted', acknowledged: acknowledged.sales, found: await granted() }];
  } finally {
    await client.end();
  }
};
