import { randomUUID } from 'node:crypto';
import { httpClient, succeed, type HttpClient } from './http-client';
import type { Installation } from './installation';
import { eventually, newMerchant, orderOf, placeOrder, stockUp, type Merchant } from './merchant';
import type { KnownValues } from './samples';

/** A merchant with something of everything, so that requests about it reach what decides. */
export type Populated = { readonly merchant: Merchant; readonly known: KnownValues };

export const newPopulatedMerchant = async (installation: Installation): Promise<Populated> => {
  const merchant = await newMerchant(installation, null);
  await stockUp(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: 100 }]);
  const orderId = await placeOrder(merchant, { orderNumber: `${merchant.accountId.slice(0, 8)}-1`, lines: [{ sku: 'TEA', quantity: 2 }] });
  const order = await eventually(
    () => orderOf(merchant, orderId),
    (seen) => (seen?.shipments.length ?? 0) === 1,
  );
  const { body: user } = await succeed(merchant.post('tenancy', '/users', personOf('viewer')));
  const { body: key } = await succeed(merchant.post('tenancy', '/api-keys', { name: 'Reader', scopes: ['stock:read'] }));
  const { body: channel } = await succeed(
    merchant.post('tenancy', '/sales-channels', {
      code: 'SHOP',
      name: 'Shop',
      connector: 'generic-http',
      endpointUrl: 'http://127.0.0.1:3900/shops/shop',
    }),
  );
  const incomingId = await waitingOrder(merchant);
  await succeed(merchant.call('PUT', merchant.of('catalog', '/products/LEAF'), { token: merchant.token, body: { title: 'Leaf tea' } }));
  const { organizationId, accountId, warehouses } = merchant;
  const purchase = await eventually(
    () =>
      merchant.post('purchasing', '/purchase-orders', {
        supplier: { code: 'LEAF', name: 'Leaf' },
        warehouseId: warehouses.NORTH,
        lines: [{ sku: 'TEA', quantity: 5 }],
      }),
    ({ status }) => status === 201,
  );
  const { body: whatIf } = await succeed(merchant.post('stock', '/what-ifs', { from: '2020-01-01T00:00:00Z' }));
  return {
    merchant,
    known: {
      organizationId,
      accountId,
      warehouseId: warehouses.NORTH,
      userId: user['userId'],
      keyId: key['keyId'],
      channelId: channel['channelId'],
      orderId,
      whatIfId: whatIf['whatIfId'],
      incomingId,
      shipmentId: order?.shipments[0]?.shipmentId,
      sku: 'TEA',
      theirs: 'SHOP-TEA',
      productId: 'LEAF',
      purchaseOrderId: purchase.body['purchaseOrderId'],
      members: [warehouses.SOUTH],
      publishedWarehouses: [warehouses.NORTH],
      defaultWarehouseId: warehouses.BOTH,
      timeZone: 'Europe/Berlin',
      expiresAt: '2100-01-01T00:00:00.000Z',
      group: 'stock.allocation',
      orderingKey: `${accountId}/${orderId}`,
    },
  };
};

/** One that came in and waits, as it names a SKU that nobody knows. */
const waitingOrder = async (merchant: Merchant): Promise<unknown> => {
  const { call, of, token } = merchant;
  const file =
    'order_number,order_date,name,street,postal_code,city,country,sku,quantity\nW-1,2026-01-05T10:00:00Z,Ada,Long Street 1,10115,Berlin,DE,NOTHING,1';
  await succeed(call('POST', of('sales', '/imports/orders-csv'), { token, body: file, headers: { 'content-type': 'text/csv' } }));
  const { body } = await eventually(
    () => merchant.get('sales', '/incoming-orders?state=waiting'),
    ({ body: seen }) => (seen['items'] as readonly object[]).length === 1,
  );
  return (body['items'] as readonly { readonly incomingId: string }[])[0]?.incomingId;
};

const password = 'correct horse battery staple';
const personOf = (role: string) => ({ email: `${role}-${randomUUID()}@example.com`, name: `A ${role}`, password, role });

const tokenOf = async (call: HttpClient, email: string, secret: string): Promise<string> =>
  String((await succeed(call('POST', '/v1/tenancy/sessions', { body: { email, password: secret } }))).body['accessToken']);

/** Somebody new of the account, signed in. */
export const signInAs = async ({ call, of, token }: Merchant, role: string): Promise<string> => {
  const person = personOf(role);
  await succeed(call('POST', of('tenancy', '/users'), { token, body: person }));
  return tokenOf(call, person.email, password);
};

/** The administrator of the installation, signed in. */
export const adminToken = ({ base, adminPassword }: Installation): Promise<string> => tokenOf(httpClient(base), 'admin', adminPassword());
