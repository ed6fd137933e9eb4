import { skuKey } from '@stockproof/vocabulary';
import { notesOn, type Logged, type Verdict } from './evidence';
import { amountsAt } from './item-fold';
import type { Streams } from './timelines';

type Line = { readonly lineId: string; readonly sku: string; readonly quantity: number };
type Told = { readonly warehouseId: string; readonly lines: readonly Line[] };
type Purchase = { warehouseId: string; expects: boolean; lines: readonly Line[]; readonly received: Map<string, number> };

/** What was received is booked once, and what is incoming is what purchase orders still expect. */
export const purchaseChecks = ({ items, purchases }: Streams): readonly Verdict[] => {
  const received = notesOn('goods received are booked once');
  const incoming = notesOn('incoming is what approved purchase orders still expect');
  const all = new Map([...purchases].map(([id, events]) => [id, purchaseAfter(events)]));
  for (const [id, purchase] of all) {
    const booked = sum([...items.values()].map(({ end }) => end.received.get(id) ?? 0));
    const came = sum([...purchase.received.values()]);
    received.look(booked === came ? null : `${id}: ${came} came, ${booked} were booked`);
  }
  for (const item of items.values())
    for (const warehouseId of item.end.at.keys()) {
      const expected = sum([...all.values()].map((purchase) => (purchase.warehouseId === warehouseId ? openOf(purchase, item.skuKey) : 0)));
      const shown = amountsAt(item.end, warehouseId).incoming;
      incoming.look(shown === expected ? null : `${item.skuKey} in ${warehouseId}: incoming ${shown}, expected ${expected}`);
    }
  return [received, incoming].map((notes) => notes.verdict());
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const openOf = ({ expects, lines, received }: Purchase, key: string): number =>
  expects
    ? sum(lines.filter(({ sku }) => skuKey(sku) === key).map(({ lineId, quantity }) => Math.max(0, quantity - (received.get(lineId) ?? 0))))
    : 0;

const purchaseAfter = (events: readonly Logged[]): Purchase => {
  const purchase: Purchase = { warehouseId: '', expects: false, lines: [], received: new Map() };
  for (const { type, data } of events) {
    const { warehouseId, lines } = data as Told;
    if (type === 'PurchaseOrderApproved') Object.assign(purchase, { expects: true, warehouseId, lines });
    if (['PurchaseOrderUnlocked', 'PurchaseOrderCancelled', 'PurchaseOrderReceived'].includes(type)) purchase.expects = false;
    if (type === 'ReceiptBooked')
      for (const { lineId, quantity } of lines) purchase.received.set(lineId, (purchase.received.get(lineId) ?? 0) + quantity);
  }
  return purchase;
};
