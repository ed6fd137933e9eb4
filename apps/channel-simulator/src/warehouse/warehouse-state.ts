import type { Line } from '../behaviour/plan';
import { accepted, refused, type Answer } from '../journal/answer';
import type { Entry } from '../journal/journal';
import { receiptFeedItem, shippedFeedItem, type ReceiptItem, type UpdateItem } from './feeds';
import type { CarrierService, ReceivedLine, Settings, WarehouseFact } from './warehouse-facts';

export type Shipment = {
  readonly shipmentId: string;
  readonly externalId: string;
  readonly orderNumber: string;
  readonly lines: readonly Line[];
  readonly carrierService: CarrierService | null;
  /** What has left, per line number. */
  readonly left: Map<number, number>;
  readonly packages: object[];
  departures: number;
  status: 'open' | 'gone' | 'cancelled';
};

export type PurchaseOrder = {
  readonly purchaseOrderId: string;
  readonly externalId: string;
  readonly purchaseOrderNumber: string;
  readonly lines: readonly ReceivedLine[];
  readonly received: Map<number, number>;
  deliveries: number;
  status: 'open' | 'closed';
};

/** What a warehouse knows: a fold of its part of the journal. */
export type WarehouseState = {
  settings: Settings;
  /** Only of SKUs that were ever set or received. */
  readonly onHand: Map<string, number>;
  readonly shipments: Map<string, Shipment>;
  readonly openShipments: Set<Shipment>;
  readonly purchaseOrders: Map<string, PurchaseOrder>;
  readonly openPurchaseOrders: Set<PurchaseOrder>;
  readonly answers: Map<string, Answer>;
  readonly updates: UpdateItem[];
  readonly receipts: ReceiptItem[];
  readonly products: object[];
};

export const emptyWarehouse = (): WarehouseState => ({
  settings: { automatic: true, callbackUrl: null, pushSecret: null, meaning: 'on-hand' },
  onHand: new Map(),
  shipments: new Map(),
  openShipments: new Set(),
  purchaseOrders: new Map(),
  openPurchaseOrders: new Set(),
  answers: new Map(),
  updates: [],
  receipts: [],
  products: [],
});

const add = <Key>(counts: Map<Key, number>, key: Key, quantity: number) => counts.set(key, (counts.get(key) ?? 0) + quantity);

const close = (state: WarehouseState, shipment: Shipment, status: 'gone' | 'cancelled') => {
  shipment.status = status;
  state.openShipments.delete(shipment);
};

const closeOrder = (state: WarehouseState, order: PurchaseOrder) => {
  order.status = 'closed';
  state.openPurchaseOrders.delete(order);
};

const leave = (state: WarehouseState, entry: Extract<Entry<WarehouseFact>, { kind: 'shipment-left' }>) => {
  const shipment = state.shipments.get(entry.shipmentId);
  if (shipment === undefined) return;
  shipment.departures += 1;
  if (entry.completion !== 'more-expected') close(state, shipment, 'gone');
  for (const { lineNumber, sku, quantity } of entry.lines) {
    add(shipment.left, lineNumber, quantity);
    if (state.onHand.has(sku)) add(state.onHand, sku, -quantity);
  }
  const item = shippedFeedItem(shipment, entry);
  for (let told = 0; told < entry.reported; told += 1) state.updates.push(item);
};

const receive = (state: WarehouseState, entry: Extract<Entry<WarehouseFact>, { kind: 'goods-received' }>) => {
  for (const { sku, quantity } of entry.lines) add(state.onHand, sku, quantity);
  state.receipts.push(receiptFeedItem(entry));
  const order = entry.purchaseOrderId === null ? undefined : state.purchaseOrders.get(entry.purchaseOrderId);
  if (order === undefined) return;
  order.deliveries += 1;
  for (const { lineNumber, quantity } of entry.lines) add(order.received, lineNumber, quantity);
  if (entry.final) closeOrder(state, order);
};

const change = (
  state: WarehouseState,
  entry: { readonly at: string; readonly updateId: string; readonly shipmentId: string },
  what: object,
) => {
  const externalShipmentId = state.shipments.get(entry.shipmentId)?.externalId ?? entry.shipmentId;
  state.updates.push({ updateId: entry.updateId, shipmentId: entry.shipmentId, externalShipmentId, happenedAt: entry.at, change: what });
};

/** What an entry of the journal does to what the warehouse knows. */
export const applyToWarehouse = (state: WarehouseState, entry: Entry<WarehouseFact>): void => {
  switch (entry.kind) {
    case 'warehouse-set-up':
      state.settings = entry.settings;
      return;
    case 'stock-set':
      for (const { sku, quantity } of entry.rows) state.onHand.set(sku, quantity);
      return;
    case 'shipment-taken': {
      const { shipmentId, externalId, orderNumber, lines, carrierService } = entry;
      const shipment: Shipment = {
        shipmentId,
        externalId,
        orderNumber,
        lines,
        carrierService,
        left: new Map(),
        packages: [],
        departures: 0,
        status: 'open',
      };
      state.shipments.set(shipmentId, shipment);
      state.openShipments.add(shipment);
      state.answers.set(entry.effectId, accepted(externalId));
      return;
    }
    case 'shipment-left':
      return leave(state, entry);
    case 'shipment-cancelled': {
      const shipment = state.shipments.get(entry.shipmentId);
      if (shipment !== undefined) close(state, shipment, 'cancelled');
      if (entry.effectId !== null) state.answers.set(entry.effectId, { status: 200, body: { outcome: 'cancelled' } });
      return change(state, entry, { kind: 'cancelled', reason: entry.reason });
    }
    case 'cancellation-refused':
    case 'purchase-order-kept':
      state.answers.set(entry.effectId, { status: 200, body: { outcome: 'refused', code: 'too-late', message: entry.message } });
      return;
    case 'change-reported':
      return change(state, entry, entry.change);
    case 'purchase-order-taken': {
      const { purchaseOrderId, externalId, purchaseOrderNumber, lines } = entry;
      const order: PurchaseOrder = {
        purchaseOrderId,
        externalId,
        purchaseOrderNumber,
        lines,
        received: new Map(),
        deliveries: 0,
        status: 'open',
      };
      state.purchaseOrders.set(purchaseOrderId, order);
      state.openPurchaseOrders.add(order);
      state.answers.set(entry.effectId, accepted(externalId));
      return;
    }
    case 'purchase-order-cancelled': {
      const order = state.purchaseOrders.get(entry.purchaseOrderId);
      if (order !== undefined) closeOrder(state, order);
      state.answers.set(entry.effectId, { status: 200, body: { outcome: 'cancelled' } });
      return;
    }
    case 'goods-received':
      return receive(state, entry);
    case 'shipment-refused':
    case 'purchase-order-refused':
      state.answers.set(entry.effectId, refused(entry.message));
      return;
    case 'products-told':
      state.answers.set(entry.effectId, accepted(entry.externalId));
      return;
    case 'product-offered':
      state.products.push(entry.product);
      return;
  }
};
