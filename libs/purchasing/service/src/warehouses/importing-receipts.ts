import type { FactTaken, JobResult, JobRun, WarehousePlace } from '@stockproof/channel-directory';
import type { Unreadable } from '@stockproof/channel-exchange';
import type { ReceivedLine as WarehouseLine, WarehouseReceipt } from '@stockproof/fulfillment-channel';
import type { ReceivedLine, Unexplained, UnexplainedLine } from '@stockproof/purchasing-domain';
import { derivedId } from '@stockproof/vocabulary';
import { purchaseOrderStream, unexplainedReceiptStream } from '../purchasing.streams';
import { contextOfJob } from './context-of-jobs';
import type { OpenWarehouse } from './exporting-purchase-orders';
import { findOrder } from './finding-orders';
import { bookAssigned, linesThatTakeGoods, type ReceiptDesk } from './receipt-desk';

/** So many pages a run: the next run goes on from its cursor. */
const pagesARun = 20;

/** Reads receipts from the cursor on, which moves only when everything of its pages is booked or kept for a person. */
export const importReceipts = async (desk: ReceiptDesk, warehouse: OpenWarehouse, { cursor, progress }: JobRun): Promise<JobResult> => {
  let after = typeof cursor?.['after'] === 'string' ? cursor['after'] : null;
  let done = 0;
  for (let pages = 0; pages < pagesARun; pages += 1) {
    const page = await warehouse.channel.fetchReceipts(after);
    for (const receipt of page.items) await takeReceipt(desk, warehouse, receipt);
    for (const odd of page.unreadable) await keepUnreadable(desk, warehouse, odd);
    after = page.nextCursor;
    done += page.items.length + page.unreadable.length;
    if (!page.more) break;
  }
  await progress(done, done);
  return { cursor: { after } };
};

/** Known by channel and the channel's own id: the same receipt by push and by poll is one. */
const namesOf = ({ accountId, setUp }: WarehousePlace, externalReceiptId: string) => {
  const receiptId = `${setUp.channelId}/${externalReceiptId}`;
  return { receiptId, unexplainedReceiptId: derivedId('unexplained receipt', accountId, receiptId) };
};

/** Books a receipt on its order; what no order explains is kept for a person. `unknown`: nothing of it could be booked. */
export const takeReceipt = async (desk: ReceiptDesk, place: WarehousePlace, receipt: WarehouseReceipt): Promise<FactTaken> => {
  const { unexplainedReceiptId } = namesOf(place, receipt.externalReceiptId);
  const { state } = await desk.unexplained.loadLatest(unexplainedReceiptStream(place.accountId, unexplainedReceiptId));
  const [known, waitsForItsOrder] = [new Set(state.known), state.open.length > 0 && state.open.every(isOfNoOrder)];
  const found = await findOrder(desk, place, receipt);
  if (found.outcome === 'found' && waitsForItsOrder)
    await assignByItself(desk, place, { unexplainedReceiptId, purchaseOrderId: found.purchaseOrderId });
  const lines = receipt.lines.filter(({ externalLineId, quantity }) => quantity > 0 && !known.has(externalLineId));
  if (lines.length === 0) return 'applied';
  if (found.outcome === 'not-found') {
    await keep(
      desk,
      place,
      receipt,
      lines.map((line) => unexplainedLine(line, found.because)),
    );
    return 'unknown';
  }
  const puzzling = await book(desk, place, found.purchaseOrderId, { ...receipt, lines });
  if (puzzling.length > 0) await keep(desk, place, receipt, puzzling);
  return puzzling.length === lines.length ? 'unknown' : 'applied';
};

/** What an order has seen and could not place is for people. */
const isOfNoOrder = ({ because }: UnexplainedLine): boolean => because !== 'unknown-line' && because !== 'unknown-sku';

