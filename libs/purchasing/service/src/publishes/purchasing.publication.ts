import type { JsonObject } from '@stockproof/decider';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Fact, Publication } from '@stockproof/publishing';
import {
  goodsReceivedV1,
  purchaseOrderApprovedV1,
  purchaseOrderClosedV1,
  purchaseOrderEventsTopic,
} from '@stockproof/purchasing-contracts';
import type { BookedLine, LineQuantity, PurchaseOrderEvent } from '@stockproof/purchasing-domain';
import { derivedId } from '@stockproof/vocabulary';

/** What orders promise and bring, for whoever counts incoming and stock. */
export const purchasingPublication: Publication = {
  handles: ['PurchaseOrderApproved', 'PurchaseOrderUnlocked', 'PurchaseOrderCancelled', 'PurchaseOrderReceived', 'ReceiptBooked'],
  facts: ({ type, data }: RecordedEvent) => facts({ type, data } as PurchaseOrderEvent),
};

const facts = (event: PurchaseOrderEvent): readonly Fact[] => {
  const { purchaseOrderId } = event.data;
  switch (event.type) {
    case 'PurchaseOrderApproved': {
      const { number, warehouseId, lines } = event.data;
      return [fact(purchaseOrderApprovedV1.type, { purchaseOrderId, number, warehouseId, lines })];
    }
    case 'ReceiptBooked': {
      const { receiptId, warehouseId, at, lines } = event.data;
      return [
        fact(goodsReceivedV1.type, {
          purchaseOrderId,
          receiptId: bookingOf(purchaseOrderId, receiptId, lines),
          warehouseId,
          receivedAt: at,
          lines: byLine(lines),
        }),
      ];
    }
    case 'PurchaseOrderUnlocked':
    case 'PurchaseOrderCancelled':
    case 'PurchaseOrderReceived': {
      const { open } = event.data;
      return open.length === 0
        ? []
        : [fact(purchaseOrderClosedV1.type, { purchaseOrderId, lines: open.map(({ lineId, sku }) => ({ lineId, sku })) })];
    }
    case 'PurchaseOrderDrafted':
    case 'PurchaseOrderCorrected':
    case 'PurchaseOrderExportBegun':
    case 'PurchaseOrderExportAccepted':
    case 'PurchaseOrderExportRefused':
    case 'PurchaseOrderTakeBackAnswered':
    case 'ReceiptNotUnderstood':
      return [];
  }
};

const fact = (type: string, data: JsonObject & { readonly purchaseOrderId: string }): Fact => ({
  type,
  topic: purchaseOrderEventsTopic,
  subject: data.purchaseOrderId,
  data,
});

/**
 * A receipt that comes in parts is one booking for each part, and its number may be used on another order as well. The same lines of
 * the same receipt give the same id, also where this log has lost them and they are booked again.
 */
const bookingOf = (purchaseOrderId: string, receiptId: string | null, lines: readonly BookedLine[]): string =>
  derivedId(
    'booking',
    purchaseOrderId,
    receiptId === null ? 'by a person' : 'by a receipt',
    receiptId ?? '',
    ...new Set(lines.map(({ line }) => line)),
  );

/** Several lines of a receipt may have gone to one line of the order. */
const byLine = (lines: readonly BookedLine[]): readonly LineQuantity[] => {
  const sums = new Map<string, LineQuantity>();
  for (const { lineId, sku, quantity } of lines) sums.set(lineId, { lineId, sku, quantity: (sums.get(lineId)?.quantity ?? 0) + quantity });
  return [...sums.values()];
};
