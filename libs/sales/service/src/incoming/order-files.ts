import { fileKind, type AnyFileKind, type FileKind, type FileRow, type ImportedFor, type RowOutcome } from '@stockproof/file-imports';
import { onceHeard, type Heard } from '@stockproof/hearsay';
import { readPlainOrders, readShopifyOrders, readWooCommerceOrders } from '@stockproof/order-files';
import type { ReceivedOrder } from '@stockproof/sales-channel';
import { unknownChannel } from '../orders/orders.problems';
import type { KnownAccount } from '../reference/known-account';
import type { IncomingDesk, Received } from './incoming-desk';

export type OrderFilesOptions = { readonly desk: IncomingDesk; readonly known: KnownAccount; readonly heard: Heard };

const mostAtOnce = 100;

/** The files that orders come in. */
export const orderFiles = (options: OrderFilesOptions): readonly AnyFileKind[] => [
  kindOf(options, {
    ...{ name: 'shopify-orders', summary: "Take orders from Shopify's export (CSV)", mediaTypes: ['text/csv'] },
    ...{ isChannelNeeded: true, parse: readShopifyOrders },
  }),
  kindOf(options, {
    ...{
      name: 'woocommerce-orders',
      summary: 'Take orders as WooCommerce gives them (JSON)',
      mediaTypes: ['application/json', 'application/x-ndjson'],
    },
    ...{ isChannelNeeded: true, parse: readWooCommerceOrders },
  }),
  kindOf(options, {
    ...{ name: 'orders-csv', summary: 'Take orders from a plain CSV file', mediaTypes: ['text/csv'] },
    ...{ isChannelNeeded: false, parse: readPlainOrders },
  }),
];

type Kind = Pick<FileKind<ReceivedOrder>, 'name' | 'summary' | 'mediaTypes' | 'parse'> & { readonly isChannelNeeded: boolean };

const kindOf = (options: OrderFilesOptions, { isChannelNeeded, ...kind }: Kind): AnyFileKind =>
  fileKind<ReceivedOrder>({
    ...kind,
    permission: 'order:write',
    options: { channelId: { description: 'The sales channel that the orders are of', required: isChannelNeeded, format: 'uuid' } },
    atOnce: mostAtOnce,
    apply: (rows, imported) => applyRows(options, rows, imported),
  });

/** One after the other: what is asked of stock is asked in the order of the file, so that the same file leads to the same shipments. */
const applyRows = async (
  { desk, known, heard }: OrderFilesOptions,
  rows: readonly FileRow<ReceivedOrder>[],
  imported: ImportedFor,
): Promise<readonly RowOutcome[]> => {
  const { accountId, organizationId, actor } = imported;
  const channelId = imported.options['channelId'] ?? null;
  const isUnknown = await onceHeard({
    heard,
    at: imported.receivedAt,
    accountId,
    look: async () => channelId !== null && (await known.salesChannel(accountId, channelId)) === null,
    missing: (isMissing) => (isMissing ? `channel ${channelId}` : null),
  });
  if (isUnknown) return rows.map(({ row }) => ({ row, outcome: 'refused', code: unknownChannel.code, message: unknownChannel.title }));
  const outcomes: RowOutcome[] = [];
  for (const { row, item } of rows) {
    const commandId = imported.contextOf(row, 'receive').commandId;
    outcomes.push(outcomeOf(row, await desk.take({ accountId, organizationId, channelId, way: 'file', actor, commandId }, item)));
  }
  return outcomes;
};

const outcomeOf = (row: number, { state, problems, isNews }: Received): RowOutcome => {
  if (!isNews) return { row, outcome: 'skipped', code: 'already-there', message: 'The order has come in before, as it is' };
  switch (state) {
    case 'taken':
    case 'received':
      return { row, outcome: 'taken', code: null, message: null };
    case 'waiting': {
      const message = problems.map((problem) => `${problem.field} ${problem.code}`).join(', ');
      return { row, outcome: 'refused', code: 'waits-in-queue', message };
    }
    case 'recorded':
      return { row, outcome: 'refused', code: 'recorded', message: 'The shop itself says that it is no open order' };
    case 'ignored':
      return { row, outcome: 'refused', code: 'ignored', message: 'A person left the order out' };
  }
};
