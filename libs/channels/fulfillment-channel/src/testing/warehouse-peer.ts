import type { ChannelProduct, PushHeaders } from '@stockproof/channel-exchange';
import type { AnnouncedPurchaseOrder } from '../purchase-order';
import type { Completion } from '../shipment-update';
import type { FulfillmentChannel } from '../fulfillment-channel';
import type { OutboundShipment } from '../outbound-shipment';
import type { WarehouseFact } from '../warehouse-fact';

/** What the other side makes of an order: takes it, takes it and loses its first answer, or refuses it. */
export type Fate = 'taken' | 'answer-lost' | 'refused';

/** A warehouse at the other end of the channel that the suite can move by hand. Nothing happens there by itself. */
export type WarehousePeer = {
  readonly channel: FulfillmentChannel;
  /** The same connector, set up for an address where nobody answers. */
  readonly deadChannel: FulfillmentChannel;
  /** A number that was never used before and that has this fate there, for a shipment or a purchase order. */
  readonly newNumber: (fate: Fate) => string;
  /** So much more leaves now; line numbers to quantities. */
  readonly ship: (shipmentId: string, quantities: Readonly<Record<number, number>>, completion: Completion) => Promise<void>;
  readonly receive: (purchaseOrderId: string, quantities: Readonly<Record<number, number>>, final: boolean) => Promise<void>;
  readonly setStock: (sku: string, quantity: number) => Promise<void>;
  /** The warehouse's own list of products gains this one. */
  readonly offer: (product: ChannelProduct) => Promise<void>;
  /** The shipment ids taken, one for each time the work was really done. */
  readonly taken: () => Promise<readonly string[]>;
  /** A push as the warehouse signs it. */
  readonly signed: (fact: WarehouseFact) => { readonly headers: PushHeaders; readonly rawBody: string };
  readonly stop: () => Promise<void>;
};

let made = 0;
const next = () => (made += 1);

/** A shipment of two lines that no other case uses. */
export const aShipment = (orderNumber: string): OutboundShipment => ({
  shipmentId: `shipment-${next()}`,
  orderNumber,
  orderedAt: '2026-03-01T08:00:00.000Z',
  shipTo: {
    name: 'Ada Example',
    company: null,
    street: ['Long Street 1'],
    postalCode: '10115',
    city: 'Berlin',
    region: null,
    countryCode: 'DE',
    phone: null,
    email: null,
  },
  carrierService: { carrierCode: 'DHL', serviceCode: 'PAKET' },
  requestedShipDate: null,
  note: null,
  lines: [
    { lineNumber: 1, sku: 'MUG-RED', quantity: 3 },
    { lineNumber: 2, sku: 'MUG-BLUE', quantity: 2 },
  ],
});

/** A purchase order of two lines that no other case uses. */
export const aPurchaseOrder = (purchaseOrderNumber: string): AnnouncedPurchaseOrder => ({
  purchaseOrderId: `purchase-order-${next()}`,
  purchaseOrderNumber,
  supplier: { code: 'POTTERY', name: 'The Pottery' },
  expectedAt: null,
  lines: [
    { lineNumber: 1, sku: 'MUG-RED', quantity: 10, lot: null, serial: null },
    { lineNumber: 2, sku: 'MUG-BLUE', quantity: 5, lot: 'L-7', serial: null },
  ],
});

export const anEffect = () => ({ effectId: `effect-${next()}` });

/** A product whose second variant sends hardly anything. */
export const aProduct = (): ChannelProduct => {
  const id = `product-${next()}`;
  return {
    externalProductId: id,
    title: 'Mug',
    dropped: false,
    variants: [
      {
        externalVariantId: `${id}-1`,
        sku: `${id}-RED`,
        title: 'red',
        barcode: null,
        weightG: 350,
        price: { amount: 990, currency: 'EUR' },
      },
      { externalVariantId: `${id}-2`, sku: `${id}-BLUE` },
    ],
  };
};
