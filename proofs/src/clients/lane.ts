import type { Answer, What } from './record';
import type { Line, Planned, Warehouse } from './steps';
import type { Asking, Question, Service } from './asking';
import type { World } from './world';

type Shipment = {
  readonly shipmentId: string;
  readonly status: string;
  readonly units: readonly {
    readonly lineNumber: number;
    readonly quantity: number;
    readonly shipped: number;
    readonly released: boolean;
  }[];
};

const shipTo = { name: 'Ada Example', street: ['Long Street 1'], postalCode: '10115', city: 'Berlin', countryCode: 'DE' };
const dayMs = 24 * 3_600_000;

/** What one lane knows: which of its steps made which order. */
export type Lane = {
  readonly name: string;
  readonly world: World;
  readonly asking: Asking;
  readonly orders: Map<number, string>;
  readonly purchases: Map<number, { readonly id: string; readonly lines: readonly Line[] }>;
};

type Step<Does extends Planned['does']> = Extract<Planned, { readonly does: Does }>;
type Now = { readonly lane: Lane; readonly index: number; readonly step: Planned };

/** Does one step of the lane: at least one question, more where it follows from what was read. */
export const takeStep = async (lane: Lane, index: number, step: Planned): Promise<void> => {
  const now = { lane, index, step };
  switch (step.does) {
    case 'create':
      return create(now, step);
    case 'create-again':
      return createAgain(now, step.order);
    case 'approve':
    case 'unlock':
    case 'allocate':
    case 'cancel':
    case 'hold':
    case 'release':
    case 'mark-shipped':
      return orderStep(now, step);
    case 'cancel-and-hold-at-once':
      return cancelAndHold(now, step.order);
    case 'ship':
    case 'cancel-shipment':
      return shipmentSteps(now, step);
    case 'adjust':
    case 'set-aside':
      return writeStock(now, step);
    case 'report':
      return report(now, step);
    case 'purchase':
      return purchase(now, step);
    case 'receive':
      return receive(now, step);
    default:
      return read(now, step);
  }
};

/** Its own key: the same seed asks the same under the same one. */
const ask = (
  { lane, index, step }: Now,
  what: What,
  request: Pick<Question, 'service' | 'method' | 'path'> & {
    readonly body?: Question['body'];
    readonly nth?: string;
    readonly aim?: number;
  },
): Promise<Answer | null> =>
  lane.asking.ask({
    what,
    service: request.service,
    method: request.method,
    path: `/v1/${request.service}/accounts/${lane.world.accountId}${request.path}`,
    ...(request.body === undefined ? {} : { body: request.body }),
    key: `${lane.name}.${index}${request.nth ?? ''}`,
    target: step.target + (request.aim ?? 0),
    persistent: step.persistent,
    again: step.again,
  });

const post = (service: Service, path: string, body: Question['body'] = {}, nth = '') => ({
  service,
  method: 'POST' as const,
  path,
  body,
  nth,
});
const get = (service: Service, path: string, nth = '') => ({ service, method: 'GET' as const, path, nth });

const numberOf = ({ name }: Lane, order: number): string => `${name}.${order}`;

const create = async (now: Now, { lines, draft, from, daysAgo }: Step<'create'>): Promise<void> => {
  const { lane, index } = now;
  const body = {
    orderNumber: numberOf(lane, index),
    lines,
    shipTo,
    ...(draft ? { status: 'draft' } : {}),
    ...(from === null ? {} : { warehouseId: lane.world.warehouses[from] }),
    ...(daysAgo === 0 ? {} : { orderDate: new Date(Date.now() - daysAgo * dayMs).toISOString() }),
  };
  learn(lane, index, await ask(now, 'create', post('sales', '/sales-orders', body)));
};

const learn = (lane: Lane, order: number, answer: Answer | null): void => {
  const { orderId } = answer?.body ?? {};
  if (typeof orderId === 'string') lane.orders.set(order, orderId);
};

/** The same order under another key: its number makes it the same. */
const createAgain = async (now: Now, order: number): Promise<void> => {
  const body = { orderNumber: numberOf(now.lane, order), lines: [{ sku: 'HOT-1', quantity: 1 }], shipTo };
  learn(now.lane, order, await ask(now, 'create', post('sales', '/sales-orders', body)));
};

/** Where nobody knows what became of an order, it is looked up by its number. */
const orderOf = async (now: Now, order: number): Promise<string | null> => {
  const known = now.lane.orders.get(order);
  if (known !== undefined) return known;
  const found = await ask(now, 'read-orders', get('sales', `/sales-orders?number=${numberOf(now.lane, order)}`, '?'));
  const [only] = (found?.body['items'] ?? []) as readonly { readonly orderId: string }[];
  if (only) now.lane.orders.set(order, only.orderId);
  return only?.orderId ?? null;
};

type OrderStep = Step<'approve' | 'unlock' | 'allocate' | 'cancel' | 'hold' | 'release' | 'mark-shipped'>;

const wordsOf = (step: OrderStep): Question['body'] => {
  if (step.does === 'release') return { to: step.to };
  if (step.does === 'mark-shipped') return { reason: 'settled by hand', left: step.left };
  return step.does === 'hold' || step.does === 'cancel' ? { reason: 'looked at' } : {};
};

const orderStep = async (now: Now, step: OrderStep): Promise<void> => {
  const orderId = await orderOf(now, step.order);
  if (orderId !== null) await ask(now, 'order-step', post('sales', `/sales-orders/${orderId}/${step.does}`, wordsOf(step)));
};

