import type { Completion, Line } from '../behaviour/plan';

export type Settings = {
  /** False: nothing leaves or arrives unless told by hand. */
  readonly automatic: boolean;
  /** Where updates, receipts and level reports are pushed to; null: they wait to be fetched. */
  readonly callbackUrl: string | null;
  readonly pushSecret: string | null;
  readonly meaning: 'on-hand' | 'available';
};

export type ReceivedLine = Line & { readonly lot: string | null; readonly serial: string | null };

/** Everything that can happen in a warehouse; what was asked for from outside carries the effect id that it was asked under. */
export type WarehouseFact =
  | { readonly kind: 'warehouse-set-up'; readonly settings: Settings }
  | { readonly kind: 'stock-set'; readonly rows: readonly { readonly sku: string; readonly quantity: number }[] }
  | {
      readonly kind: 'shipment-taken';
      readonly effectId: string;
      readonly externalId: string;
      readonly shipmentId: string;
      readonly orderNumber: string;
      readonly lines: readonly Line[];
      readonly carrierService: CarrierService | null;
    }
  | {
      readonly kind: 'shipment-refused';
      readonly effectId: string;
      readonly shipmentId: string;
      readonly orderNumber: string;
      readonly message: string;
    }
  | {
      readonly kind: 'shipment-left';
      readonly updateId: string;
      readonly shipmentId: string;
      readonly orderNumber: string;
      readonly lines: readonly Line[];
      readonly completion: Completion;
      readonly trackingNumber: string | null;
      readonly reported: 1 | 2;
    }
  | {
      readonly kind: 'shipment-cancelled';
      readonly effectId: string | null;
      readonly updateId: string;
      readonly shipmentId: string;
      readonly orderNumber: string;
      readonly reason: string;
    }
  | { readonly kind: 'cancellation-refused'; readonly effectId: string; readonly shipmentId: string; readonly message: string }
  | { readonly kind: 'change-reported'; readonly updateId: string; readonly shipmentId: string; readonly change: object }
  | {
      readonly kind: 'purchase-order-taken';
      readonly effectId: string;
      readonly externalId: string;
      readonly purchaseOrderId: string;
      readonly purchaseOrderNumber: string;
      readonly lines: readonly ReceivedLine[];
    }
  | {
      readonly kind: 'purchase-order-refused';
      readonly effectId: string;
      readonly purchaseOrderId: string;
      readonly purchaseOrderNumber: string;
      readonly message: string;
    }
  | { readonly kind: 'purchase-order-cancelled'; readonly effectId: string; readonly purchaseOrderId: string }
  | { readonly kind: 'purchase-order-kept'; readonly effectId: string; readonly purchaseOrderId: string; readonly message: string }
  | {
      readonly kind: 'goods-received';
      readonly externalReceiptId: string;
      readonly purchaseOrderId: string | null;
      readonly purchaseOrderNumber: string | null;
      readonly lines: readonly ReceivedLine[];
      readonly final: boolean;
    }
  | { readonly kind: 'products-told'; readonly effectId: string; readonly externalId: string; readonly products: readonly object[] }
  | { readonly kind: 'product-offered'; readonly product: object };

export type CarrierService = { readonly carrierCode: string; readonly serviceCode: string };
