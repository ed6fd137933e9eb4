import type { CommandContext, Handled } from '@stockproof/command-handling';
import type { PurchaseOrderEvent, PurchaseOrderRejection } from '@stockproof/purchasing-domain';
import type { TenantReader } from '@stockproof/sql';
import { derivedId, type AccountId, type Clock } from '@stockproof/vocabulary';
import {
  purchaseOrderStream,
  unexplainedReceiptStream,
  type PurchaseOrderHandler,
  type UnexplainedReceiptHandler,
} from '../purchasing.streams';

export type ReceiptDesk = {
  readonly orders: PurchaseOrderHandler;
  readonly unexplained: UnexplainedReceiptHandler;
  readonly reader: TenantReader;
  readonly clock: Clock;
};

type Booking = Handled<PurchaseOrderEvent, PurchaseOrderRejection>;

/**
 * Books what was assigned to an order, and then notes that it is booked; `null`: nothing is assigned. After a crash in between it is
 * done again, and the order knows what it has.
 */
export const bookAssigned = async (
  { orders, unexplained, clock }: ReceiptDesk,
  accountId: AccountId,
  unexplainedReceiptId: string,
  context: CommandContext,
): Promise<Booking | null> => {
  const stream = unexplainedReceiptStream(accountId, unexplainedReceiptId);
  const { pending } = (await unexplained.loadLatest(stream)).state;
  if (pending === null) return null;
  const { purchaseOrderId, receiptId, receivedAt, lines } = pending;
  const names = lines.map(({ line }) => line);
  const now = clock.now();
  const booked = await orders.handle(
    purchaseOrderStream(accountId, purchaseOrderId),
    { type: 'ReceiveGoods', data: { purchaseOrderId, receiptId, at: receivedAt, final: false, assigned: true, lines, now } },
    { ...context, commandId: derivedId('book assigned', unexplainedReceiptId, purchaseOrderId, ...names) },
  );
  if (booked.outcome === 'rejected') return booked;
  const noted = await unexplained.handle(
    stream,
    { type: 'RecordAssignedBooked', data: { unexplainedReceiptId, now } },
    { ...context, commandId: derivedId('assigned booked', unexplainedReceiptId, purchaseOrderId, ...names) },
  );
  if (noted.outcome === 'rejected') throw new Error(`receipt ${unexplainedReceiptId} was booked and not noted: ${noted.rejection.type}`);
  return booked;
};

/** What an order says of its lines, as far as it takes goods; `null`: it takes none. */
export const linesThatTakeGoods = async (
  { orders }: Pick<ReceiptDesk, 'orders'>,
  accountId: AccountId,
  purchaseOrderId: string,
): Promise<readonly { readonly lineId: string; readonly sku: string }[] | null> => {
  const { status, content } = (await orders.loadLatest(purchaseOrderStream(accountId, purchaseOrderId))).state;
  if (content === null || status === 'draft' || status === 'unknown') return null;
  return content.lines.map(({ lineId, sku }) => ({ lineId, sku }));
};
