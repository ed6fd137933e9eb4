import { ChannelUnavailable, type ChannelProduct, type HandOver, type ParsedPush, type TakeBack } from '@stockproof/channel-exchange';
import { feedOf, rememberedEffects } from '@stockproof/channel-exchange/testing';
import type { FulfillmentCapability, FulfillmentChannel } from '../fulfillment-channel';
import type { OutboundShipment } from '../outbound-shipment';
import type { AnnouncedPurchaseOrder, WarehouseReceipt } from '../purchase-order';
import type { ShipmentUpdate } from '../shipment-update';
import type { Fate, WarehousePeer } from './warehouse-peer';
import type { WarehouseFact } from '../warehouse-fact';

export const inMemoryCapabilities: readonly FulfillmentCapability[] = [
  'send-shipments',
  'cancel-shipments',
  'fetch-shipment-updates',
  'send-purchase-orders',
  'cancel-purchase-orders',
  'fetch-receipts',
  'fetch-stock-levels',
  'send-products',
  'import-products',
  'push',
];

const nobody = async (): Promise<never> => {
  throw new ChannelUnavailable('nobody answers');
};
const unanswered = async () => ({ outcome: 'unanswered', reason: 'nobody answers', retryAfterMs: null }) as const;

const refused = (message: string) => ({ code: 'refused', message });
const fateOf = (number: string): Fate => (number.endsWith('lost') ? 'answer-lost' : number.endsWith('refused') ? 'refused' : 'taken');

/** Signed by knowing the word: enough to tell a push that was changed from one that was not, without cryptography. */
const signatureOf = (rawBody: string) => `in-memory ${rawBody}`;

const parsePush: FulfillmentChannel['parsePush'] = (headers, rawBody): ParsedPush<WarehouseFact> =>
  headers['signature'] === signatureOf(rawBody)
    ? { outcome: 'verified', pushId: String(headers['push-id']), facts: [JSON.parse(rawBody) as WarehouseFact] }
    : { outcome: 'untrusted', reason: 'not signed' };

type Held = {
  readonly shipments: Map<string, OutboundShipment>;
  readonly left: Map<string, Map<number, number>>;
  readonly purchaseOrders: Map<string, AnnouncedPurchaseOrder>;
  readonly taken: string[];
  readonly updates: ShipmentUpdate[];
  readonly receipts: WarehouseReceipt[];
  readonly onHand: Map<string, number>;
  readonly products: ChannelProduct[];
  seconds: number;
};

const channelTo = (held: Held): FulfillmentChannel => {
  const once = rememberedEffects();
  const handOver =
    (number: string, act: () => string): (() => HandOver) =>
    () =>
      fateOf(number) === 'refused'
        ? { outcome: 'rejected', refusal: refused('refused by its number') }
        : { outcome: 'accepted', externalId: act() };
  const loses = (number: string) => fateOf(number) === 'answer-lost';
  const takeBack = (gone: boolean): TakeBack => (gone ? { outcome: 'refused', refusal: refused('too late') } : { outcome: 'cancelled' });
  return {
    capabilities: new Set(inMemoryCapabilities),
    sendShipment: async (shipment, effect) =>
      once(
        effect,
        loses(shipment.orderNumber),
        handOver(shipment.orderNumber, () => {
          if (!held.shipments.has(shipment.shipmentId)) held.taken.push(shipment.shipmentId);
          held.shipments.set(shipment.shipmentId, shipment);
          return `there-${shipment.shipmentId}`;
        }),
      ),
    cancelShipment: async ({ shipmentId }, effect) => once(effect, false, () => takeBack(held.left.has(shipmentId))),
    fetchShipmentUpdates: feedOf(held.updates),
    sendPurchaseOrder: async (order, effect) =>
      once(
        effect,
        loses(order.purchaseOrderNumber),
        handOver(order.purchaseOrderNumber, () => {
          held.purchaseOrders.set(order.purchaseOrderId, order);
          return `there-${order.purchaseOrderId}`;
        }),
      ),
    cancelPurchaseOrder: async ({ purchaseOrderId }, effect) =>
      once(effect, false, () => takeBack(held.receipts.some((receipt) => receipt.purchaseOrderId === purchaseOrderId))),
    fetchReceipts: feedOf(held.receipts),
    fetchStockLevels: async () => ({
      takenAt: at(held),
      meaning: 'on-hand',
      rows: [...held.onHand].map(([sku, quantity]) => ({ sku, quantity })),
    }),
    sendProducts: async (_products, effect) =>
      once(
        effect,
        false,
        handOver('', () => 'there-products'),
      ),
    importProducts: feedOf(held.products),
    parsePush,
  };
};

