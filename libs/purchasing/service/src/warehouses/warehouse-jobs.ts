import type { Channels } from '@stockproof/channel-directory';
import type { AccountId } from '@stockproof/vocabulary';
import { exportPurchaseOrders, type Exporting } from './exporting-purchase-orders';
import { importReceipts, takeReceipt } from './importing-receipts';
import type { ReceiptDesk } from './receipt-desk';
import { takePurchaseOrdersBack } from './taking-purchase-orders-back';

/** How long what nobody announced may wait: exports are also started at once, and a warehouse may push. */
const everyMs = 2_000;

const exportKind = 'export-purchase-orders';

/** What purchasing does with each warehouse that has a system behind it. */
export const doWarehouseJobs = (channels: Channels, exporting: Exporting, desk: ReceiptDesk): void => {
  channels.onWarehouseJob({
    kind: exportKind,
    needs: 'send-purchase-orders',
    everyMs,
    run: async (warehouse, { progress }) => {
      // An order that is not answered for holds up none that is to be called off, and the other way round.
      const [sent, back] = await Promise.allSettled([
        exportPurchaseOrders(exporting, warehouse),
        takePurchaseOrdersBack(exporting, warehouse),
      ]);
      if (sent.status === 'rejected') throw sent.reason;
      if (back.status === 'rejected') throw back.reason;
      await progress(sent.value + back.value, sent.value + back.value);
      return { cursor: null };
    },
  });
  channels.onWarehouseJob({
    kind: 'import-receipts',
    needs: 'fetch-receipts',
    everyMs,
    run: (warehouse, run) => importReceipts(desk, warehouse, run),
  });
  channels.onWarehousePush('receipt', ({ receipt }, place) => takeReceipt(desk, place, receipt));
};

/** An order was approved or cancelled: its warehouse need not wait for the next turn. */
export const tellWarehouseSoon = (channels: Channels, accountId: AccountId, warehouseId: string): Promise<void> =>
  channels.runSoon(exportKind, accountId, warehouseId);
