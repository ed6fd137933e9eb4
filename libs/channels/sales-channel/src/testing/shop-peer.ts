import type { ChannelProduct, PushHeaders } from '@stockproof/channel-exchange';
import type { ChannelOrder } from '../channel-order';
import type { OrderUpdate } from '../order-update';
import type { SalesChannel } from '../sales-channel';

/** A shop at the other end of the channel that the suite can move by hand. */
export type ShopPeer = {
  readonly channel: SalesChannel;
  /** The same connector, set up for an address where nobody answers. */
  readonly deadChannel: SalesChannel;
  /** A number that was never used before; `answer-lost`: the shop loses its first answer about this order. */
  readonly newNumber: (fate: 'taken' | 'answer-lost') => string;
  readonly place: (order: ChannelOrder) => Promise<void>;
  /** Something in the order feed that is no order. */
  readonly placeNonsense: () => Promise<void>;
  readonly offer: (product: ChannelProduct) => Promise<void>;
  /** The order updates that the shop acted on, one for each time that it did. */
  readonly told: (orderNumber: string) => Promise<readonly OrderUpdate[]>;
  /** What the shop now offers of a SKU; null: it was never told. */
  readonly offered: (sku: string) => Promise<number | null>;
  /** An order in a push as the shop signs it. */
  readonly signed: (order: ChannelOrder) => { readonly headers: PushHeaders; readonly rawBody: string };
  readonly stop: () => Promise<void>;
};

let made = 0;
const next = () => (made += 1);

export const anEffect = () => ({ effectId: `shop-effect-${next()}` });

/** An order of two lines, one of which needs no shipping. */
export const anOrder = (orderNumber: string): ChannelOrder => ({
  orderNumber,
  state: 'open',
  placedAt: '2026-03-01T08:00:00.000Z',
  currency: 'EUR',
  shipTo: {
    name: 'Ada Example',
    company: null,
    street: ['Long Street 1'],
    postalCode: '10115',
    city: 'Berlin',
    region: null,
    countryCode: 'DE',
    phone: null,
    email: 'ada@example.com',
  },
  billTo: null,
  carrierService: 'standard',
  warehouseCode: null,
  requestedShipDate: null,
  cancelAfter: null,
  note: null,
  tags: ['gift'],
  references: {},
  lines: [
    { externalLineId: 'a', sku: 'MUG-RED', title: 'Red mug', quantity: 2, requiresShipping: true, unitPrice: 990, warehouseCode: null },
    { externalLineId: 'b', sku: 'WRAPPING', title: null, quantity: 1, requiresShipping: false, unitPrice: null, warehouseCode: null },
  ],
});

/** One package of the first line left. */
export const anOrderUpdate = (orderNumber: string): OrderUpdate => ({
  orderNumber,
  status: 'partially-fulfilled',
  happenedAt: '2026-03-02T08:00:00.000Z',
  lines: [{ externalLineId: 'a', sku: 'MUG-RED', shippedQuantity: 1 }],
  packages: [
    {
      shipmentId: 's-1',
      packageId: 'p-1',
      trackingNumber: 'T-1',
      carrierCode: 'DHL',
      serviceCode: 'PAKET',
      contents: [{ externalLineId: 'a', quantity: 1 }],
    },
  ],
});

/** A product of one variant that sends hardly anything. */
export const aProduct = (): ChannelProduct => {
  const id = `shop-product-${next()}`;
  return {
    externalProductId: id,
    title: 'Mug',
    dropped: false,
    variants: [{ externalVariantId: `${id}-1`, sku: `${id}-RED`, barcode: null, weightG: 350 }],
  };
};