const dead: FulfillmentChannel = {
  capabilities: new Set(inMemoryCapabilities),
  sendShipment: unanswered,
  cancelShipment: unanswered,
  fetchShipmentUpdates: nobody,
  sendPurchaseOrder: unanswered,
  cancelPurchaseOrder: unanswered,
  fetchReceipts: nobody,
  fetchStockLevels: nobody,
  sendProducts: unanswered,
  importProducts: nobody,
  parsePush,
};

/** Its own time: each thing that happens takes a second. */
const at = (held: Held): string => new Date(Date.UTC(2026, 2, 1, 8, 0, (held.seconds += 1))).toISOString();

const ship =
  (held: Held): WarehousePeer['ship'] =>
  async (shipmentId, quantities, completion) => {
    const shipment = held.shipments.get(shipmentId);
    if (shipment === undefined) throw new Error(`${shipmentId} was never taken`);
    const left = held.left.get(shipmentId) ?? new Map<number, number>();
    held.left.set(shipmentId, left);
    for (const [line, quantity] of Object.entries(quantities)) left.set(Number(line), (left.get(Number(line)) ?? 0) + quantity);
    held.updates.push({
      updateId: `update-${held.updates.length + 1}`,
      shipmentId,
      externalShipmentId: `there-${shipmentId}`,
      happenedAt: at(held),
      change: {
        kind: 'shipped',
        completion,
        lines: shipment.lines.map(({ lineNumber, sku }) => ({ lineNumber, sku, shippedQuantity: left.get(lineNumber) ?? 0 })),
        packages: [],
        conflicts: [],
        correctedShipTo: null,
      },
    });
  };

const receive =
  (held: Held): WarehousePeer['receive'] =>
  async (purchaseOrderId, quantities, final) => {
    const order = held.purchaseOrders.get(purchaseOrderId);
    if (order === undefined) throw new Error(`${purchaseOrderId} was never announced`);
    const lines = order.lines
      .map((line) => ({ ...line, externalLineId: String(line.lineNumber), quantity: quantities[line.lineNumber] ?? 0 }))
      .filter(({ quantity }) => quantity > 0);
    const externalReceiptId = `receipt-${held.receipts.length + 1}`;
    held.receipts.push({
      externalReceiptId,
      purchaseOrderId,
      purchaseOrderNumber: order.purchaseOrderNumber,
      receivedAt: at(held),
      final,
      lines,
    });
  };

/** A warehouse in memory, for tests of what talks to one; keeps the same suite as the connectors do. */
export const inMemoryWarehouse = (): WarehousePeer => {
  const held: Held = {
    shipments: new Map(),
    left: new Map(),
    purchaseOrders: new Map(),
    taken: [],
    updates: [],
    receipts: [],
    onHand: new Map(),
    products: [],
    seconds: 0,
  };
  let numbers = 0;
  return {
    channel: channelTo(held),
    deadChannel: dead,
    newNumber: (fate) => `SO-${(numbers += 1)}-${fate === 'answer-lost' ? 'lost' : fate}`,
    ship: ship(held),
    receive: receive(held),
    setStock: async (sku, quantity) => void held.onHand.set(sku, quantity),
    offer: async (product) => void held.products.push(product),
    taken: async () => [...held.taken],
    signed: (fact) => {
      const rawBody = JSON.stringify(fact);
      return { headers: { 'push-id': `push-${(numbers += 1)}`, signature: signatureOf(rawBody) }, rawBody };
    },
    stop: async () => undefined,
  };
};
