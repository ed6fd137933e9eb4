import { accept } from '@stockproof/decider';
import { ask, takeBack } from './sales-order.asking';
import type { ReviseSalesOrder } from './sales-order.commands';
import { problemsOf } from './sales-order.creating';
import type { OrderLine, SalesOrderRevised } from './sales-order.events';
import { firstOf, refuse, unlessFreeOfShipments, unlessIn, unlessUnknown, type SalesOrderDecision } from './sales-order.guards';
import type { SalesOrder } from './sales-order.state';

/** What stock was asked for, or keeps, is taken back and asked for anew in the same append. */
export const revise = ({ data }: ReviseSalesOrder, order: SalesOrder): SalesOrderDecision => {
  if (order.orderId !== null && data.channelRound <= order.channelRound) return accept();
  const refusal = firstOf(
    unlessUnknown(order),
    unlessFreeOfShipments(order),
    unlessIn(order, ['draft', 'approved', 'on-hold'], 'revise'),
    order.stage === 'draft' ? null : problemsOf(data.lines, data.shipTo !== null),
  );
  if (refusal) return refuse(refusal);
  const { now, terms, automatic, ...said } = data;
  const lines = numberedAs(order.lines, data.lines);
  const revised: SalesOrderRevised = { type: 'SalesOrderRevised', data: { ...said, lines, decidedAt: now } };
  const { orderDate, warehouseId } = data;
  const after = { ...order, lines, orderDate, warehouseId, asked: null, holdAttempt: null };
  return accept(...takeBack(order, now), revised, ...askAnew(order, after, data));
};

const askAnew = (before: SalesOrder, after: SalesOrder, { terms, automatic, now }: ReviseSalesOrder['data']): ReturnType<typeof ask> => {
  if (before.stage === 'on-hold') return ask(after, 'hold', terms, now);
  const goesOn = before.stage === 'approved' && (automatic || before.asked !== null);
  return goesOn && terms.candidates.length > 0 ? ask(after, 'allocate', terms, now) : [];
};

/** A line that was there keeps its number: known by the shop's name of it, or by its SKU. What is new gets a number that none ever had. */
const numberedAs = (before: readonly OrderLine[], after: readonly OrderLine[]): readonly OrderLine[] => {
  const left = [...before];
  const taken = after.map((line) => {
    const at = left.findIndex((each) =>
      line.externalLineId === null ? each.sku === line.sku : each.externalLineId === line.externalLineId,
    );
    return at < 0 ? null : (left.splice(at, 1)[0]?.lineId ?? null);
  });
  const highest = Math.max(0, ...before.map(({ lineId }) => Number(lineId)));
  let added = 0;
  return after.map((line, index) => ({ ...line, lineId: taken[index] ?? String(highest + (added += 1)) }));
};
