import { skuKey } from '@stockproof/vocabulary';
import type { Operation } from '../clients/record';
import { isCommand } from './command-checks';
import { notesOn, type Evidence, type Logged, type Verdict } from './evidence';
import { nothingToAllocate, orderAfter, statusOf, type OrderState } from './order-fold';
import type { ItemLine, Streams } from './timelines';

/** Clocks of one machine, read in two places and rounded. */
const clockSlackMs = 50;

/**
 * A refusal must have been right at some moment between the question and its answer: no state that was known to be over when the
 * question was asked may be the reason for it.
 */
export const refusalChecks = (evidence: Evidence, streams: Streams): Verdict => {
  const notes = notesOn('a refusal was right at some moment between its question and its answer');
  const acknowledged = acknowledgedRevisions(evidence, streams);
  for (const operation of evidence.operations.filter(({ outcome }) => outcome === 'fail')) {
    if (!isCommand(operation)) continue;
    notes.look(faultOf(operation, judgementOf(operation, streams), acknowledged));
  }
  return notes.verdict();
};

const faultOf = (
  operation: Operation,
  judged: Judged | 'nothing to judge' | 'nobody can tell',
  acknowledged: Acknowledged,
): string | null => {
  if (judged === 'nobody can tell') return `${told(operation)}: nothing that this run does is refused like this`;
  if (judged === 'nothing to judge') return null;
  const { first, last } = windowOf(operation, judged, acknowledged);
  const revisions = Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => first + index);
  if (revisions.some(judged.isRightAt)) return null;
  return `${told(operation)}: right at none of revisions ${first} to ${last} of ${judged.stream}`;
};

const codeOf = ({ attempts }: Operation): string => String(attempts.at(-1)?.answer?.body['code']);
const told = (operation: Operation): string =>
  `${operation.key} ${operation.asked.path} ${JSON.stringify(operation.asked.body)} was refused as ${codeOf(operation)} (${String(operation.attempts.at(-1)?.answer?.body['detail'])})`;

type Judged = { readonly stream: string; readonly events: readonly Logged[]; readonly isRightAt: (revision: number) => boolean };

/** These do not depend on what others do, or say of a view that it has not heard yet. */
const timeless = new Set([
  'shipment-ended',
  'not-found',
  'nothing-to-change',
  'request-in-progress',
  'wrong-status',
  'purchase-order-received',
]);

const judgementOf = (operation: Operation, streams: Streams): Judged | 'nothing to judge' | 'nobody can tell' => {
  const { what } = operation.asked;
  if (what === 'adjust' || what === 'set-aside') return ofItem(operation, streams);
  if (what === 'order-step') return ofOrder(operation, streams);
  return what === 'shipment-step' || what === 'purchase-step' || timeless.has(codeOf(operation)) ? 'nothing to judge' : 'nobody can tell';
};

type StockWrite = { readonly sku: string; readonly warehouseId: string; readonly by: number };

const ofItem = (operation: Operation, streams: Streams): Judged | 'nobody can tell' => {
  const { sku, warehouseId, by } = operation.asked.body as StockWrite;
  const item = streams.items.get(skuKey(sku)) as ItemLine;
  const at = (revision: number) => item.after(revision - 1, warehouseId);
  const rules: Readonly<Record<string, (revision: number) => boolean>> = {
    'below-zero': (revision) => at(revision).total + by < 0,
    'unsellable-out-of-range': (revision) => at(revision).unsellable + by < 0 || at(revision).unsellable + by > at(revision).total,
  };
  const isRightAt = rules[codeOf(operation)];
  return isRightAt === undefined ? 'nobody can tell' : { stream: item.events[0]?.stream ?? '', events: item.events, isRightAt };
};

const allowedIn: Readonly<Record<string, readonly string[]>> = {
  approve: ['draft'],
  unlock: ['approved'],
  cancel: ['draft', 'approved', 'on-hold'],
  hold: ['draft', 'approved'],
  release: ['on-hold'],
  allocate: ['approved', 'fulfilling', 'partially-fulfilled'],
  'mark-shipped': ['fulfilling', 'partially-fulfilled'],
};

const ofOrder = (operation: Operation, streams: Streams): Judged | 'nobody can tell' => {
  const [, orderId = '', step = ''] = /sales-orders\/([^/]+)\/([^/]+)$/.exec(operation.asked.path) ?? [];
  const events = streams.orders.get(orderId) ?? [];
  const wrongStatus = (order: OrderState): boolean => !allowedIn[step]?.includes(statusOf(order));
  const rules: Readonly<Record<string, (order: OrderState) => boolean>> = {
    'not-in-this-status': wrongStatus,
    'shipments-live': wrongStatus,
    'nothing-to-allocate': nothingToAllocate,
    'allocation-already-asked': ({ asked, backordered }) => asked !== null && !backordered,
  };
  const isRight = rules[codeOf(operation)];
  if (isRight === undefined || events.length === 0) return 'nobody can tell';
  return { stream: events[0]?.stream ?? '', events, isRightAt: (revision) => isRight(orderAfter(events, revision)) };
};

type Acknowledged = ReadonlyMap<string, readonly { readonly at: number; readonly revision: number }[]>;

/** When which revision of a stream had certainly been reached: it was answered to somebody. The highest so far, by time. */
const acknowledgedRevisions = ({ accountId, operations }: Evidence, streams: Streams): Acknowledged => {
  const all = operations.flatMap((operation) => {
    const stream = streamOf(operation, accountId, streams);
    if (stream === null) return [];
    return operation.attempts.flatMap(({ outcome, answer, answeredAt }) =>
      outcome === 'ok' && answer !== null ? [{ stream, at: answeredAt, revision: Number(answer.body['revision']) }] : [],
    );
  });
  return new Map([...Map.groupBy(all, ({ stream }) => stream)].map(([stream, own]) => [stream, rising(own)]));
};

const rising = (told: readonly { readonly at: number; readonly revision: number }[]) => {
  let highest = 0;
  return [...told].sort((a, b) => a.at - b.at).map(({ at, revision }) => ({ at, revision: (highest = Math.max(highest, revision)) }));
};

const streamOf = (operation: Operation, accountId: string, { items }: Streams): string | null => {
  const { what, method, body } = operation.asked;
  if (what === 'adjust' || what === 'set-aside') return items.get(skuKey(String(body?.['sku'])))?.events[0]?.stream ?? null;
  const orderId = method === 'POST' ? orderToldOf(operation) : null;
  return typeof orderId === 'string' ? `sales.salesOrder-${accountId}-${orderId}` : null;
};

const orderToldOf = ({ attempts }: Operation): unknown => attempts.find(({ outcome }) => outcome === 'ok')?.answer?.body['orderId'];

/** From what was certainly there when it was first asked, to what was there when it was last answered. */
const windowOf = (
  operation: Operation,
  { stream, events }: Judged,
  acknowledged: Acknowledged,
): { readonly first: number; readonly last: number } => {
  const asked = operation.attempts[0]?.invokedAt ?? 0;
  const answered = (operation.attempts.at(-1)?.answeredAt ?? 0) + clockSlackMs;
  const first = acknowledged.get(stream)?.findLast(({ at }) => at < asked)?.revision ?? 0;
  const last = events.findLast(({ recordedAt }) => recordedAt <= answered)?.revision ?? 0;
  return { first, last: Math.max(first, last) };
};
