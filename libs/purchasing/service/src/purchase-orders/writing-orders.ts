import { answer } from '@stockproof/http-problems';
import type { Content, PurchaseOrderCommand, PurchaseOrderEvent } from '@stockproof/purchasing-domain';
import type { FastifyReply } from 'fastify';
import { purchaseOrderStream, type PurchaseOrderHandler } from '../purchasing.streams';
import { purchaseOrderProblems } from './purchase-orders.problems';
import type { AddressedOrder, PurchaseOrderWritten } from './purchase-orders.requests';

export type Written = { readonly summary: PurchaseOrderWritten; readonly events: readonly PurchaseOrderEvent[] };
export type Asked = { readonly command: PurchaseOrderCommand; readonly expectedRevision?: number | null };

/** Has an order decide, and says where it stands afterwards. */
export const writeOrder = async (
  orders: PurchaseOrderHandler,
  { caller, purchaseOrderId }: AddressedOrder,
  { command, expectedRevision = null }: Asked,
  reply: FastifyReply,
): Promise<Written> => {
  const stream = purchaseOrderStream(caller.accountId, purchaseOrderId);
  const handled = await orders.handle(stream, command, caller.context(), expectedRevision === null ? {} : { expectedRevision });
  const { events, revision } = answer(handled, purchaseOrderProblems, reply);
  const { status } = (await orders.load(stream)).state;
  return { summary: { purchaseOrderId, status, revision, events: events.map(({ type }) => type) }, events };
};

/** What the order says of itself at this moment, not as this process last saw it; `null` where there is none. */
export const latestContent = async (orders: PurchaseOrderHandler, { caller, purchaseOrderId }: AddressedOrder): Promise<Content | null> => {
  return (await orders.loadLatest(purchaseOrderStream(caller.accountId, purchaseOrderId))).state.content;
};
