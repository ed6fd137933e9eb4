import { succeed, type Answer } from './http-client';
import { eventually, levelsOf, orderOf, placeOrder, stockUp, type Merchant, type Order } from './merchant';

/** Stock that lies there, and a sales service that has heard of settings, warehouses and SKUs. */
export const openShop = async (merchant: Merchant, stock: Parameters<typeof stockUp>[1]): Promise<void> => {
  await succeed(merchant.post('catalog', '/variants', { sku: 'NOWHERE', name: 'Lies nowhere' }));
  await stockUp(merchant, stock);
  const first = await placeOrder(merchant, { orderNumber: 'FIRST-OF-ALL', status: 'draft', lines: [{ sku: 'NOWHERE', quantity: 1 }] });
  // Approved only once sales knows whom to ask.
  await tell(merchant, first, 'approve');
  await tell(merchant, first, 'cancel', { reason: 'only a trial' });
  for (const sku of new Set(stock.map((each) => each.sku))) await heardOf(merchant, sku);
};

/** A draft for the SKU is taken, so orders for it will be. */
const heardOf = async (merchant: Merchant, sku: string): Promise<void> => {
  await placeOrder(merchant, { orderNumber: `DRAFT-FOR-${sku}`, status: 'draft', lines: [{ sku, quantity: 1 }] });
};

/** A step of an order by hand, which must be taken. */
export const tell = (merchant: Merchant, orderId: string, step: string, body: object = {}): Promise<Answer> =>
  succeed(merchant.post('sales', `/sales-orders/${orderId}/${step}`, body));

/** A draft that is put on hold at once. */
export const placeHold = async (
  merchant: Merchant,
  order: Parameters<typeof placeOrder>[1],
  hold: { readonly releaseAt?: string } = {},
): Promise<string> => {
  const orderId = await placeOrder(merchant, { ...order, status: 'draft' });
  await tell(merchant, orderId, 'hold', { reason: 'looked at by a person', ...hold });
  return orderId;
};

/** The order once its view shows what was waited for. */
export const orderWhen = async (merchant: Merchant, orderId: string, wanted: (order: Order) => boolean): Promise<Order> =>
  (await eventually(
    () => orderOf(merchant, orderId),
    (order) => order !== null && wanted(order),
  )) as Order;

/** Waits until these levels stand so; other levels are not looked at. */
export const levelsWhen = async (merchant: Merchant, wanted: Readonly<Record<string, string>>): Promise<void> => {
  const seen = await eventually(
    () => levelsOf(merchant),
    (levels) => Object.entries(wanted).every(([name, figures]) => levels[name] === figures),
    20_000,
  ).catch(() => levelsOf(merchant));
  expect(Object.fromEntries(Object.keys(wanted).map((name) => [name, seen[name]]))).toEqual(wanted);
};

export type Movement = {
  readonly eventId: string;
  readonly cause: string;
  readonly orderId: string | null;
  readonly recordedAt: string;
  readonly effectiveAt: string;
  readonly total: number;
  readonly unsellable: number;
  readonly allocated: number;
  readonly held: number;
  readonly incoming: number;
};

/** The ledger of a SKU from its beginning. */
export const movementsOf = async (merchant: Merchant, sku: string): Promise<readonly Movement[]> =>
  (await succeed(merchant.get('stock', `/movements?limit=100&sku=${encodeURIComponent(sku)}`))).body['items'] as readonly Movement[];

/** By how much each event moved what is available over all warehouses, in the order of the ledger. */
export const availabilitySteps = (movements: readonly Movement[]): readonly number[] =>
  [...Map.groupBy(movements, (movement) => movement.eventId).values()].map((ofEvent) =>
    ofEvent.reduce((sum, { total, unsellable, allocated, held }) => sum + total - unsellable - allocated - held, 0),
  );

/** More of a SKU is found, or some is lost. */
export const adjust = async (merchant: Merchant, sku: string, warehouse: 'NORTH' | 'SOUTH', by: number): Promise<void> => {
  await succeed(
    merchant.post('stock', '/adjustments', { sku, warehouseId: merchant.warehouses[warehouse], by, reason: by > 0 ? 'found' : 'lost' }),
  );
};
