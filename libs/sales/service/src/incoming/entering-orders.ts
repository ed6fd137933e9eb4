import type { CommandContext } from '@stockproof/command-handling';
import { NotHeardYet } from '@stockproof/hearsay';
import type { Effect, OfferedOrder, Problem, SalesOrderRejection, WhatIsKnown } from '@stockproof/sales-domain';
import type { AccountId, Clock } from '@stockproof/vocabulary';
import type { NewOrder, SalesDesk } from '../orders/sales-desk';

/** An order that may be entered, and which of its rounds this is. */
export type Entering = {
  readonly accountId: AccountId;
  readonly orderId: string;
  readonly channelId: string | null;
  readonly round: number;
  readonly subjectId: string;
  readonly order: OfferedOrder;
  readonly known: WhatIsKnown;
  readonly context: CommandContext;
};

export type Entered = { readonly effect: Effect; readonly warnings: readonly Problem[] };

/** Makes the order, or revises the one that is there under its natural key. */
export const enterOrder = async (desk: SalesDesk, entering: Entering): Promise<Entered> => {
  const { accountId, context } = entering;
  const order = newOrderOf(entering);
  const created = await desk.create(accountId, order, context);
  // It was there when the order was judged: judged again, the order is entered, or waits where people see it.
  if (created.unknown !== null) throw new NotHeardYet(`what order ${created.orderId} names`);
  if (created.handled.outcome === 'accepted') return { effect: 'created', warnings: [] };
  if (created.handled.rejection.type !== 'SalesOrderAlreadyCreated') return kept(created.handled.rejection);
  const revised = await desk.revise(accountId, order, context);
  if (revised.outcome === 'rejected') return kept(revised.rejection);
  return { effect: revised.events.length === 0 ? 'kept' : 'revised', warnings: [] };
};

/** The shop does not want it any more. What is on its way goes on, and says so. */
export const cancelEntered = async (desk: SalesDesk, { accountId, orderId, order, context }: Entering, clock: Clock): Promise<Entered> => {
  const command = { type: 'CancelSalesOrder', data: { orderId, reason: `${order.state} in the shop`, now: clock.now() } } as const;
  const handled = await desk.handle(accountId, orderId, command, context);
  return handled.outcome === 'accepted' ? { effect: 'cancelled', warnings: [] } : kept(handled.rejection);
};

type AnyRejection = SalesOrderRejection | { readonly type: string };

/** What an order refuses by its status is a warning; what a race lost is tried again. */
const kept = (rejection: AnyRejection): Entered => {
  if (rejection.type !== 'NotInThisStatus' && rejection.type !== 'ShipmentsStillLive')
    throw new Error(`an incoming order: ${rejection.type}`);
  const message = 'The channel changed the order when it was too late: it stands as it was';
  return { effect: 'kept', warnings: [{ field: '', code: 'changed-too-late', message }] };
};

const newOrderOf = ({ channelId, round, subjectId, order, known }: Entering): NewOrder => {
  const { shipTo, note, tags, references, requestedShipDate, cancelAfter, warehouseCode } = order;
  const warehouse = (code: string | null): string | null => (code === null ? null : known.warehouse(code));
  return {
    channelId,
    channelOrderNumber: order.orderNumber,
    orderDate: order.placedAt,
    status: null,
    warehouseId: warehouse(warehouseCode),
    carrierService: order.carrierService,
    shipTo: shipTo === null ? null : { ...shipTo, countryCode: shipTo.countryCode?.toUpperCase() ?? null },
    shipToCountry: shipTo?.countryCode?.toUpperCase() ?? null,
    lines: order.lines.map((line) => ({
      sku: known.variant(line.sku)?.sku ?? line.sku,
      quantity: line.quantity,
      needsShipping: line.requiresShipping,
      warehouseId: warehouse(line.warehouseCode),
      externalLineId: line.externalLineId,
      title: line.title,
    })),
    header: { references, tags, note, requestedShipDate, cancelAfter },
    channelRound: round,
    subjectId,
  };
};
