import type { Channels } from '@stockproof/channel-directory';
import type { FileKind, FileRow, ImportedFor, RowOutcome } from '@stockproof/file-imports';
import { onceHeard, type Heard } from '@stockproof/hearsay';
import type { Content } from '@stockproof/purchasing-domain';
import type { TenantReader } from '@stockproof/sql';
import { derivedId, type Clock } from '@stockproof/vocabulary';
import { purchaseOrderStream, type PurchaseOrderHandler } from '../purchasing.streams';
import type { KnownAccounts, KnownWarehouse } from '../reference/known-account';
import { readOrdersNumbered } from '../views/purchase-orders/orders-to-work-on.query';
import { tellWarehouseSoon } from '../warehouses/warehouse-jobs';
import { parsePurchaseOrders, type PurchaseOrderRow } from './purchase-order-csv';

type Parts = {
  readonly orders: PurchaseOrderHandler;
  readonly known: KnownAccounts;
  readonly channels: Channels;
  readonly reader: TenantReader;
  readonly clock: Clock;
  readonly heard: Heard;
};

/** Purchase orders as CSV. An order is known by its number within the account, so that a file that comes again changes nothing. */
export const purchaseOrderFiles = (parts: Parts): FileKind<PurchaseOrderRow> => ({
  name: 'purchase-orders',
  summary:
    'Purchase orders, one row per line: number, supplier code, supplier name, warehouse code, expected at, sku, quantity, lot, serial',
  mediaTypes: ['text/csv'],
  permission: 'purchase-order:write',
  options: {},
  atOnce: 50,
  parse: parsePurchaseOrders,
  apply: async (rows, imported) => {
    const warehouses = await warehousesFor(parts, rows, imported);
    const approved = await parts.known.worksAutomatically(imported.accountId);
    const outcomes: RowOutcome[] = [];
    for (const row of rows) outcomes.push(await createOne(parts, row, { imported, warehouses, approved }));
    if (approved) for (const warehouse of namedIn(rows, warehouses)) await tellWarehouseSoon(parts.channels, imported.accountId, warehouse);
    return outcomes;
  },
});

const warehousesFor = ({ known, heard }: Parts, rows: readonly FileRow<PurchaseOrderRow>[], imported: ImportedFor) =>
  onceHeard<readonly KnownWarehouse[]>({
    heard,
    at: imported.receivedAt,
    accountId: imported.accountId,
    look: async () => (await known.warehouses(imported.accountId)).filter(({ enabled, kind }) => enabled && kind === 'physical'),
    missing: (warehouses) => {
      const codes = new Set(warehouses.map(({ code }) => code));
      const unknown = rows.find(({ item }) => !codes.has(item.warehouseCode));
      return unknown === undefined ? null : `warehouse ${unknown.item.warehouseCode}`;
    },
  });

const namedIn = (rows: readonly FileRow<PurchaseOrderRow>[], warehouses: readonly KnownWarehouse[]): ReadonlySet<string> =>
  new Set(rows.flatMap(({ item }) => warehouses.find(({ code }) => code === item.warehouseCode)?.warehouse_id ?? []));

type For = { readonly imported: ImportedFor; readonly warehouses: readonly KnownWarehouse[]; readonly approved: boolean };

const createOne = async (
  { orders, reader, clock }: Parts,
  { row, item }: FileRow<PurchaseOrderRow>,
  { imported, warehouses, approved }: For,
): Promise<RowOutcome> => {
  const { accountId } = imported;
  const warehouse = warehouses.find(({ code }) => code === item.warehouseCode);
  if (warehouse === undefined)
    return refused(row, 'warehouse-not-enabled', `no physical warehouse ${item.warehouseCode} is enabled for the account`);
  const purchaseOrderId = derivedId('purchase order of a file', accountId, item.number);
  const others = await readOrdersNumbered(reader, accountId, item.number);
  if (others.some(({ purchase_order_id }) => purchase_order_id !== purchaseOrderId)) return alreadyThere(row, item.number);
  const handled = await orders.handle(
    purchaseOrderStream(accountId, purchaseOrderId),
    { type: 'CreatePurchaseOrder', data: { purchaseOrderId, content: contentOf(item, warehouse), approved, now: clock.now() } },
    imported.contextOf(row),
  );
  if (handled.outcome === 'accepted') return { row, outcome: 'taken', code: null, message: null };
  switch (handled.rejection.type) {
    case 'PurchaseOrderAlreadyCreated':
      return alreadyThere(row, item.number);
    case 'PurchaseOrderIncomplete': {
      const said = handled.rejection.problems.map(({ field, code }) => `${field}: ${code}`).join('; ');
      return refused(row, 'purchase-order-incomplete', said);
    }
    default:
      throw new Error(`purchase order ${item.number}: ${handled.rejection.type}`);
  }
};

const contentOf = ({ number, supplier, expectedAt, lines }: PurchaseOrderRow, { warehouse_id }: KnownWarehouse): Content => ({
  ...{ number, supplier, warehouseId: warehouse_id, expectedAt, cancelAfter: null, reference: null },
  lines: lines.map((line, index) => ({ ...line, lineId: String(index + 1) })),
});

const refused = (row: number, code: string, message: string): RowOutcome => ({ row, outcome: 'refused', code, message });

const alreadyThere = (row: number, number: string): RowOutcome => ({
  row,
  outcome: 'skipped',
  code: 'already-there',
  message: `the account has a purchase order ${number}`,
});