const cancelAndHold = async (now: Now, order: number): Promise<void> => {
  const orderId = await orderOf(now, order);
  if (orderId === null) return;
  const told = (does: string, nth: string, aim: number) =>
    ask(now, 'order-step', { ...post('sales', `/sales-orders/${orderId}/${does}`, { reason: 'at once' }, nth), aim });
  await Promise.all([told('cancel', '.c', 0), told('hold', '.h', 1)]);
};

const openStatuses = new Set(['ready-to-send', 'sent-to-warehouse', 'short-shipped']);

const shipmentSteps = async (now: Now, step: Step<'ship' | 'cancel-shipment'>): Promise<void> => {
  const orderId = await orderOf(now, step.order);
  if (orderId === null) return;
  const order = await ask(now, 'read-order', get('sales', `/sales-orders/${orderId}`, '?o'));
  const shipments = (order?.body['shipments'] ?? []) as readonly Shipment[];
  for (const [nth, shipment] of shipments.filter(({ status }) => openStatuses.has(status)).entries()) {
    const path = `/shipments/${shipment.shipmentId}`;
    if (step.does === 'cancel-shipment')
      await ask(now, 'shipment-step', post('sales', `${path}/cancel`, { reason: 'looked at' }, `.${nth}`));
    else await ask(now, 'shipment-step', post('sales', `${path}/updates`, leftOf(shipment, step.part), `.${nth}`));
  }
};

const leftOf = ({ units }: Shipment, part: Step<'ship'>['part']): Question['body'] => ({
  lines: units.map(({ lineNumber, quantity }) => ({ lineNumber, shipped: part === 'all' ? quantity : Math.floor(quantity / 2) })),
  ...(part === 'some-and-no-more' ? { closedShort: true } : {}),
});

const writeStock = async (now: Now, { does, sku, at, by }: Step<'adjust' | 'set-aside'>): Promise<void> => {
  const common = { sku, warehouseId: idOf(now, at), by, reference: `${now.lane.name}.${now.index}` };
  const adjusts = does === 'adjust';
  const body = { ...common, reason: adjusts ? (by > 0 ? 'found' : 'lost') : 'damaged' };
  await ask(now, does, post('stock', adjusts ? '/adjustments' : '/set-asides', body));
};

const idOf = ({ lane }: Now, at: Warehouse): string => lane.world.warehouses[at];

/** A count that is near to what the warehouse was last shown to have. */
const report = async (now: Now, { skus, at, off, secondsAgo }: Step<'report'>): Promise<void> => {
  const query = `${skus.map((sku) => `sku=${sku}&`).join('')}warehouseId=${idOf(now, at)}`;
  const levels = await ask(now, 'read-levels', get('stock', `/levels?${query}`, '?'));
  const shown = (levels?.body['items'] ?? []) as readonly { readonly sku: string; readonly total: number }[];
  if (shown.length === 0) return;
  const rows = shown.map(({ sku, total }) => ({ sku, quantity: Math.max(0, total + off) }));
  const takenAt = new Date(Date.now() - secondsAgo * 1_000).toISOString();
  const body = { warehouseId: idOf(now, at), takenAt, reportId: `${now.lane.name}.${now.index}`, rows };
  await ask(now, 'report', post('stock', '/level-reports', body));
};

const purchase = async (now: Now, { lines, at }: Step<'purchase'>): Promise<void> => {
  const body = { supplier: { code: 'ACME', name: 'Acme' }, warehouseId: idOf(now, at), lines };
  const answer = await ask(now, 'purchase', post('purchasing', '/purchase-orders', body));
  const { purchaseOrderId } = answer?.body ?? {};
  if (typeof purchaseOrderId !== 'string') return;
  now.lane.purchases.set(now.index, { id: purchaseOrderId, lines });
  await ask(now, 'purchase-step', post('purchasing', `/purchase-orders/${purchaseOrderId}/approve`, {}, '.a'));
};

const receive = async (now: Now, { purchase: index, share }: Step<'receive'>): Promise<void> => {
  const known = now.lane.purchases.get(index);
  if (!known) return read(now, { ...now.step, does: 'read-levels', sku: 'HOT-1' });
  const lines = known.lines.map(({ sku, quantity }) => ({
    sku,
    quantity: share === 'some' ? Math.floor(quantity / 2) : Math.ceil(quantity / 2),
  }));
  const body = { receiptId: `${now.lane.name}.${now.index}`, lines };
  await ask(now, 'purchase-step', post('purchasing', `/purchase-orders/${known.id}/receipts`, body));
};

const read = async (now: Now, step: Step<'read-order' | 'read-levels' | 'read-movements' | 'list-orders'>): Promise<void> => {
  switch (step.does) {
    case 'read-order': {
      const orderId = await orderOf(now, step.order);
      if (orderId !== null) await ask(now, 'read-order', get('sales', `/sales-orders/${orderId}`));
      return;
    }
    case 'read-levels':
      return void (await ask(now, 'read-levels', get('stock', `/levels?sku=${step.sku}`)));
    case 'read-movements':
      return void (await ask(now, 'read-movements', get('stock', `/movements?sku=${step.sku}&limit=5`)));
    case 'list-orders':
      return void (await ask(now, 'read-orders', get('sales', '/sales-orders?backordered=true&limit=10')));
  }
};
