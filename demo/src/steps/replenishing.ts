import { eventually } from '../client/eventually';
import { skusOf } from '../files/assortment';
import type { Company, Say } from './company';
import { readPurchaseOrders } from './reading';

/** Arrives in two deliveries at the simulated warehouse: its number says so. */
export const purchaseOrder = {
  number: 'PO-7001-OK',
  lines: skusOf('scarce').map((sku) => ({ sku, quantity: 2 })),
} as const;

/** Step 6: goods are ordered, announced to the warehouse, and arrive in two receipts. */
export const replenish = async (company: Company, say: Say): Promise<void> => {
  const { api, at, warehouses } = company;
  const { purchaseOrderId } = await api.post(at('purchasing', '/purchase-orders'), {
    number: purchaseOrder.number,
    supplier: { code: 'POTTERY', name: 'The Pottery' },
    warehouseId: warehouses.NORTH,
    draft: true,
    lines: purchaseOrder.lines,
  });
  await api.post(at('purchasing', `/purchase-orders/${String(purchaseOrderId)}/approve`));
  say(`${purchaseOrder.number}: ${purchaseOrder.lines.length} articles ordered and announced`);
  await eventually(
    'that the purchase order is received',
    () => readPurchaseOrders(company),
    (all) => all.some(({ number, status }) => number === purchaseOrder.number && status === 'received'),
    { everyMs: 500 },
  );
  say('arrived in two receipts');
};