/** What the order could not place comes back. */
const book = async (
  desk: ReceiptDesk,
  place: WarehousePlace,
  purchaseOrderId: string,
  receipt: WarehouseReceipt,
): Promise<readonly UnexplainedLine[]> => {
  const { receiptId } = namesOf(place, receipt.externalReceiptId);
  const now = desk.clock.now();
  // A clock over there that goes ahead of ours must not hold up the goods.
  const at = receipt.receivedAt > now ? now : receipt.receivedAt;
  const final = receipt.final || place.setUp.finalReceipts;
  const lines = receipt.lines.map(onOrder);
  const commandId = derivedId('receipt', purchaseOrderId, receiptId, final ? 'final' : 'more', ...lines.map(({ line }) => line));
  const handled = await desk.orders.handle(
    purchaseOrderStream(place.accountId, purchaseOrderId),
    { type: 'ReceiveGoods', data: { purchaseOrderId, receiptId, at, final, assigned: false, lines, now } },
    contextOfJob(place, purchaseOrderId, commandId),
  );
  if (handled.outcome === 'accepted') {
    const puzzling = handled.events.flatMap((event) => (event.type === 'ReceiptNotUnderstood' ? event.data.lines : []));
    return receipt.lines.flatMap((line) => {
      const puzzle = puzzling.find((each) => each.line === line.externalLineId);
      return puzzle === undefined ? [] : [unexplainedLine(line, puzzle.because)];
    });
  }
  // It was unlocked since it was looked up.
  if (handled.rejection.type === 'NotInThisStatus') return receipt.lines.map((line) => unexplainedLine(line, 'order-not-approved'));
  throw new Error(`receipt ${receipt.externalReceiptId} of purchase order ${purchaseOrderId}: ${handled.rejection.type}`);
};

/** Lines are announced under their place, from 1, which is also their name on the order. */
const onOrder = ({ externalLineId, lineNumber, sku, quantity }: WarehouseLine): ReceivedLine => ({
  line: externalLineId,
  lineId: lineNumber === null ? null : String(lineNumber),
  sku,
  quantity,
});

const unexplainedLine = ({ externalLineId, sku, quantity, lot, serial }: WarehouseLine, because: Unexplained): UnexplainedLine => ({
  ...{ line: externalLineId, sku, quantity, lot, serial, because },
});

const keep = async (
  desk: ReceiptDesk,
  place: WarehousePlace,
  receipt: WarehouseReceipt,
  lines: readonly UnexplainedLine[],
): Promise<void> => {
  const { externalReceiptId, purchaseOrderId, purchaseOrderNumber, receivedAt } = receipt;
  const names = namesOf(place, externalReceiptId);
  const now = desk.clock.now();
  const at = receivedAt > now ? now : receivedAt;
  const said = { ...names, externalReceiptId, purchaseOrderId, purchaseOrderNumber, receivedAt: at };
  await handed(desk, place, { ...said, warehouseId: place.warehouseId, lines, unreadable: null, now });
};

/** The same unreadable thing has the same name however often it is read. */
const keepUnreadable = async (desk: ReceiptDesk, place: WarehousePlace, { original, problem }: Unreadable): Promise<void> => {
  const names = namesOf(place, derivedId('unreadable receipt', JSON.stringify(original)));
  const now = desk.clock.now();
  const nothing = { externalReceiptId: null, purchaseOrderId: null, purchaseOrderNumber: null, receivedAt: now, lines: [] };
  await handed(desk, place, { ...names, ...nothing, warehouseId: place.warehouseId, unreadable: { original, problem }, now });
};

type Kept = Extract<Parameters<ReceiptDesk['unexplained']['handle']>[1], { readonly type: 'KeepReceipt' }>['data'];

const handed = async (desk: ReceiptDesk, place: WarehousePlace, data: Kept): Promise<void> => {
  const { unexplainedReceiptId, lines } = data;
  const context = contextOfJob(
    place,
    unexplainedReceiptId,
    derivedId('keep receipt', unexplainedReceiptId, ...lines.map(({ line }) => line)),
  );
  const stream = unexplainedReceiptStream(place.accountId, unexplainedReceiptId);
  const handled = await desk.unexplained.handle(stream, { type: 'KeepReceipt', data }, context);
  if (handled.outcome === 'rejected') throw new Error(`receipt ${data.receiptId} could not be kept: ${handled.rejection.type}`);
};

/** The warehouse said it again, and by now its order is known: nobody needs to look. */
const assignByItself = async (
  desk: ReceiptDesk,
  place: WarehousePlace,
  { unexplainedReceiptId, purchaseOrderId }: { readonly unexplainedReceiptId: string; readonly purchaseOrderId: string },
): Promise<void> => {
  const ordered = await linesThatTakeGoods(desk, place.accountId, purchaseOrderId);
  if (ordered === null) return;
  const stream = unexplainedReceiptStream(place.accountId, unexplainedReceiptId);
  const { revision } = await desk.unexplained.loadLatest(stream);
  const context = contextOfJob(place, unexplainedReceiptId, derivedId('assign by itself', unexplainedReceiptId, purchaseOrderId, revision));
  const data = { unexplainedReceiptId, purchaseOrderId, ordered, lines: [], now: desk.clock.now() };
  const handled = await desk.unexplained.handle(stream, { type: 'AssignReceipt', data }, context);
  // Where it still fits no line, it goes on waiting for a person.
  if (handled.outcome === 'accepted') await bookAssigned(desk, place.accountId, unexplainedReceiptId, context);
};
